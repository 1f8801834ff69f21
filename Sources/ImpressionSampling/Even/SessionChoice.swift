// Which dots of an even pattern come in which session, so that each prefix is itself well spread.
//
// Dots of one session may not be nearer than a threshold. They are picked by an advancing front: of the dots that are
// still allowed, always the one that lies closest to those already picked, which packs them as a lattice would. In a
// hexagonal lattice that finds every third point at √3 times the spacing. The threshold falls until enough are found.
//
// Based on: Wang, Ming, Lo. Generation of triangular mesh with specified size by circle packing. 2007 (the advancing
// front of packed circles); here the candidates are given points.

import Arithmetic

struct SessionChoice: Sendable {
  private let count: Int
  private let neighbours: [Neighbour]
  /// Where the neighbours of each dot begin, and the end.
  private let starts: [Int32]

  private struct Neighbour {
    var dot: Int32
    /// Square of the distance over the mean spacing of both dots.
    var scaled: Float
  }

  /// Greatest distance of neighbours over the mean spacing: past the second neighbours of a lattice.
  static let reach: Float = 1.8
  /// Threshold to begin with, over the mean spacing. Between neighbours in a hexagonal lattice 1, in its third √3.
  private static let threshold: Float = 1.15
  /// Dots per task.
  private static let tile = 1024

  /// - Parameters:
  ///   - places: position and spacing of each dot, mm.
  ///   - field: holds the dots by number, with `share` times their spacing as minimum distance.
  init(places: [SIMD4<Float>], normals: [SIMD3<Float>], in field: DotField, share: Float, threads: Int?) {
    let tile = SessionChoice.tile
    let count = places.count
    let parts = mapTiles((count + tile - 1) / tile, threads: threads) { t in
      SessionChoice.neighbours(of: t * tile..<min(count, (t + 1) * tile), places.span, normals.span, field, share)
    }
    self.init(count: count, parts)
  }

  /// - Parameter lists: of at least `reach`.
  init(places: [SIMD4<Float>], lists: NeighbourLists) {
    let tile = SessionChoice.tile
    let count = places.count
    let parts = (0..<(count + tile - 1) / tile).map { t in
      SessionChoice.neighbours(of: t * tile..<min(count, (t + 1) * tile), places.span, lists)
    }
    self.init(count: count, parts)
  }

  private typealias Lists = (ends: [Int32], list: [Neighbour])

  private init(count: Int, _ parts: [Lists]) {
    self.count = count
    var starts: [Int32] = [0]
    var neighbours: [Neighbour] = []
    starts.reserveCapacity(count + 1)
    neighbours.reserveCapacity(parts.reduce(0) { $0 + $1.list.count })
    for part in parts {
      let base = Int32(neighbours.count)
      neighbours += part.list
      for end in part.ends { starts.append(base + end) }
    }
    self.starts = starts
    self.neighbours = neighbours
  }

  private static func neighbours(
    of dots: Range<Int>, _ places: Span<SIMD4<Float>>, _ normals: Span<SIMD3<Float>>, _ field: borrowing DotField,
    _ share: Float
  ) -> Lists {
    var ends: [Int32] = []
    var list: [Neighbour] = []
    ends.reserveCapacity(dots.count)
    list.reserveCapacity(dots.count * 14)
    let inverse = 1 / share
    for i in dots {
      let p = places[i]
      let normal = normals[i]
      field.forEachQuad(near: SIMD3(p.x, p.y, p.z), radius: reach * p.w, scale: reach * inverse) { quad, near in
        var rest = near
        while rest != 0 {
          let label = quad.labels[rest.trailingZeroBitCount]
          rest &= rest &- 1
          if Int(label) == i || dot(normals[Int(label)], normal) < -0.5 { continue }
          list.append(neighbour(label, p, places[Int(label)]))
        }
      }
      ends.append(Int32(list.count))
    }
    return (ends, list)
  }

