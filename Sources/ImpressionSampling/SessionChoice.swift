// Which dots of an even pattern come in which session, so that each prefix is itself well spread.
//
// Dots of one session may not be nearer than a threshold. They are picked by an advancing front: of the dots that are
// still allowed, always the one that lies closest to those already picked, which packs them as a lattice would. In a
// hexagonal lattice that finds every third point at √3 times the spacing. The threshold falls until enough are found.
//
// Based on: Wang, Ming, Lo. Generation of triangular mesh with specified size by circle packing. 2007 (the advancing
// front of packed circles); here the candidates are given points.

import HeadGeometry

struct SessionChoice: Sendable {
  let places: [SIMD4<Float>]
  let lists: NeighbourLists

  /// Thresholds over the spacing of all dots. Between neighbours in a hexagonal lattice 1, in its third √3.
  private static var thresholds: [Float] { [1.15, 1.1, 1.05, 1, 0.9, 0.8] }

  /// The dots in the order of their sessions, each session in the bit-reversed order of the curve; and the sessions' ends.
  func sessions() -> (order: [Int32], ends: [Int]) {
    let count = places.count
    let ends = [(count + 2) / 3, (2 * count + 2) / 3, count]
    var isFree = [Bool](repeating: true, count: count)
    // What is left when two sessions are well spread is well spread too
    let first = spread(ends[0], of: isFree)
    for i in first { isFree[Int(i)] = false }
    let last = spread(ends[2] - ends[1], of: isFree)
    for i in last { isFree[Int(i)] = false }
    let second = (0..<Int32(count)).filter { isFree[Int($0)] }
    return ([first, second, last].flatMap(inBitReversedOrder), ends)
  }

  private func inBitReversedOrder(_ dots: [Int32]) -> [Int32] {
    let ranks = bitReversedRanks(dots.count)
    var order = dots
    for (i, position) in radixSorted(keys: ranks, values: dots.indices.map { UInt32($0) }, keyBits: 30).order
      .enumerated()
    { order[i] = dots[Int(position)] }
    return order
  }

  /// As many of the free dots as asked for, along the curve, as far from each other as the first threshold allows that
  /// leaves enough.
  private func spread(_ wanted: Int, of isFree: [Bool]) -> [Int32] {
    var picked: [Bool] = []
    var found = 0
    for threshold in SessionChoice.thresholds {
      (picked, found) = packed(threshold, isFree)
      if found >= wanted { break }
    }
    // Thin out, or fill up, evenly along the curve
    let pool = picked.indices.filter { found >= wanted ? picked[$0] : isFree[$0] && !picked[$0] }
    let changes = abs(found - wanted)
    for k in 0..<changes { picked[pool[k * pool.count / changes]].toggle() }
    return picked.indices.filter { picked[$0] }.map { Int32($0) }
  }

  /// A maximal set of free dots no two of which are nearer than `threshold` times their mean spacing.
  private func packed(_ threshold: Float, _ isFree: [Bool]) -> (picked: [Bool], count: Int) {
    let starts = lists.starts.span
    let list = lists.list.span
    let places = places.span
    var isOpen = isFree
    var picked = [Bool](repeating: false, count: isFree.count)
    var score = [Float](repeating: 0, count: isFree.count)
    var front = Front()
    var count = 0

    func pick(_ i: Int) {
      picked[i] = true
      isOpen[i] = false
      count += 1
      let p = places[i]
      for k in Int(starts[i])..<Int(starts[i + 1]) where isOpen[Int(list[k])] {
        let j = Int(list[k])
        let q = places[j]
        let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
        let scaled = 4 * dot(d, d) / ((p.w + q.w) * (p.w + q.w))
        if scaled < threshold * threshold {
          isOpen[j] = false
        } else if scaled < 4 {
          score[j] += 4 - scaled
          front.insert(j, score[j])
        }
      }
    }

    for seed in 0..<isFree.count where isOpen[seed] {
      pick(seed)
      while let i = front.popFirst() {
        if isOpen[i] { pick(i) }
      }
    }
    return (picked, count)
  }

  /// Dots beside picked ones, the closest first: a queue of a few classes of closeness, the newest of a class first.
  private struct Front {
    private var classes = [[Int32]](repeating: [], count: 32)
    private var top = -1

    mutating func insert(_ dot: Int, _ score: Float) {
      let c = min(31, Int(score * 4))
      classes[c].append(Int32(dot))
      top = max(top, c)
    }

    mutating func popFirst() -> Int? {
      while top >= 0 {
        if let dot = classes[top].popLast() { return Int(dot) }
        top -= 1
      }
      return nil
    }
  }
}
