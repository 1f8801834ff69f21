// Sixteen spectral bands from 400 to 700 nm and how they add up to colour.
//
// The weights integrate the CIE 1931 2-degree observer under D65 over natural-cubic-spline cardinal functions of
// the bands, so that a smooth reflectance gives the colour of the full integral. Reflectance is held constant
// outside 400-700 nm.

/// The spectral bands in which skin and pigment are computed.
public enum Spectrum {
  /// Band centres, nm.
  public static let wavelengths: [Double] = [
    400.0, 420.0, 440.0, 460.0, 480.0, 500.0, 520.0, 540.0, 560.0, 580.0, 600.0, 620.0, 640.0, 660.0, 680.0, 700.0,
  ]
  /// Number of bands.
  public static let count = 16

  /// Weight of each band in linear sRGB (Rec.709 primaries, D65 white).
  static let linearRGBWeights: [[Double]] = [
    [0.0013166, -0.0011323, 0.0080518],
    [0.019711, -0.017567, 0.1257],
    [0.043, -0.043104, 0.36281],
    [0.0036585, -0.021641, 0.38951],
    [-0.064636, 0.041483, 0.18468],
    [-0.1301, 0.1289, 0.04322],
    [-0.18296, 0.25331, -0.010036],
    [-0.1078, 0.30161, -0.031669],
    [0.075728, 0.24445, -0.031368],
    [0.28879, 0.1323, -0.022196],
    [0.41945, 0.025867, -0.011635],
    [0.35924, -0.018451, -0.0049677],
    [0.18402, -0.016563, -0.0016635],
    [0.067042, -0.0068992, -0.00049876],
    [0.018562, -0.001991, -0.00012789],
    [0.0049361, -0.00053651, -3.3139e-05],
  ]

  /// Weight of a band in linear sRGB.
  package static func linearRGBWeight(band: Int) -> SIMD3<Double> {
    SIMD3(linearRGBWeights[band][0], linearRGBWeights[band][1], linearRGBWeights[band][2])
  }

  /// Linear sRGB of a reflectance given per band, 0 to 1 for real surfaces.
  public static func linearRGB(reflectance: [Double]) -> SIMD3<Double> {
    precondition(reflectance.count == count, "a reflectance has \(count) bands")
    var rgb = SIMD3<Double>.zero
    for band in 0..<count {
      let w = linearRGBWeights[band]
      rgb += reflectance[band] * SIMD3(w[0], w[1], w[2])
    }
    return rgb
  }
}
