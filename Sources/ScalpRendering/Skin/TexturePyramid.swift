// A picture at full size and at every half of it (Williams. Pyramidal parametrics. 1983), for looking up the mean colour
// of a footprint.
//
//   texel: red, green, blue as sRGB codes; share of it that the surface uses, 0 to 255       4 bytes
//
// Means are of linear light, and only of texels that a triangle covers: the filling between the islands of a scan's
// picture, mostly black, would else bleed into the skin along every seam.

import Arithmetic
import Meshes
import PNGImage

struct TexturePyramid: Sendable {
  struct Level: Sendable {
    var width: Int
    var height: Int
    var texels: [SIMD4<UInt8>]
  }

  private(set) var levels: [Level]

  /// - Parameter triangles: the corners in the picture, v down, three per triangle; empty means that all of it is used.
  init(_ pixels: PNGPixels, triangles: [SIMD2<Float>], threads: Int?) {
    var base = Level(width: pixels.width, height: pixels.height, texels: [])
    base.texels.reserveCapacity(pixels.width * pixels.height)
    switch pixels.samples {
    case .eight(let samples):
      for i in 0..<pixels.width * pixels.height {
        base.texels.append(SIMD4(samples[4 * i], samples[4 * i + 1], samples[4 * i + 2], 255))
      }
    case .sixteen(let samples):
      for i in 0..<pixels.width * pixels.height {
        base.texels.append(
          SIMD4(
            UInt8(samples[4 * i] >> 8), UInt8(samples[4 * i + 1] >> 8), UInt8(samples[4 * i + 2] >> 8), 255))
      }
    }
    markUsed(&base, by: triangles)
    levels = [base]
    while let last = levels.last, last.width > 1 || last.height > 1 { levels.append(halved(last, threads: threads)) }
  }

  /// Linear light of the footprint at `uv`: up to four places along its long side, each from the two levels whose texels
  /// are nearest to its short side.
  func colour(
    _ uv: SIMD2<Float>, across dx: SIMD2<Float>, down dy: SIMD2<Float>, wrapU: SurfaceColour.Wrap,
    wrapV: SurfaceColour.Wrap
  ) -> SIMD3<Float> {
    let size = SIMD2(Float(levels[0].width), Float(levels[0].height))
    let a = ((dx * size) * (dx * size)).sum().squareRoot()
    let b = ((dy * size) * (dy * size)).sum().squareRoot()
    let long = max(a, b)
    // A triangle seen edge-on has no footprint to speak of: the mean of the whole picture.
    if !(long < 1e6) { return bilinear(levels[levels.count - 1], SIMD2(0.5, 0.5), .clamp, .clamp) }
    // From here on `long` is a number below a million: 1 to 4 taps, levels 0 to 19.
    let taps = min(4, max(1, Int(min(long / max(min(a, b), 0.5), 4) + 0.5)))
    // Level at which a texel is as wide as a tap's share of the footprint
    let width = max(long / Float(taps), 1)
    let exponent = Int(width.exponent)
    let fraction = width / Float(1 << min(exponent, 30)) - 1
    let low = min(exponent, levels.count - 1)
    let high = min(low + 1, levels.count - 1)
    let step = (a > b ? dx : dy) / Float(taps)
    var sum = SIMD3<Float>.zero
    for tap in 0..<taps {
      let place = uv + step * (Float(tap) - 0.5 * Float(taps - 1))
      let fine = bilinear(levels[low], place, wrapU, wrapV)
      sum +=
        high == low || fraction < 0.01
        ? fine : fine + (bilinear(levels[high], place, wrapU, wrapV) - fine) * fraction
    }
    return sum / Float(taps)
  }

  @inline(__always)
  private func bilinear(
    _ level: Level, _ uv: SIMD2<Float>, _ wrapU: SurfaceColour.Wrap, _ wrapV: SurfaceColour.Wrap
  ) -> SIMD3<Float> {
    let x = uv.x * Float(level.width) - 0.5
    let y = uv.y * Float(level.height) - 0.5
    // Wrapping brings any cell into the picture.
    let ix = floorInt(clamp(x, -1e9, 1e9))
    let iy = floorInt(clamp(y, -1e9, 1e9))
    let fx = x - Float(ix)
    let fy = y - Float(iy)
    var sum = SIMD4<Float>.zero
    for (row, wy) in [(0, 1 - fy), (1, fy)] {
      let line = wrapped(Int(iy) + row, level.height, wrapV) * level.width
      for (column, wx) in [(0, 1 - fx), (1, fx)] {
        let texel = level.texels[line + wrapped(Int(ix) + column, level.width, wrapU)]
        // Unused texels count only where there is nothing else.
        let weight = wx * wy * (Float(texel.w) + 1e-3)
        sum += SIMD4(linearLight[Int(texel.x)], linearLight[Int(texel.y)], linearLight[Int(texel.z)], 1) * weight
      }
    }
    return SIMD3(sum.x, sum.y, sum.z) / max(sum.w, 1e-9)
  }

