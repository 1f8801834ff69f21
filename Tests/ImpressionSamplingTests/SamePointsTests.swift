import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ImpressionSampling

@Suite struct SamePointsTests {
  /// Hashes of the position bits, taken from an optimised build. A change here is a change of every picture.
  @Test(arguments: [
    (Evenness.natural, 259, 0x89FB_1F14_D5D7_B0D8 as UInt64), (.even, 259, 0x3835_E6D4_4A32_8F46),
    (.relaxed, 259, 0x358C_1399_C1A8_75D9),
  ])
  func everyBuildGivesTheSamePoints(evenness: Evenness, count: Int, hash: UInt64) throws {
    let density = PositionDensity { p in 20 + 80 * clamp(p.x / 24, 0, 1) }
    let pattern = try samplePoissonDisc(
      on: sheet(24, 18, 8, 6), density: density, seed: 7, options: .init(evenness: evenness))
    var found: UInt64 = 0
    for point in pattern.points {
      for k in 0..<3 { found = mix64(found ^ UInt64(point.position[k].bitPattern)) }
    }
    #expect(pattern.count == count)
    #expect(found == hash)
  }
  /// A field that says that it is uniform is not asked; with edges short enough to be trusted that changes nothing.
  @Test(arguments: [Evenness.natural, .even, .relaxed])
  func aUniformDensityNeedsNotToBeAsked(evenness: Evenness) throws {
    let mesh = ellipsoid(20)
    let options = PoissonDiscOptions(evenness: evenness, count: 300)
    let uniform = UniformDensity(perSquareCentimetre: 3)
    let asked = try samplePoissonDisc(on: mesh, density: PositionDensity { _ in 3 }, seed: 4, options: options)
    #expect(try samplePoissonDisc(on: mesh, density: uniform, seed: 4, options: options) == asked)
    #expect(try PoissonDiscSampler(on: mesh).sample(density: uniform, seed: 4, options: options) == asked)
  }
}
