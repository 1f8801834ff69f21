// Where along the mean head's border the client's own lies: the course that parts hair from skin best.
//
// The border is unrolled: along it in steps of 4 mm, across it in steps of 2. At each place a border across has a cost, the
// share of the skin within 16 mm that would lie on the wrong side of it, and a course of borders costs what its places cost
// and something for each step sideways. The cheapest course is found by dynamic programming (Amini, Weymouth and Jain. Using
// dynamic programming for solving variational problems in vision. 1990), and each of its places is then moved to where hair
// and skin have their shares.

import Arithmetic

/// How far the client's border of hair lies off the mean head's, along that border.
public struct BorderShift: Sendable, Equatable {
  /// From place to place along the border, mm, the first at its start.
  public var spacing: Float
  /// mm inwards, negative outwards.
  public var shifts: [Float]
  /// 1 where colours show it, 0 where they do not and the mean head's stands, smooth between.
  public var shown: [Float]

  /// Shift at a length along the border, mm.
  func shift(at along: Float) -> Float { value(shifts, at: along) }
  func shown(at along: Float) -> Float { value(shown, at: along) }

  private func value(_ values: [Float], at along: Float) -> Float {
    if values.isEmpty { return 0 }
    let f = held(along / spacing, 0, 1e6)
    let i = Int(f)
    return mix(values[i % values.count], values[(i + 1) % values.count], f - Float(i))
  }

  /// Of the border beside which hair stands, the share where colours show where it begins.
  public var clarity: Float = 0

  /// How far outside and inside the mean border the client's is looked for, mm. Hair that begins further back was lost, or is
  /// taken for that: then the border is where it grew.
  static let outmost: Float = -26
  static let inmost: Float = 16
}

extension BorderShift {
  /// - Parameters:
  ///   - hairiness: per patch.
  ///   - depths: of patches inside the mean border, mm.
  ///   - alongs: lengths along it, mm.
  ///   - border: its length, mm.
  ///   - hidden: parts of it where the border is told by the ears.
  init(
    _ patches: SkinPatches, hairiness: [Float], depths: [Float], alongs: [Float], length: Float,
    hidden: [ClosedRange<Float>]
  ) {
    let reach: Float = 16
    let across: Float = 2
    let columns = max(Int((length / 4).rounded()), 8)
    let spacing = length / Float(columns)
    let offsets = Int((Self.inmost - Self.outmost) / across) + 1
    // Sums of area and of hair over cells of 4 by 2 mm: rows from the outermost.
    let low = Self.outmost - reach
    let rows = Int((Self.inmost + reach - low) / across)
    var area = [Float](repeating: 0, count: columns * rows)
    var hair = area
    for i in 0..<patches.count {
      let row = Int(((depths[i] - low) / across).rounded(.down))
      guard row >= 0, row < rows else { continue }
      let column = min(Int(alongs[i] / spacing), columns - 1)
      let share = smoothstep(0.15, 0.85, hairiness[i])
      // A patch is two columns wide and two rows high.
      for (c, weight) in [
        ((column + columns - 1) % columns, Float(0.25)), (column, 0.5), ((column + 1) % columns, 0.25),
      ] {
        area[c * rows + row] += weight * patches.areas[i]
        hair[c * rows + row] += weight * patches.areas[i] * share
      }
    }
    let span = Int(reach / across)
    /// Area and hair of rows of a column.
    func sums(_ column: Int, _ rowRange: Range<Int>) -> (area: Float, hair: Float) {
      var (a, h): (Float, Float) = (0, 0)
      for r in rowRange {
        a += area[column * rows + r]
        h += hair[column * rows + r]
      }
      return (a, h)
    }
    var costs = [Float](repeating: 0.5, count: columns * offsets)
    for c in 0..<columns {
      for o in 0..<offsets {
        let (outside, inside) = (sums(c, o..<o + span), sums(c, o + span..<o + 2 * span))
        // Both sides must be seen: a head that ends here has no border here.
        guard outside.area > 15, inside.area > 15 else { continue }
        costs[c * offsets + o] = 0.5 * (outside.hair / outside.area + 1 - inside.hair / inside.area)
      }
    }
    // The cheapest course, from the middle of the nape around to it again
    let stiffness: Float = 0.03
    var best = Array(costs[0..<offsets])
    var from = [Int16](repeating: 0, count: columns * offsets)
    for c in 1..<columns {
      var next = [Float](repeating: .infinity, count: offsets)
      for o in 0..<offsets {
        for p in max(0, o - 4)...min(offsets - 1, o + 4) {
          let cost = best[p] + stiffness * Float(abs(o - p))
          if cost < next[o] {
            next[o] = cost
            from[c * offsets + o] = Int16(p)
          }
        }
        next[o] += costs[c * offsets + o]
      }
      best = next
    }
    var course = [Int](repeating: 0, count: columns)
    course[columns - 1] = best.indices.min { best[$0] < best[$1] } ?? 0
    for c in (1..<columns).reversed() { course[c - 1] = Int(from[c * offsets + course[c]]) }

    var shifts = [Float](repeating: 0, count: columns)
    var shown = shifts
    var (stands, isClear): (Float, Float) = (0, 0)
    for c in 0..<columns {
      let o = course[c]
      let along = (Float(c) + 0.5) * spacing
      let isHidden = hidden.contains { $0.contains(along) }
      shown[c] = isHidden ? 0 : 1 - smoothstep(0.16, 0.28, costs[c * offsets + o])
      // Within the window around the course hair has a share: the border lies where that share ends.
      let window = sums(c, max(0, o + span - 6)..<min(rows, o + span + 6))
      let share = window.area > 0 ? window.hair / window.area : 0.5
      shifts[c] = Self.outmost + across * Float(o) + 12 - 24 * share
      if o == 0 || o == offsets - 1 { shown[c] = 0 }
      let first = Int((2 - low) / across)
      let within = sums(c, first..<min(rows, first + span / 2 + 4))
      if !isHidden, within.area > 15, within.hair > 0.6 * within.area {
        stands += 1
        isClear += shown[c]
      }
    }
    clarity = stands > 0 ? isClear / stands : 0
    // Smooth along the border; where little is shown the mean border comes back within two centimetres.
    let bell = (-6...6).map { k in exponential(-Float(k * k) * spacing * spacing / 98) }
    var smooth = shifts
    var weight = shown
    for c in 0..<columns {
      var (sum, w, all): (Float, Float, Float) = (0, 0, 0)
      for (k, b) in bell.enumerated() {
        let j = (c + k - 6 + columns) % columns
        sum += b * shown[j] * shifts[j]
        w += b * shown[j]
        all += b
      }
      smooth[c] = sum / (w + 0.12 * all * (1 - min(1, w / all)))
      weight[c] = w / all
    }
    // Values stand at the middles of columns; they are read from the start.
    self.spacing = spacing
    self.shifts = (0..<columns).map { 0.5 * (smooth[($0 + columns - 1) % columns] + smooth[$0]) }
    self.shown = (0..<columns).map { 0.5 * (weight[($0 + columns - 1) % columns] + weight[$0]) }
  }
}
