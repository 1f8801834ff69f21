// Marks and strands as pixels see them.
//
// A mark's profile is first averaged over the pixel's footprint, then turned into optical density, then added: the
// order that keeps a treated patch the same colour at every zoom. On a surface seen at an angle the splat is an ellipse
// through the 2 x 2 screen-to-surface metric, held at least as wide as the pixel, with its integral kept. The far halo
// is gathered on a coarse grid and blurred once per channel.
//
//   density: optical density of marks, linear RGB (w unused)            16 bytes per pixel
//   hair:    light sent by strands (x, y, z) and what they let pass (w) 16 bytes per pixel

import HeadGeometry
import SkinOptics

/// Everything that marks and strands add to one view.
struct SplatPlanes {
  var density: [SIMD4<Float>]
  var hair: [SIMD4<Float>]

  init(pixels: Int) {
    density = [SIMD4<Float>](repeating: .zero, count: pixels)
    hair = [SIMD4<Float>](repeating: SIMD4(0, 0, 0, 1), count: pixels)
  }
}

/// A style's optical density against distance, ready for one view.
private struct SplatKernel {
  /// Optical density RGB at r = i * step, mm.
  var table: [SIMD4<Float>]
  var inverseStep: Float
  /// Reach, mm.
  var radius: Float
  /// Root mean square width of the dark part without the footprint, mm.
  var width: Float
  /// Integral of the far halo over the surface, mm² per channel.
  var farArea: SIMD3<Float>
  var farSigma: SIMD3<Float>

  /// How many degrees of slant a style is prepared for.
  static let slants = 4
  /// Extra depth at the greatest slant, mm per mm of depth.
  static let greatestSlant: Float = 0.26

  /// - Parameters:
  ///   - profile: the style.
  ///   - blurred: the same, averaged over the pixel's footprint, and seen as slanted as this kernel is for.
  init(_ profile: LossProfile, blurred: LossProfile) {
    // Reach: where the loss falls under 1/250, or under 2 % of its peak when it is faint.
    let peak = blurred.localLoss(at: 0)
    let floor = min(0.004, 0.02 * max(peak.x, peak.y, peak.z))
    var reach = 0.05
    while reach < 4 + 8 * blurred.nearSigma {
      let loss = blurred.localLoss(at: reach)
      if max(loss.x, loss.y, loss.z) < floor { break }
      reach *= 1.08
    }
    let entries = 64
    let step = reach / Double(entries - 1)
    table = []
    for i in 0...entries {
      let loss = blurred.localLoss(at: Double(i) * step)
      var value = SIMD4<Float>.zero
      for c in 0..<3 {
        value[c] = i >= entries - 1 ? 0 : -naturalLog(1 - Float(min(max(loss[c], -2), 0.98)))
      }
      table.append(value)
    }
    inverseStep = Float(1 / step)
    radius = Float(reach)
    width = Float(profile.spread(within: 0.4))
    let beyond = blurred.localArea(beyond: reach)
    var area = SIMD3<Float>.zero
    var sigma = SIMD3<Float>.zero
    for c in 0..<3 {
      sigma[c] = Float(profile.farSigma[c])
      // What the splat leaves out beyond its reach goes with the far halo.
      area[c] = Float(2 * Double.pi * profile.far[c] * profile.farSigma[c] * profile.farSigma[c] + beyond[c])
    }
    farArea = area
    farSigma = sigma
  }
}

extension LossProfile {
  /// The same mark deeper by `extra` mm: contrast halves every 0.15 mm and the removed light falls by 1.5 per mm (Monte
  /// Carlo tables), so the halo widens at the core's cost.
  func sunk(by extra: Double) -> LossProfile { sunk(by: extra, blurred: self) }

  /// The same change made to a blurred copy of this profile: blurring is linear, so that it need be done only once.
  func sunk(by extra: Double, blurred: LossProfile) -> LossProfile {
    if extra <= 0 { return blurred }
    var result = blurred
    let contrast = Double(fastExp(Float(-4.6 * extra)))
    let kept = Double(fastExp(Float(-1.5 * extra)))
    let nearArea = 2 * Double.pi * nearSigma * nearSigma
    let coreArea = coreArea
    var near = near * kept + coreArea * (kept - contrast) / nearArea
    // The halo's height adds to the core's at the axis: the peak must not rise with it.
    let peak = core.first ?? .zero
    var scale = SIMD3<Double>(repeating: contrast)
    for c in 0..<3 where peak[c] > 1e-9 {
      scale[c] = max(0, ((peak[c] + self.near[c]) * contrast - near[c]) / peak[c])
    }
    // What the core gives up so goes to the halo: the total is as said.
    near += coreArea * (SIMD3(repeating: contrast) - scale) / nearArea
    result.core = blurred.core.map { $0 * scale }
    result.near = near * (nearSigma * nearSigma / (blurred.nearSigma * blurred.nearSigma))
    result.far = blurred.far * kept
    return result
  }
}

