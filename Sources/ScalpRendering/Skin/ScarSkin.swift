// Scars as the light finds them: where a pixel lies in one, what colour it has there, and how the surface stands.
//
// Outlines are read per pixel from distances at the mesh's vertices, so that a scar narrower than the triangles keeps its
// edges and notches. A young scar is pink with new vessels, an old one white: it has less melanin and blood than skin,
// no hair, no pores, and a tight shining surface. Patches, as burns leave them, are mottled: vessels came back here and
// there, melanin in islands.

import Arithmetic
import Meshes
import ScalpGeometry

/// A scar on the head.
public struct ScarSkin: Sendable, Equatable {
  public enum Outline: Sendable, Equatable {
    /// A strip along a line.
    case band(NotchedBand, LineField)
    /// Per vertex: distance inside the border, mm.
    case patch([Float])
  }
  public enum Relief: Sendable { case flat, raised, sunken }

  public var outline: Outline
  public var relief: Relief
  /// 1 for a fresh scar to 0 for a mature one.
  public var redness: Float

  public init(_ outline: Outline, relief: Relief = .flat, redness: Float = 0) {
    self.outline = outline
    self.relief = relief
    self.redness = redness
  }

  /// What is left of a scar's redness after so many months; unknown ages are of mature scars. New vessels go over one to
  /// two years (grade D).
  public static func redness(months: Double?) -> Float {
    months.map { exponential(-Float(max($0, 0)) / 9) } ?? 0
  }
}

/// A pixel's share in a scar.
struct ScarTouch {
  static let none = ScarTouch()

  /// 0 in skin to 1 in the scar.
  var weight: Float = 0
  var redness: Float = 0
  /// How far the surface has come away from the skin's, -1 sunken to 1 raised.
  var height: Float = 0
  /// What the slope of its border adds to the normal before it is made unit.
  var tilt = SIMD3<Float>.zero
  /// Mottled as burns are, 0 to 1.
  var mottled: Float = 0
}

extension ScarSkin {
  /// Takes the place of `touch` where this scar weighs more.
  ///
  /// - Parameters:
  ///   - t: corners of the triangle; weights: of the corners.
  ///   - pixel: width of a pixel, mm.
  @inline(__always)
  func read(
    into touch: inout ScarTouch, _ mesh: TriangleMesh, _ t: SIMD3<UInt32>, _ weights: SIMD3<Float>, pixel: Float
  ) {
    let inside: Float
    let corners: SIMD3<Float>
    var mottled: Float = 0
    switch outline {
    case .band(let band, let line):
      let place = line.read(t, weights)
      if place.aside >= line.far { return }
      inside = band.inside(aside: place.aside, along: place.along)
      corners = line.asides(t) * (place.aside > 0 ? -1 : 1)
    case .patch(let distances):
      corners = SIMD3(distances[Int(t.x)], distances[Int(t.y)], distances[Int(t.z)])
      inside = dot(corners, weights)
      mottled = 1
    }
    // As soft as half a millimetre of skin, or as a pixel; a burn fades out over two
    let soft = max(0.22 + 0.8 * mottled, 0.6 * min(pixel, 3))
    let weight = smoothstep(-soft, soft, inside)
    if weight <= touch.weight { return }
    touch = ScarTouch(weight: weight, redness: redness, mottled: mottled)
    let (height, slope): (Float, Float) =
      switch relief {
      case .flat: (0, 0.05)
      case .raised: (1, 0.42)
      case .sunken: (-1, -0.34)
      }
    touch.height = height
    // The surface comes up, or goes down, over the first millimetre and a half inside the border.
    let rim = smoothstep(-0.6, 0.2, inside) * (1 - smoothstep(0.4, 1.8, inside))
    if rim > 0 { touch.tilt = gradient(of: corners, mesh, t) * (-slope * rim) }
  }
}

/// Unit direction over the triangle in which a quantity given at its corners grows; zero where it does not.
@inline(__always)
private func gradient(of values: SIMD3<Float>, _ mesh: TriangleMesh, _ t: SIMD3<UInt32>) -> SIMD3<Float> {
  let a = mesh.positions[Int(t.x)]
  let ab = mesh.positions[Int(t.y)] - a
  let ac = mesh.positions[Int(t.z)] - a
  let normal = cross(ab, ac)
  let way = cross(normal, ab) * (values.z - values.x) - cross(normal, ac) * (values.y - values.x)
  let size = length(way)
  return size > 1e-9 ? way / size : .zero
}

extension SkinShader {
  /// Changes of melanin and blood of scar tissue against the skin's: 0.3 and 0.54 of them where it is mature, and more of
  /// the melanin on dark skin, so that it gains no more than two fifths in green light.
  @inline(__always)
  func scarColour(at place: SIMD3<Float>, _ scar: ScarTouch) -> (melanin: Float, blood: Float) {
    var melanin = -min(0.7, 0.30 / max(abs(melaninTint.y), 0.1)) + 0.35 * scar.redness
    var blood: Float = -0.46 + 0.95 * scar.redness
    // Vessels and melanin come back unevenly.
    let uneven = scarNoise(place * 0.3, 20)
    blood += (0.22 + 0.13 * scar.mottled) * uneven
    if scar.mottled > 0 {
      let islands = scarNoise(place * 0.17, 21)
      melanin += scar.mottled * (0.55 * islands + 0.2 * uneven + 0.15)
      blood += scar.mottled * (0.35 * islands + 0.22 * scarNoise(place * 0.75, 22) + 0.12)
    }
    // Raised scars keep their vessels.
    if scar.height > 0 { blood += 0.35 * scar.height }
    return (melanin, blood)
  }

  @inline(__always)
  private func scarNoise(_ p: SIMD3<Float>, _ pattern: UInt32) -> Float {
    valueNoise(p, seed: noiseSeed &+ pattern, memo: memo)
  }
}
