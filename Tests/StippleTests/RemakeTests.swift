import Foundation
import PNGImage
import PigmentAging
import Testing
import TreatmentDesign

@testable import Stipple

/// A picture carries the design that made it, as it was when it was drawn: it can stand in the design's place.
@Suite struct RemakeTests {
  /// Mixtures of what a caller may set in place of the design's, from a counter: every one is set in some and left in some.
  static let mixtures = (0..<24).map { i -> DesignOverrides in
    func pick<Value>(_ values: [Value?], _ salt: Int) -> Value? {
      values[(i * (2 * salt + 1) + salt * salt + i / 5) % values.count]
    }
    var overrides = DesignOverrides()
    overrides.seed = pick([nil, 9, .max], 1)
    overrides.pace = pick([nil, .slow, Pace("p73"), .fast], 2)
    overrides.size = pick([64, 65, 80], 3)
    overrides.view = pick([nil, .front, nil, .top, .macro], 4)
    if overrides.view == nil, let azimuth = pick([nil, 150.0, -37.25], 5) {
      var camera = Pictures.OwnCamera()
      (camera.azimuth, camera.elevation, camera.distance, camera.focal) = (azimuth, 12.5, 900, 81)
      overrides.camera = camera
    }
    overrides.orthographic = pick([nil, true], 6)
    overrides.at = pick([nil, .hairline, .crown, .templeLeft], 7)
    overrides.light = pick([nil] + Pictures.Light.allCases, 8)
    overrides.background = pick([nil] + Pictures.Background.allCases, 9)
    overrides.quality = pick([nil, .draft, .standard], 10)
    overrides.oil = pick([nil, 0, 0.85], 11)
    overrides.bits = pick([nil, 8, 16], 12)
    overrides.skin = pick([nil, .fromDesign], 13)
    return overrides
  }

  /// The sample, thinned so that 24 mixtures can be drawn twice.
  private static let document = Result { () throws -> (folder: Scratch, path: String) in
    var design = try OpenedDesign(samplesFolder + "/norwood-3.yaml").design
    design.hair.density = 30
    design.pictures.sheetViews = [.back]
    let folder = try Scratch()
    return (folder, try folder.write("# Jane Doe\n" + writeDesign(design), "jane.yaml"))
  }

  @Test(arguments: mixtures.indices)
  func aPictureInPlaceOfItsDesignGivesTheSameBytes(_ i: Int) throws {
    let (folder, path) = try Self.document.get()
    let (first, again) = (folder.path + "/first-\(i)", folder.path + "/again-\(i)")
    let files = try writePreview(of: OpenedDesign(path, overrides: Self.mixtures[i]), to: first).files
    #expect(files.count == 6)
    // Any of the pictures will do
    let remade = try writePreview(of: OpenedDesign(files[i % files.count]), to: again).files
    for (one, other) in zip(files, remade) {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: one)) == Data(contentsOf: URL(fileURLWithPath: other)),
        "\(one) under \(Self.mixtures[i])")
    }
    let texts = try readPNGTexts([UInt8](Data(contentsOf: URL(fileURLWithPath: files[0]))))
    #expect(texts.allSatisfy { !$0.text.lowercased().contains("jane") })
  }

  @Test func everyOverrideIsTriedSetAndUnset() {
    for path: PartialKeyPath<DesignOverrides> in [
      \.seed, \.pace, \.view, \.camera, \.orthographic, \.at, \.light, \.background, \.quality, \.oil, \.bits, \.skin,
    ] {
      let set = Self.mixtures.map { "\($0[keyPath: path])" != "nil" }
      #expect(set.contains(true) && set.contains(false), "\(path)")
    }
  }

  @Test func picturesWithoutTheirDesignAreRefused() throws {
    let folder = try Scratch()
    let bare = folder.path + "/bare.png"
    try writeFiles([OutputFile(RasterImage(width: 4, height: 4), path: bare, options: PNGOptions())])
    let none = #expect(throws: StippleError.self) { try OpenedDesign(bare) }
    #expect(none?.kind == .data && none?.message.contains("without a design in it") == true)
    // What was drawn on a scan or through a mask needs files that a picture does not carry.
    for (text, word) in [
      (
        """
        schemaVersion: 1
        head: {scan: a.obj, landmarks: {glabella: [0, 34, 106], rightTragion: [-74, 0, 0], leftTragion: [74, 0, 0]}}
        layers: [{zone: {area: scalp, density: 100}}]
        """, "scan"
      ),
      ("schemaVersion: 1\nlayers: [{mask: {image: m.png, density: 100}}]\n", "mask"),
      ("schemaVersion: 1\nlayers: [{mask: }]\n", "bad.png:2"),
    ] {
      let picture = folder.path + "/bad.png"
      let options = PNGOptions(texts: [PNGText(keyword: PictureText.design, text: text)])
      try writeFiles([OutputFile(RasterImage(width: 4, height: 4), path: picture, options: options)])
      let error = #expect(throws: StippleError.self) { try OpenedDesign(picture) }
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
    try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2]).write(to: URL(fileURLWithPath: bare))
    #expect(throws: StippleError.self) { try OpenedDesign(bare) }
  }
}
