import Arithmetic
import Meshes
import ScalpGeometry

/// What the colours of a scan may show.
package struct Paint: Sendable, CustomStringConvertible {
  package var name: String
  /// Linear Rec.709.
  package var skin = Paint.fair
  package var hair = SIMD3<Float>(0.020, 0.018, 0.017)
  /// Share of the skin that hair hides where it is full.
  package var cover: Float = 0.35
  /// How far the client's border lies inside the mean one, mm, by the share of the border's length.
  package var shift: @Sendable (Float) -> Float = { _ in 0 }
  /// Light that is baked into the colours.
  package var light = Light.even
  /// A bald top within the hair.
  package var hasBaldTop = false
  /// Strength of the light that the skin throws back towards a lamp.
  package var shine: Float = 0

  package enum Light: Sendable, CaseIterable {
    case even, front, side, above

    /// What falls on skin with this normal, 1 at most.
    func callAsFunction(_ n: SIMD3<Float>) -> Float {
      switch self {
      case .even: 1
      case .front: 0.45 + 0.55 * max(0, dot(n, normalized(SIMD3(0.2, 0.4, 1))))
      case .side: 0.35 + 0.65 * max(0, dot(n, normalized(SIMD3(-0.8, 0.6, 0.5))))
      case .above: 0.4 + 0.6 * (0.5 + 0.5 * n.y)
      }
    }
  }

  package init(_ name: String) { self.name = name }

  package var description: String { "\(name), light \(light)" }

  /// Skin of types II, IV and VI as cameras expose it.
  package static let fair = SIMD3<Float>(0.50, 0.30, 0.22)
  package static let brown = SIMD3<Float>(0.26, 0.14, 0.085)
  package static let dark = SIMD3<Float>(0.075, 0.042, 0.028)

  /// Three bays and three tongues on the way around, 2 to 14 mm outside the mean border.
  package static let waves: @Sendable (Float) -> Float = { -8 + 6 * Float(sine(Double($0) * 6 * Double.pi)) }
  /// A low forehead, and a high border behind.
  package static let lowFront: @Sendable (Float) -> Float = { $0 > 0.35 && $0 < 0.65 ? -12 : 5 }

  private static func look(_ name: String, _ change: (inout Paint) -> Void) -> Paint {
    var paint = Paint(name)
    paint.shift = waves
    change(&paint)
    return paint
  }

  /// Clients with hair: each skin, hair of any colour, shaved to cropped.
  package static let haired: [Paint] = [
    look("II, black stubble") { _ in },
    look("II, razor") { $0.cover = 0.2 },
    look("II, blonde") { ($0.hair, $0.cover) = (SIMD3(0.30, 0.21, 0.12), 0.6) },
    look("IV, black stubble, low front") { ($0.skin, $0.shift) = (brown, lowFront) },
    look("IV, cropped") { ($0.skin, $0.cover) = (brown, 0.85) },
    look("VI, black stubble") { ($0.skin, $0.cover) = (dark, 0.5) },
    look("VI, razor") { ($0.skin, $0.cover) = (dark, 0.3) },
    look("VI, grey") { ($0.skin, $0.hair, $0.cover) = (dark, SIMD3(repeating: 0.3), 0.4) },
    look("II, bald top") { $0.hasBaldTop = true },
  ]

  /// Clients without.
  package static let bald: [Paint] = [
    look("II, bald") { $0.cover = 0 },
    look("VI, bald") { ($0.skin, $0.cover) = (dark, 0) },
    look("IV, bald and shiny") { ($0.skin, $0.cover, $0.shine) = (brown, 0, 0.25) },
  ]
}

