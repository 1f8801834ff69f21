// A region of like patches that grows from seeds (Adams and Bischof. Seeded region growing. 1994): the patch that differs
// least from the region beside it is next, until what is left differs by more than the region's own unevenness.
//
// What a patch is compared with is the region's mean over the last two centimetres, so that smooth shading is followed and
// the step where hair begins is not.

import Arithmetic

struct PatchGrowth: Sendable {
  private(set) var isMember: [Bool]
  /// What the region is like at a member, over the last two centimetres.
  private(set) var local: [SkinFigures]

  /// - Parameters:
  ///   - figures: of each patch.
  ///   - deviation: how uneven the region is.
  ///   - limit: deviations by which a patch may differ from the region beside it.
  ///   - allowed: patches that may belong to it.
  init(
    _ patches: SkinPatches, _ figures: [SkinFigures], seeds: [Int], deviation: SkinFigures, limit: Float,
    allowed: (Int) -> Bool
  ) {
    isMember = [Bool](repeating: false, count: patches.count)
    local = figures
    // Patches by how much they differ, in steps of a tenth of a deviation: as good as a heap, and the same on every run.
    let steps = max(Int(limit * 10), 1)
    var queues = [[Int32]](repeating: [], count: steps)
    var heads = [Int](repeating: 0, count: steps)
    for i in seeds where allowed(i) { isMember[i] = true }
    func beside(_ i: Int) -> SkinFigures? {
      var (sum, weight) = (SkinFigures.zero, Float(0))
      for j in patches.around(i) where isMember[Int(j)] {
        sum += local[Int(j)] * patches.areas[Int(j)]
        weight += patches.areas[Int(j)]
      }
      return weight > 0 ? sum / weight : nil
    }
    func step(_ i: Int) -> Int? {
      guard let there = beside(i) else { return nil }
      let off = unlike(figures[i] - there, deviation)
      return off < limit ? min(Int(off * 10), steps - 1) : nil
    }
    /// The lowest step that anything was offered at.
    func offer(_ i: Int) -> Int {
      var lowest = steps
      for j in patches.around(i) where !isMember[Int(j)] && allowed(Int(j)) {
        guard let s = step(Int(j)) else { continue }
        queues[s].append(j)
        lowest = min(lowest, s)
      }
      return lowest
    }
    for i in seeds where isMember[i] { _ = offer(i) }
    var s = 0
    while s < steps {
      if heads[s] == queues[s].count {
        queues[s].removeAll(keepingCapacity: true)
        heads[s] = 0
        s += 1
        continue
      }
      let i = Int(queues[s][heads[s]])
      heads[s] += 1
      if isMember[i] { continue }
      // The region has moved on since the patch was offered.
      guard let now = step(i) else { continue }
      if now > s {
        queues[now].append(Int32(i))
        continue
      }
      local[i] = (beside(i) ?? figures[i]) * 0.8 + figures[i] * 0.2
      isMember[i] = true
      s = min(s, offer(i))
    }
  }
}

/// How many deviations a difference is worth. Lighter skin than beside it is mostly shine, and counts a third; smoother skin is
/// skin.
func unlike(_ difference: SkinFigures, _ deviation: SkinFigures) -> Float {
  var d = difference / deviation
  if d.x > 0 { d.x /= 3 }
  if d.w < 0 { d.w = 0 }
  return (d * d).sum().squareRoot()
}
