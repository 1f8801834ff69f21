// e to the x from additions and multiplications only. The C library picks its code by processor, and the last bit of
// a picture must not depend on that.

/// eˣ, within 2e-16 of the value relatively; 0 below -700, and no larger than e⁷⁰⁰.
func exponential(_ x: Double) -> Double {
  guard x > -700 else { return 0 }
  let x = min(x, 700)
  // Split x = k ln 2 + r with |r| <= ln 2 / 2; ln 2 in two parts keeps r exact.
  let k = (x * 1.4426950408889634).rounded()
  let r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33
  // Taylor polynomial of degree 13 for eʳ: the next term is below 2e-17.
  var sum = 1.0 / 6_227_020_800
  for inverseFactorial in inverseFactorials { sum = sum * r + inverseFactorial }
  return sum * Double(sign: .plus, exponent: Int(k), significand: 1)
}

/// 1/12! down to 1/0!.
private let inverseFactorials: [Double] = [
  1 / 479_001_600, 1 / 39_916_800, 1 / 3_628_800, 1 / 362_880, 1 / 40_320, 1 / 5_040, 1 / 720, 1 / 120, 1 / 24, 1 / 6,
  1 / 2, 1, 1,
]

/// 1 / (1 + e⁻ˣ)
func logistic(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }
