// The neighbours of every dot, kept up while dots move: a list stands until a dot of it, or its own, has gone further
// than the slack that its reach leaves (Verlet. Computer "experiments" on classical fluids. 1967). Only what has changed
// is searched again.

import Arithmetic
import CLanes

/// Neighbours of every dot: those of dot i are `list[starts[i]..<starts[i + 1]]`, filled up to a multiple of four with
/// i itself. Dots whose normals are more than 120° apart are no neighbours.
struct NeighbourLists: Sendable {
  private(set) var starts: [Int32] = [0]
  private(set) var list: [Int32] = []
  /// Whether the surface around a dot is nearly flat: no neighbour's normal is more than 26° off its own, as it was when
  /// the dot's list was made.
  private(set) var isFlat: [Bool] = []
  /// Where the lists saw the dots, and things listed after them. Lists are complete for these places.
  private var places: [SIMD4<Float>]
  private var normals: [SIMD3<Float>]

  /// Least product of the normals of neighbours.
  fileprivate static let leastAgreement: Float = -0.5
  /// Dots per task.
  static let tile = 512

  /// The neighbours of the first `count` of some points, within `reach` times the mean of both spacings.
  ///
  /// - Parameters:
  ///   - places: position and spacing of each point, mm.
  ///   - grid: of these points.
  init(
    of places: [SIMD4<Float>], normals: [SIMD3<Float>], count: Int, in grid: PackedGrid, reach: Float, threads: Int?
  ) {
    self.places = places
    self.normals = normals
    join(search(grid, count, reach, nil, threads))
  }

  /// Searches again around points that are further than `slack` times their spacing from where the lists saw them. All
  /// points are dots.
  ///
  /// - Parameter index: makes a grid of points.
  mutating func update(
    _ now: [SIMD4<Float>], normals nowNormals: [SIMD3<Float>], reach: Float, slack: Float, threads: Int?,
    index: ([SIMD4<Float>]) -> PackedGrid
  ) {
    let count = now.count
    let strayed = strayed(now, slack)
    if strayed.isEmpty { return }
    if strayed.count * 4 > count {
      self = NeighbourLists(
        of: now, normals: nowNormals, count: count, in: index(now), reach: reach, threads: threads)
      return
    }
    for i in strayed {
      places[i] = now[i]
      normals[i] = nowNormals[i]
    }
    let grid = index(places)
    join(search(grid, count, reach, outdated(by: strayed, grid, reach), threads))
  }

  /// The lists of the first `count` points: searched, or copied where they are known not to be outdated.
  private func search(
    _ grid: PackedGrid, _ count: Int, _ reach: Float, _ isOutdated: [Bool]?, _ threads: Int?
  ) -> [Part] {
    let tile = NeighbourLists.tile
    return mapTiles((count + tile - 1) / tile, threads: threads) { t in
      var part = Part(dots: tile)
      normals.withUnsafeBufferPointer { normals in
        guard let normals = normals.baseAddress else { return }
        for i in t * tile..<min(count, (t + 1) * tile) {
          if let isOutdated, !isOutdated[i] {
            part.copy(list.span.extracting(Int(starts[i])..<Int(starts[i + 1])), isFlat: isFlat[i])
          } else {
            part.add(Int32(i), places[i], normals, grid, reach)
          }
        }
      }
      return part
    }
  }

  /// Dots further than `slack` times their spacing from where the lists saw them.
  private func strayed(_ now: [SIMD4<Float>], _ slack: Float) -> [Int] {
    let now = now.span
    let places = places.span
    var strayed: [Int] = []
    for i in 0..<now.count {
      let d = now[i] - places[i]
      let limit = slack * now[i].w
      if d.x * d.x + d.y * d.y + d.z * d.z > limit * limit { strayed.append(i) }
    }
    return strayed
  }

  /// The dots whose lists change: those that strayed, and those that they left behind or have come to.
  private func outdated(by strayed: [Int], _ grid: PackedGrid, _ reach: Float) -> [Bool] {
    var isOutdated = [Bool](repeating: false, count: isFlat.count)
    // The dot that saw another one last
    var seenBy = [Int](repeating: -1, count: isFlat.count)
    for i in strayed {
      isOutdated[i] = true
      let before = Int(starts[i])..<Int(starts[i + 1])
      for k in before { seenBy[Int(list[k])] = i }
      _ = grid.contains(near: places[i], reach: reach) { label, _, _ in
        let j = Int(label)
        if dot(normals[j], normals[i]) < NeighbourLists.leastAgreement { return false }
        if seenBy[j] != i { isOutdated[j] = true }
        seenBy[j] = -1
        return false
      }
      for k in before where seenBy[Int(list[k])] == i { isOutdated[Int(list[k])] = true }
    }
    return isOutdated
  }

