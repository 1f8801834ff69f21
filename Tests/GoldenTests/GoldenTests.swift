import Foundation
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import ScalpGeometry
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

private let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("samples").path

/// Every sample, laid on its head, placed, aged and drawn; and the stages behind them with options that no sample has.
@Suite struct GoldenTests {
  static let names =
    [
      "alopecia-areata", "buzz-edge-up", "crown", "norwood-3", "norwood-4a-gradient", "norwood-6", "painted-crown",
      "part-width", "strip-scar", "traction",
    ] + ["add-last", "multiply-last", "set-first", "set-last"].map { "order/" + $0 }

  @Test func everySampleHasAGolden() throws {
    func designs(_ folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: samples + folder).filter { $0.hasSuffix(".yaml") }.map {
        String((folder + "/" + $0).dropFirst().dropLast(5))
      }
    }
    #expect(Set(try designs("") + designs("/order")) == Set(GoldenTests.names))
  }

  @Test(arguments: GoldenTests.names)
  func samplesKeepTheirOutput(_ name: String) throws {
    var overrides = DesignOverrides()
    overrides.size = 64
    let opened = try OpenedDesign("\(samples)/\(name).yaml", overrides: overrides)
    let plan = try opened.placement()
    var golden = Golden(name.replacingOccurrences(of: "/", with: "-"))
    addHead(plan.head, to: &golden)
    try addField(plan.fields, to: &golden)
    addPattern("hair", plan.hair, to: &golden)
    addPattern("impressions", plan.impressions, to: &golden)
    try addAgeing(opened, to: &golden)
    try addPictures(opened, to: &golden)
    try golden.check()
  }

  @Test(arguments: ["natural", "even", "relaxed"])
  func evennessesKeepTheirPoints(_ name: String) throws {
    let design = try OpenedDesign("\(samples)/norwood-3.yaml").design
    let fields = try compile(
      design, on: loadHead(design.head, age: design.client.age, folder: "", triangles: 30_000))
    let evenness: Evenness = name == "natural" ? .natural : name == "even" ? .even : .relaxed
    let pattern = try samplePoissonDisc(
      on: fields.scalp.head.mesh, density: fields.impressionDensity, seed: 11, options: .init(evenness: evenness))
    var golden = Golden("points-" + name)
    addPattern(name, pattern, to: &golden)
    try golden.check()
  }

  @Test(arguments: Mannequins.allCases)
  func mannequinsKeepTheirForm(_ mannequin: Mannequins) throws {
    var golden = Golden("head-" + mannequin.rawValue)
    addHead(try loadHead(.mannequin(mannequin.choice), folder: "", triangles: 40_000), to: &golden)
    try golden.check()
  }

  @Test func lightInSkinKeepsItsNumbers() throws {
    var golden = Golden("optics")
    for tone in SkinTone.presets {
      var values = (0..<3).map { tone.linearRGB[$0] }
      for diameter in [0.1, 0.17, 0.3] {
        for depth in [0.2, 0.45, 1.1] {
          for density in [0.5, 2, 8] {
            let body = PigmentBody(diameter: diameter, depth: depth, opticalDensity: density, ink: .carbon)
            let area = removedArea(body, in: tone)
            values += (0..<3).map { area[$0] }
          }
        }
      }
      golden.add(tone.name, .of(values))
    }
    try golden.check()
  }

  @Test(arguments: OddDesign.allCases)
  func oddDesignsKeepTheirPictures(_ odd: OddDesign) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stipple-golden-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let opened = try OpenedDesign(odd.write(into: folder))
    let plan = try opened.placement()
    var golden = Golden("odd-" + odd.rawValue)
    addHead(plan.head, to: &golden)
    addPattern("impressions", plan.impressions, to: &golden)
    try addPictures(opened, to: &golden)
    try golden.check()
  }
}

// MARK: - What is hashed

private func addHead(_ head: Head, to golden: inout Golden) {
  golden.add("positions", .of(head.mesh.positions))
  golden.add("triangles", .of(head.mesh.triangles))
  golden.add("template", .of(head.templatePositions))
  let l = head.landmarks
  golden.add(
    "landmarks",
    .of([
      l.glabella, l.sellion, l.leftTragion, l.rightTragion, l.vertex, l.inion, l.leftCanthus, l.rightCanthus,
    ]))
}

/// Densities at three places of every triangle.
private func addField(_ fields: CompiledDesign, to golden: inout Golden) throws {
  let mesh = fields.scalp.head.mesh
  var places: [SurfacePoint] = []
  for i in mesh.triangles.indices {
    let t = mesh.triangles[i]
    for (v, w) in [(Float(0.25), Float(0.25)), (0.5, 0.25), (0.25, 0.5)] {
      let a = mesh.positions[Int(t.x)]
      let b = mesh.positions[Int(t.y)]
      let c = mesh.positions[Int(t.z)]
      places.append(
        SurfacePoint(position: a * (1 - v - w) + b * v + c * w, triangle: UInt32(i), v: v, w: w))
    }
  }
  func values(_ density: some SurfaceDensity) -> [Float] {
    var values = [Float](repeating: 0, count: places.count)
    var span = values.mutableSpan
    density.evaluate(places.span, into: &span)
    return values
  }
  golden.add("hair-field", .of(values(fields.hairDensity)))
  golden.add("impression-field", .of(values(fields.impressionDensity)))
}

private func addPattern(_ name: String, _ pattern: DotPattern, to golden: inout Golden) {
  golden.add(name + "-places", .of(pattern.points.map(\.position)))
  golden.add(name + "-normals", .of(pattern.normals))
  golden.add(name + "-radii", .of(pattern.radii))
}

private func addAgeing(_ opened: OpenedDesign, to golden: inout Golden) throws {
  let deposits = try Portrait(opened).impressions.deposits
  let design = opened.design
  golden.add("deposits", .of(deposits.load + deposits.luck + deposits.clock + deposits.coreDiameter))
  for (years, pace) in [(0.0, Pace.typical), (healedAge, .typical), (1, .slow), (5, .fast)] {
    let aged = try age(
      deposits, years: years, pace: pace, kind: design.pigment.kind.aging,
      lossMultiplier: design.lossMultiplier, parameters: design.aging)
    golden.add("aged-\(Int(years * 365.25))d-\(pace.name)", .of(aged.darkness + aged.coreWidth + aged.redness))
  }
}

private func addPictures(_ opened: OpenedDesign, to golden: inout Golden) throws {
  for picture in try preview(opened) {
    golden.add("picture-" + picture.name, .of(picture.image.pixels))
    switch picture.samples?.samples {
    case .eight(let samples): golden.add("samples-" + picture.name, .of(samples))
    case .sixteen(let samples): golden.add("samples-" + picture.name, .of(samples))
    case nil: break
    }
  }
}

/// Heads that no sample has.
enum Mannequins: String, CaseIterable, CustomTestStringConvertible {
  case woman, oldMan, longHead, strongFace

  var testDescription: String { rawValue }

  var choice: MannequinChoice {
    var choice = MannequinChoice()
    switch self {
    case .woman:
      choice.sex = .female
      choice.percentile = 20
    case .oldMan:
      choice.age = 79
      choice.percentile = 90
    case .longHead:
      choice.headLength = 212
      choice.headBreadth = 146
      choice.headShape = -1
    case .strongFace:
      choice.noseWidth = 1.5
      choice.noseProjection = 1
      choice.lipFullness = -1
      choice.jawWidth = 2
      choice.browRidge = 1
      choice.cheekbones = -1
      choice.earProtrusion = 2
    }
    return choice
  }
}
