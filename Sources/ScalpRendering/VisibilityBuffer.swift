// Which triangle is seen at each sample of the picture: a z-buffer of triangle numbers (Burns and Hunt. The visibility
// buffer. 2013). Attributes are interpolated later, once per visible sample.
//
//   samples: 2 x 2 per pixel, row-major, (2 width) x (2 height)
//   triangle: -1 where nothing is seen              4 bytes
//   depth:    distance along the view direction, mm 4 bytes        32 MB at 1024 x 1024
//
// Work is split into bands of rows. A triangle is listed in each band that it touches; bands do not overlap, so the
// result does not depend on the number of threads.

import HeadGeometry

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
    let side = VisibilityBuffer.samplesPerSide
    width = projection.width * side
    height = projection.height * side
    let vertices = projectVertices(mesh.positions, projection, scale: Float(side), threads: threads)
    var ids = [Int32](repeating: -1, count: width * height)
    var depths = [Float](repeating: .infinity, count: width * height)
    rasterise(
      triangles: mesh.triangles, vertices: vertices, width: width, height: height, near: Projection.nearPlane,
      threads: threads, triangle: &ids, depth: &depths)
    triangle = ids
    depth = depths
    projected = vertices
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

/// Fills `triangle` and `depth` with the nearest front-facing triangle at each sample centre.
///
/// - Parameters:
///   - vertices: x, y in samples, z in mm; triangles with a corner nearer than `near` are left out.
///   - triangle: `width * height` numbers, -1 where nothing was drawn.
func rasterise(
  triangles: [SIMD3<UInt32>], vertices: [SIMD3<Float>], width: Int, height: Int, near: Float, threads: Int?,
  triangle: inout [Int32], depth: inout [Float]
) {
  let bandHeight = 64
  let bands = (height + bandHeight - 1) / bandHeight
  let lists = trianglesByBand(
    triangles: triangles, vertices: vertices, width: width, height: height, near: near, bandHeight: bandHeight,
    bands: bands)
  triangle.withUnsafeMutableBufferPointer { idBuffer in
    depth.withUnsafeMutableBufferPointer { depthBuffer in
      nonisolated(unsafe) let ids = idBuffer
      nonisolated(unsafe) let depths = depthBuffer
      parallelTiles(bands, threads: threads) { band in
        let rows = (band * bandHeight)..<min(height, (band + 1) * bandHeight)
        for k in lists.start[band]..<lists.start[band + 1] {
          let t = lists.items[k]
          let corners = triangles[Int(t)]
          fill(
            t, vertices[Int(corners.x)], vertices[Int(corners.y)], vertices[Int(corners.z)], rows: rows, width: width,
            ids: ids, depths: depths)
        }
      }
    }
  }
}

/// Triangle numbers grouped by band, in ascending order within each.
private func trianglesByBand(
  triangles: [SIMD3<UInt32>], vertices: [SIMD3<Float>], width: Int, height: Int, near: Float, bandHeight: Int,
  bands: Int
) -> (start: [Int], items: [Int32]) {
  // First and last band of each triangle; first > last where it is not drawn.
  var first = [Int32](repeating: 1, count: triangles.count)
  var last = [Int32](repeating: 0, count: triangles.count)
  var start = [Int](repeating: 0, count: bands + 1)
  for (i, t) in triangles.enumerated() {
    let a = vertices[Int(t.x)]
    let b = vertices[Int(t.y)]
    let c = vertices[Int(t.z)]
    if min(a.z, min(b.z, c.z)) < near { continue }
    // Counter-clockwise from outside is clockwise on a screen with y down.
    if (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) >= 0 { continue }
    let top = min(a.y, min(b.y, c.y))
    let bottom = max(a.y, max(b.y, c.y))
    let left = min(a.x, min(b.x, c.x))
    let right = max(a.x, max(b.x, c.x))
    if bottom < 0 || top >= Float(height) || right < 0 || left >= Float(width) { continue }
    let from = max(0, Int(max(top, 0))) / bandHeight
    let to = min(height - 1, Int(min(bottom, Float(height)))) / bandHeight
    first[i] = Int32(from)
    last[i] = Int32(to)
    for band in from...to { start[band + 1] += 1 }
  }
  for band in 0..<bands { start[band + 1] += start[band] }
  var cursor = start
  var items = [Int32](repeating: 0, count: start[bands])
  for i in triangles.indices where first[i] <= last[i] {
    for band in Int(first[i])...Int(last[i]) {
      items[cursor[band]] = Int32(i)
      cursor[band] += 1
    }
  }
  return (start, items)
}

/// Draws one triangle into `rows`, by edge functions stepped along each row.
@inline(__always)
private func fill(
  _ id: Int32, _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, rows: Range<Int>, width: Int,
  ids: UnsafeMutableBufferPointer<Int32>, depths: UnsafeMutableBufferPointer<Float>
) {
  let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  let inverse = 1 / area
  let minX = max(0, Int(min(a.x, min(b.x, c.x)).rounded(.down)))
  let maxX = min(width - 1, Int(max(a.x, max(b.x, c.x))))
  let minY = max(rows.lowerBound, Int(max(0, min(a.y, min(b.y, c.y)))))
  let maxY = min(rows.upperBound - 1, Int(max(a.y, max(b.y, c.y))))
  if minX > maxX || minY > maxY { return }

  // Barycentric weight of b falls along c-a, of c along a-b; each is linear in x and y.
  let vx = (c.y - a.y) * inverse
  let vy = -(c.x - a.x) * inverse
  let wx = -(b.y - a.y) * inverse
  let wy = (b.x - a.x) * inverse
  let zx = vx * (b.z - a.z) + wx * (c.z - a.z)
  for y in minY...maxY {
    let py = Float(y) + 0.5 - a.y
    let px = Float(minX) + 0.5 - a.x
    var v = vx * px + vy * py
    var w = wx * px + wy * py
    var z = a.z + v * (b.z - a.z) + w * (c.z - a.z)
    let row = y * width
    for x in minX...maxX {
      if v >= 0, w >= 0, v + w <= 1, z < depths[row + x] {
        depths[row + x] = z
        ids[row + x] = id
      }
      v += vx
      w += wx
      z += zx
    }
  }
}