  /// The lists of a tile. Plain memory, since every dot adds to it; whoever has read it gives it back.
  fileprivate struct Part: @unchecked Sendable {
    private(set) var entries: UnsafeMutablePointer<Int32>
    private var capacity: Int
    var length = 0
    /// End of each dot's list in the entries.
    let ends: UnsafeMutablePointer<Int32>
    let isFlat: UnsafeMutablePointer<Bool>
    private(set) var dots = 0

    init(dots: Int) {
      capacity = dots * 20
      entries = .allocate(capacity: capacity)
      ends = .allocate(capacity: dots)
      isFlat = .allocate(capacity: dots)
    }

    func deallocate() {
      entries.deallocate()
      ends.deallocate()
      isFlat.deallocate()
    }

    /// Makes room for so many more.
    @inline(__always)
    mutating func reserve(_ more: Int) {
      if length &+ more > capacity { grow(more) }
    }

    private mutating func grow(_ more: Int) {
      capacity = max(capacity * 2, length + more)
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
      larger.update(from: entries, count: length)
      entries.deallocate()
      entries = larger
    }

    /// Adds the neighbours of dot i.
    @inline(__always)
    mutating func add(
      _ i: Int32, _ p: SIMD4<Float>, _ normals: UnsafePointer<SIMD3<Float>>, _ grid: PackedGrid, _ reach: Float
    ) {
      let normal = normals[Int(i)]
      var least: Float = 1
      for l in 0..<grid.levels.count {
        grid.levels[l].addNeighbours(of: i, p, normal, normals, reach, to: &self, &least)
      }
      // Fours at a time: a dot has no force on itself
      reserve(4)
      while length & 3 != 0 {
        entries[length] = i
        length &+= 1
      }
      end(isFlat: least > 0.9)
    }

    /// Adds the neighbours of the next dot as they were.
    @inline(__always)
    mutating func copy(_ old: Span<Int32>, isFlat: Bool) {
      reserve(old.count)
      for k in 0..<old.count { entries[length &+ k] = old[unchecked: k] }
      length &+= old.count
      end(isFlat: isFlat)
    }

    @inline(__always)
    private mutating func end(isFlat flat: Bool) {
      ends[dots] = Int32(truncatingIfNeeded: length)
      isFlat[dots] = flat
      dots &+= 1
    }
  }

  /// Puts the lists of consecutive tiles one after another.
  private mutating func join(_ parts: [Part]) {
    let count = parts.reduce(0) { $0 + $1.dots }
    starts = [0]
    isFlat = []
    list = []
    starts.reserveCapacity(count + 1)
    isFlat.reserveCapacity(count)
    list.reserveCapacity(parts.reduce(0) { $0 + $1.length })
    for part in parts {
      let base = Int32(list.count)
      list += UnsafeBufferPointer(start: part.entries, count: part.length)
      isFlat += UnsafeBufferPointer(start: part.isFlat, count: part.dots)
      for k in 0..<part.dots { starts.append(base + part.ends[k]) }
      part.deallocate()
    }
  }
}

extension PackedGrid.Level {
  /// Lists the neighbours of dot i, and finds the least agreement of their normals with its own.
  @inline(__always)
  fileprivate func addNeighbours(
    of i: Int32, _ p: SIMD4<Float>, _ normal: SIMD3<Float>, _ normals: UnsafePointer<SIMD3<Float>>, _ reach: Float,
    to list: inout NeighbourLists.Part, _ least: inout Float
  ) {
    _ = containsNear(p, reach) { e, bits in
      list.reserve(8)
      var rest = bits
      var length = list.length
      while rest != 0 {
        let j = labels[e &+ rest.trailingZeroBitCount]
        rest &= rest &- 1
        let agreement = dot(normals[Int(j)], normal)
        list.entries[length] = j
        if j != i && agreement >= NeighbourLists.leastAgreement {
          length &+= 1
          if agreement < least { least = agreement }
        }
      }
      list.length = length
      return false
    }
  }
}
