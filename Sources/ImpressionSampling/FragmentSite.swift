// A piece of the surface in its own plane, with the dots whose discs touch it: where `FragmentDarts` looks for room.
//
// Questions about parts of the piece are asked in the plane, where a dot's disc is a circle: a part lies in it if its
// three corners do.

import CLanes
import HeadGeometry

/// A piece in its plane, with the dots whose discs touch it; at most 64.
struct FragmentSite: ~Copyable {
  private(set) var a = SIMD3<Float>.zero
  private var ab = SIMD3<Float>.zero
  private var ac = SIMD3<Float>.zero
  /// Normal at the piece's middle.
  private var normal = SIMD3<Float>.zero
  /// Hexagonal spacing of the piece, mm.
  private(set) var spacing: Float = 0
  /// Whether the density has to be asked for at every dart.
  private(set) var isFeathered = false
  /// The triangle's second and third corners in a frame of its plane, whose first axis runs along the first edge.
  private var along: Float = 0
  private var ahead: Float = 0
  private var aside: Float = 0
  /// The frame's second axis.
  private var across = SIMD3<Float>.zero

  /// The dots whose discs touch the piece.
  private var discs: UnsafeMutablePointer<Disc>
  private var count = 0
  /// The dots on the piece's own sheet.
  private(set) var sheet: UInt64 = 0

  /// More dots than a mask has bits; the piece has to be cut first.
  private(set) var isFull = false

  /// A dot, and its disc cut by the piece's plane.
  struct Disc {
    /// Position and hexagonal spacing, mm.
    var place: SIMD4<Float>
    var normal: SIMD3<Float>
    var x: Float
    var y: Float
    /// Square of the dot's height over the plane.
    var height: Float
    /// Square of the radius in the plane in which another dot has no room, and of one in which it has far from room.
    var held: Float
    var safe: Float
    /// Distance within which the dot matters to a dart.
    var reach: Float
  }

  init() { discs = .allocate(capacity: 64) }

  deinit { discs.deallocate() }

  /// All dots listed.
  var all: UInt64 { count == 0 ? 0 : ~0 >> UInt64(64 - count) }

  @inline(__always)
  subscript(i: Int) -> Disc { discs[i] }

  /// Moves to another piece, without dots.
  @inline(__always)
  mutating func visit(_ piece: Piece, on surface: PreparedSurface, spacing: Float, isFeathered: Bool) {
    let t = surface.mesh.triangles[Int(piece.triangle)]
    a = surface.mesh.positions[Int(t.x)]
    ab = surface.mesh.positions[Int(t.y)] - a
    ac = surface.mesh.positions[Int(t.z)] - a
    normal = surface.normal(piece.triangle, piece.v + piece.size / 3, piece.w + piece.size / 3)
    self.spacing = spacing
    self.isFeathered = isFeathered
    along = lane_sqrt1(dot(ab, ab))
    ahead = dot(ab, ac) / along
    let rest = ac - ab * (ahead / along)
    aside = lane_sqrt1(dot(rest, rest))
    across = aside > 0 ? rest / aside : .zero
    count = 0
    isFull = false
    sheet = 0
  }

  /// Greatest spacing in the piece over that of its middle, in most cases.
  @inline(__always)
  var greatestSpacing: Float { spacing * (isFeathered ? 1.5 : 1.05) }

  @inline(__always)
  var longestEdge: Float {
    let x = ahead - along
    return max(along, lane_sqrt1(max(ahead * ahead, x * x) + aside * aside))
  }

  /// Lists a dot. Returns its bit.
  @inline(__always)
  @discardableResult
  mutating func add(_ place: SIMD4<Float>, _ other: SIMD3<Float>, share: Float, least: Float) -> UInt64 {
    if count == 64 {
      isFull = true
      return 0
    }
    let d = SIMD3(place.x, place.y, place.z) - a
    let x = dot(d, ab) / along
    let y = dot(d, across)
    let height = max(0, dot(d, d) - x * x - y * y)
    let mean = (spacing + place.w) * 0.5
    (discs + count).initialize(
      to: Disc(
        place: place, normal: other, x: x, y: y, height: height, held: mean * mean * share * share - height,
        safe: mean * mean * least * least - height, reach: (greatestSpacing + place.w) * 0.5 * share))
    let bit: UInt64 = 1 << UInt64(count)
    count += 1
    if dot(other, normal) >= 0 { sheet |= bit }
    return bit
  }

  /// Whether a part of the piece lies in one disc, or in one a little smaller, of those in `mask`; and the dots that
  /// matter to the part.
  @inline(__always)
  func look(at part: Piece, _ longest: Float, _ mask: UInt64) -> (isHeld: Bool, isSafe: Bool, touching: UInt64) {
    let x0 = along * part.v + ahead * part.w
    let y0 = aside * part.w
    let x1 = x0 + along * part.size
    let x2 = x0 + ahead * part.size
    let y2 = y0 + aside * part.size
    let xm = (x0 + x1 + x2) * (1 / 3)
    let ym = (y0 + y0 + y2) * (1 / 3)
    var touching: UInt64 = 0
    var isHeld = false
    var rest = mask
    while rest != 0 {
      let i = rest.trailingZeroBitCount
      rest &= rest &- 1
      let disc = discs + i
      let mx = xm - disc.pointee.x
      let my = ym - disc.pointee.y
      let reach = disc.pointee.reach + 0.67 * longest
      if mx * mx + my * my + disc.pointee.height >= reach * reach { continue }
      touching |= 1 << UInt64(i)
      if sheet & (1 << UInt64(i)) == 0 { continue }
      let dx0 = x0 - disc.pointee.x
      let dy0 = y0 - disc.pointee.y
      let d0 = dx0 * dx0 + dy0 * dy0
      if d0 >= disc.pointee.held { continue }
      let dx1 = x1 - disc.pointee.x
      let d1 = dx1 * dx1 + dy0 * dy0
      let dx2 = x2 - disc.pointee.x
      let dy2 = y2 - disc.pointee.y
      let d2 = dx2 * dx2 + dy2 * dy2
      let far = max(d0, max(d1, d2))
      if far < disc.pointee.safe { return (true, true, 0) }
      if far < disc.pointee.held { isHeld = true }
    }
    return (isHeld, false, touching)
  }

  /// Place of a point of the triangle.
  @inline(__always)
  func position(_ v: Float, _ w: Float) -> SIMD3<Float> { a + ab * v + ac * w }
}
