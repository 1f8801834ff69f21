// What a shining surface mirrors of a lamp: its outline, as blurred as the surface is rough. That is what makes a highlight
// read as a window or a softbox and not as a blob.

import Arithmetic
import CLanes

/// A lamp as a shining surface sees it: a rectangle in a plane one unit away, with or without a cross of bars.
struct LampOutline: Sendable {
  /// Towards its middle, its right and its upper edge, in the head's frame.
  let direction: SIMD3<Float>
  let across: SIMD3<Float>
  let upwards: SIMD3<Float>
  /// Half its width and height, and of the bars between its panes.
  let half: SIMD2<Float>
  let bar: SIMD2<Float>
  /// One over the solid angle of its panes.
  let perSolidAngle: Float
  /// Squared roughness that stands for its width in a lobe much wider than it.
  let widening: Float

  init(_ lamp: StudioLight.Softbox, camera: Camera) {
    func turned(_ v: SIMD3<Float>) -> SIMD3<Float> {
      normalized(camera.right * v.x + camera.up * v.y - camera.forward * v.z)
    }
    direction = turned(lamp.direction)
    across = turned(lamp.across)
    upwards = turned(lamp.upwards)
    half = lamp.extent
    bar = half * lamp.bars
    let panes = (half - bar) * 2
    perSolidAngle = 1 / (panes.x * panes.y)
    // Half as much spread of the facets spreads a highlight alike.
    widening = 0.5 / lamp.sharpness
  }

  /// Share of a lobe around the ray `mirrored` that meets the panes. The lobe has the slopes of GGX, whose sum over a
  /// half-plane is algebraic; a rectangle takes the product of two, which keeps the sum over all rays.
  @inline(__always)
  func share(_ mirrored: SIMD3<Float>, squaredWidth: Float) -> Float {
    let along = max(dot(mirrored, direction), 0.04)
    let x = dot(mirrored, across) / along
    let y = dot(mirrored, upwards) / along
    var ends = SIMD4(x + half.x, x - half.x, y + half.y, y - half.y)
    ends /= lane_sqrt4(ends * ends + SIMD4(repeating: squaredWidth))
    var share = SIMD2(ends.x - ends.y, ends.z - ends.w) * 0.5
    if bar.x > 0 {
      var bars = SIMD4(x + bar.x, x - bar.x, y + bar.y, y - bar.y)
      bars /= lane_sqrt4(bars * bars + SIMD4(repeating: squaredWidth))
      share -= SIMD2(bars.x - bars.y, bars.z - bars.w) * 0.5
    }
    return share.x * share.y
  }
}
