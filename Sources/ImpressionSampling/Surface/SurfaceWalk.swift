// A straight walk over a triangle mesh: the displacement lies in the plane of the triangle underfoot, and what is
// left of it at an edge is turned into the next triangle's plane, as if the two were unfolded.
//
// Based on: Polthier, Schmies. Straightest geodesics on polyhedral surfaces. 1998 (the unfolding at an edge).

import Arithmetic

/// A point of a mesh on the move.
struct Walker {
  var triangle: UInt32
  var v: Float
  var w: Float
}

/// Where a walk from `start` by `displacement` (projected into the plane underfoot) ends. At an open edge it slides.
/// Stops after 48 edges.
@inline(__always)
func walk(
  from start: Walker, by displacement: SIMD3<Float>, positions: Span<SIMD3<Float>>,
  triangles: Span<SIMD3<UInt32>>, twin: Span<Int32>
) -> (end: Walker, position: SIMD3<Float>) {
  var at = start
  var d = displacement
  var crossings = 0
  while true {
    let t = triangles[Int(at.triangle)]
    let a = positions[Int(t.x)]
    let ab = positions[Int(t.y)] - a
    let ac = positions[Int(t.z)] - a
    let normal = cross(ab, ac)
    let inverse = 1 / dot(normal, normal)
    // Change of the weights: products with the dual vectors of the two edges
    let dv = dot(cross(ac, normal), d) * inverse
    let dw = dot(cross(normal, ab), d) * inverse
    let u = 1 - at.v - at.w
    let v1 = at.v + dv
    let w1 = at.w + dw
    let u1 = u - dv - dw
    // A millionth of a triangle outside is rounding, not a step over the edge
    let inside = v1 >= -1e-6 && w1 >= -1e-6 && u1 >= -1e-6
    if inside || crossings >= 48 || !(inverse < .infinity) {
      if inside {
        at.v = clamp(v1, 0, 1)
        at.w = clamp(w1, 0, 1 - at.v)
      }
      return (at, a + ab * at.v + ac * at.w)
    }

    // Find the edge that is met first
    var time: Float = 2
    var edge = 0
    if u1 < 0 {
      time = max(u, 0) / (max(u, 0) - u1)
      edge = 1
    }
    if v1 < 0 {
      let tv = at.v / (at.v - v1)
      if tv < time {
        time = tv
        edge = 2
      }
    }
    if w1 < 0 {
      let tw = at.w / (at.w - w1)
      if tw < time {
        time = tw
        edge = 0
      }
    }
    let hv = at.v + dv * time
    let hw = at.w + dw * time
    // Weight of the edge's end, 0 at its start
    let along: Float
    switch edge {
    case 0: along = clamp(hv, 0, 1)
    case 1: along = clamp(hw, 0, 1)
    default: along = clamp(1 - hw, 0, 1)
    }
    let rest = (ab * dv + ac * dw) * (1 - time)
    let direction = edge == 0 ? ab : (edge == 1 ? ac - ab : -ac)
    let unit = direction / length(direction)
    let parallel = dot(rest, unit)
    crossings += 1

    let other = twin[Int(at.triangle) * 3 + edge]
    if other < 0 {
      // Slide along the open edge
      setOnEdge(&at, edge, along)
      d = unit * parallel
      continue
    }
    // Unfold the rest into the neighbour
    let across = length(rest - unit * parallel)
    let neighbour = UInt32(other / 3)
    let neighbourEdge = Int(other % 3)
    let nt = triangles[Int(neighbour)]
    let apex = positions[Int(nt[(neighbourEdge + 2) % 3])] - positions[Int(nt[neighbourEdge])]
    let inward = apex - unit * dot(apex, unit)
    let inwardLength = length(inward)
    at.triangle = neighbour
    setOnEdge(&at, neighbourEdge, 1 - along)
    d = unit * parallel
    if inwardLength > 0 { d += inward * (across / inwardLength) }
  }
}

/// Puts a walker on an edge of its triangle, a share `along` of the way from the edge's start to its end.
@inline(__always)
private func setOnEdge(_ at: inout Walker, _ edge: Int, _ along: Float) {
  switch edge {
  case 0:
    at.v = along
    at.w = 0
  case 1:
    at.v = 1 - along
    at.w = along
  default:
    at.v = 0
    at.w = 1 - along
  }
}
