// How the mean head is bent so that it runs into a scan's rim: a displacement that is the scan's where the scan shows skin, and goes
// on from there and dies away where it shows none.
//
// The field of least slope with a pull towards zero (a screened Poisson equation) on the mean head's mesh, by conjugate gradients:
// the cost is linear in the mesh, and the rounds grow with how many edges it takes to die away.

import Arithmetic

/// The edges of a mesh as lists of neighbours, each once, in the order of triangles.
struct VertexNeighbours: Sendable {
  let start: [Int]
  let items: [UInt32]

  init(_ triangles: [SIMD3<UInt32>], count: Int) {
    var lists = [[UInt32]](repeating: [], count: count)
    for t in triangles {
      for k in 0..<3 {
        for other in [t[(k + 1) % 3], t[(k + 2) % 3]] where !lists[Int(t[k])].contains(other) {
          lists[Int(t[k])].append(other)
        }
      }
    }
    var start = [0]
    var items: [UInt32] = []
    start.reserveCapacity(count + 1)
    for list in lists {
      items += list
      start.append(items.count)
    }
    (self.start, self.items) = (start, items)
  }

  @inline(__always)
  func range(_ v: Int) -> Range<Int> { start[v]..<start[v + 1] }

  /// Each value moved to the mean of its neighbours', `rounds` times.
  func smoothed(_ values: [Float], rounds: Int) -> [Float] {
    var current = values
    for _ in 0..<rounds {
      let before = current
      for v in before.indices where !range(v).isEmpty {
        var sum: Float = before[v]
        for k in range(v) { sum += before[Int(items[k])] }
        current[v] = sum / Float(range(v).count + 1)
      }
    }
    return current
  }
}

/// The displacement of every vertex.
///
/// - Parameters:
///   - known: what is known of it, the sum of readings times their weights; weights: sum of the weights, 0 where nothing is known.
///   - positions: of the vertices, mm.
///   - decay: how far it is carried into what is not known, mm: to 37 %.
func rimField(
  known: [SIMD3<Float>], weights: [Float], _ neighbours: VertexNeighbours, positions: [SIMD3<Float>], decay: Float
) -> [SIMD3<Float>] {
  let count = positions.count
  // On a mesh of even triangles the sum of differences to six neighbours is 3/2 of an edge squared times the Laplacian.
  var pull = [Float](repeating: 0, count: count)
  for v in 0..<count where weights[v] == 0 {
    var square: Float = 0
    for k in neighbours.range(v) {
      let d = positions[Int(neighbours.items[k])] - positions[v]
      square += dot(d, d)
    }
    pull[v] = 0.25 * square / (decay * decay)
  }
  let diagonal = (0..<count).map { max(Float(neighbours.range($0).count) + weights[$0] + pull[$0], 1e-6) }
  func applied(_ x: [SIMD3<Float>]) -> [SIMD3<Float>] {
    var y = x
    for v in 0..<count {
      var sum = x[v] * diagonal[v]
      for k in neighbours.range(v) { sum -= x[Int(neighbours.items[k])] }
      y[v] = sum
    }
    return y
  }
  func sum(_ a: [SIMD3<Float>], _ b: [SIMD3<Float>]) -> SIMD3<Double> {
    var total = SIMD3<Double>.zero
    for v in 0..<count { total += SIMD3<Double>(a[v] * b[v]) }
    return total
  }
  // Conjugate gradients, each coordinate by itself, preconditioned by the diagonal (M. R. Hestenes, E. Stiefel. 1952)
  var x = [SIMD3<Float>](repeating: .zero, count: count)
  var residual = known
  var scaled = (0..<count).map { residual[$0] / diagonal[$0] }
  var direction = scaled
  var size = sum(residual, scaled)
  let enough = size * 1e-8
  for _ in 0..<250 {
    if all(size .<= enough) { break }
    let image = applied(direction)
    let curvature = sum(direction, image)
    let step = SIMD3<Float>(quotient(size, curvature))
    for v in 0..<count {
      x[v] += step * direction[v]
      residual[v] -= step * image[v]
      scaled[v] = residual[v] / diagonal[v]
    }
    let next = sum(residual, scaled)
    let share = SIMD3<Float>(quotient(next, size))
    for v in 0..<count { direction[v] = scaled[v] + share * direction[v] }
    size = next
  }
  return x
}

private func quotient(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(b.x > 0 ? a.x / b.x : 0, b.y > 0 ? a.y / b.y : 0, b.z > 0 ? a.z / b.z : 0)
}
