// A piece of the surface in its own plane, with the dots whose discs touch it: where `FragmentDarts` looks for room.
//
// Questions about parts of the piece are asked in the plane, where a dot's disc is a circle: a part lies in it if its
// three corners do. The four quarters of a part are asked about at once, one to a lane.

import Arithmetic
import CLanes
import Meshes

/// A piece with the dots whose discs touch it, at most 32; these are noted first, and laid into its plane if none of
/// them holds all of it.
struct FragmentSite: ~Copyable {
  private var piece = Piece(triangle: 0, v: 0, w: 0, size: 1)
  private var a = SIMD3<Float>.zero
  private var ab = SIMD3<Float>.zero
  private var ac = SIMD3<Float>.zero
  /// Normal at the piece's middle, of any length.
  private var normal = SIMD3<Float>.zero
  /// The piece's corners; the fourth repeats the third.
  private var corners = PointLanes(repeating: 0)
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

  /// The dots whose discs touch the piece, with those that were noted but not laid into its plane yet.
  private var labels: UnsafeMutablePointer<Int32>
  private var noted = 0
  /// Their discs, cut by the piece's plane; see `Columns`.
  private let discs: Columns
  /// Number of discs.
  private(set) var count = 0

  /// More dots than a mask has bits; the piece has to be cut first.
  private(set) var isFull = false
  /// Whether the piece lies in the disc of a dot.
  private(set) var isHeld = false

  /// Discs as one column for each number, with room for a last four that is not full.
  private struct Columns {
    /// Place in the plane, mm.
    let x: UnsafeMutablePointer<Float>
    let y: UnsafeMutablePointer<Float>
    /// Square of the dot's height over the plane, mm².
    let height: UnsafeMutablePointer<Float>
    /// Square of the radius in the plane in which another dot has no room, and of one in which it has far from room,
    /// mm²; below 0 for a dot of another sheet.
    let held: UnsafeMutablePointer<Float>
    let safe: UnsafeMutablePointer<Float>
    /// Distance within which the dot matters to a dart, mm.
    let reach: UnsafeMutablePointer<Float>

    static let room = capacity + 4

    init() {
      x = .allocate(capacity: 6 * Columns.room)
      x.initialize(repeating: 0, count: 6 * Columns.room)
      y = x + Columns.room
      height = y + Columns.room
      held = height + Columns.room
      safe = held + Columns.room
      reach = safe + Columns.room
    }

    func deallocate() { x.deallocate() }
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

  init() {
    labels = .allocate(capacity: Columns.room)
    labels.initialize(repeating: 0, count: Columns.room)
    discs = Columns()
  }

  deinit {
    labels.deallocate()
    discs.deallocate()
  }

  /// The dots listed from number `first` on.
  @inline(__always)
  func mask(from first: Int) -> UInt32 {
    first >= count ? 0 : (~0 >> UInt32(FragmentSite.capacity - count)) & (~0 << UInt32(first))
  }

  /// The number of a dot whose disc touches the piece.
  @inline(__always)
  func label(_ i: Int) -> Int { Int(labels[i]) }

  /// Moves to another piece, without dots.
  @inline(__always)
  mutating func visit(_ piece: Piece, on surface: borrowing PreparedSurface, spacing: Float, isFeathered: Bool) {
    self.piece = piece
    self.spacing = spacing
    self.isFeathered = isFeathered
    let triangles = surface.mesh.triangles.span
    let triangle = Int(piece.triangle)
    let i = Int(vertex(0, of: triangle, triangles))
    let j = Int(vertex(1, of: triangle, triangles))
    let k = Int(vertex(2, of: triangle, triangles))
    let positions = surface.mesh.positions.span
    let normals = surface.mesh.normals.span
    a = positions[unchecked: i]
    let (b, c) = (positions[unchecked: j], positions[unchecked: k])
    ab = b - a
    ac = c - a
    let (na, nb, nc) = (normals[unchecked: i], normals[unchecked: j], normals[unchecked: k])
    corners = PointLanes(piece, of: a, b, c)
    if piece.size == 1 {
      centre = (a + b + c) * (1 / 3)
      normal = na + nb + nc
    } else {
      let (v, w) = (piece.v + piece.size / 3, piece.w + piece.size / 3)
      centre = a + ab * v + ac * w
      normal = na * (1 - v - w) + nb * v + nc * w
    }
    if !(dot(normal, normal) > 1e-12) { normal = cross(ab, ac) }
    longest = lane_sqrt1(corners.longestSquaredEdge)
    noted = 0
    count = 0
    isFull = false
    isHeld = false
  }

  /// Whether the piece lies within a distance of a dot on its sheet.
  @inline(__always)
  func lies(within distance: Float, of place: SIMD4<Float>, _ other: SIMD3<Float>) -> Bool {
    corners.lieWithin(distance, of: SIMD3(place.x, place.y, place.z)) && dot(other, normal) >= 0
  }

  /// Notes a dot whose disc is to be laid into the piece's plane; not more than a mask has bits.
  @inline(__always)
  mutating func note(_ label: Int) {
    if noted == FragmentSite.capacity {
      isFull = true
      return
    }
    labels[noted] = Int32(truncatingIfNeeded: label)
    noted += 1
  }

