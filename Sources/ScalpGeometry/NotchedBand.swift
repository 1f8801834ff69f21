// The outline of a linear scar: a band along a line, whose two borders wander apart from each other and are notched, with
// the marks of the sutures that held it across.
//
//      -----------v--------------v----     left border: one distance from the line per step
//      . . . . . . | . . . . . . . | . .   the line
//      -------v----|---------v-----|--     right border
//                  suture mark

import Arithmetic

/// A band with ragged borders along a line, in distances across the line and lengths along it, mm.
public struct NotchedBand: Sendable, Equatable {
  /// A line across the band: a stitch's trace.
  public struct Stitch: Sendable, Equatable {
    public var along: Float
    /// How far it reaches to the left and to the right.
    public var left: Float
    public var right: Float
    /// Half its width.
    public var half: Float
    /// Change of place along the line per mm across it.
    public var lean: Float

    public init(along: Float, left: Float, right: Float, half: Float, lean: Float) {
      (self.along, self.left, self.right, self.half, self.lean) = (along, left, right, half, lean)
    }
  }

  /// Steps per mm along the line.
  public static let stepsPerMillimetre: Float = 4
  /// Distances of the borders from the line, one per step; to both sides positive outwards.
  public let left: [Float]
  public let right: [Float]
  /// In order.
  public let stitches: [Stitch]
  /// Per 2 mm: the first stitch that may lie there.
  private let firstStitch: [Int32]
  /// How far from the line anything of the band lies.
  public let reach: Float

  /// - Parameters:
  ///   - left: as long as `right`, at least two entries.
  ///   - stitches: by ascending `along`.
  public init(left: [Float], right: [Float], stitches: [Stitch]) {
    precondition(left.count == right.count && left.count > 1, "borders of one length")
    self.left = left
    self.right = right
    self.stitches = stitches
    let cells = left.count / Int(2 * Self.stepsPerMillimetre) + 1
    var first = [Int32](repeating: 0, count: cells)
    var k = 0
    for cell in 0..<cells {
      while k < stitches.count, stitches[k].along < Float(2 * cell) - 4 { k += 1 }
      first[cell] = Int32(k)
    }
    firstStitch = first
    reach = max(left.max() ?? 0, right.max() ?? 0, stitches.map { max($0.left, $0.right) }.max() ?? 0)
  }

  /// Distance inside the border, mm, across the line; negative outside.
  ///
  /// - Parameters:
  ///   - aside: distance from the line, left positive.
  ///   - along: length along the line.
  public func inside(aside: Float, along: Float) -> Float {
    let x = held(along * Self.stepsPerMillimetre, 0, Float(left.count) - 1.001)
    // On a long line the border is rounded up to the last entry.
    let i = min(Int(x), left.count - 2)
    let t = x - Float(i)
    var inside = min(
      left[i] + (left[i + 1] - left[i]) * t - aside, right[i] + (right[i + 1] - right[i]) * t + aside)
    if inside < 0.5, !stitches.isEmpty {
      var k = Int(firstStitch[min(i / Int(2 * Self.stepsPerMillimetre), firstStitch.count - 1)])
      while k < stitches.count, stitches[k].along < along + 4 {
        let s = stitches[k]
        let across = s.half - abs(along - s.along - s.lean * aside)
        let within = min(across, min(s.left - aside, s.right + aside))
        // Beside a stitch it is the band's own border that is near or far.
        if within > -0.5 { inside = max(inside, within) }
        k += 1
      }
    }
    return inside
  }
}
