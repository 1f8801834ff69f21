// Relief as light from below the surface sees it.

import Arithmetic

extension SkinShader {
  /// Tilts of the surface by the size of what tilts it. Light that has wandered in the skin has lost the direction it
  /// came in by, most in red: relief of wave number k keeps 1 / sqrt(1 + (k l)²) of its shading, with the diffuse mean
  /// free paths l = 3.7, 1.4 and 0.7 mm (H. W. Jensen and others. A practical model for subsurface light transport.
  /// 2001). Without this a raking lamp makes blotches of it.
  struct Relief {
    /// Unevenness about 7 mm, 2.5 mm and 0.8 mm wide.
    var coarse = SIMD3<Float>.zero
    var middle = SIMD3<Float>.zero
    var fine = SIMD3<Float>.zero

    private static let coarseKept = SIMD3<Float>(0.31, 0.65, 0.87)
    private static let middleKept = SIMD3<Float>(0.11, 0.28, 0.50)
    private static let fineKept = SIMD3<Float>(0.035, 0.09, 0.18)

    /// Tilt that counts for a channel, 0 to 2.
    func tilt(channel c: Int) -> SIMD3<Float> {
      coarse * Self.coarseKept[c] + middle * Self.middleKept[c] + fine * Self.fineKept[c]
    }

    /// Factor on the irradiance, 0 to 2; tilts to and fro leave 1 on average.
    @inline(__always)
    func brightness(gradient: SIMD3<Float>, irradiance: Float) -> SIMD3<Float> {
      let inverse = 1 / max(irradiance, 1e-4)
      let x =
        (Self.coarseKept * dot(coarse, gradient) + Self.middleKept * dot(middle, gradient)
          + Self.fineKept * dot(fine, gradient)) * inverse
      return SIMD3(softened(x.x), softened(x.y), softened(x.z))
    }

    @inline(__always)
    private func softened(_ x: Float) -> Float { 1 + x / (1 + abs(x)) }
  }
}
