import Foundation
import PigmentAging
import ScalpGeometry
import Testing

@testable import TreatmentDesign

/// Every sample and every document beside the samples.
private let samples: [URL] = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../samples").standardized
  return [root, root.appending(path: "order")].flatMap { folder in
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
  }
}()

/// A design with one layer, the least that reads.
private func smallest() -> Design {
  var design = Design()
  design.layers = [.zone(ZoneLayer())]
  return design
}

private func readBack(_ design: Design, fileNames: Bool = true) throws -> Design {
  try readDesign(writeDesign(design, fileNames: fileNames), named: "written.yaml")
}

/// What a tree says at each path: `layers[0].zone.density` is `150`. Sections and lists are there too, without a value.
private func flat(_ fields: [WrittenField], under path: String = "") -> [String: String] {
  func visit(_ value: WrittenValue, _ path: String, _ found: inout [String: String]) {
    found[path] = ""
    switch value {
    case .plain(let text), .text(let text): found[path] = text
    case .list(let items): for (i, item) in items.enumerated() { visit(item, "\(path)[\(i)]", &found) }
    case .section(let fields):
      for field in fields { visit(field.value, path.isEmpty ? field.name : "\(path).\(field.name)", &found) }
    }
  }
  var found: [String: String] = [:]
  visit(.section(fields), path, &found)
  found[path] = nil
  return found
}

