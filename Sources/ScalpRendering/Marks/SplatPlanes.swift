// Marks and strands as pixels see them.
//
// A mark's profile is first averaged over the pixel's footprint, then turned into optical density, then added: the
// order that keeps a treated patch the same colour at every zoom. On a surface seen at an angle the splat is an ellipse
// through the 2 x 2 screen-to-surface metric, held at least as wide as the pixel, with its integral kept. The far halo
// is gathered on a coarse grid and blurred once per channel.
//
//   density: optical density of marks, linear RGB (w unused)            16 bytes per pixel
//   hair:    light sent by strands (x, y, z) and what they let pass (w) 16 bytes per pixel

import Arithmetic
import ScalpGeometry
import SkinOptics

/// Everything that marks and strands add to one view.
struct SplatPlanes {
  var density: [SIMD4<Float>]
  var hair: [SIMD4<Float>]

  init(pixels: Int, threads: Int?) {
    density = filled(.zero, count: pixels, threads: threads)
    hair = filled(SIMD4(0, 0, 0, 1), count: pixels, threads: threads)
  }
}

/// A style's optical density against distance, ready for one view.
private struct SplatKernel: Sendable {
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
    // Reach: where the loss, or the gain of what lightens, falls under 1/250, or under 2 % of its peak when it is faint.
    func size(_ loss: SIMD3<Double>) -> Double { max(abs(loss.x), abs(loss.y), abs(loss.z)) }
    let floor = min(0.004, 0.02 * size(blurred.localLoss(at: 0)))
    var reach = 0.05
    while reach < 4 + 8 * blurred.nearSigma {
      if size(blurred.localLoss(at: reach)) < floor { break }
      reach *= 1.08
    }
    let entries = 64
    let step = reach / Double(entries - 1)
    table = []
    for i in 0...entries {
      let loss = blurred.localLoss(at: Double(i) * step)
      var value = SIMD4<Float>.zero
      for c in 0..<3 {
        value[c] = i >= entries - 1 ? 0 : -logarithm(1 - Float(min(max(loss[c], -2), 0.98)))
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

/// What a mark loses of its peak and of the light it removes, per mm of depth and channel: of a healed dot at 0.24 to
/// 0.4 mm in skin of type II, by the Monte Carlo tables.
private let contrastLoss = SIMD3<Double>(5.4, 7.2, 9.1)
private let areaLoss = SIMD3<Double>(0.55, 1.8, 3.15)

extension LossProfile {
  /// The same mark deeper by `extra` mm: contrast and removed light fall, blue fastest, so that the halo widens at the
  /// core's cost.
  func sunk(by extra: Double) -> LossProfile { sunk(by: extra, blurred: self) }

  /// The same change made to a blurred copy of this profile: blurring is linear, so that it need be done only once.
  func sunk(by extra: Double, blurred: LossProfile) -> LossProfile {
    if extra <= 0 { return blurred }
    var result = blurred
    var contrast = SIMD3<Double>.zero
    var kept = SIMD3<Double>.zero
    for c in 0..<3 {
      contrast[c] = Double(exponential(Float(-contrastLoss[c] * extra)))
      kept[c] = Double(exponential(Float(-areaLoss[c] * extra)))
    }
    let nearArea = 2 * Double.pi * nearSigma * nearSigma
    let coreArea = coreArea
    var near = near * kept + coreArea * (kept - contrast) / nearArea
    // The halo's height adds to the core's at the axis: the peak must not rise with it.
    let peak = core.first ?? .zero
    var scale = contrast
    for c in 0..<3 where peak[c] > 1e-9 {
      scale[c] = max(0, ((peak[c] + self.near[c]) * contrast[c] - near[c]) / peak[c])
    }
    // What the core gives up so goes to the halo: the total is as said.
    near += coreArea * (contrast - scale) / nearArea
    result.core = blurred.core.map { $0 * scale }
    result.near = near * (nearSigma * nearSigma / (blurred.nearSigma * blurred.nearSigma))
    result.far = blurred.far * kept
    return result
  }
}

extension ViewPlanes {
  /// Adds the optical density of `marks` to `density`.
  func add(_ marks: Marks, to density: inout [SIMD4<Float>], threads: Int?) {
    guard let splats = splats(of: marks, threads: threads) else { return }
    density.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      parallelTiles(splatBands, threads: threads) { band in
        let rows = splatRows(band)
        draw(splats, band: band, into: out.extracting(rows.lowerBound * width..<rows.upperBound * width))
      }
    }
  }

  /// Marks ready to be drawn into any band of rows of this view.
  struct MarkSplats: Sendable {
    fileprivate let spots: [Spot]
    fileprivate let kernels: [SplatKernel]
    /// Spots by the bands that they touch.
    fileprivate let start: [Int]
    fileprivate let items: [Int32]
    fileprivate let halos: FarHalos?
  }

  /// Bands of rows that are drawn on their own.
  var splatBands: Int { (height + splatBandHeight - 1) / splatBandHeight }

  func splatRows(_ band: Int) -> Range<Int> { band * splatBandHeight..<min(height, (band + 1) * splatBandHeight) }

  /// Adds the optical density of marks to `density`, which holds the rows of `band` only.
  func draw(_ splats: MarkSplats, band: Int, into density: UnsafeMutableBufferPointer<SIMD4<Float>>) {
    let rows = splatRows(band)
    for k in splats.start[band]..<splats.start[band + 1] {
      let spot = splats.spots[Int(splats.items[k])]
      draw(spot, kernel: splats.kernels[Int(spot.style)], rows: rows, into: density)
    }
    if let halos = splats.halos { draw(halos, rows: rows, into: density) }
  }

  /// What of `marks` is seen in this view; `nil` for none.
  func splats(of marks: Marks, threads: Int?) -> MarkSplats? {
    if marks.count == 0 { return nil }
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
    let lists = group(spots.count, bands: splatBands, threads: threads) { i in
      let spot = spots[i]
      let reach = kernels[Int(spot.style)].radius * spot.scale
      return bandRange(spot.y - reach, spot.y + reach, height: splatBandHeight, count: splatBands)
    }
    return MarkSplats(
      spots: spots, kernels: kernels, start: lists.start, items: lists.items,
      halos: farHalos(spots, kernels: kernels, threads: threads))
  }

  /// One visible mark in picture coordinates.
  struct Spot: Sendable {
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
          // What is no number passes none of these.
          guard q.z >= 10, q.x >= -margin, q.y >= -margin, q.x <= Float(width) + margin, q.y <= Float(height) + margin
          else { continue }
          let toEye = camera.direction(from: p)
          let n = marks.normals[i]
          let cosine = dot(n, toEye)
          if !(cosine >= 0.04) { continue }
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
          let level = Int(held(slant * Float(SplatKernel.slants - 1) + 0.5, 0, Float(SplatKernel.slants - 1)))
          let strength = marks.strength[i]
          var spot = Spot(
            x: q.x, y: q.y, scale: scale, nx: nx, ny: ny,
            squeeze: 1 / (effective * effective) - 1, strength: strength * cosine / effective,
            farStrength: strength * cosine, style: UInt32(first + level))
          let isNear = scale > MarkShape.shownFrom
          if marks.isSetByHand {
            let shape = MarkShape(at: p)
            if isNear {
              let (a, b) = shape.drops(of: spot, width: kernel.width)
              mine.append(a)
              mine.append(b)
              continue
            }
            spot.strength *= shape.weight
            spot.farStrength *= shape.weight
          } else if isNear, !marks.slant.isEmpty {
            let slant = marks.slant[i]
            spot.drawOut(along: dot(slant, projection.camera.right), -dot(slant, projection.camera.up))
          }
          mine.append(spot)
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

  @inline(__always)
  private func draw(
    _ spot: Spot, kernel: SplatKernel, rows: Range<Int>, into out: UnsafeMutableBufferPointer<SIMD4<Float>>
  ) {
    let reach = kernel.radius * spot.scale
    let x0 = Int(held((spot.x - reach).rounded(.up), 0, Float(width)))
    let x1 = Int(held(spot.x + reach, -1, Float(width - 1)))
    let y0 = max(rows.lowerBound, Int(held((spot.y - reach).rounded(.up), 0, Float(height))))
    let y1 = min(rows.upperBound - 1, Int(held(spot.y + reach, -1, Float(height))))
    if x0 > x1 || y0 > y1 { return }
    let toTable = kernel.inverseStep / spot.scale
    let limit = Float(kernel.table.count - 2)
    kernel.table.withUnsafeBufferPointer { table in
      for y in y0...y1 {
        let dy = Float(y) + 0.5 - spot.y
        let row = (y - rows.lowerBound) * width
        for x in x0...x1 {
          let dx = Float(x) + 0.5 - spot.x
          let along = dx * spot.nx + dy * spot.ny
          let r = (dx * dx + dy * dy + spot.squeeze * along * along).squareRoot() * toTable
          if !(r < limit) { continue }
          let cell = Int(r)
          let a = table[cell]
          let value = a + (table[cell + 1] - a) * (r - Float(cell))
          out[row + x] += value * spot.strength
        }
      }
    }
  }

  /// The far halos of marks, on a coarse grid.
  fileprivate struct FarHalos: Sendable {
    var grid: [SIMD4<Float>]
    /// Cells in a row.
    var width: Int
    /// Pixels.
    var cellSize: Int
    /// Where the grid begins left of the window and above it, pixels.
    var left: Float
    var above: Float
  }

  /// Gathers far halos on a grid coarse enough that the widest blur is two cells, and blurs it.
  private func farHalos(_ spots: [Spot], kernels: [SplatKernel], threads: Int?) -> FarHalos? {
    let scale = projection.pixelsPerMillimetre
    guard let widest = kernels.map({ $0.farSigma.max() }).max(), widest > 0 else { return nil }
    // A cell of a billion pixels is wider than any picture.
    let cellSize = Int(held((widest * scale * 0.8).rounded(), 1, 0x1p30))
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
      // Spots beside the picture may lie beside the grid.
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
    return FarHalos(grid: grid, width: gw, cellSize: cellSize, left: left, above: above)
  }

  /// Adds far halos to rows of the picture where there is skin.
  private func draw(_ halos: FarHalos, rows: Range<Int>, into density: UnsafeMutableBufferPointer<SIMD4<Float>>) {
    let perCell = Float(halos.cellSize)
    let gw = halos.width
    // Rows and columns of the picture lie at least four cells within the grid: see its size.
    halos.grid.withUnsafeBufferPointer { grid in
      for y in rows {
        let gy = (Float(y) + 0.5 + halos.above) / perCell + 0.5
        let iy = Int(gy)
        let fy = gy - Float(iy)
        let row = (y - rows.lowerBound) * width
        for x in 0..<width {
          if coverage[y * width + x] <= 0 { continue }
          let gx = (Float(x) + 0.5 + halos.left) / perCell + 0.5
          let ix = Int(gx)
          let fx = gx - Float(ix)
          let top = grid[iy * gw + ix] * (1 - fx) + grid[iy * gw + ix + 1] * fx
          let bottom = grid[(iy + 1) * gw + ix] * (1 - fx) + grid[(iy + 1) * gw + ix + 1] * fx
          density[row + x] += top * (1 - fy) + bottom * fy
        }
      }
    }
  }
}

/// Rows that are splatted at once.
private let splatBandHeight = 32

/// Separable Gaussian blur with a width of its own for each channel, in cells.
private func blur(_ grid: inout [SIMD4<Float>], width: Int, height: Int, sigma: SIMD3<Float>, threads: Int?) {
  // Cells are so large that a deviation is at most two of them.
  let reach = Int(held((sigma.max() * 3).rounded(.up), 1, 16))
  var weights = [SIMD4<Float>](repeating: .zero, count: 2 * reach + 1)
  var sum = SIMD4<Float>.zero
  for k in -reach...reach {
    var w = SIMD4<Float>.zero
    for c in 0..<3 { w[c] = exponential(-Float(k * k) / (2 * sigma[c] * sigma[c])) }
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

/// The first and last band of rows that what reaches from `top` to `bottom` touches, of `count` bands `height` rows high;
/// -1 and `count` stand for all that is above and below.
@inline(__always)
func bandRange(_ top: Float, _ bottom: Float, height: Int, count: Int) -> (Int, Int) {
  (Int(held(top / Float(height), -1, Float(count))), Int(held(bottom / Float(height), -1, Float(count))))
}

/// Numbers 0..<count grouped by the bands they touch, ascending within each band.
func group(_ count: Int, bands: Int, threads: Int?, _ range: @Sendable (Int) -> (Int, Int)) -> (
  start: [Int], items: [Int32]
) {
  let ranges = tabulate(count, initial: SIMD2<Int32>(1, 0), threads: threads) { i in
    let (a, b) = range(i)
    return SIMD2(Int32(max(0, a)), Int32(min(bands - 1, b)))
  }
  return group(ranges, bands: bands)
}

/// Indices of `ranges` grouped by the bands from the range's first to its last, ascending within each band; none where
/// the first is greater.
func group(_ ranges: [SIMD2<Int32>], bands: Int) -> (start: [Int], items: [Int32]) {
  var start = [Int](repeating: 0, count: bands + 1)
  for range in ranges where range.x <= range.y {
    for band in Int(range.x)...Int(range.y) { start[band + 1] += 1 }
  }
  for band in 0..<bands { start[band + 1] += start[band] }
  var cursor = start
  var items = [Int32](repeating: 0, count: start[bands])
  for i in ranges.indices where ranges[i].x <= ranges[i].y {
    for band in Int(ranges[i].x)...Int(ranges[i].y) {
      items[cursor[band]] = Int32(i)
      cursor[band] += 1
    }
  }
  return (start, items)
}
