// Colour spaces for reports and tests. Pictures are computed in linear Rec.709; these are for people.

import Arithmetic

/// CIELAB under D65.
public struct Lab: Sendable, Equatable {
  public var lightness: Double
  public var a: Double
  public var b: Double

  public init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// From linear sRGB, white at (1, 1, 1).
  public init(linearRGB rgb: SIMD3<Double>) {
    let xyz = SIMD3(
      0.4124564 * rgb.x + 0.3575761 * rgb.y + 0.1804375 * rgb.z,
      0.2126729 * rgb.x + 0.7151522 * rgb.y + 0.0721750 * rgb.z,
      0.0193339 * rgb.x + 0.1191920 * rgb.y + 0.9503041 * rgb.z)
    self.init(xyz: xyz, white: SIMD3(0.95047, 1, 1.08883))
  }

  /// From XYZ, seen against `white`.
  public init(xyz: SIMD3<Double>, white: SIMD3<Double>) {
    func f(_ t: Double) -> Double { t > 0.008856 ? power(t, 1.0 / 3) : 7.787 * t + 16.0 / 116 }
    let (x, y, z) = (f(xyz.x / white.x), f(xyz.y / white.y), f(xyz.z / white.z))
    self.init(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
  }

  /// CIEDE2000 difference from another colour: 1 is about what a trained eye just sees side by side (Sharma, Wu & Dalal,
  /// The CIEDE2000 color-difference formula, 2005).
  public func difference(from other: Lab) -> Double {
    let degrees = Double.pi / 180
    func power7(_ x: Double) -> Double { x * x * x * x * x * x * x }
    let meanC = (chroma + other.chroma) / 2
    let g = 0.5 * (1 - (power7(meanC) / (power7(meanC) + power7(25))).squareRoot())
    let (a1, a2) = (a * (1 + g), other.a * (1 + g))
    let (c1, c2) = ((a1 * a1 + b * b).squareRoot(), (a2 * a2 + other.b * other.b).squareRoot())
    func hue(_ a: Double, _ b: Double) -> Double {
      if a == 0 && b == 0 { return 0 }
      let h = arcTangent(b, a) / degrees
      return h < 0 ? h + 360 : h
    }
    let (h1, h2) = (hue(a1, b), hue(a2, other.b))
    let dL = other.lightness - lightness
    let dC = c2 - c1
    var dh = 0.0
    var h = h1 + h2
    if c1 * c2 != 0 {
      dh = h2 - h1
      if dh > 180 { dh -= 360 } else if dh < -180 { dh += 360 }
      if abs(h1 - h2) <= 180 { h = (h1 + h2) / 2 } else { h = (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2 }
    }
    let dH = 2 * (c1 * c2).squareRoot() * sine(dh / 2 * degrees)
    let l = (lightness + other.lightness) / 2
    let c = (c1 + c2) / 2
    let t =
      1 - 0.17 * cosine((h - 30) * degrees) + 0.24 * cosine(2 * h * degrees)
      + 0.32 * cosine((3 * h + 6) * degrees) - 0.20 * cosine((4 * h - 63) * degrees)
    let l50 = (l - 50) * (l - 50)
    let sL = 1 + 0.015 * l50 / (20 + l50).squareRoot()
    let sC = 1 + 0.045 * c
    let sH = 1 + 0.015 * c * t
    let turn = (h - 275) / 25
    let rT =
      -2 * (power7(c) / (power7(c) + power7(25))).squareRoot() * sine(60 * exponential(-turn * turn) * degrees)
    let (x, y, z) = (dL / sL, dC / sC, dH / sH)
    return (x * x + y * y + z * z + rT * y * z).squareRoot()
  }

  /// Distance from grey.
  public var chroma: Double { (a * a + b * b).squareRoot() }
}

/// Relative luminance of linear Rec.709 light.
public func luminance(_ rgb: SIMD3<Double>) -> Double { 0.2126729 * rgb.x + 0.7151522 * rgb.y + 0.0721750 * rgb.z }