  private static func neighbours(
    of dots: Range<Int>, _ places: Span<SIMD4<Float>>, _ lists: NeighbourLists
  ) -> Lists {
    var ends: [Int32] = []
    var list: [Neighbour] = []
    for i in dots {
      for k in Int(lists.starts[i])..<Int(lists.starts[i + 1]) where lists.list[k] != i {
        list.append(neighbour(lists.list[k], places[i], places[Int(lists.list[k])]))
      }
      ends.append(Int32(list.count))
    }
    return (ends, list)
  }

  @inline(__always)
  private static func neighbour(_ label: Int32, _ p: SIMD4<Float>, _ q: SIMD4<Float>) -> Neighbour {
    let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
    return Neighbour(dot: label, scaled: 4 * dot(d, d) / ((p.w + q.w) * (p.w + q.w)))
  }

  /// The dots in the order of their sessions, each session in the bit-reversed order of the curve; and the sessions' ends.
  func sessions() -> (order: [Int32], ends: [Int]) {
    let ends = [(count + 2) / 3, (2 * count + 2) / 3, count]
    var isFree = [Bool](repeating: true, count: count)
    // What is left when two sessions are well spread is well spread too
    let first = spread(ends[0], of: isFree)
    for i in first { isFree[Int(i)] = false }
    let last = spread(ends[2] - ends[1], of: isFree)
    for i in last { isFree[Int(i)] = false }
    let second = (0..<Int32(count)).filter { isFree[Int($0)] }
    return ([first, second, last].flatMap { dots in bitReversedOrder(dots.count).map { dots[$0] } }, ends)
  }

  /// As many of the free dots as asked for, along the curve, as far from each other as leaves enough.
  private func spread(_ wanted: Int, of isFree: [Bool]) -> [Int32] {
    var (picked, found) = packed(SessionChoice.threshold, isFree)
    var threshold = SessionChoice.threshold
    for _ in 0..<6 where found < wanted {
      // About one more in a hundred for a threshold that is a hundredth lower
      threshold -= min(0.2, 1.1 * Float(wanted - found) / Float(max(found, 1)) + 0.004)
      (picked, found) = packed(threshold, isFree)
    }
    // Thin out, or fill up, evenly along the curve
    let pool = picked.indices.filter { found >= wanted ? picked[$0] : isFree[$0] && !picked[$0] }
    let changes = abs(found - wanted)
    for k in 0..<changes { picked[pool[k * pool.count / changes]].toggle() }
    return picked.indices.filter { picked[$0] }.map { Int32($0) }
  }

  /// A maximal set of free dots no two of which are nearer than `threshold` times their mean spacing.
  private func packed(_ threshold: Float, _ isFree: [Bool]) -> (picked: [Bool], count: Int) {
    var front = Front(isFree)
    let squared = threshold * threshold
    for seed in 0..<count where front.isOpen[seed] {
      front.pick(seed, starts.span, neighbours.span, squared)
      while let i = front.popFirst() {
        if front.isOpen[i] { front.pick(i, starts.span, neighbours.span, squared) }
      }
    }
    return (front.picked, front.count)
  }

  /// The dots picked so far, and those beside them, the closest first: a queue of a few classes of closeness, the newest
  /// of a class first.
  private struct Front {
    private(set) var isOpen: [Bool]
    private(set) var picked: [Bool]
    private(set) var count = 0
    private var score: [Float]
    private var classes = [[Int32]](repeating: [], count: 32)
    private var top = -1

    init(_ isFree: [Bool]) {
      isOpen = isFree
      picked = [Bool](repeating: false, count: isFree.count)
      score = [Float](repeating: 0, count: isFree.count)
    }

    mutating func pick(_ i: Int, _ starts: Span<Int32>, _ neighbours: Span<Neighbour>, _ threshold: Float) {
      picked[i] = true
      isOpen[i] = false
      count += 1
      for k in Int(starts[i])..<Int(starts[i + 1]) {
        let neighbour = neighbours[k]
        let j = Int(neighbour.dot)
        if !isOpen[j] { continue }
        if neighbour.scaled < threshold {
          isOpen[j] = false
        } else {
          score[j] += max(0, 4 - neighbour.scaled)
          insert(j, score[j])
        }
      }
    }

    private mutating func insert(_ dot: Int, _ score: Float) {
      // Each neighbour adds 0 to 4.
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
