// Layers whose density changes from place to place: along a gradient, or as painted.

/// A density that rises or falls steadily, along a direction or with the distance from a line.
public struct GradientLayer: Sendable, Equatable {
  public enum Course: Sendable, Equatable {
    /// From one place to another; measured on the unrolled scalp, constant beyond both.
    case along(from: ScalpPlace, to: ScalpPlace)
    /// From a line to `reach` mm away from it on either side.
    case line(path: [ScalpPlace], reach: Double)
  }
  public var course = Course.along(from: ScalpPlace(up: 0, side: 0), to: ScalpPlace(up: 0, side: 0))
  /// Impressions per cm² where the gradient starts and ends (hair counted in, when `blend` is `fill`).
  public var from: Double = 0
  public var to: Double = 0
  /// Where it is, and the 10 to 90 % width of that area's border, mm.
  public var area = ZoneLayer.Area.scalp
  public var feather: Double = 15
  public var blend = Blend.fill
  /// What differs from the design's pigment in this layer.
  public var pigment = LayerPigment()
  /// Why it may lay pigment beyond the scalp, where no hair grows; `nil`: it may not (L20).
  public var beyondScalp: BeyondScalpReason?

  public init() {}
}

/// A density painted as a grey picture on the unrolled scalp; see `MaskChart`.
public struct MaskLayer: Sendable, Equatable {
  /// Path as written, relative to the document's folder.
  public var file = ""
  /// The picture, once it was read; a mask without one cannot be laid on a head.
  public var image: MaskImage?
  /// Impressions per cm² where the picture is white (hair counted in, when `blend` is `fill`); black is none. `nil` puts in
  /// as many as stand for the hair that is missing.
  public var density: Double?
  public var fillTo: Double?
  public var factor: Double?
  public var blend = Blend.fill
  /// What differs from the design's pigment in this layer.
  public var pigment = LayerPigment()
  /// Why it may lay pigment beyond the scalp, where no hair grows; `nil`: it may not (L20).
  public var beyondScalp: BeyondScalpReason?

  public init() {}
}

/// A grey picture: shares from 0 (black) to 1 (white), row by row from the top left. Code values count as shares
/// directly: the middle grey of a paint program, 50 %, is half.
public struct MaskImage: Sendable, Equatable {
  public var width: Int
  public var height: Int
  public var shares: [Float]

  /// - Precondition: `shares` holds `width * height` numbers.
  public init(width: Int, height: Int, shares: [Float]) {
    precondition(width >= 1 && height >= 1 && shares.count == width * height, "shares do not fit the size")
    self.width = width
    self.height = height
    self.shares = shares
  }
}

/// The unrolled scalp on which masks are painted: tape coordinates, the ones that designs are written in.
///
/// Seen from above with the face at the bottom: columns run over `side` from the subject's right (left edge,
/// -`halfWidth`) to the subject's left, rows over `up` from `length` at the top edge to 0, the glabella, at the bottom.
/// One millimetre is the same number of pixels everywhere along both axes. Lengths along rows of the tape and along
/// the midline are true; areas shrink towards the ears, where the tape's rows run together.
public enum MaskChart {
  /// mm from the midline to either edge.
  public static let halfWidth: Double = 200
  /// mm from the bottom edge to the top edge.
  public static let length: Double = 430

  /// Column and row of a place, 0 to 1 from the left and from the top.
  static func position(up: Float, side: Float) -> SIMD2<Float> {
    SIMD2((side + Float(halfWidth)) / Float(2 * halfWidth), (Float(length) - up) / Float(length))
  }
}

extension MaskImage {
  /// The share at column and row 0 to 1, bilinear between the middles of pixels; 0 outside.
  func share(at position: SIMD2<Float>) -> Float {
    // What is no number is outside.
    guard position.x >= 0, position.x <= 1, position.y >= 0, position.y <= 1 else { return 0 }
    let x = min(max(position.x * Float(width) - 0.5, 0), Float(width - 1))
    let y = min(max(position.y * Float(height) - 0.5, 0), Float(height - 1))
    let column = min(Int(x), max(width - 2, 0))
    let row = min(Int(y), max(height - 2, 0))
    let right = min(column + 1, width - 1)
    let below = min(row + 1, height - 1)
    let u = x - Float(column)
    let v = y - Float(row)
    let upper = shares[row * width + column] * (1 - u) + shares[row * width + right] * u
    let lower = shares[below * width + column] * (1 - u) + shares[below * width + right] * u
    return upper * (1 - v) + lower * v
  }
}
