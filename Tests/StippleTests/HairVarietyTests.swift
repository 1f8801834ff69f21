import Arithmetic
import Testing

@testable import Stipple

@Suite struct HairVarietyTests {
  /// Hairs differ, and together they are what the design says.
  @Test(arguments: [0.6, 3] as [Float])
  func factorsHaveTheMeanOne(cut: Float) {
    let random = CounterRandom(seed: 2, stream: 9)
    var sum = SIMD3<Float>.zero
    var square = SIMD3<Float>.zero
    var young = 0
    let count = 20_000
    for i in 0..<count {
      let a = random.uniformPair(UInt64(3 * i))
      let b = random.uniformPair(UInt64(3 * i + 1))
      let hair = HairVariety(SIMD4(a.x, a.y, b.x, b.y), shade: random.uniform(UInt64(9 * i + 2) << 8), cut: cut)
      let factors = SIMD3(hair.calibre, hair.length, hair.shade)
      #expect(factors.min() > 0.1 && factors.max() < 1.65)
      if hair.length < 0.45 { young += 1 }
      sum += factors
      square += factors * factors
    }
    let mean = sum / Float(count)
    let deviation = (square / Float(count) - mean * mean).squareRoot()
    #expect(abs(mean.x - 1) < 0.01 && abs(mean.y - 1) < 0.015 && abs(mean.z - 1) < 0.015, "\(mean)")
    // A fifth in calibre; stubble is more ragged than what a comb has guided.
    #expect(abs(deviation.x - 0.204) < 0.01)
    #expect(cut < 1.5 ? deviation.y > 0.28 : deviation.y < 0.25)
    #expect(young > count / 20 && young < count / 10)
  }
}
