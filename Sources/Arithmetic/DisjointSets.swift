/// Which things hang together: union by smaller index, with path halving (Tarjan. Efficiency of a good but not linear set
/// union algorithm. 1975).
package struct DisjointSets: Sendable {
  @usableFromInline var parent: [Int32]

  /// Every item in a set of its own.
  @inlinable
  package init(_ count: Int) { parent = (0..<Int32(count)).map { $0 } }

  /// The item that stands for the set of `item`: its smallest.
  @inlinable
  package mutating func root(_ item: Int) -> Int {
    var i = item
    while Int(parent[i]) != i {
      parent[i] = parent[Int(parent[i])]
      i = Int(parent[i])
    }
    return i
  }

  /// Makes one set of two.
  @inlinable
  package mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    if a < b { parent[b] = Int32(a) } else { parent[a] = Int32(b) }
  }
}
