import Arithmetic
import Testing

@Suite struct HeldTests {
  @Test func holding() {
    #expect(held(Float.nan, 2, 5) == 2)
    #expect(held(-Float.infinity, 2, 5) == 2 && held(Float.infinity, 2, 5) == 5)
    for v: Float in [2, 5] { for v in [v.nextDown, v, v.nextUp] { #expect(held(v, 2, 5) == clamp(v, 2, 5)) } }
  }
}
