// Which of the sheets that meet in one edge run on into each other: the two that lie most nearly opposite each other around
// the edge, then the two of those that are left, and so on.

import Arithmetic

/// Pairs of directions around an axis, the most nearly opposite pair first; one may be left over.
///
/// - Parameter directions: unit vectors at right angles to `axis`, zero where there is none.
/// - Complexity: n log n.
func oppositePairs(_ directions: [SIMD3<Float>], around axis: SIMD3<Float>) -> [(Int, Int)] {
  directions.count <= fewDirections
    ? oppositePairsOfFew(directions) : oppositePairsOfMany(directions, around: axis)
}

/// Up to so many directions all pairs are compared. Scans have three or four triangles at an edge.
let fewDirections = 16

/// By comparing all pairs: the third power of the number.
func oppositePairsOfFew(_ directions: [SIMD3<Float>]) -> [(Int, Int)] {
  var left = Array(directions.indices)
  var pairs: [(Int, Int)] = []
  while left.count >= 2 {
    var best = (Float.infinity, 0, 1)
    for i in left.indices {
      for j in left.indices.dropFirst(i + 1) {
        let cosine = dot(directions[left[i]], directions[left[j]])
        if cosine < best.0 { best = (cosine, i, j) }
      }
    }
    pairs.append((left[best.1], left[best.2]))
    left.remove(at: best.2)
    left.remove(at: best.1)
  }
  return pairs
}

/// By their angles: put each direction and its opposite on one circle. A direction and the opposite of another one that
/// are nearer to each other than all such pairs have nothing between them, so only neighbours on the circle need to be
/// compared, and those that become neighbours when a pair is taken out.
func oppositePairsOfMany(_ directions: [SIMD3<Float>], around axis: SIMD3<Float>) -> [(Int, Int)] {
  let count = directions.count
  // Any two axes at right angles to the edge
  let least = abs(axis.x) <= abs(axis.y) && abs(axis.x) <= abs(axis.z) ? 0 : (abs(axis.y) <= abs(axis.z) ? 1 : 2)
  var unit = SIMD3<Float>.zero
  unit[least] = 1
  let u = normalized(cross(axis, unit))
  let v = cross(axis, u)
  // Entries below `count` are directions, those from there on their opposites
  var entries: [(turn: Float, entry: Int)] = []
  for (i, d) in directions.enumerated() {
    let (x, y) = (dot(d, u), dot(d, v))
    entries.append((turn(x, y), i))
    entries.append((turn(-x, -y), count + i))
  }
  entries.sort { $0 < $1 }
  var next = [Int](repeating: 0, count: 2 * count)
  var previous = next
  for (k, e) in entries.enumerated() {
    let after = entries[(k + 1) % entries.count].entry
    next[e.entry] = after
    previous[after] = e.entry
  }

  var heap = PairHeap()
  func propose(_ a: Int, _ b: Int) {
    // One is a direction, the other the opposite of another direction
    if (a < count) == (b < count) || a % count == b % count { return }
    let (i, j) = (min(a % count, b % count), max(a % count, b % count))
    heap.push(PairHeap.Entry(cosine: dot(directions[i], directions[j]), i: i, j: j))
  }
  for e in next.indices { propose(e, next[e]) }
  var isTaken = [Bool](repeating: false, count: count)
  var pairs: [(Int, Int)] = []
  while let pair = heap.pop() {
    if isTaken[pair.i] || isTaken[pair.j] { continue }
    isTaken[pair.i] = true
    isTaken[pair.j] = true
    pairs.append((pair.i, pair.j))
    for e in [pair.i, pair.j, count + pair.i, count + pair.j] {
      next[previous[e]] = next[e]
      previous[next[e]] = previous[e]
      propose(previous[e], next[e])
    }
  }
  // Only where all that are left point the same way may some have found no partner
  let left = isTaken.indices.filter { !isTaken[$0] }
  for k in stride(from: 0, to: left.count - 1, by: 2) { pairs.append((left[k], left[k + 1])) }
  return pairs
}

/// Rises from 0 to 4 over a full turn, as the angle does, though not evenly.
private func turn(_ x: Float, _ y: Float) -> Float {
  let sum = abs(x) + abs(y)
  if sum == 0 { return 0 }
  let share = y / sum
  return x < 0 ? 2 - share : (y < 0 ? 4 + share : share)
}

/// Pairs in a heap, the most nearly opposite one on top.
private struct PairHeap {
  struct Entry {
    var cosine: Float
    var i: Int
    var j: Int

    func comes(before other: Entry) -> Bool { (cosine, i, j) < (other.cosine, other.i, other.j) }
  }
  private var entries: [Entry] = []

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var k = entries.count - 1
    while k > 0, entry.comes(before: entries[(k - 1) / 2]) {
      entries[k] = entries[(k - 1) / 2]
      k = (k - 1) / 2
    }
    entries[k] = entry
  }

  mutating func pop() -> Entry? {
    guard let top = entries.first, let last = entries.popLast() else { return nil }
    if entries.isEmpty { return top }
    var k = 0
    while 2 * k + 1 < entries.count {
      var child = 2 * k + 1
      if child + 1 < entries.count, entries[child + 1].comes(before: entries[child]) { child += 1 }
      if !entries[child].comes(before: last) { break }
      entries[k] = entries[child]
      k = child
    }
    entries[k] = last
    return top
  }
}
