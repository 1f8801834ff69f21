// The seam between a scan and what was put in its place: the new skin within a finger's breadth of the rim leaves the scan in the
// direction of the scan's own skin, and comes to lie as the mean head does.
//
// A thin plate clamped to the scan's tangents at the rim and to the new skin farther in (L. Kobbelt and others. Interactive
// multi-resolution modeling on arbitrary meshes. 1998), which moves along its normals only and wants the mean head's curvature, not
// none: else a belt around the head would be flat.

import Arithmetic
import Meshes

/// The scan's side of a seam.
struct SeamRim {
  /// Vertices of the rim, and the scan's normals there.
  var vertices: [UInt32]
  var normals: [SIMD3<Float>]
}

/// How far from the rim new skin is bent, mm.
let seamBreadth: Float = 36

/// Positions of the vertices from `firstNew` on, bent into the seams.
///
/// - Parameters:
///   - mesh: scan and new skin, joined.
///   - curvature: mean curvature that each vertex from `firstNew` on should have, 1/mm, positive where skin bulges.
///   - distance: of each of them from the rim, mm.
func fairedSeam(
  _ mesh: TriangleMesh, firstNew: Int, rims: [SeamRim], curvature: [Float], distance: [Float]
) -> [SIMD3<Float>] {
  let count = mesh.positions.count
  // Unknowns: new vertices near a rim. Rows: these, those around them, and the rims.
  var unknown = [Int32](repeating: -1, count: count)
  var unknowns: [Int] = []
  for v in firstNew..<count where distance[v - firstNew] < seamBreadth && mesh.normals[v] != .zero {
    unknown[v] = Int32(unknowns.count)
    unknowns.append(v)
  }
  if unknowns.isEmpty { return Array(mesh.positions[firstNew...]) }
  var rimNormal = [SIMD3<Float>](repeating: .zero, count: firstNew)
  for rim in rims { for (v, n) in zip(rim.vertices, rim.normals) { rimNormal[Int(v)] = n } }

  var lists: [[UInt32]] = Array(repeating: [], count: count)
  for t in mesh.triangles where t.max() >= UInt32(firstNew) {
    if unknown[Int(t.x)] < 0 && unknown[Int(t.y)] < 0 && unknown[Int(t.z)] < 0 { continue }
    for k in 0..<3 {
      for other in [t[(k + 1) % 3], t[(k + 2) % 3]] where !lists[Int(t[k])].contains(other) {
        lists[Int(t[k])].append(other)
      }
    }
  }
  var rows: [(entries: [(Int32, Double)], value: Double)] = []
  for v in 0..<count where !lists[v].isEmpty {
    let isNew = v >= firstNew
    let normal = isNew ? mesh.normals[v] : rimNormal[v]
    if normal == .zero { continue }
    // At the rim the scan's normal stands for its side.
    let around = isNew ? lists[v] : lists[v].filter { $0 >= UInt32(firstNew) }
    if around.isEmpty { continue }
    let p = mesh.positions[v]
    let weights = around.map { 1 / Double(max(length(mesh.positions[Int($0)] - p), 0.3)) }
    let total = weights.reduce(0, +)
    var entries: [(Int32, Double)] = []
    var bend = 0.0
    var square = 0.0
    var wanted: Double = isNew ? Double(curvature[v - firstNew]) : 0
    for (other, weight) in zip(around, weights) {
      let w = weight / total
      let d = mesh.positions[Int(other)] - p
      bend += w * Double(dot(d, normal))
      square += w * Double(dot(d, d))
      if !isNew { wanted += w * Double(curvature[Int(other) - firstNew]) }
      let u = unknown[Int(other)]
      if u >= 0 { entries.append((u, w * Double(dot(mesh.normals[Int(other)], normal)))) }
    }
    if unknown[v] >= 0 { entries.append((unknown[v], -1)) }
    rows.append((entries, -0.5 * wanted * square - bend))
  }
  let heights = leastSquares(rows, unknowns: unknowns.count)
  var positions = Array(mesh.positions[firstNew...])
  for (i, v) in unknowns.enumerated() {
    // A rim that is torn would throw the plate about.
    let height = clamp(Float(heights[i]), -8, 8)
    positions[v - firstNew] += mesh.normals[v] * height
  }
  return positions
}

/// Solution of an overdetermined sparse system, by conjugate gradients on its normal equations.
private func leastSquares(_ rows: [(entries: [(Int32, Double)], value: Double)], unknowns: Int) -> [Double] {
  var x = [Double](repeating: 0, count: unknowns)
  var residual = rows.map(\.value)
  func transposed(_ r: [Double]) -> [Double] {
    var y = [Double](repeating: 0, count: unknowns)
    for (i, row) in rows.enumerated() { for (u, w) in row.entries { y[Int(u)] += w * r[i] } }
    return y
  }
  var gradient = transposed(residual)
  var direction = gradient
  var size = gradient.reduce(0) { $0 + $1 * $1 }
  let enough = size * 1e-9
  for _ in 0..<400 {
    if size <= enough { break }
    let image = rows.map { row in row.entries.reduce(0) { $0 + $1.1 * direction[Int($1.0)] } }
    let curvature = image.reduce(0) { $0 + $1 * $1 }
    if !(curvature > 0) { break }
    let step = size / curvature
    for i in 0..<unknowns { x[i] += step * direction[i] }
    for i in residual.indices { residual[i] -= step * image[i] }
    gradient = transposed(residual)
    let next = gradient.reduce(0) { $0 + $1 * $1 }
    let share = next / size
    for i in 0..<unknowns { direction[i] = gradient[i] + share * direction[i] }
    size = next
  }
  return x
}

/// Mean curvature at every vertex of a mesh, 1/mm, positive where it bulges, without what is smaller than a few edges.
func meanCurvature(
  _ positions: [SIMD3<Float>], normals: [SIMD3<Float>], _ neighbours: VertexNeighbours
) -> [Float] {
  let raw = positions.indices.map { v -> Float in
    var (bend, square): (Float, Float) = (0, 0)
    for k in neighbours.range(v) {
      let d = positions[Int(neighbours.items[k])] - positions[v]
      let size = max(length(d), 0.3)
      bend += dot(d, normals[v]) / size
      square += dot(d, d) / size
    }
    return square > 0 ? clamp(-2 * bend / square, -0.06, 0.06) : 0
  }
  return neighbours.smoothed(raw, rounds: 8)
}