extension ViewPlanes {
  /// Adds the optical density of `marks` to `density`.
  func add(_ marks: Marks, to density: inout [SIMD4<Float>], threads: Int?) {
    if marks.count == 0 { return }
    let scale = projection.pixelsPerMillimetre
    // The mean over a square pixel has a standard deviation of 0.29 of its side; a little more hides the square.
    let footprint = 0.32 / Double(scale)
    // A mark seen at an angle lies under more skin: its effective depth is z (1 + 0.6 (1 / cos - 1)), with the refracted
    // angle (oblique Monte Carlo runs, 30 to 75 degrees).
    let kernels = tabulate(marks.styles.count, initial: [SplatKernel](), threads: threads) { index in
      let style = marks.styles[index]
      let blurred = style.blurred(sigma: footprint)
      return (0..<SplatKernel.slants).map { k in
        let extra = Double(marks.depth * SplatKernel.greatestSlant) * Double(k) / Double(SplatKernel.slants - 1)
        return SplatKernel(style, blurred: style.sunk(by: extra, blurred: blurred))
      }
    }.flatMap { $0 }
    let spots = visibleSpots(marks, kernels: kernels, footprint: Float(footprint), threads: threads)
    splat(spots, kernels: kernels, into: &density, threads: threads)
    addFarHalos(spots, kernels: kernels, into: &density, threads: threads)
  }

  /// One visible mark in picture coordinates.
  struct Spot {
    var x: Float
    var y: Float
    /// Pixels per mm there.
    var scale: Float
    /// Direction of foreshortening in the picture, unit.
    var nx: Float
    var ny: Float
    /// 1/c² - 1 for the effective cosine c of the splat.
    var squeeze: Float
    var strength: Float
    /// Strength for the far halo: foreshortened by the true cosine.
    var farStrength: Float
    /// Index of the kernel.
    var style: UInt32
  }

