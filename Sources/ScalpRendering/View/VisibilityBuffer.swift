// Which triangle is seen at each sample of the picture: a z-buffer of triangle numbers (Burns and Hunt. The visibility
// buffer. 2013). Attributes are interpolated later, once per visible sample.
//
//   samples: 2 x 2 per pixel, row-major, (2 width) x (2 height)
//   triangle: -1 where nothing is seen              4 bytes
//   depth:    distance along the view direction, mm 4 bytes        32 MB at 1024 x 1024
//
// Work is split into bands of rows. A triangle is listed in each band that it touches; bands do not overlap, so the
// result does not depend on the number of threads.

import Arithmetic
import Meshes
import ScalpGeometry

struct VisibilityBuffer {
  /// Samples per pixel side.
  static let samplesPerSide = 2

  let width: Int
  let height: Int
  var triangle: [Int32]
  var depth: [Float]
  /// Projected vertices in sample coordinates: x, y, depth.
  var projected: [SIMD3<Float>]

  init(mesh: TriangleMesh, projection: Projection, threads: Int?) {
    let bands = TriangleBands(mesh, projection, threads: threads)
    (width, height, projected) = (bands.width, bands.height, bands.vertices)
    let count = bands.width * bands.height
    var depths: [Float] = []
    triangle = [Int32](unsafeUninitializedCapacity: count) { ids, idCount in
      depths = [Float](unsafeUninitializedCapacity: count) { buffer, depthCount in
        nonisolated(unsafe) let (ids, depths) = (ids, buffer)
        parallelTiles(bands.count, threads: threads) { band in
          let rows = bands.rows(band)
          let range = rows.lowerBound * bands.width..<rows.upperBound * bands.width
          bands.draw(band, ids: ids.extracting(range), depths: depths.extracting(range))
        }
        depthCount = count
      }
      idCount = count
    }
    depth = depths
  }
}

/// The triangles of a mesh before a camera, listed by the bands of sample rows that they touch.
struct TriangleBands: Sendable {
  /// Sample rows of a band.
  static let bandHeight = 64

  /// Samples.
  let width: Int
  let height: Int
  /// Projected, in sample coordinates: x, y, depth.
  let vertices: [SIMD3<Float>]
  private let triangles: [SIMD3<UInt32>]
  private let start: [Int]
  private let items: [Int32]

  init(_ mesh: TriangleMesh, _ projection: Projection, threads: Int?) {
    let side = VisibilityBuffer.samplesPerSide
    let (width, height) = (projection.width * side, projection.height * side)
    let vertices = projectVertices(mesh.positions, projection, scale: Float(side), threads: threads)
    let triangles = mesh.triangles
    // First and last band of each triangle; first > last where it is not drawn.
    let ranges = tabulate(triangles.count, initial: SIMD2<Int32>(1, 0), threads: threads) { i in
      let t = triangles[i]
      let (a, b, c) = (vertices[Int(t.x)], vertices[Int(t.y)], vertices[Int(t.z)])
      if !isSeen(a, b, c, near: Projection.nearPlane, width: width, height: height) { return SIMD2(1, 0) }
      // What is seen reaches into the picture: both are from 0 to its last row.
      let top = max(min(a.y, min(b.y, c.y)), 0)
      let bottom = min(max(a.y, max(b.y, c.y)), Float(height - 1))
      return SIMD2(Int32(Int(top) / Self.bandHeight), Int32(Int(bottom) / Self.bandHeight))
    }
    (start, items) = group(ranges, bands: (height + Self.bandHeight - 1) / Self.bandHeight)
    (self.width, self.height, self.vertices, self.triangles) = (width, height, vertices, triangles)
  }

  var count: Int { start.count - 1 }

  func rows(_ band: Int) -> Range<Int> { band * Self.bandHeight..<min(height, (band + 1) * Self.bandHeight) }

  /// Fills the samples of a band, whatever they hold, with the nearest front-facing triangle at each centre and how far it
  /// is: -1 and infinity where there is none.
  func draw(_ band: Int, ids: UnsafeMutableBufferPointer<Int32>, depths: UnsafeMutableBufferPointer<Float>) {
    ids.initialize(repeating: -1)
    depths.initialize(repeating: .infinity)
    for k in start[band]..<start[band + 1] {
      let t = items[k]
      let corners = triangles[Int(t)]
      fill(
        t, vertices[Int(corners.x)], vertices[Int(corners.y)], vertices[Int(corners.z)], rows: rows(band), width: width,
        ids: ids, depths: depths)
    }
  }
}

/// All vertices in picture coordinates times `scale`.
func projectVertices(_ positions: [SIMD3<Float>], _ projection: Projection, scale: Float, threads: Int?)
  -> [SIMD3<Float>]
{
  let chunk = 8192
  return [SIMD3<Float>](unsafeUninitializedCapacity: positions.count) { buffer, count in
    nonisolated(unsafe) let out = buffer
    parallelTiles((positions.count + chunk - 1) / chunk, threads: threads) { tile in
      for i in (tile * chunk)..<min(positions.count, (tile + 1) * chunk) {
        let p = projection.project(positions[i])
        out.initializeElement(at: i, to: SIMD3(p.x * scale, p.y * scale, p.z))
      }
    }
    count = positions.count
  }
}

