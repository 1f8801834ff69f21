// Smoothing that does not shrink.
//
// G. Taubin. A signal processing approach to fair surface design. 1995: a step towards the mean of the neighbours, then a
// slightly longer step away from it. Waves shorter than about nine edges die out, longer ones stay.

import Arithmetic

extension TriangleMesh {
  /// The positions after `rounds` of smoothing of the vertices that `moves` chooses; those on borders stay.
  ///
  /// - Parameters:
  ///   - moves: one for each vertex.
  ///   - rounds: pairs of steps.
  ///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
  package func smoothedPositions(moving moves: [Bool], rounds: Int, threads: Int? = nil) -> [SIMD3<Float>] {
    // Neighbours of the vertices that move, one list after the other
    var start = [Int](repeating: 0, count: positions.count + 1)
    for t in triangles { for k in 0..<3 where moves[Int(t[k])] { start[Int(t[k]) + 1] += 2 } }
    for v in positions.indices { start[v + 1] += start[v] }
    var next = start
    var members = [UInt32](repeating: 0, count: start[positions.count])
    for t in triangles {
      for k in 0..<3 {
        let v = Int(t[k])
        if !moves[v] { continue }
        members[next[v]] = t[(k + 1) % 3]
        members[next[v] + 1] = t[(k + 2) % 3]
        next[v] += 2
      }
    }
    // Within a surface every neighbour is met twice; at a border two of them are met once.
    var moving: [Int] = []
    for v in positions.indices where moves[v] && start[v + 1] > start[v] {
      let list = members[start[v]..<start[v + 1]].sorted()
      var isInner = true
      for i in stride(from: 0, to: list.count, by: 2) where list[i] != list[i + 1] { isInner = false }
      if isInner { moving.append(v) }
    }
    let (starts, neighbours, inner) = (start, members, moving)
    var current = positions
    for _ in 0..<rounds {
      for step in [0.5, -0.53] as [Float] {
        let before = current
        let moved = tabulate(inner.count, initial: SIMD3<Float>.zero, threads: threads) { i in
          let v = inner[i]
          var sum = SIMD3<Float>.zero
          for m in starts[v]..<starts[v + 1] { sum += before[Int(neighbours[m])] }
          return before[v] + (sum / Float(starts[v + 1] - starts[v]) - before[v]) * step
        }
        for (i, v) in inner.enumerated() { current[v] = moved[i] }
      }
    }
    return current
  }
}