/// A path without the numbers of items.
private func key(_ path: String) -> String { path.replacing(#/\[\d+\]/#, with: "") }

/// The paths of every key of the tables.
private func tablePaths() -> Set<String> {
  var paths: Set<String> = []
  func visit(_ shape: ValueShape, _ path: String) {
    switch shape {
    case .section(let keys), .nameOrSection(_, let keys), .oneOf(let keys): for key in keys { visit(key, path) }
    case .either(let a, let b): for key in a + b { visit(key, path) }
    case .list(let item, _): visit(item, path)
    case .number, .integer, .seed, .flag, .text, .choice, .choiceOrNumber, .pace, .coordinates: break
    }
  }
  func visit(_ key: KeyDescription, _ path: String) {
    let path = path.isEmpty ? key.name : "\(path).\(key.name)"
    paths.insert(path)
    visit(key.shape, path)
  }
  for key in Design.keys { visit(key.description, "") }
  return paths
}

@Suite struct DesignWriterTests {
  @Test(arguments: samples)
  func aSampleReadsBackEqual(sample: URL) throws {
    let design = try readDesignDocument(bytes: Array(Data(contentsOf: sample)), named: sample.lastPathComponent).design
    #expect(try readBack(design) == design)
  }

  @Test func thereAreSamplesInBothFolders() { #expect(samples.count >= 14) }

  /// Two hundred designs, and together they have every key that there is.
  @Test func anyDesignReadsBackEqual() throws {
    var written: Set<String> = []
    for seed in 0..<200 as Range<UInt64> {
      var generator = DesignGenerator(seed: seed)
      let fields = generator.fields()
      let design = try readDesign(documentText(fields), named: "seed \(seed)")
      let text = writeDesign(design)
      let again = try readDesign(text, named: "seed \(seed), written")
      #expect(again == design, "seed \(seed)")
      #expect(writeDesign(again) == text, "seed \(seed)")
      // Nothing is written that the document did not say, but what is always written.
      let (said, said2) = (flat(fields), flat(writtenFields(of: design)))
      for (path, value) in said2 where !["seed", "hair", "hair.calibre"].contains(path) && said[path] != value {
        Issue.record("seed \(seed): \(path) became \(value), not \(said[path] ?? "left out")")
      }
      written.formUnion(said2.keys.map(key))
    }
    // The first says nothing of the design; the others have only one value, their default.
    #expect(tablePaths().subtracting(written) == ["$schema", "layers.gradient.area", "pigment.match"])
  }

  @Test func aDefaultDesignIsShort() {
    #expect(
      writeDesign(smallest()) == "schemaVersion: 1\nseed: 1\nhair: {calibre: 0.075}\nlayers:\n  - zone: {area: scalp}\n"
    )
  }

  @Test func whatIsWrittenLooksLikeADesign() {
    var design = smallest()
    design.seed = .max
    design.client.age = 38
    var line = HairlineLayer()
    line.points = (0..<7).map { ScalpPlace(up: 70 - Double($0), side: Double(30 * $0) - 90) }
    var zone = ZoneLayer()
    zone.area = .ellipse(centre: ScalpPlace(up: 265, side: 0), length: 90, width: 80.5, turn: 0)
    (zone.fillTo, zone.feather) = (0.9, 20)
    design.layers = [.hairline(line), .zone(zone)]
    design.touchUps = [.year(4), .below(0.6)]
    design.pictures.camera = Pictures.OwnCamera()
    design.pictures.sheetViews = []
    design.pictures.skin = .fromDesign
    #expect(
      writeDesign(design) == """
        schemaVersion: 1
        seed: 18446744073709551615
        client: {age: 38}
        hair: {calibre: 0.075}
        layers:
          - hairline:
              points:
                [{up: 70, side: -90}, {up: 69, side: -60}, {up: 68, side: -30}, {up: 67}, {up: 66, side: 30},
                 {up: 65, side: 60}, {up: 64, side: 90}]
          - zone:
              ellipse:
                centre: {up: 265}
                length: 90
                width: 80.5
              fillTo: 0.9
              feather: 20
        touchUps: [{year: 4}, {below: 0.6}]
        pictures:
          camera: {}
          sheetViews: []
          skin: from-design

        """)
  }

  @Test(arguments: [
    0, 1, 0.1, 1.0 / 3, 0.1 + 0.2, 1e-5, 1.5e-7, .leastNonzeroMagnitude, 0.30000000000000004, 1 - .ulpOfOne / 2,
  ])
  func numbersKeepEveryDigit(number: Double) throws {
    var design = smallest()
    (design.hair.grey, design.client.melanin, design.pictures.oil) = (number, number, number)
    var place = ScalpPlace(up: number * 450, side: -number)
    place.side = place.side == 0 ? -0.0 : place.side
    design.pictures.macroPlace = place
    #expect(try readBack(design) == design)
    // Bits, not only values.
    #expect(try readBack(design).hair.grey.bitPattern == number.bitPattern)
  }

  @Test func everySeedIsKept() throws {
    for seed: UInt64 in [0, 1, 1 << 53 + 1, .max - 1, .max] {
      var design = smallest()
      design.seed = seed
      #expect(try readBack(design).seed == seed)
    }
  }

  @Test(arguments: hostileTexts)
  func anyTextReadsBackEqual(text: String) throws {
    var design = smallest()
    var mask = MaskLayer()
    mask.file = text
    design.layers = [.mask(mask)]
    var scan = ScanChoice()
    scan.file = text
    scan.landmarks[.leftTragion] = SIMD3(73, 0, 0)
    scan.landmarks[.rightTragion] = SIMD3(-73, 0, 1e-7)
    scan.landmarks[.sellion] = SIMD3(0, 19.3, -1e7)
    design.head = .scan(scan)
    design.waivers = [Waiver(rule: .l7, reason: text)]
    let again = try readBack(design)
    #expect(again == design)
    // The characters themselves, not only what counts as the same text.
    #expect(Array(again.waivers[0].reason.unicodeScalars) == Array(text.unicodeScalars))
    #expect(writeDesign(design).allSatisfy { $0 == "\n" || !$0.isNewline })
  }

  /// Every character that a text can hold, in blocks; no null, which the YAML library takes for the end.
  @Test func everyCharacterReadsBack() throws {
    for start in stride(from: 0 as UInt32, to: 0x1_1000, by: 0x800) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: (max(1, start)..<start + 0x800).compactMap(Unicode.Scalar.init))
      guard !text.isEmpty else { continue }
      var design = smallest()
      design.waivers = [Waiver(rule: .l1, reason: String(text))]
      #expect(try Array(readBack(design).waivers[0].reason.unicodeScalars) == Array(text), "from \(start)")
    }
  }

  @Test func fileNamesCanBeLeftOut() throws {
    var design = smallest()
    var (scan, mask) = (ScanChoice(), MaskLayer())
    scan.file = "jane-doe/head.obj"
    scan.landmarks[.leftTragion] = SIMD3(73, 0, 0)
    scan.landmarks[.rightTragion] = SIMD3(-73, 0, 0)
    scan.landmarks[.glabella] = SIMD3(0, 34, 106)
    mask.file = "jane-doe/crown.png"
    mask.image = MaskImage(width: 1, height: 1, shares: [1])
    design.head = .scan(scan)
    design.layers.append(.mask(mask))
    #expect(writeDesign(design).contains("jane-doe/head.obj") && writeDesign(design).contains("jane-doe/crown.png"))
    #expect(!writeDesign(design, fileNames: false).contains("jane"))
    (scan.file, mask.file, mask.image) = ("scan", "mask", nil)
    design.head = .scan(scan)
    design.layers[1] = .mask(mask)
    #expect(try readBack(design, fileNames: false) == design)
  }

  /// What the command line can say in place of a design, the design can say as well.
  @Test func everyChoiceOfTheCommandLineIsKept() throws {
    var design = smallest()
    design.seed = 99
    design.client.pace = try #require(Pace("p10"))
    var pictures = Pictures()
    (pictures.view, pictures.orthographic, pictures.at, pictures.skin) = (.top, true, .templeLeft, .fromDesign)
    (pictures.light, pictures.background, pictures.quality) = (.harsh, .transparent, .final)
    (pictures.oil, pictures.sixteenBit, pictures.size) = (0.9, true, 4096)
    design.pictures = pictures
    #expect(try readBack(design) == design)
    design.pictures.view = Pictures().view
    design.pictures.camera = Pictures.OwnCamera()
    design.pictures.camera?.azimuth = 30
    design.pictures.camera?.orthographic = true
    #expect(try readBack(design) == design)
  }

  /// A design can hold two answers to one question; the document has the one that counts, and reads.
  @Test func ofTwoAnswersTheOneThatCountsIsWritten() throws {
    var design = smallest()
    design.client.monk = 9
    design.pictures.camera = Pictures.OwnCamera()
    design.pictures.view = .back
    design.pictures.macroPlace = ScalpPlace(up: 80, side: 3)
    design.pictures.at = .crown
    let again = try readBack(design)
    #expect(again.client == design.client)
    #expect(again.pictures.camera == design.pictures.camera && again.pictures.view == Pictures().view)
    #expect(again.pictures.macroPlace == design.pictures.macroPlace && again.pictures.at == nil)
  }
}
