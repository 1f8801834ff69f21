import Testing

@testable import TreatmentDesign

/// Rules that need the design on a head.
@Suite struct MeasuredLintTests {
  private func findings(_ id: String, _ layers: [Layer], loss: ExistingHair.Loss = .norwoodVI, seed: UInt64 = 1) throws
    -> [LintFinding]
  {
    lint(try compiled(layers, loss: loss, seed: seed)).filter { $0.id == id }
  }

  private func line(_ change: (inout HairlineLayer) -> Void) -> Layer {
    var line = HairlineLayer()
    change(&line)
    return .hairline(line)
  }

  @Test func ruledLinesAreStraightAndStylesAreNot() throws {
    let ruled = try findings("L2", [line { ($0.undulation, $0.jitter) = (0, 0) }])
    #expect(ruled.map(\.level) == [.warning])
    #expect(ruled[0].measured > 60)
    #expect(ruled[0].keyPath == "layers[0].hairline.jitter")
    let cut = try findings("L2", [line { ($0.style, $0.undulation, $0.jitter) = (.edgeUp, 0, 0) }])
    #expect(cut.map(\.level) == [.info])
    for style in [HairlineLayer.Style.natural] {
      #expect(try findings("L2", [line { $0.style = style }]).map(\.measured) == [], "\(style)")
    }
  }

  @Test func arcsAreStraightAndZigzagsAreNot() {
    func places(_ y: (Float) -> Float) -> [SIMD3<Float>] { (0...30).map { SIMD3(Float($0), y(Float($0)), 0) } }
    let up = SIMD3<Float>(0, 0, 1)
    // A circle of 100 mm: its parabola misses it by under a hundredth.
    #expect(deviationFromArc(places { 100 - (10_000 - ($0 - 15) * ($0 - 15)).squareRoot() }, normal: up) < 0.02)
    #expect(deviationFromArc(places { 0.3 * $0 - 4 }, normal: up) < 1e-4)
    // ±1 in turn: root mean square 1, a little less than the parabola takes.
    #expect(abs(deviationFromArc(places { Int($0) % 2 == 0 ? 1 : -1 }, normal: up) - 1) < 0.05)
  }

  @Test func flatTemplesAreQuestionedInMen() throws {
    #expect(try findings("L5", [line { $0.templeRecession = 22 }]) == [])
    // A line drawn straight across, down to the temples.
    let flat = line {
      $0.points = [
        .init(up: 60, side: 75), .init(up: 67, side: 45), .init(up: 70, side: 0), .init(up: 68, side: -45),
        .init(up: 61, side: -75),
      ]
    }
    let found = try findings("L5", [flat])
    #expect(found.contains { $0.subject.contains("inner angle") && $0.measured > 150 })
    // Corners drawn far inside the vertical of the eye.
    let narrow = line {
      $0.points = [
        .init(up: 50, side: 70), .init(up: 100, side: 36), .init(up: 72, side: 0), .init(up: 101, side: -36),
        .init(up: 51, side: -70),
      ]
    }
    #expect(try findings("L5", [narrow]).contains { $0.subject.contains("from the midline") })
  }

  @Test func oneDensityEverywhereIsAHelmet() throws {
    let even = line { ($0.style, $0.feather, $0.density) = (.edgeUp, 2, 200) }
    #expect(try findings("L10", [even], loss: .total).map(\.level) == [.warning])
    var crown = ZoneLayer()
    crown.area = .ellipse(centre: ScalpPlace(up: 262, side: 0), length: 95, width: 95, turn: 0)
    (crown.blend, crown.factor, crown.feather) = (.multiply, 0.6, 40)
    #expect(try findings("L10", [even, .zone(crown)], loss: .total) == [])
    // A small area is no helmet.
    #expect(try findings("L10", [line { ($0.style, $0.feather, $0.reach) = (.edgeUp, 2, 25) }], loss: .total) == [])
  }
}
