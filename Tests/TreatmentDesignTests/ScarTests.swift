import Arithmetic
import Meshes
import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite("Scars")
struct ScarTests {
  static func strip(width: Double = 3, ring: Double? = nil, treat: Bool = true) -> ScarLayer {
    var scar = ScarLayer()
    scar.shape = .strip(
      path: [
        ScalpPlace(up: 318, side: -70), ScalpPlace(up: 330, side: 0), ScalpPlace(up: 318, side: 70),
      ], width: width)
    scar.ring = ring
    scar.treat = treat
    return scar
  }

  /// Down the back across the middle of the strip.
  static func across(_ design: CompiledDesign, _ value: (SurfacePoint) -> Float) -> [(way: Float, value: Float)] {
    stride(from: Float(270), through: 390, by: 0.1).compactMap { up in
      design.scalp.frame.place(up: up, side: 0).map { (up, value($0)) }
    }
  }

  /// A scar narrower than the triangles keeps its width.
  @Test(arguments: [1.0, 3, 8])
  func aStripIsBareOverItsWidth(width: Double) throws {
    let design = try compiled([.scar(Self.strip(width: width))], loss: .none)
    let hair = Self.across(design) { design.hair(at: $0).now }
    let bare = 0.1 * Double(hair.count { $0.way > 310 && $0.way < 350 && $0.value < 100 })
    // The width swings by a fifth along the scar (one standard deviation), held within a half.
    #expect(bare > 0.5 * width - 0.3 && bare < 1.5 * width + 0.3)
    #expect(hair.contains { $0.value < 1 } || width < 2)
    #expect(hair.filter { abs($0.way - 330) > Float(width) + 2 && $0.way < 360 }.allSatisfy { $0.value > 150 })
  }

  @Test(arguments: [8.0, 20])
  func theRingReachesAsFarAsAsked(ring: Double) throws {
    let design = try compiled([.scar(Self.strip(ring: ring))], loss: .none)
    let values = Self.across(design) { design.impressions(at: $0) }
    let treated = values.filter { $0.value > 0.01 }
    let first = try #require(treated.first).way
    let last = try #require(treated.last).way
    // Half the width and the ring on either side; a smooth ring ends softly, so its last tenth is hardly seen.
    let expected = 2 * Float(ring) + 3
    #expect(last - first < expected + 1.6 && last - first > 0.9 * expected - 1.6)
    // 1.15 times the hair around it inside
    #expect(abs(try #require(values.map(\.value).max()) - 230) < 8)
  }

  @Test func anUntreatedScarStaysBareUnderLaterLayers() throws {
    let design = try compiled([.scar(Self.strip(width: 6, treat: false)), FieldTests.disc(325, 0, 80, 200, .set)])
    let middle = try #require(design.scalp.frame.place(up: 330, side: 0))
    let beside = try #require(design.scalp.frame.place(up: 312, side: 0))
    #expect(design.impressions(at: middle) == 0)
    #expect(design.impressions(at: beside) > 190)
    let tissue = design.tissue(at: middle)
    #expect(tissue.scarWeight == 1)
    #expect(tissue.surface == .flat)
    #expect(tissue.take == 0.75)
    #expect(design.tissue(at: beside) == Tissue(scarWeight: 0, surface: nil, take: 1))
  }

  @Test func aScarInATreatedScalpIsAtLeastAsDense() throws {
    let without = try compiled([.hairline(HairlineLayer())], loss: .norwoodVII)
    let with = try compiled([.hairline(HairlineLayer()), .scar(Self.strip())], loss: .norwoodVII)
    let middle = try #require(with.scalp.frame.place(up: 330, side: 0))
    let shown = { (design: CompiledDesign) in design.impressions(at: middle) + design.visibleHair(at: middle).now }
    #expect(shown(with) > 1.1 * shown(without))
  }

  @Test func extractionsAreScatteredAndCounted() throws {
    var scar = ScarLayer()
    scar.shape = .extractions(
      area: .ellipse(centre: ScalpPlace(up: 315, side: 0), length: 50, width: 110, turn: 0), count: 300, diameter: 0.9)
    scar.treat = false
    let design = try compiled([.scar(scar)], loss: .none)
    let scars = try #require(design.extractionScars.first).scars
    #expect(scars.centres.count == 300)
    var nearest = Float.infinity
    for (i, a) in scars.centres.enumerated() {
      for b in scars.centres[(i + 1)...] { nearest = min(nearest, length(a - b)) }
    }
    // At least a diameter between middles, so that none overlap.
    #expect(nearest > 0.95)
    let p = scars.centres[17]
    let place = design.scalp.frame.coordinates(of: p)
    let point = try #require(design.scalp.frame.place(up: place.up, side: place.side))
    #expect(design.hair(at: point).now == 0)
    #expect(design.tissue(at: point).scarWeight == 1)
    // Both halves get their share.
    let left = scars.centres.count { $0.x > 0 }
    #expect(left > 110 && left < 190)
    // The same again
    #expect(try compiled([.scar(scar)], loss: .none).extractionScars.first?.scars.centres == scars.centres)
  }

  @Test func scarWeightsFollowTheScar() throws {
    let design = try compiled([.scar(Self.strip(width: 12))], loss: .none)
    let weights = design.scarWeights()
    #expect(weights.contains { $0 == 1 })
    #expect(weights.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(try compiled([]).scarWeights().allSatisfy { $0 == 0 })
  }

  @Test func scarsOutsideTheScalpAreRefused() throws {
    func error(_ shape: ScarLayer.Shape) -> CompileError? {
      var scar = ScarLayer()
      scar.shape = shape
      do {
        _ = try compiled([.scar(scar)])
        return nil
      } catch {
        return error as? CompileError
      }
    }
    let face = error(.strip(path: [ScalpPlace(up: 10, side: 0), ScalpPlace(up: 12, side: 20)], width: 2))
    #expect(face?.field == "path[0]")
    #expect(face?.problem.contains("outside the adult hair border") ?? false)
    #expect(
      error(.strip(path: [ScalpPlace(up: 300, side: 900), ScalpPlace(up: 300, side: 0)], width: 2))?.field
        == "path[0].side")
    #expect(error(.strip(path: [], width: 2))?.field == "path")
    #expect(
      error(.strip(path: [ScalpPlace(up: 300, side: 9), ScalpPlace(up: 300, side: 0)], width: 0))?.field == "width")
    let crowd = error(
      .extractions(
        area: .ellipse(centre: ScalpPlace(up: 315, side: 0), length: 20, width: 20, turn: 0), count: 5000, diameter: 1))
    #expect(crowd?.field == "count")
    #expect(crowd?.problem.contains("must be 1 to") ?? false)
  }
}
