// A piece of the surface in its own plane, with the dots whose discs touch it: where `FragmentDarts` looks for room.
//
// Questions about parts of the piece are asked in the plane, where a dot's disc is a circle: a part lies in it if its
// three corners do. The four quarters of a part are asked about at once, one to a lane.

import CLanes
import HeadGeometry

/// A piece in its plane, with the dots whose discs touch it; at most 32.
struct FragmentSite: ~Copyable {
  private var a = SIMD3<Float>.zero
  private var ab = SIMD3<Float>.zero
  private var ac = SIMD3<Float>.zero
  /// Normal at the piece's middle.
  private var normal = SIMD3<Float>.zero
  /// Middle of the piece.
  private(set) var centre = SIMD3<Float>.zero
  /// Hexagonal spacing of the piece, mm.
  private(set) var spacing: Float = 0
  /// Whether the density has to be asked for at every dart.
  private(set) var isFeathered = false
  /// Longest edge of the piece, mm.
  private(set) var longest: Float = 0
  /// The triangle's second and third corners in a frame of its plane, whose first axis runs along the first edge.
  private var along: Float = 0
  private var ahead: Float = 0
  private var aside: Float = 0
  private var inverseAlong: Float = 0
  /// The frame's second axis.
  private var across = SIMD3<Float>.zero
  /// The piece's corners in the frame; the fourth lane repeats the third.
  private var cornersX = SIMD4<Float>.zero
  private var cornersY = SIMD4<Float>.zero

  /// The dots whose discs touch the piece.
  private var discs: UnsafeMutablePointer<Disc>
  private(set) var count = 0

  /// More dots than a mask has bits; the piece has to be cut first.
  private(set) var isFull = false
  /// Whether the piece lies in the disc of a dot.
  private(set) var isHeld = false

  /// A dot, and its disc cut by the piece's plane.
  struct Disc {
    /// Position and hexagonal spacing, mm.
    var place: SIMD4<Float>
    var normal: SIMD3<Float>
    var x: Float
    var y: Float
    /// Square of the dot's height over the plane.
    var height: Float
    /// Square of the radius in the plane in which another dot has no room, and of one in which it has far from room;
    /// below 0 for a dot of another sheet.
    var held: Float
    var safe: Float
    /// Distance within which the dot matters to a dart.
    var reach: Float
  }

  /// What is known of the quarters of a part: a bit or a lane for each.
  struct Quarters {
    /// In the disc of a dot.
    var held: UInt32
    /// In a disc a little smaller.
    var safe: UInt32
    /// The dots that matter to each.
    var touching: SIMD4<UInt32>
  }

  static let capacity = 32

  init() { discs = .allocate(capacity: FragmentSite.capacity) }

  deinit { discs.deallocate() }

  /// The dots listed from number `first` on.
  @inline(__always)
  func mask(from first: Int) -> UInt32 {
    first >= count ? 0 : (~0 >> UInt32(FragmentSite.capacity - count)) & (~0 << UInt32(first))
  }

  @inline(__always)
  subscript(i: Int) -> Disc { discs[i] }

  /// Moves to another piece, without dots.
  @inline(__always)
  mutating func visit(_ piece: Piece, on surface: borrowing PreparedSurface, spacing: Float, isFeathered: Bool) {
    let t = surface.mesh.triangles[Int(piece.triangle)]
    a = surface.mesh.positions[Int(t.x)]
    ab = surface.mesh.positions[Int(t.y)] - a
    ac = surface.mesh.positions[Int(t.z)] - a
    let (v, w) = (piece.v + piece.size / 3, piece.w + piece.size / 3)
    normal = surface.normal(piece.triangle, v, w)
    centre = a + ab * v + ac * w
    self.spacing = spacing
    self.isFeathered = isFeathered
    along = lane_sqrt1(dot(ab, ab))
    inverseAlong = 1 / along
    ahead = dot(ab, ac) * inverseAlong
    let rest = ac - ab * (ahead * inverseAlong)
    aside = lane_sqrt1(dot(rest, rest))
    across = aside > 0 ? rest / aside : .zero
    let back = ahead - along
    longest = abs(piece.size) * max(along, lane_sqrt1(max(ahead * ahead, back * back) + aside * aside))
    let x = along * piece.v + ahead * piece.w
    let y = aside * piece.w
    let x2 = x + ahead * piece.size
    let y2 = y + aside * piece.size
    cornersX = SIMD4(x, x + along * piece.size, x2, x2)
    cornersY = SIMD4(y, y, y2, y2)
    count = 0
    isFull = false
    isHeld = false
  }

