// Colour of a reflectance under other lights than daylight.
//
// Lights: CIE standard illuminants D65 and A, and LED-B3, a phosphor LED of 4100 K (CIE 015:2018); observer: CIE 1931, 2
// degrees. Weights per band integrate light and observer over the natural-cubic-spline cardinal functions of the bands, so
// that a smooth reflectance gives the colour of the full integral. What is seen under a light is carried over to daylight
// by the Bradford transform (Lam 1985; CIE 159), so that Lab values of different lights compare.

import Arithmetic

/// A light to look at skin by.
public enum Illuminant: String, Sendable, CaseIterable {
  /// D65: an overcast noon.
  case daylight
  /// A: a filament of 2856 K.
  case tungsten
  /// LED-B3: white light-emitting diodes of 4100 K.
  case led

  /// Weight of each band of `Spectrum` in XYZ; a perfect white has Y = 1.
  public var xyzWeights: [SIMD3<Double>] { Illuminant.weights[Illuminant.allCases.firstIndex(of: self) ?? 0] }

  /// XYZ of a perfect white.
  public var white: SIMD3<Double> { xyzWeights.reduce(.zero, +) }

  /// XYZ of a reflectance given per band.
  public func xyz(of reflectance: [Double]) -> SIMD3<Double> {
    precondition(reflectance.count == Spectrum.count, "a reflectance has \(Spectrum.count) bands")
    let weights = xyzWeights
    var sum = SIMD3<Double>.zero
    for band in reflectance.indices { sum += weights[band] * reflectance[band] }
    return sum
  }

  /// CIELAB of a reflectance under this light, to an eye adapted to it, as the D65 colour that looks the same.
  public func lab(of reflectance: [Double]) -> Lab {
    let daylight = Illuminant.daylight.white
    return Lab(xyz: adapted(xyz(of: reflectance), from: white, to: daylight), white: daylight)
  }

  private static let weights: [[SIMD3<Double>]] = allCases.map { light in
    let power = light.power
    let cardinals = Spectrum.wavelengths.indices.map { cardinal($0) }
    var y = 0.0
    for i in power.indices { y += power[i] * observer[i].y }
    return cardinals.map { shape in
      var sum = SIMD3<Double>.zero
      for i in power.indices { sum += observer[i] * (power[i] * shape[i]) }
      return sum / y
    }
  }

  /// Power per 10 nm from 380 to 780 nm, in any unit.
  private var power: [Double] {
    switch self {
    case .daylight:
      [
        49.9755, 54.6482, 82.7549, 91.486, 93.4318, 86.6823, 104.865, 117.008, 117.812, 114.861, 115.923, 108.811,
        109.354, 107.802, 104.79, 107.689, 104.405, 104.046, 100, 96.3342, 95.788, 88.6856, 90.0062, 89.5991, 87.6987,
        83.2886, 83.6992, 80.0268, 80.2146, 82.2778, 78.2842, 69.7213, 71.6091, 74.349, 61.604, 69.8856, 75.087,
        63.5927, 46.4182, 66.8054, 63.3828,
      ]
    case .tungsten:
      // Planck's law as CIE 015 writes it: a filament of 2848 K on the temperature scale of 1931.
      (0...40).map { i in
        let wavelength = 380 + 10 * Double(i)
        let falling = Arithmetic.power(560 / wavelength, 5)
        return falling / (exponential(1.435e7 / (2848 * wavelength)) - 1)
      }
    case .led:
      [
        0, 0.01, 0.05, 0.25, 1.2, 4.24, 12.11, 18.87, 9.9, 6.02, 5.17, 6.77, 8.94, 10.52, 11.51, 12.37, 13.31, 14.26,
        15.08, 15.72, 16.18, 16.5, 16.5, 16, 14.96, 13.48, 11.71, 9.85, 8.04, 6.42, 5.02, 3.88, 2.95, 2.22, 1.65, 1.23,
        0.91, 0.68, 0.5, 0.37, 0.28,
      ]
    }
  }