  /// Projects marks, drops those that are hidden or face away.
  private func visibleSpots(_ marks: Marks, kernels: [SplatKernel], footprint: Float, threads: Int?) -> [Spot] {
    let chunk = 4096
    let tiles = (marks.count + chunk - 1) / chunk
    var parts = [[Spot]](repeating: [], count: tiles)
    parts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let kernels = kernels
      parallelTiles(tiles, threads: threads) { tile in
        var mine: [Spot] = []
        mine.reserveCapacity(chunk)
        for i in (tile * chunk)..<min(marks.count, (tile + 1) * chunk) {
          if marks.strength[i] <= 0 { continue }
          let p = marks.positions[i]
          let q = projection.project(p)
          let first = Int(marks.style[i]) * SplatKernel.slants
          let kernel = kernels[first]
          let scale = projection.scale(at: q.z)
          let margin = max(kernel.radius, 3 * kernel.farSigma.max()) * scale
          if q.z < 10 || q.x < -margin || q.y < -margin || q.x > Float(width) + margin || q.y > Float(height) + margin {
            continue
          }
          let toEye = camera.direction(from: p)
          let n = marks.normals[i]
          let cosine = dot(n, toEye)
          if cosine < 0.04 { continue }
          if isHidden(q, cosine: cosine) { continue }

          var nx = dot(n, projection.camera.right)
          var ny = -dot(n, projection.camera.up)
          let length = max((nx * nx + ny * ny).squareRoot(), 1e-6)
          nx /= length
          ny /= length
          // The footprint lies in the picture plane: it does not shrink with the surface.
          let w2 = kernel.width * kernel.width
          let f2 = footprint * footprint
          let effective = max((cosine * cosine * w2 + f2) / (w2 + f2), 0.0064).squareRoot()
          let sine2 = (1 - cosine * cosine) / 1.96
          let slant = 0.6 * (1 / (1 - sine2).squareRoot() - 1) / SplatKernel.greatestSlant
          let level = min(Int(slant * Float(SplatKernel.slants - 1) + 0.5), SplatKernel.slants - 1)
          let strength = marks.strength[i]
          mine.append(
            Spot(
              x: q.x, y: q.y, scale: scale, nx: nx, ny: ny,
              squeeze: 1 / (effective * effective) - 1, strength: strength * cosine / effective,
              farStrength: strength * cosine, style: UInt32(first + level)))
          if scale > Spot.shapedFrom { mine[mine.count - 1].shape(at: p) }
        }
        out[tile] = mine
      }
    }
    return Array(parts.joined())
  }

  /// Whether a point at picture place `q` lies behind what is seen there.
  @inline(__always)
  func isHidden(_ q: SIMD3<Float>, cosine: Float) -> Bool {
    // Beside the picture nothing is known; only halos reach in from there.
    guard q.x >= 0, q.y >= 0, q.x < Float(width), q.y < Float(height) else { return false }
    let x = Int(q.x)
    let y = Int(q.y)
    // Across a pixel a slanted surface changes depth.
    let slope = (1 - cosine * cosine).squareRoot() / max(cosine, 0.05)
    return q.z > depth[y * width + x] + 0.7 + 0.8 * slope / projection.pixelsPerMillimetre * 1.5
  }

  private func splat(
    _ spots: [Spot], kernels: [SplatKernel], into density: inout [SIMD4<Float>], threads: Int?
  ) {
    let bandHeight = 32
    let bands = (height + bandHeight - 1) / bandHeight
    let lists = group(spots.count, bands: bands) { i in
      let spot = spots[i]
      let reach = kernels[Int(spot.style)].radius * spot.scale
      return (Int((spot.y - reach) / Float(bandHeight)), Int((spot.y + reach) / Float(bandHeight)))
    }
    density.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let (start, items) = lists
      parallelTiles(bands, threads: threads) { band in
        for k in start[band]..<start[band + 1] {
          let spot = spots[Int(items[k])]
          draw(
            spot, kernel: kernels[Int(spot.style)], rows: (band * bandHeight)..<min(height, (band + 1) * bandHeight),
            into: out)
        }
      }
    }
  }

  @inline(__always)
  private func draw(
    _ spot: Spot, kernel: SplatKernel, rows: Range<Int>, into out: UnsafeMutableBufferPointer<SIMD4<Float>>
  ) {
    let reach = kernel.radius * spot.scale
    let x0 = max(0, Int((spot.x - reach).rounded(.up)))
    let x1 = min(width - 1, Int(spot.x + reach))
    let y0 = max(rows.lowerBound, Int((spot.y - reach).rounded(.up)))
    let y1 = min(rows.upperBound - 1, Int(spot.y + reach))
    if x0 > x1 || y0 > y1 { return }
    let toTable = kernel.inverseStep / spot.scale
    let limit = Float(kernel.table.count - 2)
    kernel.table.withUnsafeBufferPointer { table in
      for y in y0...y1 {
        let dy = Float(y) + 0.5 - spot.y
        for x in x0...x1 {
          let dx = Float(x) + 0.5 - spot.x
          let along = dx * spot.nx + dy * spot.ny
          let r = (dx * dx + dy * dy + spot.squeeze * along * along).squareRoot() * toTable
          if r >= limit { continue }
          let cell = Int(r)
          let a = table[cell]
          let value = a + (table[cell + 1] - a) * (r - Float(cell))
          out[y * width + x] += value * spot.strength
        }
      }
    }
  }

  /// Gathers far halos on a grid coarse enough that the widest blur is two cells, blurs, and adds them back.
  private func addFarHalos(
    _ spots: [Spot], kernels: [SplatKernel], into density: inout [SIMD4<Float>], threads: Int?
  ) {
    let scale = projection.pixelsPerMillimetre
    guard let widest = kernels.map({ $0.farSigma.max() }).max(), widest > 0 else { return }
    let cellSize = max(1, Int((widest * scale * 0.8).rounded()))
    // The grid reaches beyond the window as far as halos reach in, and lies the same in every window of a picture.
    let margin = 5 * cellSize
    let left = Float(margin + projection.window.x % cellSize)
    let above = Float(margin + projection.window.y % cellSize)
    let gw = (width + 2 * margin) / cellSize + 4
    let gh = (height + 2 * margin) / cellSize + 4
    var grid = [SIMD4<Float>](repeating: .zero, count: gw * gh)
    for spot in spots {
      let kernel = kernels[Int(spot.style)]
      let gx = (spot.x + left) / Float(cellSize) + 0.5
      let gy = (spot.y + above) / Float(cellSize) + 0.5
      let ix = Int(floorInt(gx))
      let iy = Int(floorInt(gy))
      if ix < 0 || iy < 0 || ix + 1 >= gw || iy + 1 >= gh { continue }
      let perCell = spot.scale * spot.scale / Float(cellSize * cellSize) * spot.farStrength
      let mass = SIMD4(kernel.farArea.x, kernel.farArea.y, kernel.farArea.z, 0) * perCell
      let fx = gx - Float(ix)
      let fy = gy - Float(iy)
      grid[iy * gw + ix] += mass * ((1 - fx) * (1 - fy))
      grid[iy * gw + ix + 1] += mass * (fx * (1 - fy))
      grid[(iy + 1) * gw + ix] += mass * ((1 - fx) * fy)
      grid[(iy + 1) * gw + ix + 1] += mass * (fx * fy)
    }
    // Spreading over four cells and reading between four widen the halo by a third of a cell's variance.
    var sigma = kernels[0].farSigma * (scale / Float(cellSize))
    for c in 0..<3 { sigma[c] = max(sigma[c] * sigma[c] - 1 / 3, 0.05).squareRoot() }
    blur(&grid, width: gw, height: gh, sigma: sigma, threads: threads)
    let (width, height) = (width, height)
    density.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let grid = grid
      let rows = 32
      parallelTiles((height + rows - 1) / rows, threads: threads) { tile in
        for y in tile * rows..<min(height, (tile + 1) * rows) {
          let gy = (Float(y) + 0.5 + above) / Float(cellSize) + 0.5
          let iy = Int(gy)
          let fy = gy - Float(iy)
          for x in 0..<width {
            if coverage[y * width + x] <= 0 { continue }
            let gx = (Float(x) + 0.5 + left) / Float(cellSize) + 0.5
            let ix = Int(gx)
            let fx = gx - Float(ix)
            let top = grid[iy * gw + ix] * (1 - fx) + grid[iy * gw + ix + 1] * fx
            let bottom = grid[(iy + 1) * gw + ix] * (1 - fx) + grid[(iy + 1) * gw + ix + 1] * fx
            out[y * width + x] += top * (1 - fy) + bottom * fy
          }
        }
      }
    }
  }
}

