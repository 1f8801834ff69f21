import Arithmetic
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// The C library, in more precision than what is tested. Where there is none, its own error is allowed for.
#if arch(x86_64)
  private typealias Wide = Float80
  private let slack = 0.01
#else
  private typealias Wide = Double
  private let slack = 1.0
#endif

/// How far `value` is from `exact`, in units in the last place of the latter.
private func error(_ value: Double, _ exact: Wide) -> Double {
  Double(abs(Wide(value) - exact) / Wide(max(abs(Double(exact)), .leastNormalMagnitude).ulp))
}

private func error(_ value: Float, _ exact: Double) -> Double {
  abs(Double(value) - exact) / Double(max(abs(Float(exact)), .leastNormalMagnitude).ulp)
}

/// `count` numbers from `low` to `high`, evenly and in ascending order, with all bits in use.
private func spread(_ low: Double, _ high: Double, count: Int = 100_000) -> [Double] {
  (0..<count).map { low + (high - low) * (Double($0) + 0.618_033_988_749_894_8) / Double(count) }
}

/// Numbers and their neighbours, where reductions change.
private func borders(_ numbers: [Double]) -> [Double] { numbers.flatMap { [$0.nextDown, $0, $0.nextUp] } }

private func borders(_ numbers: [Float]) -> [Float] { numbers.flatMap { [$0.nextDown, $0, $0.nextUp] } }

@Suite struct ElementaryTests {
  private let bases = spread(-9, 9, count: 100_003).map { exp($0) }

  // MARK: Accuracy

  @Test func exponentialsAreWithinOneUnit() {
    let halves = borders((-1075...1023).map { (Double($0) + 0.5) * 0.6931471805599453 })
    for x in spread(-708.3, 709.7) + spread(-1, 1) + halves where x > -708.3 {
      #expect(error(exponential(x), exp(Wide(x))) < 1 + slack, "x = \(x)")
    }
    // Below the normal range, in units of the least number.
    for x in spread(-745.1, -708.4, count: 2000) {
      #expect(error(exponential(x), exp(Wide(x))) < 1 + slack, "x = \(x)")
    }
  }

  @Test func logarithmsAreWithinOneUnit() {
    let ends = (-1020...1020).flatMap { [exp2(Double($0)), exp2(Double($0)) * 0.7071067811865476] }
    let near = spread(-36, -1, count: 20_000).flatMap { [1 + exp($0), 1 - exp($0)] }
    for x in spread(-744, 709.7).map({ exp($0) }) + spread(0.5, 2) + borders(ends) + near {
      #expect(error(logarithm(x), log(Wide(x))) < 1 + slack, "x = \(x)")
    }
  }

  @Test func powersAreWithinTwoUnitsAndAtTheEndsWithinNine() {
    var worst = (middle: 0.0, ends: 0.0)
    for (i, y) in spread(-500, 500).enumerated() {
      let base = bases[i * 7919 % bases.count]
      let value = power(base, y)
      guard value > 1e-300, value < 1e300 else { continue }
      let off = error(value, pow(Wide(base), Wide(y)))
      if value > 1e-50 && value < 1e50 {
        worst.middle = max(worst.middle, off)
      } else {
        worst.ends = max(worst.ends, off)
      }
    }
    #expect(worst.middle < 2 + slack)
    #expect(worst.ends < 9 + slack)
  }

  @Test func sinesAndCosinesAreWithinOneUnit() {
    // The nearest numbers to multiples of π/4 lose most in the reduction.
    let quarters = borders((-2000...2000).map { Double($0) * 0.7853981633974483 })
    let far = borders((1_272_000...1_273_200).map { Double($0) * 0.7853981633974483 })
    for x in spread(-7, 7) + spread(-1e6, 1e6) + quarters + far {
      #expect(error(sine(x), sin(Wide(x))) < 1 + slack, "x = \(x)")
      #expect(error(cosine(x), cos(Wide(x))) < 1 + slack, "x = \(x)")
    }
  }

  @Test func arcTangentsAreWithinOneAndAHalfUnits() {
    for (i, a) in (spread(-3.1415926, 3.1415926) + borders([0.4375, 0.6875, 1, 2.2857, 1.4545])).enumerated() {
      let r = exp(Double(i % 100 - 50))
      let (x, y) = (r * cos(a), r * sin(a))
      #expect(error(arcTangent(y, x), atan2(Wide(y), Wide(x))) < 1.5 + slack, "\(y), \(x)")
      #expect(error(arcTangent(Float(y), Float(x)), atan2(Double(Float(y)), Double(Float(x)))) < 3.5, "\(y), \(x)")
    }
  }

