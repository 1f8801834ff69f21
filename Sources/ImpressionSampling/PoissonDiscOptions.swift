import Meshes

/// How evenly impressions are spread.
public enum Evenness: String, Sendable, CaseIterable {
  /// The spread of real follicles and of a careful hand: a minimum distance well under the packing limit, filled
  /// to the density. Nearest-neighbour distances vary by 20 to 30 %.
  case natural
  /// Maximal: no place is left where an impression would fit whose minimum distance is larger by a fiftieth,
  /// but for single places at sharp rims of a coarse mesh (measured: 3 %). The distance is about 0.8 of the hexagonal spacing. Nearest-neighbour distances vary by 3 to 4 %, which to the eye is the work
  /// of a machine.
  case even
  /// Blue noise: maximal like `even`, with a greater minimum distance (0.87 to 0.88) and dots relaxed towards equal
  /// spacing, which takes longer. With an exact count a few places may remain in folds narrower than the spacing.
  case relaxed
}

/// Something already in the skin that new impressions keep away from: a follicle, or an earlier impression.
///
/// It repels as an impression of the same minimum distance would, but never from farther than that distance: beside a
/// follicle there is room for an impression of a sparse pattern. It is never moved.
public struct Obstacle: Sendable, Equatable {
  /// Where it is.
  public var point: SurfacePoint
  /// Its minimum distance, mm: an impression of minimum distance r keeps (min(r, radius) + radius) / 2 from it.
  public var radius: Float

  public init(point: SurfacePoint, radius: Float) {
    self.point = point
    self.radius = radius
  }
}

/// What the sampler may be told besides mesh, density and seed.
public struct PoissonDiscOptions: Sendable {
  /// How evenly impressions are spread.
  public var evenness = Evenness.natural
  /// Exact number of impressions. The density is then relative: it is scaled to this number.
  /// `nil`: the integral of the density over the mesh, rounded.
  public var count: Int?
  /// Worker threads; `nil` means one per processor core. The result does not depend on it.
  public var threads: Int?
  /// More impressions than this are refused before memory is taken.
  public var maximumCount = 5_000_000
  /// Follicles and earlier impressions that repel new ones.
  public var obstacles: [Obstacle] = []
  /// Wanted minimum distance as a share of the hexagonal spacing of the local density, above 0, up to 0.9.
  /// `nil`: the evenness's own. Lowered where it cannot be held, and raised by `even` where it would leave room for more
  /// impressions than asked for; `DotPattern.radii` says what was held.
  public var minimumDistanceShare: Float?

  public init(
    evenness: Evenness = .natural, count: Int? = nil, threads: Int? = nil, maximumCount: Int = 5_000_000,
    obstacles: [Obstacle] = [], minimumDistanceShare: Float? = nil
  ) {
    self.evenness = evenness
    self.count = count
    self.threads = threads
    self.maximumCount = maximumCount
    self.obstacles = obstacles
    self.minimumDistanceShare = minimumDistanceShare
  }
}

/// Why a pattern could not be made.
public enum SamplingError: Error, Equatable, CustomStringConvertible {
  /// A triangle names a vertex that the mesh does not have.
  case missingVertex(triangle: Int, vertex: Int, vertexCount: Int)
  /// A vertex has a coordinate that is not a finite number.
  case vertexNotFinite(vertex: Int, position: SIMD3<Float>)
  /// The density field gave NaN, an infinity or a negative number.
  case badDensity(value: Float, triangle: Int, position: SIMD3<Float>)
  /// More impressions were asked for than `maximumCount` allows.
  case tooMany(asked: Double, maximum: Int)
  /// An option is outside its range.
  case badOption(name: String, value: String, allowed: String)
  /// An exact count was asked for and does not fit between the obstacles or onto the surface.
  case noRoom(asked: Int, placed: Int)

  public var description: String {
    switch self {
    case .missingVertex(let triangle, let vertex, let count):
      "triangle \(triangle) names vertex \(vertex), but the mesh has \(count) vertices (numbered from 0)"
    case .vertexNotFinite(let vertex, let p):
      "vertex \(vertex) lies at (\(p.x), \(p.y), \(p.z)); coordinates must be finite millimetres"
    case .badDensity(let value, let triangle, let p):
      "the density is \(value) per cm² in triangle \(triangle) at (\(p.x), \(p.y), \(p.z)) mm; "
        + "it must be finite and not negative"
    case .tooMany(let asked, let maximum):
      "\(roundedText(asked)) impressions are asked for and at most \(maximum) are allowed; "
        + "lower the density or the treated area, or raise maximumCount"
    case .badOption(let name, let value, let allowed):
      "\(name) is \(value); allowed is \(allowed)"
    case .noRoom(let asked, let placed):
      "\(asked) impressions are asked for and only \(placed) find room; "
        + "ask for fewer, widen the treated area or remove obstacles"
    }
  }
}

/// A count as text without exponent, whatever its size.
private func roundedText(_ value: Double) -> String {
  Int(exactly: value.rounded()).map(String.init) ?? "\(value)"
}