/// The mean man as a scan in painted colours: where hair is and where it begins is known of every place.
package struct PaintedHead: Sendable {
  package let paint: Paint
  package let scalp: Scalp
  private let found: CurveDistance

  /// The mean man without the mannequin's own places, as a scan is.
  package static let mean = Result { () throws -> Scalp in
    var head = try MeanHeads.man.get().head
    head.templatePositions = []
    return try Scalp(head)
  }
  private static let fromBorder = Result { () throws -> CurveDistance in
    let scalp = try mean.get()
    return scalp.distance(to: scalp.region.border)
  }

  package init(_ paint: Paint) throws {
    self.paint = paint
    scalp = try Self.mean.get()
    found = try Self.fromBorder.get()
  }

  /// How far a place lies inside the client's border, mm.
  package func depth(at point: SurfacePoint) -> Float {
    let mesh = scalp.head.mesh
    let t = mesh.triangles[Int(point.triangle)]
    let u = 1 - point.v - point.w
    let corner = u > max(point.v, point.w) ? t.x : point.v > point.w ? t.y : t.z
    let along = found.alongs[Int(corner)] / scalp.region.border.length
    return point.mix(scalp.region.distances, mesh.triangles) - paint.shift(along)
  }

  /// Share of the hair that stands at a place.
  package func share(at point: SurfacePoint) -> Float {
    let share = smoothstep(-3.5, 4.9, depth(at: point))
    guard paint.hasBaldTop, point.position.y > 60 else { return share }
    let away = length(SIMD3(point.position.x, 0, 0.7 * (point.position.z + 10)))
    return share * smoothstep(37, 45, away)
  }

  /// Linear Rec.709 as a camera with 8 bits keeps it.
  package func colour(at point: SurfacePoint) -> SIMD3<Float> {
    let p = point.position
    let normal = point.normal(on: scalp.head.mesh)
    let cover = clamp(share(at: point) * paint.cover * (1 + 0.9 * speckle(p, 0.9, 5)), 0, 0.97)
    // Skin is mottled in large and in small.
    var colour = paint.skin * (1 + 0.05 * speckle(p, 3, 7) + 0.05 * speckle(p, 9, 8) + 0.03 * speckle(p, 0.9, 9))
    let side = SIMD3(abs(p.x), p.y, p.z)
    if side.z > 60 {
      // Brows, eyes and lips, roughly
      if side.x > 10 && side.x < 50 && abs(side.y - 30) < 4 { colour = colour * 0.4 + paint.hair * 0.6 }
      if length(SIMD3(side.x - 31, side.y - 2, 0)) < 13 { colour *= 0.7 }
      if side.x < 25 && abs(side.y + 54) < 8 { colour *= SIMD3(0.7, 0.45, 0.5) }
    }
    colour = colour * (1 - cover) + paint.hair * cover
    if paint.shine > 0 { colour += paint.shine * power(max(0, dot(normal, normalized(SIMD3(0.3, 0.8, 0.6)))), 20) }
    colour *= paint.light(normal)
    for k in 0..<3 {
      colour[k] = Float(decodedSRGB((encodedSRGB(Double(min(colour[k], 1))) * 255).rounded() / 255))
    }
    return colour
  }

  /// The colours as a fine texture would give them.
  package func colours(threads: Int? = nil) -> ColouredSkin {
    let points = skinPlaces(on: scalp.head.mesh, spacing: ColouredSkin.finest)
    return ColouredSkin(
      points: points, colours: tabulate(points.count, initial: .zero, threads: threads) { colour(at: points[$0]) },
      spacing: ColouredSkin.finest)
  }
}

/// Value noise from -1 to 1 with cells of `size` mm.
private func speckle(_ p: SIMD3<Float>, _ size: Float, _ seed: UInt64) -> Float {
  let q = p / size
  let cell = SIMD3(q.x.rounded(.down), q.y.rounded(.down), q.z.rounded(.down))
  let r = q - cell
  var sum: Float = 0
  for k in 0..<8 {
    let corner = SIMD3<Float>(Float(k & 1), Float(k >> 1 & 1), Float(k >> 2))
    var bits = seed
    for axis in 0..<3 { bits = mix64(bits &+ UInt64(bitPattern: Int64(cell[axis] + corner[axis]))) }
    var weight: Float = 1
    for axis in 0..<3 { weight *= corner[axis] > 0 ? r[axis] : 1 - r[axis] }
    sum += weight * Float(bits >> 40) * 0x1p-24
  }
  return 2 * sum - 1
}