  @Test func exponentialsOfFloatsAreWithinOneUnit() {
    let halves = borders((-125...126).map { (Float($0) + 0.5) * 0.6931472 })
    for x in spread(-87, 88).map({ Float($0) }) + spread(-1, 1).map({ Float($0) }) + halves {
      #expect(error(exponential(x), exp(Double(x))) < 1, "x = \(x)")
    }
  }

  @Test func logarithmsOfFloatsAreWithinThreeUnits() {
    let ends = (-126...126).flatMap {
      [Float(sign: .plus, exponent: $0, significand: 1), Float(sign: .plus, exponent: $0, significand: 1.414_213_5)]
    }
    for x in spread(-103, 88.7).map({ Float(exp($0)) }) + spread(0.5, 2).map({ Float($0) }) + borders(ends) {
      #expect(error(logarithm(x), log(Double(x))) < 2.9, "x = \(x)")
    }
  }

  @Test func powersOfFloatsAreAsGoodAsTheirLogarithms() {
    for (i, y) in spread(-9, 9).enumerated() {
      let (base, y) = (Float(bases[i * 7919 % bases.count]), Float(y))
      let size = abs(Double(y) * log(Double(base)))
      if size < 86 {
        #expect(error(power(base, y), pow(Double(base), Double(y))) < 1 + 3.5 * size, "\(base) ^ \(y)")
      }
    }
  }

  // MARK: The same bits everywhere

