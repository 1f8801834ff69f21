// Colour spaces for reports and tests. Pictures are computed in linear Rec.709; these are for people.

import RealModule

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
    let x = (0.4124564 * rgb.x + 0.3575761 * rgb.y + 0.1804375 * rgb.z) / 0.95047
    let y = 0.2126729 * rgb.x + 0.7151522 * rgb.y + 0.0721750 * rgb.z
    let z = (0.0193339 * rgb.x + 0.1191920 * rgb.y + 0.9503041 * rgb.z) / 1.08883
    func f(_ t: Double) -> Double { t > 0.008856 ? Double.root(t, 3) : 7.787 * t + 16.0 / 116 }
    self.init(lightness: 116 * f(y) - 16, a: 500 * (f(x) - f(y)), b: 200 * (f(y) - f(z)))
  }
}

/// Relative luminance of linear Rec.709 light.
public func luminance(_ rgb: SIMD3<Double>) -> Double { 0.2126729 * rgb.x + 0.7151522 * rgb.y + 0.0721750 * rgb.z }
