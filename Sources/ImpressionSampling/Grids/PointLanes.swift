// Four points side by side, so that a triangle's measures are taken of four triangles at once. Every lane computes
// what `dot` and `cross` compute, in the same order: the results are the same, bit for bit.

import Arithmetic
import CLanes

struct PointLanes {
  var x: SIMD4<Float>
  var y: SIMD4<Float>
  var z: SIMD4<Float>

  @inline(__always)
  init(_ x: SIMD4<Float>, _ y: SIMD4<Float>, _ z: SIMD4<Float>) {
    self.x = x
    self.y = y
    self.z = z
  }

  @inline(__always)
  init(_ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, _ d: SIMD3<Float>) {
    x = SIMD4(a.x, b.x, c.x, d.x)
    y = SIMD4(a.y, b.y, c.y, d.y)
    z = SIMD4(a.z, b.z, c.z, d.z)
  }

  @inline(__always)
  init(repeating value: Float) {
    x = SIMD4(repeating: value)
    y = x
    z = x
  }

  @inline(__always)
  static func + (a: PointLanes, b: PointLanes) -> PointLanes { PointLanes(a.x + b.x, a.y + b.y, a.z + b.z) }

  @inline(__always)
  static func - (a: PointLanes, b: PointLanes) -> PointLanes { PointLanes(a.x - b.x, a.y - b.y, a.z - b.z) }
}

extension PointLanes {
  /// The corners of a piece of the triangle a b c; the fourth repeats the third.
  @inline(__always)
  init(_ piece: Piece, of a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>) {
    if piece.size == 1 {
      self.init(a, b, c, c)
    } else {
      let (ab, ac) = (b - a, c - a)
      let first = a + ab * piece.v + ac * piece.w
      let last = first + ac * piece.size
      self.init(first, first + ab * piece.size, last, last)
    }
  }

  /// Whether all are nearer to a place than a distance.
  @inline(__always)
  func lieWithin(_ distance: Float, of p: SIMD3<Float>) -> Bool {
    let dx = x - p.x
    let dy = y - p.y
    let dz = z - p.z
    return lane_below4(dx * dx + dy * dy + dz * dz, SIMD4(repeating: distance * distance)) == 15
  }

  /// Square of the longest edge of the triangle of the first three.
  @inline(__always)
  var longestSquaredEdge: Float {
    let dx = SIMD4(x.y, x.z, x.x, x.x) - x
    let dy = SIMD4(y.y, y.z, y.x, y.x) - y
    let dz = SIMD4(z.y, z.z, z.x, z.x) - z
    let squared = dx * dx + dy * dy + dz * dz
    return max(squared.x, max(squared.y, squared.z))
  }

  /// Whether none points away from a direction.
  @inline(__always)
  func face(_ n: SIMD3<Float>) -> Bool { lane_below4(x * n.x + y * n.y + z * n.z, .zero) == 0 }
}

/// A vertex of a triangle whose number must be known to be good. One alone: taken out of a whole vector it would cost a
/// shuffle.
@inline(__always)
func vertex(_ corner: Int, of triangle: Int, _ triangles: Span<SIMD3<UInt32>>) -> UInt32 {
  triangles.bytes.unsafeLoad(fromUncheckedByteOffset: triangle &* 16 &+ corner &* 4, as: UInt32.self)
}

/// a · b
@inline(__always)
func dot(_ a: PointLanes, _ b: PointLanes) -> SIMD4<Float> { a.x * b.x + a.y * b.y + a.z * b.z }

/// a × b
@inline(__always)
func cross(_ a: PointLanes, _ b: PointLanes) -> PointLanes {
  PointLanes(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

/// Whether all lanes are above zero and below infinity. No lane may be negative.
@inline(__always)
func arePositiveAndFinite(_ values: SIMD4<Float>) -> Bool {
  // As whole numbers, 1 to just below the bits of infinity; one less turns zero into -1
  let bits = unsafeBitCast(values, to: SIMD4<Int32>.self) &- 1
  let outside = bits | (bits &+ (Int32.max &- Int32(bitPattern: Float.infinity.bitPattern) &+ 2))
  return outside.x | outside.y | outside.z | outside.w >= 0
}

/// Points as one array per coordinate: four of them are three loads.
struct PointColumns: Sendable {
  var x: [Float]
  var y: [Float]
  var z: [Float]
}

extension Array where Element: BitwiseCopyable {
  /// `count` elements whose values are still to be written: nothing may be read before.
  init(unwritten count: Int) {
    self.init(unsafeUninitializedCapacity: count) { _, initialized in initialized = count }
  }
}

extension Span where Element: BitwiseCopyable {
  /// Several consecutive elements, all within the span.
  @inline(__always)
  func lanes<Lanes: SIMD & BitwiseCopyable>(at i: Int) -> Lanes where Lanes.Scalar == Element {
    bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i &* MemoryLayout<Element>.stride, as: Lanes.self)
  }
}

extension MutableSpan where Element: BitwiseCopyable {
  /// Writes several consecutive elements, all within the span.
  @inline(__always)
  mutating func store<Lanes: SIMD & BitwiseCopyable>(_ lanes: Lanes, at i: Int) where Lanes.Scalar == Element {
    withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: lanes, toByteOffset: i &* MemoryLayout<Element>.stride, as: Lanes.self)
    }
  }
}