/// Fills `ids` and `depths`, whatever they hold, with the nearest front-facing triangle at each sample centre and how far
/// it is, on one thread.
///
/// - Parameters:
///   - vertices: x, y in samples, z in mm.
///   - ids: `width * height` numbers, as `depths`; need not be initialised.
func rasterise(
  triangles: [SIMD3<UInt32>], vertices: [SIMD3<Float>], width: Int, height: Int,
  ids: UnsafeMutableBufferPointer<Int32>, depths: UnsafeMutableBufferPointer<Float>
) {
  ids.initialize(repeating: -1)
  depths.initialize(repeating: .infinity)
  for (i, t) in triangles.enumerated() {
    let (a, b, c) = (vertices[Int(t.x)], vertices[Int(t.y)], vertices[Int(t.z)])
    if !isSeen(a, b, c, near: -.infinity, width: width, height: height) { continue }
    fill(Int32(i), a, b, c, rows: 0..<height, width: width, ids: ids, depths: depths)
  }
}

/// Whether a triangle faces the viewer and reaches into the picture.
@inline(__always)
private func isSeen(
  _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, near: Float, width: Int, height: Int
) -> Bool {
  if min(a.z, min(b.z, c.z)) < near { return false }
  // Counter-clockwise from outside is clockwise on a screen with y down. A corner that is no number has no area: all that
  // is drawn, rows and columns are counted of, is.
  if !((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) < 0) { return false }
  return max(a.y, max(b.y, c.y)) >= 0 && min(a.y, min(b.y, c.y)) < Float(height) && max(a.x, max(b.x, c.x)) >= 0
    && min(a.x, min(b.x, c.x)) < Float(width)
}

/// Draws one triangle into `rows`, of which the buffers hold just those: along each row from where the first edge is crossed to where the last one is.
@inline(__always)
private func fill(
  _ id: Int32, _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, rows: Range<Int>, width: Int,
  ids: UnsafeMutableBufferPointer<Int32>, depths: UnsafeMutableBufferPointer<Float>
) {
  let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  let inverse = 1 / area
  // What is seen reaches into the picture: the least are below its size, the greatest not below 0.
  let minX = Int(max(0, min(a.x, min(b.x, c.x))))
  let maxX = min(width - 1, Int(min(max(a.x, max(b.x, c.x)), Float(width))))
  let minY = max(rows.lowerBound, Int(max(0, min(a.y, min(b.y, c.y)))))
  let maxY = min(rows.upperBound - 1, Int(min(max(a.y, max(b.y, c.y)), Float(rows.upperBound))))
  if minX > maxX || minY > maxY { return }

  // Barycentric weight of b falls along c-a, of c along a-b; each is linear in x and y.
  let vx = (c.y - a.y) * inverse
  let vy = -(c.x - a.x) * inverse
  let wx = -(b.y - a.y) * inverse
  let wy = (b.x - a.x) * inverse
  let zx = vx * (b.z - a.z) + wx * (c.z - a.z)
  // Where along a row each weight vanishes: the exact test follows, this only saves asking in vain.
  let isWide = maxX - minX > 5
  let perV = isWide && abs(vx) > 1e-12 ? -1 / vx : 0
  let perW = isWide && abs(wx) > 1e-12 ? -1 / wx : 0
  let perU = isWide && abs(vx + wx) > 1e-12 ? 1 / (vx + wx) : 0
  let px = Float(minX) + 0.5 - a.x
  for y in minY...maxY {
    let py = Float(y) + 0.5 - a.y
    let v = vx * px + vy * py
    let w = wx * px + wy * py
    let z = a.z + v * (b.z - a.z) + w * (c.z - a.z)
    var from: Float = 0
    var to = Float(maxX - minX)
    if isWide {
      cut(v, perV, rising: vx > 0, &from, &to)
      cut(w, perW, rising: wx > 0, &from, &to)
      cut(v + w - 1, -perU, rising: vx + wx < 0, &from, &to)
      if from > to { continue }
    }
    // `cut` only narrows 0...maxX - minX: what is no number changes neither end.
    var k = Int(from)
    let end = Int(to)
    let row = (y - rows.lowerBound) * width + minX
    while k <= end {
      let step = Float(k)
      let (vk, wk, zk) = (v + vx * step, w + wx * step, z + zx * step)
      if vk >= 0, wk >= 0, vk + wk <= 1, zk < depths[row + k] {
        depths[row + k] = zk
        ids[row + k] = id
      }
      k += 1
    }
  }
}

/// Narrows the steps `from`...`to` to where a weight that is `value` at step 0 is not below zero, a step more at either
/// end.
///
/// - Parameters:
///   - perStep: minus one over its change per step; 0 where it does not change.
@inline(__always)
private func cut(_ value: Float, _ perStep: Float, rising: Bool, _ from: inout Float, _ to: inout Float) {
  if perStep == 0 { return }
  let crossing = value * perStep
  if rising { from = max(from, crossing - 1) } else { to = min(to, crossing + 1) }
}