  /// The function that is 1 at one band and 0 at the others: a natural cubic spline, constant outside the bands, every 10 nm.
  private static func cardinal(_ band: Int) -> [Double] {
    let n = Spectrum.count
    let h = 20.0
    var value = [Double](repeating: 0, count: n)
    value[band] = 1
    // Second derivatives of the spline: a tridiagonal system, by elimination.
    var diagonal = [Double](repeating: 4, count: n)
    var right = [Double](repeating: 0, count: n)
    for i in 1..<(n - 1) { right[i] = 6 * (value[i - 1] - 2 * value[i] + value[i + 1]) / (h * h) }
    for i in 2..<(n - 1) {
      let f = 1 / diagonal[i - 1]
      diagonal[i] -= f
      right[i] -= f * right[i - 1]
    }
    var second = [Double](repeating: 0, count: n)
    for i in stride(from: n - 2, through: 1, by: -1) { second[i] = (right[i] - second[i + 1]) / diagonal[i] }
    return (0...40).map { i in
      let wavelength = 380 + 10 * Double(i)
      let x = min(max((wavelength - 400) / h, 0), Double(n - 1))
      let cell = min(Int(x), n - 2)
      let b = x - Double(cell)
      let a = 1 - b
      let bend = (a * a * a - a) * second[cell] + (b * b * b - b) * second[cell + 1]
      return a * value[cell] + b * value[cell + 1] + bend * h * h / 6
    }
  }

  /// CIE 1931 colour-matching functions, every 10 nm from 380 to 780 nm.
  private static let observer: [SIMD3<Double>] = zip(zip(barX, barY), barZ).map { SIMD3($0.0, $0.1, $1) }
  private static let barX: [Double] = [
    0.001368, 0.004243, 0.01431, 0.04351, 0.13438, 0.2839, 0.34828, 0.3362, 0.2908, 0.19536, 0.09564, 0.03201, 0.0049,
    0.0093, 0.06327, 0.1655, 0.2904, 0.43345, 0.5945, 0.7621, 0.9163, 1.0263, 1.0622, 1.0026, 0.85445, 0.6424, 0.4479,
    0.2835, 0.1649, 0.0874, 0.04677, 0.0227, 0.0113592, 0.00579035, 0.00289933, 0.00143997, 0.000690079, 0.000332301,
    0.00016615, 0.0000830753, 0.0000415099,
  ]
  private static let barY: [Double] = [
    0.000039, 0.00012, 0.000396, 0.00121, 0.004, 0.0116, 0.023, 0.038, 0.06, 0.09098, 0.13902, 0.20802, 0.323, 0.503,
    0.71, 0.862, 0.954, 0.99495, 0.995, 0.952, 0.87, 0.757, 0.631, 0.503, 0.381, 0.265, 0.175, 0.107, 0.061, 0.032,
    0.017, 0.00821, 0.004102, 0.002091, 0.001047, 0.00052, 0.0002492, 0.00012, 0.00006, 0.00003, 0.00001499,
  ]
  private static let barZ: [Double] = [
    0.00645, 0.02005, 0.06785, 0.2074, 0.6456, 1.3856, 1.74706, 1.77211, 1.6692, 1.28764, 0.81295, 0.46518, 0.272,
    0.1582, 0.07825, 0.04216, 0.0203, 0.00875, 0.0039, 0.0021, 0.00165, 0.0011, 0.0008, 0.00034, 0.00019, 0.00005,
    0.00002, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ]
}

/// Carries XYZ from one white to another by the Bradford transform.
func adapted(_ xyz: SIMD3<Double>, from: SIMD3<Double>, to: SIMD3<Double>) -> SIMD3<Double> {
  func cones(_ v: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(
      0.8951 * v.x + 0.2664 * v.y - 0.1614 * v.z, -0.7502 * v.x + 1.7135 * v.y + 0.0367 * v.z,
      0.0389 * v.x - 0.0685 * v.y + 1.0296 * v.z)
  }
  let r = cones(xyz) * cones(to) / cones(from)
  return SIMD3(
    0.9869929 * r.x - 0.1470543 * r.y + 0.1599627 * r.z, 0.4323053 * r.x + 0.5183603 * r.y + 0.0492912 * r.z,
    -0.0085287 * r.x + 0.0400428 * r.y + 0.9684867 * r.z)
}