  @Test func everyMachineGivesTheseBits() {
    func steps(_ a: Double, _ b: Double) -> Int {
      let off = Int(truncatingIfNeeded: a.bitPattern) - Int(truncatingIfNeeded: b.bitPattern)
      return a < 0 ? -off : off
    }
    func steps(_ a: Float, _ b: Float) -> Int { (a < 0 ? -1 : 1) * (Int(a.bitPattern) - Int(b.bitPattern)) }
    for (x, value, off) in exponentials { #expect(steps(exponential(x), value) == off, "e^\(x)") }
    for (x, value, off) in logarithms { #expect(steps(logarithm(x), value) == off, "log \(x)") }
    for (x, y, value, off) in powers { #expect(steps(power(x, y), value) == off, "\(x) ^ \(y)") }
    for (x, value, off) in sines { #expect(steps(sine(x), value) == off, "sin \(x)") }
    for (x, value, off) in cosines { #expect(steps(cosine(x), value) == off, "cos \(x)") }
    for (y, x, value, off) in arcTangents { #expect(steps(arcTangent(y, x), value) == off, "(\(x), \(y))") }
    for (x, value, off) in floatExponentials { #expect(steps(exponential(x), value) == off, "e^\(x)") }
    for (x, value, off) in floatLogarithms { #expect(steps(logarithm(x), value) == off, "log \(x)") }
    for (x, y, value, off) in floatPowers { #expect(steps(power(x, y), value) == off, "\(x) ^ \(y)") }
    for (y, x, value, off) in floatArcTangents { #expect(steps(arcTangent(y, x), value) == off, "(\(x), \(y))") }
  }

  // MARK: Special values

  @Test func exponentialsHaveEnds() {
    #expect(exponential(0.0) == 1 && exponential(-0.0) == 1)
    #expect(
      exponential(709.79) == .infinity && exponential(1e300) == .infinity && exponential(Double.infinity) == .infinity)
    #expect(exponential(-745.2) == 0 && exponential(-1e300) == 0 && exponential(-Double.infinity) == 0)
    #expect(exponential(-745.0) == .leastNonzeroMagnitude)
    #expect(exponential(Double.nan).isNaN)
    #expect(exponential(Float(0)) == 1 && exponential(Float.nan).isNaN)
    #expect(exponential(Float.infinity) == exponential(Float(88)) && exponential(Float(88)).isFinite)
    #expect(exponential(-Float.infinity) == exponential(Float(-87)) && exponential(Float(-87)) < 1.7e-38)
  }

  @Test func logarithmsHaveEnds() {
    #expect(logarithm(1.0) == 0 && logarithm(0.0) == -.infinity && logarithm(Double.infinity) == .infinity)
    #expect(logarithm(-1.0).isNaN && logarithm(Double.nan).isNaN)
    #expect(logarithm(Float(1)) == 0 && logarithm(Float(0)) == -.infinity && logarithm(Float.infinity) == .infinity)
    #expect(logarithm(Float(-1)).isNaN && logarithm(Float.nan).isNaN)
  }

  @Test func powersHaveEnds() {
    #expect(power(0.0, 0) == 1 && power(Double.nan, 0) == 1 && power(1, Double.infinity) == 1)
    #expect(power(0.0, 2) == 0 && power(0.0, -2) == .infinity)
    #expect(power(Double.infinity, 2) == .infinity && power(Double.infinity, -2) == 0)
    #expect(power(-2.0, 2).isNaN && power(2, Double.nan).isNaN)
    #expect(power(2.0, 1e10) == .infinity && power(2.0, -1e10) == 0)
    #expect(power(Float(0), 2) == 0 && power(Float(-1), 2) == 0 && power(Float.nan, 2) == 0)
  }

  @Test func anglesHaveEnds() {
    #expect(sine(0.0) == 0 && cosine(0.0) == 1)
    #expect(sine(1.1e6).isNaN && cosine(Double.infinity).isNaN && sine(Double.nan).isNaN)
    #expect(arcTangent(0.0, 0.0) == 0 && arcTangent(Float(0), Float(0)) == 0)
    #expect(arcTangent(0.0, -1) == .pi && arcTangent(-0.0, -1) == .pi)
    #expect(arcTangent(1.0, 0) == .pi / 2 && arcTangent(-1.0, 0) == -.pi / 2)
    #expect(arcTangent(Float(0), -1) == 3.141_592_7)
  }

  // MARK: Identities

  @Test func theExponentialUndoesTheLogarithm() {
    for x in spread(-300, 300).map({ exponential($0) }) {
      #expect(abs(exponential(logarithm(x)) / x - 1) < 3e-16 + 2.3e-16 * abs(logarithm(x)))
    }
  }

  @Test func sineAndCosineLieOnTheCircle() {
    for x in spread(-1000, 1000) {
      let (s, c) = (sine(x), cosine(x))
      #expect(abs(s * s + c * c - 1) < 4e-16)
      #expect(s == -sine(-x) && c == cosine(-x))
      let turned = arcTangent(s, c) - x
      #expect(abs(sine(turned)) < 1e-12)
    }
  }

  @Test func exponentialsNeverFall() {
    // Neighbours, where rounding could turn them round, and all over the range.
    for start: Float in [-87, -20.3, -1, -0.346_574, -1e-3, 0, 1e-3, 0.346_573, 1.039_720, 3, 50] {
      var x = start
      for _ in 0..<20_000 {
        #expect(exponential(x) <= exponential(x.nextUp), "x = \(x)")
        x = x.nextUp
      }
    }
    let values = spread(-87, 88).map { exponential(Float($0)) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
  }
}

@Suite struct SRGBTests {
  /// IEC 61966-2-1, by the C library.
  private func light(_ value: Double) -> Double {
    value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  @Test(arguments: [255, 65_535])
  func codesComeBack(top: Int) {
    var before = (light: -1.0, double: -1.0, float: Float(-1))
    for code in 0...top {
      let value = Double(code) / Double(top)
      let light = decodedSRGB(value)
      #expect(abs(light - self.light(value)) < 1e-15)
      let double = encodedSRGB(light)
      let float = encodedSRGB(Float(light))
      // The standard's two pieces miss each other by 2e-8 at the knee.
      #expect(abs(double - value) < (abs(value - 0.04045) < 1e-4 ? 1e-7 : 1e-15))
      #expect(abs(Double(float) - value) < 6e-7, "code \(code)")
      #expect(light > before.light && double > before.double && float > before.float, "code \(code)")
      before = (light, double, float)
    }
    #expect(decodedSRGB(0) == 0 && decodedSRGB(1) == 1)
    #expect(encodedSRGB(0.0) == 0 && encodedSRGB(1.0) <= 1 && encodedSRGB(Float(1)) <= 1)
  }

  @Test func thePiecesMeet() {
    #expect(decodedSRGB(0.04045) < decodedSRGB(0.04045.nextUp))
    // The standard rounds its constants: the way back falls by 3.4e-8, 0.002 codes of 16 bits.
    #expect(abs(encodedSRGB(0.0031308) - encodedSRGB(0.0031308.nextUp)) < 4e-8)
    #expect(abs(encodedSRGB(Float(0.0031308)) - encodedSRGB(Float(0.0031308).nextUp)) < 4e-8)
  }
}