/// Separable Gaussian blur with a width of its own for each channel, in cells.
private func blur(_ grid: inout [SIMD4<Float>], width: Int, height: Int, sigma: SIMD3<Float>, threads: Int?) {
  let reach = Int((sigma.max() * 3).rounded(.up))
  var weights = [SIMD4<Float>](repeating: .zero, count: 2 * reach + 1)
  var sum = SIMD4<Float>.zero
  for k in -reach...reach {
    var w = SIMD4<Float>.zero
    for c in 0..<3 { w[c] = fastExp(-Float(k * k) / (2 * sigma[c] * sigma[c])) }
    weights[k + reach] = w
    sum += w
  }
  for k in weights.indices { weights[k] /= SIMD4(sum.x, sum.y, sum.z, 1) }
  // Along rows, then along columns; the sum runs over what lies inside the grid.
  for (step, length) in [(1, width), (width, height)] {
    let (source, weights) = (grid, weights)
    grid.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let rows = 16
      parallelTiles((height + rows - 1) / rows, threads: threads) { tile in
        source.withUnsafeBufferPointer { source in
          weights.withUnsafeBufferPointer { weights in
            for y in tile * rows..<min(height, (tile + 1) * rows) {
              for x in 0..<width {
                let at = step == 1 ? x : y
                let i = y * width + x
                var value = SIMD4<Float>.zero
                for k in max(-reach, -at)...min(reach, length - 1 - at) {
                  value += source[i + k * step] * weights[k + reach]
                }
                out[i] = value
              }
            }
          }
        }
      }
    }
  }
}

/// Numbers 0..<count grouped by the bands they touch, ascending within each band.
func group(_ count: Int, bands: Int, _ range: (Int) -> (Int, Int)) -> (start: [Int], items: [Int32]) {
  var start = [Int](repeating: 0, count: bands + 1)
  var ranges = [(Int32, Int32)](repeating: (1, 0), count: count)
  for i in 0..<count {
    let (a, b) = range(i)
    let first = max(0, a)
    let last = min(bands - 1, b)
    if first > last { continue }
    ranges[i] = (Int32(first), Int32(last))
    for band in first...last { start[band + 1] += 1 }
  }
  for band in 0..<bands { start[band + 1] += start[band] }
  var cursor = start
  var items = [Int32](repeating: 0, count: start[bands])
  for i in 0..<count where ranges[i].0 <= ranges[i].1 {
    for band in Int(ranges[i].0)...Int(ranges[i].1) {
      items[cursor[band]] = Int32(i)
      cursor[band] += 1
    }
  }
  return (start, items)
}
