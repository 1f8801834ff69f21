// Which triangles of the mean head are put in the place of what a scan lacks: pieces without islands, each with a single rim.
//
// On a closed surface without handles a connected piece whose complement is connected is a disc. So small pieces are left out, islands in
// the pieces are taken in, and corners in which a piece touches itself are cut off, until nothing changes.

import Arithmetic
import Meshes

/// A piece of the mean head.
struct MissingPiece {
  /// Indices of its triangles, in order.
  var triangles: [Int]
  /// Its rim, as `borderLoops` gives it.
  var rim: [UInt32]
  /// mm²
  var area: Float
}

/// Smaller pieces are no part of a head that was not scanned, mm²: they lie within ears, and where hair stands off.
private let smallestPiece: Float = 1200

/// The pieces of a closed mesh made of triangles all of whose corners are missing, largest first.
func missingPieces(_ mesh: TriangleMesh, isMissing: [Bool]) -> [MissingPiece] {
  let neighbours = mesh.triangleNeighbours()
  let areas = mesh.triangles.map { t -> Float in
    let a = mesh.positions[Int(t.x)]
    return 0.5 * length(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a))
  }
  var isIn = mesh.triangles.map { isMissing[Int($0.x)] && isMissing[Int($0.y)] && isMissing[Int($0.z)] }
  for _ in 0..<8 {
    var hasChanged = cutPinches(mesh, &isIn)
    for part in parts(neighbours, isIn, areas) where isIn[part.triangles[0]] && part.area < smallestPiece {
      for i in part.triangles { isIn[i] = false }
      hasChanged = true
    }
    // What is scanned hangs together: of what is left out all but the largest part is taken in.
    let rest = parts(neighbours, isIn.map { !$0 }, areas)
    for part in rest.dropFirst() where part.area < 20 * smallestPiece {
      for i in part.triangles { isIn[i] = true }
      hasChanged = true
    }
    if !hasChanged { break }
  }
  return parts(neighbours, isIn, areas).compactMap { part in
    let own = TriangleMesh(
      positions: mesh.positions, triangles: part.triangles.map { mesh.triangles[$0] }, normals: [])
    let loops = own.borderLoops()
    // Two rims: a belt, between two scans of which none shows it. The longer is the scan's.
    guard part.area >= smallestPiece, let rim = loops.max(by: { $0.count < $1.count }), rim.count >= 12 else {
      return nil
    }
    return MissingPiece(triangles: part.triangles, rim: rim, area: part.area)
  }
}

/// Parts that hang together through edges, largest first, each with its triangles in order.
private func parts(_ neighbours: [SIMD3<Int32>], _ isIn: [Bool], _ areas: [Float]) -> [(triangles: [Int], area: Float)]
{
  var seen = isIn.map { !$0 }
  var found: [(triangles: [Int], area: Float)] = []
  for start in isIn.indices where !seen[start] {
    var members = [start]
    seen[start] = true
    var next = 0
    var area: Float = 0
    while next < members.count {
      let i = members[next]
      next += 1
      area += areas[i]
      for k in 0..<3 {
        let n = Int(neighbours[i][k])
        if n >= 0 && !seen[n] {
          seen[n] = true
          members.append(n)
        }
      }
    }
    found.append((members.sorted(), area))
  }
  return found.sorted { $0.area != $1.area ? $0.area > $1.area : $0.triangles[0] < $1.triangles[0] }
}

/// Takes out the triangles around vertices where a piece has more than one fan; says whether there were any.
private func cutPinches(_ mesh: TriangleMesh, _ isIn: inout [Bool]) -> Bool {
  var hasChanged = false
  for _ in 0..<20 {
    // At a border vertex of a surface two open edges meet; where pieces touch, four or more.
    var open = [UInt8](repeating: 0, count: mesh.positions.count)
    let own = mesh.triangles.indices.filter { isIn[$0] }
    let part = TriangleMesh(positions: mesh.positions, triangles: own.map { mesh.triangles[$0] }, normals: [])
    for (i, n) in part.triangleNeighbours().enumerated() {
      for k in 0..<3 where n[k] < 0 {
        open[Int(part.triangles[i][k])] += 1
        open[Int(part.triangles[i][(k + 1) % 3])] += 1
      }
    }
    let pinched = own.filter { i in
      let t = mesh.triangles[i]
      return open[Int(t.x)] > 2 || open[Int(t.y)] > 2 || open[Int(t.z)] > 2
    }
    if pinched.isEmpty { return hasChanged }
    for i in pinched { isIn[i] = false }
    hasChanged = true
  }
  return hasChanged
}
