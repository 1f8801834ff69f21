import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite struct DocumentScalarTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("0.3", 0.3), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("2.5E-2", 0.025),
      ("1e+2", 100), ("123456789012345678", 1.2345678901234568e17), ("-12.75", -12.75),
    ] as [(String, Double)])
  func decimalsAreReadExactly(text: String, value: Double) {
    #expect(readNumber(text) == .number(value))
  }

  @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "00", "01", "-01", "1 2", "0o17", "1.2.3", "--1", "٣", "1e400"])
  func otherTextIsNoNumber(text: String) {
    if case .number(let value) = readNumber(text) { Issue.record("\(text) was read as \(value)") }
  }

  @Test func wholeNumbersAreExact() {
    #expect(readWhole("18446744073709551615", as: UInt64.self) == UInt64.max)
    #expect(readWhole("9007199254740993", as: UInt64.self) == 9_007_199_254_740_993)
    #expect(readWhole("-1", as: UInt64.self) == nil)
    #expect(readWhole("1e3", as: Int.self) == nil)
    #expect(readWhole("+1", as: Int.self) == nil)
  }

  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (1.5, "1.5"), (-2.25, "-2.25"), (0.1 + 0.2, "0.3"), (1e6, "1000000"), (1e-9, "0"),
    ] as [(Double, String)])
  func plainNumbersHaveNoTail(value: Double, text: String) {
    #expect(plain(value) == text)
  }

  @Test func editDistanceIsAMetricOnTheseWords() {
    func distance(_ a: String, _ b: String) -> Int { editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars)) }
    let words = ["", "seed", "sede", "seeds", "density", "desnity", "ring"]
    for a in words {
      #expect(distance(a, a) == 0)
      for b in words { #expect(distance(a, b) == distance(b, a)) }
    }
    #expect(distance("seed", "sede") == 1)
    #expect(distance("density", "desnity") == 1)
    #expect(distance("", "ring") == 4)
  }

  @Test func onlyNearNamesAreProposed() {
    let names = ["height", "style", "feather", "density", "blend"]
    #expect(nearestName(to: "hieght", among: names) == "height")
    #expect(nearestName(to: "Density", among: names) == "density")
    #expect(nearestName(to: "edge-up", among: ["edge-up", "soft"]) == "edge-up")
    #expect(nearestName(to: "colour", among: names) == nil)
    #expect(nearestName(to: "x", among: ["up", "side"]) == nil)
  }
}