  /// Measures the piece in its plane; comes before its discs are laid there.
  @inline(__always)
  mutating func lay() {
    along = lane_sqrt1(dot(ab, ab))
    inverseAlong = 1 / along
    ahead = dot(ab, ac) * inverseAlong
    let rest = ac - ab * (ahead * inverseAlong)
    aside = lane_sqrt1(dot(rest, rest))
    across = aside > 0 ? rest / aside : .zero
    let x = along * piece.v + ahead * piece.w
    let y = aside * piece.w
    let x2 = x + ahead * piece.size
    let y2 = y + aside * piece.size
    cornersX = SIMD4(x, x + along * piece.size, x2, x2)
    cornersY = SIMD4(y, y, y2, y2)
  }

  /// Lays the discs of the dots that were noted into the plane, four at a time.
  @inline(__always)
  mutating func layNoted(_ places: Span<SIMD4<Float>>, _ normals: Span<SIMD3<Float>>, share: Float, least: Float) {
    let unit = ab * inverseAlong
    while count < noted {
      let i = count
      // The last ones may repeat one
      let (l0, l1) = (Int(labels[i]), Int(labels[min(i &+ 1, noted &- 1)]))
      let (l2, l3) = (Int(labels[min(i &+ 2, noted &- 1)]), Int(labels[min(i &+ 3, noted &- 1)]))
      let (p0, p1, p2, p3) = (places[l0], places[l1], places[l2], places[l3])
      let dx = SIMD4(p0.x, p1.x, p2.x, p3.x) - a.x
      let dy = SIMD4(p0.y, p1.y, p2.y, p3.y) - a.y
      let dz = SIMD4(p0.z, p1.z, p2.z, p3.z) - a.z
      let own = SIMD4(p0.w, p1.w, p2.w, p3.w)
      let x = dx * unit.x + dy * unit.y + dz * unit.z
      let y = dx * across.x + dy * across.y + dz * across.z
      let height = lane_larger4(dx * dx + dy * dy + dz * dz - x * x - y * y, .zero)
      let facing = PointLanes(normals[l0], normals[l1], normals[l2], normals[l3])
      let isTurned = lane_less4(facing.x * normal.x + facing.y * normal.y + facing.z * normal.z, .zero)
      let half = (own + spacing) * 0.5
      let held = lane_select4(isTurned, SIMD4(repeating: -1), half * half * (share * share) - height)
      let safe = lane_select4(isTurned, SIMD4(repeating: -1), half * half * (least * least) - height)
      store(x, discs.x + i)
      store(y, discs.y + i)
      store(height, discs.height + i)
      store(held, discs.held + i)
      store(safe, discs.safe + i)
      store((own + greatestSpacing) * (0.5 * share), discs.reach + i)
      let far = lane_larger4(
        lane_larger4(squared(x, y, cornersX.x, cornersY.x), squared(x, y, cornersX.y, cornersY.y)),
        squared(x, y, cornersX.z, cornersY.z))
      if lane_below4(far, held) != 0 { isHeld = true }
      count = min(i &+ 4, noted)
    }
  }

  @inline(__always)
  private func store(_ four: SIMD4<Float>, _ place: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(place).storeBytes(of: four, as: SIMD4<Float>.self)
  }

  @inline(__always)
  private func squared(_ x: SIMD4<Float>, _ y: SIMD4<Float>, _ ox: Float, _ oy: Float) -> SIMD4<Float> {
    let dx = x - ox
    let dy = y - oy
    return dx * dx + dy * dy
  }

  /// Greatest spacing in the piece over that of its middle, in most cases.
  @inline(__always)
  var greatestSpacing: Float { spacing * (isFeathered ? 1.5 : 1.05) }

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
      let cx = discs.x[i]
      let cy = discs.y[i]
      let reach = discs.reach[i] + margin
      let mx = xm - cx
      let my = ym - cy
      let touch = SIMD4(repeating: reach * reach - discs.height[i])
      let bit = SIMD4<Int32>(repeating: Int32(truncatingIfNeeded: 1 << UInt32(i)))
      touching |= lane_less4(mx * mx + my * my, touch) & bit
      let dx0 = x0 - cx
      let dx1 = x1 - cx
      let dx2 = x2 - cx
      let dy0 = y0 - cy
      let dy2 = y2 - cy
      let near = lane_larger4(dx0 * dx0, dx1 * dx1) + dy0 * dy0
      let far = lane_larger4(near, dx2 * dx2 + dy2 * dy2)
      held |= lane_less4(far, SIMD4(repeating: discs.held[i]))
      safe |= lane_less4(far, SIMD4(repeating: discs.safe[i]))
    }
    return Quarters(held: lane_signs4(held), safe: lane_signs4(safe), touching: SIMD4(truncatingIfNeeded: touching))
  }

  /// Whether a part of the piece lies in the disc of the dot listed last, even when that is a little smaller.
  @inline(__always)
  func isInLast(_ part: Piece) -> Bool {
    let x0 = along * part.v + ahead * part.w - discs.x[count - 1]
    let y0 = aside * part.w - discs.y[count - 1]
    let x1 = x0 + along * part.size
    let x2 = x0 + ahead * part.size
    let y2 = y0 + aside * part.size
    return max(max(x0 * x0, x1 * x1) + y0 * y0, x2 * x2 + y2 * y2) < discs.safe[count - 1]
  }

  /// Place of a point of the triangle.
  @inline(__always)
  func position(_ v: Float, _ w: Float) -> SIMD3<Float> { a + ab * v + ac * w }
}
