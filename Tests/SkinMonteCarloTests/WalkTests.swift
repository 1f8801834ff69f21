import Arithmetic
import SkinOptics
import Testing

@testable import SkinMonteCarlo

/// Mean weight of paths that leave a medium of one absorption, and how many were lost.
private func emerging(_ walker: Walker, absorption: Float, paths: Int) -> (mean: Double, lost: Int) {
  let source = CounterRandom(seed: 3, stream: 1)
  var pieces: [Piece] = []
  var sum = 0.0
  var lost = 0
  for path in 0..<paths {
    var random = PathRandom(source, path: path)
    guard let out = walker.walk(&random, pieces: &pieces) else {
      lost += 1
      continue
    }
    sum += Double(out.weight * exponential(-absorption * (out.epidermal + out.dermal)))
  }
  return (sum / Double(paths), lost)
}

@Suite struct Walks {
  /// Half-space of index 1.5, albedo 0.9, isotropic scattering, light straight down: 0.2600 comes back, gloss included
  /// (Giovanelli, Reflection by semi-infinite diffusers, 1955). The anisotropy is a thousandth here, since the formula for
  /// the scattering angle divides by it.
  @Test func reflectanceIsGiovanellis() {
    let absorption = 1.0
    let walker = Walker(
      reducedScattering: 9 * 0.999, anisotropy: 0.001, index: 1.5, layer: 0...0, epidermis: absorption,
      dermis: absorption)
    let paths = 12_000
    let inside = emerging(walker, absorption: Float(absorption), paths: paths).mean
    let gloss = 0.04
    // Four standard errors of a mean of weights between 0 and 1 with this mean.
    let noise = 4 * (0.25 * 0.5 / Double(paths)).squareRoot()
    #expect(abs(gloss + (1 - gloss) * inside - 0.2600) < noise)
  }

  /// Where nothing absorbs, every path that is not lost below the floor comes out with all its light.
  @Test func nothingIsLostWithoutAbsorption() {
    let walker = Walker(
      reducedScattering: 60, anisotropy: 0.1, index: 1, layer: 0.02...0.08, epidermis: 0, dermis: 0)
    let (mean, lost) = emerging(walker, absorption: 0, paths: 300)
    #expect(abs(mean + Double(lost) / 300 - 1) < 1e-6)
    #expect(lost < 15)
  }

  @Test func threadsDoNotMatter() {
    var plan = Plan()
    plan.paths = 240
    plan.barePaths = 240
    let dots = Cylinders(
      spans: [0.1...0.3, 0.2...0.4], radii: [0.1, 0.2], stations: [[0...0, 0.05...0.1, 0.7...0.8], [0.3...0.4]],
      absorptions: SIMD8(0.5, 1, 2, 5, 10, 20, 40, 80))
    func run(_ threads: Int) -> (Plan.Losses, [Double]) {
      plan.threads = threads
      return (
        plan.losses(band: 9, sets: [dots], layers: [0.1...0.3], layerAbsorptions: dots.absorptions).sets[0],
        plan.bare(band: 9)
      )
    }
    let (one, bareOne) = run(1)
    let (five, bareFive) = run(5)
    #expect(one.value == five.value && one.error == five.error && one.bare == five.bare && bareOne == bareFive)
    #expect(one.value[0][7] > one.value[0][0] && one.value[0][0] > 0)
  }
}

@Suite struct Lengths {
  /// A path straight through: what a cylinder takes is known exactly.
  @Test func aStraightPathMeetsTheCylinder() {
    let mu: Float = 3
    let cylinders = Cylinders(
      spans: [0.1...0.3, 0.25...0.45], radii: [0.1], stations: [[0...0, 0.09...0.09, 0.11...0.11]],
      absorptions: SIMD8(repeating: mu))
    var scorer = CylinderScorer(cylinders, tones: 1)
    var random = PathRandom(CounterRandom(seed: 1, stream: 1), path: 0)
    // Down to 0.35 mm, then aside by 0.15 mm, then up and out.
    let pieces = [
      Piece(start: SIMD3(0, 0, 0), direction: SIMD3(0, 0, 1), length: 0.35),
      Piece(start: SIMD3(0, 0, 0.35), direction: SIMD3(1, 0, 0), length: 0.15),
      Piece(start: SIMD3(0.15, 0, 0.35), direction: SIMD3(0, 0, -1), length: 0.35),
    ]
    scorer.add(pieces, weights: [1], random: &random)
    func taken(_ length: Float) -> Float { 1 - exponential(-mu * length) }
    let expected: [[Float]] = [
      [0.2, 0.1 + 0.1],  // on the axis: down inside; 0.1 down and 0.1 aside below
      [0.2 + 0.2, 0.1 + 0.15 + 0.1],  // axis at 0.09: down and up both inside
      [0.2, 0.14 + 0.1],  // axis at 0.11: the way down is outside; aside enters at 0.01
    ]
    for (station, lengths) in expected.enumerated() {
      for (span, length) in lengths.enumerated() {
        let got = scorer.sums.taken[station * 2 + span][0]
        #expect(abs(got - taken(length)) < 1e-3, "station \(station), span \(span): \(got), \(taken(length))")
      }
    }
  }

  @Test func sharesThatMadeAValueAreFoundAgain() {
    let kappas = TableAxes.kappas
    let shares = [0.1, 0.25, 0, 0.05]
    var values = SIMD8<Double>.zero
    for (m, x) in TableAxes.opticalDensities.enumerated() {
      for (k, share) in shares.enumerated() { values[m] += share * (1 - Double(exponential(Float(-kappas[k] * x)))) }
    }
    let found = fitShares(values, at: TableAxes.opticalDensities, kappas: kappas)
    for (a, b) in zip(found, shares) { #expect(abs(a - b) < 1e-4) }
    #expect(fitShares(-values, at: TableAxes.opticalDensities, kappas: kappas) == [0, 0, 0, 0])
  }

  @Test(arguments: [2, 3])
  func packedTablesComeBack(digits: Int) {
    let values: [Float] = [0, 0.001, 0.3, 0.9, 0, 0, 0, 0, 1e-6, 2e-6, 3e-6, 4e-6]
    let text = PackedTable.pack(values, block: 4, digits: digits).joined(separator: "\n")
    #expect(text.utf8.allSatisfy { $0 != 34 && $0 != 92 })
    let full = Float((1 << (6 * digits)) - 1)
    for (a, b) in zip(PackedTable.unpack(Array(text.utf8), block: 4, digits: digits), values) {
      // Half a step of the square root at the block's scale.
      #expect(abs(a.squareRoot() - b.squareRoot()) <= 0.6 * (b > 1e-4 ? 0.95 : 2e-3) / full + 1e-7)
    }
  }
}