  @inline(__always)
  private func wrapped(_ i: Int, _ count: Int, _ wrap: SurfaceColour.Wrap) -> Int {
    if i >= 0 && i < count { return i }
    switch wrap {
    case .clamp: return i < 0 ? 0 : count - 1
    case .repeat:
      let r = i % count
      return r < 0 ? r + count : r
    case .mirror:
      let r = ((i % (2 * count)) + 2 * count) % (2 * count)
      return r < count ? r : 2 * count - 1 - r
    }
  }
}

/// Marks texels whose middle no triangle covers as unused.
///
/// Leaves the picture as it is where triangles reach out of it, or overlap so much that marking would take long.
private func markUsed(_ level: inout TexturePyramid.Level, by triangles: [SIMD2<Float>]) {
  if triangles.isEmpty { return }
  let size = SIMD2(Float(level.width), Float(level.height))
  var work = 0.0
  for t in 0..<triangles.count / 3 {
    let (a, b, c) = (triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2])
    // Places that are no numbers lie outside too.
    for p in [a, b, c] where !(p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1) { return }
    let low = SIMD2(min(a.x, b.x, c.x), min(a.y, b.y, c.y))
    let high = SIMD2(max(a.x, b.x, c.x), max(a.y, b.y, c.y))
    let span = (high - low) * size + 1
    work += Double(span.x * span.y)
  }
  if work > 16 * Double(level.width * level.height) + Double(1 << 22) { return }

  var used = [Bool](repeating: false, count: level.texels.count)
  for t in 0..<triangles.count / 3 {
    let a = triangles[3 * t] * size
    let b = triangles[3 * t + 1] * size
    let c = triangles[3 * t + 2] * size
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    if area == 0 { continue }
    let x0 = max(0, Int(min(a.x, b.x, c.x)))
    let x1 = min(level.width - 1, Int(max(a.x, b.x, c.x)))
    let y0 = max(0, Int(min(a.y, b.y, c.y)))
    let y1 = min(level.height - 1, Int(max(a.y, b.y, c.y)))
    if x0 > x1 || y0 > y1 { continue }
    let (vx, vy) = ((c.y - a.y) / area, -(c.x - a.x) / area)
    let (wx, wy) = (-(b.y - a.y) / area, (b.x - a.x) / area)
    for y in y0...y1 {
      let dy = Float(y) + 0.5 - a.y
      for x in x0...x1 {
        let dx = Float(x) + 0.5 - a.x
        let v = vx * dx + vy * dy
        let w = wx * dx + wy * dy
        if v >= 0 && w >= 0 && v + w <= 1 { used[y * level.width + x] = true }
      }
    }
  }
  for i in used.indices where !used[i] { level.texels[i].w = 0 }
}

/// The level of half the size: each texel the mean of the used ones among the four below it.
private func halved(_ level: TexturePyramid.Level, threads: Int?) -> TexturePyramid.Level {
  let (width, height) = ((level.width + 1) / 2, (level.height + 1) / 2)
  let band = 32
  let texels = [SIMD4<UInt8>](unsafeUninitializedCapacity: width * height) { buffer, count in
    nonisolated(unsafe) let out = buffer
    parallelTiles((height + band - 1) / band, threads: threads) { tile in
      for y in (tile * band)..<min(height, (tile + 1) * band) {
        let rows = SIMD2(2 * y, min(2 * y + 1, level.height - 1))
        for x in 0..<width {
          let columns = SIMD2(2 * x, min(2 * x + 1, level.width - 1))
          var sum = SIMD4<Float>.zero
          var used: Float = 0
          for row in [rows.x, rows.y] {
            for column in [columns.x, columns.y] {
              let t = level.texels[row * level.width + column]
              let weight = Float(t.w) + 1e-3
              used += Float(t.w)
              sum += SIMD4(linearLight[Int(t.x)], linearLight[Int(t.y)], linearLight[Int(t.z)], 1) * weight
            }
          }
          let code = encoded(SIMD3(sum.x, sum.y, sum.z) / sum.w)
          let share = used > 0 ? UInt8(max(1, used / 4)) : 0
          out.initializeElement(at: y * width + x, to: SIMD4(code.x, code.y, code.z, share))
        }
      }
    }
    count = width * height
  }
  return TexturePyramid.Level(width: width, height: height, texels: texels)
}
