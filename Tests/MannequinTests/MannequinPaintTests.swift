import Arithmetic
import Mannequin
import Testing

struct MannequinPaintTests {
  @Test func regionsLieWhereTheyBelong() {
    #expect(facePaint(at: SIMD3(5, -50, 108)).lips > 0.9)
    #expect(facePaint(at: SIMD3(8, -60, 106)).lips > 0.9)
    #expect(facePaint(at: SIMD3(26, 33, 96)).brow > 0.9)
    #expect(facePaint(at: SIMD3(30, 4.5, 90)).lash > 0.8)
    #expect(facePaint(at: SIMD3(84, 5, -20)).ear > 0.9)
    #expect(facePaint(at: SIMD3(0, -20, 118)).flush > 0.9)
    #expect(facePaint(at: SIMD3(0, -95, 100)).beard > 0.9)
    #expect(facePaint(at: SIMD3(20, -42, 104)).beard > 0.5)
  }

  @Test(arguments: [SIMD3<Float>(0, 100, 70), SIMD3(40, 90, -60), SIMD3(0, 30, -95), SIMD3(30, 60, 95)])
  func scalpAndForeheadAreBare(_ p: SIMD3<Float>) {
    let paint = facePaint(at: p)
    // The flush fades as a Gaussian and never quite ends.
    #expect(paint.flush < 1e-3)
    #expect(paint == FacePaint(flush: paint.flush))
  }

  @Test func bothSidesAreEqualAndWeightsStayInRange() {
    let random = CounterRandom(seed: 3, stream: 9)
    for i in 0..<2000 {
      let n = UInt64(i) * 3
      let p = SIMD3<Float>(
        random.uniform(n) * 100, random.uniform(n + 1) * 240 - 130, random.uniform(n + 2) * 240 - 110)
      let paint = facePaint(at: p)
      #expect(paint == facePaint(at: SIMD3(-p.x, p.y, p.z)))
      for weight in [paint.lips, paint.brow, paint.lash, paint.flush, paint.ear, paint.beard] {
        #expect((0...1).contains(weight))
      }
    }
  }
}