  /// Greatest spacing in the piece over that of its middle, in most cases.
  @inline(__always)
  var greatestSpacing: Float { spacing * (isFeathered ? 1.5 : 1.05) }

  /// Lists a dot, unless the list is full.
  ///
  /// - Returns: whether all of the piece lies in the dot's disc even when that is a little smaller.
  @inline(__always)
  mutating func add(_ place: SIMD4<Float>, _ other: SIMD3<Float>, share: Float, least: Float) -> Bool {
    if count == FragmentSite.capacity {
      isFull = true
      return false
    }
    let d = SIMD3(place.x, place.y, place.z) - a
    let x = dot(d, ab) * inverseAlong
    let y = dot(d, across)
    let height = max(0, dot(d, d) - x * x - y * y)
    let mean = (spacing + place.w) * 0.5
    let isOnSheet = dot(other, normal) >= 0
    let held = isOnSheet ? mean * mean * share * share - height : -1
    let safe = isOnSheet ? mean * mean * least * least - height : -1
    (discs + count).initialize(
      to: Disc(
        place: place, normal: other, x: x, y: y, height: height, held: held, safe: safe,
        reach: (greatestSpacing + place.w) * 0.5 * share))
    count += 1
    let dx = cornersX - x
    let dy = cornersY - y
    let squared = dx * dx + dy * dy
    let far = max(max(squared.x, squared.y), squared.z)
    if far < held { isHeld = true }
    return far < safe
  }

  /// Which quarters of a part lie in the disc of one of the dots in `mask`, and the dots that matter to each.
  ///
  /// - Parameter longest: the longest edge of a quarter, mm.
  @inline(__always)
  func look(atQuartersOf part: Piece, _ longest: Float, _ mask: UInt32) -> Quarters {
    // Corners of the four, in the order of `Piece.quarter`; the second is turned round
    let h = part.size * 0.5
    let u = along * h
    let s = ahead * h
    let t = aside * h
    let x = along * part.v + ahead * part.w
    let y = aside * part.w
    let x0 = SIMD4(x, x + u + s, x + u, x + s)
    let y0 = SIMD4(y, y + t, y, y + t)
    let x1 = x0 + SIMD4(u, -u, u, u)
    let x2 = x0 + SIMD4(s, -s, s, s)
    let y2 = y0 + SIMD4(t, -t, t, t)
    let xm = (x0 + x1 + x2) * (1 / 3)
    let ym = (y0 + y0 + y2) * (1 / 3)
    let margin = 0.67 * longest
    var held = SIMD4<Int32>.zero
    var safe = SIMD4<Int32>.zero
    var touching = SIMD4<Int32>.zero
    var rest = mask
    while rest != 0 {
      let i = rest.trailingZeroBitCount
      rest &= rest &- 1
      let disc = discs + i
      let cx = disc.pointee.x
      let cy = disc.pointee.y
      let reach = disc.pointee.reach + margin
      let mx = xm - cx
      let my = ym - cy
      let touch = SIMD4(repeating: reach * reach - disc.pointee.height)
      let bit = SIMD4<Int32>(repeating: Int32(truncatingIfNeeded: 1 << UInt32(i)))
      touching |= lane_less4(mx * mx + my * my, touch) & bit
      let dx0 = x0 - cx
      let dx1 = x1 - cx
      let dx2 = x2 - cx
      let dy0 = y0 - cy
      let dy2 = y2 - cy
      let near = lane_larger4(dx0 * dx0, dx1 * dx1) + dy0 * dy0
      let far = lane_larger4(near, dx2 * dx2 + dy2 * dy2)
      held |= lane_less4(far, SIMD4(repeating: disc.pointee.held))
      safe |= lane_less4(far, SIMD4(repeating: disc.pointee.safe))
    }
    return Quarters(held: lane_signs4(held), safe: lane_signs4(safe), touching: SIMD4(truncatingIfNeeded: touching))
  }

  /// Whether a part of the piece lies in the disc of the dot listed last, even when that is a little smaller.
  @inline(__always)
  func isInLast(_ part: Piece) -> Bool {
    let disc = discs[count - 1]
    let x0 = along * part.v + ahead * part.w - disc.x
    let y0 = aside * part.w - disc.y
    let x1 = x0 + along * part.size
    let x2 = x0 + ahead * part.size
    let y2 = y0 + aside * part.size
    return max(max(x0 * x0, x1 * x1) + y0 * y0, x2 * x2 + y2 * y2) < disc.safe
  }

  /// Place of a point of the triangle.
  @inline(__always)
  func position(_ v: Float, _ w: Float) -> SIMD3<Float> { a + ab * v + ac * w }
}
