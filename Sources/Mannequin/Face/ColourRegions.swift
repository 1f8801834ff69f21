// Where a face has another colour than its base skin: lips, brows, lash lines, flushed places, ears, and the
// shaved beard. Weights over the template frame; what colour they stand for is the renderer's business.

import Arithmetic

/// Weights of the coloured regions at one place of the skin, each 0...1.
@frozen
public struct FacePaint: Sendable, Equatable {
  /// Vermilion of the lips.
  public var lips: Float
  /// Hair of the brows, without texture.
  public var brow: Float
  /// Lash line of the closed lids.
  public var lash: Float
  /// Redness of nose tip, cheeks and chin.
  public var flush: Float
  /// Redness of the ears.
  public var ear: Float
  /// Where a shaved beard shades a man's skin.
  public var beard: Float

  @inlinable
  public init(
    lips: Float = 0, brow: Float = 0, lash: Float = 0, flush: Float = 0, ear: Float = 0, beard: Float = 0
  ) {
    self.lips = lips
    self.brow = brow
    self.lash = lash
    self.flush = flush
    self.ear = ear
    self.beard = beard
  }
}

/// The coloured regions at a template position (`Head.templatePositions`, interpolated to the point).
///
/// Meant to be called per pixel: additions and a few exponentials, the same bits everywhere.
public func facePaint(at templatePosition: SIMD3<Float>) -> FacePaint { FaceMap.shared.paint(templatePosition) }

/// The borders of the regions as tables over |x| or depth.
struct FaceMap: Sendable {
  static let shared = FaceMap()

  private let lipTop: CubicTable
  private let lipBottom: CubicTable
  private let browMiddle: CubicTable
  private let browHalfWidth: CubicTable
  private let lashHeight: CubicTable
  private let beardTop: CubicTable
  private let lashFrom: Float
  private let lashTo: Float
  private let lipCorner: Float

  init() {
    let lips = LipShape.mended
    let lash = EyeShape.mended.lash.points
    func table(_ points: [(Double, Double)]) -> CubicTable {
      let x = points.map(\.0)
      let v = points.map(\.1)
      let m = splineCurvatures(x, v)
      let count = 65
      let step = (x[x.count - 1] - x[0]) / Double(count - 1)
      let values = (0..<count).map { k -> Double in
        let at = x[0] + Double(k) * step
        var i = 0
        while i + 2 < x.count && at > x[i + 1] { i += 1 }
        return cubicPiece(at - x[i], x[i + 1] - x[i], v[i], v[i + 1], m[i], m[i + 1])
      }
      return CubicTable(first: x[0], step: step, values: values)
    }
    // The vermilion ends a little inside the rolled edge of the lip.
    lipCorner = Float(lips.line[lips.line.count - 1][0]) + 0.6
    let corner = (Double(lipCorner), lips.line[lips.line.count - 1][1])
    lipTop = table(lips.upper.dropLast().map { ($0[0], $0[1] + 0.84 * $0[3]) } + [corner])
    lipBottom = table(lips.lower.dropLast().map { ($0[0], $0[1] - 0.9 * $0[3]) } + [corner])
    browMiddle = table([(8, 28.2), (16, 30.4), (26, 32.8), (36, 34.2), (44, 32.2), (53, 27)])
    browHalfWidth = table([(8, 3.2), (14, 3.9), (26, 3.7), (40, 2.7), (54, 0.8)])
    lashHeight = table(lash.map { ($0[0], $0[1]) })
    lashFrom = Float(lash[0][0])
    lashTo = Float(lash[lash.count - 1][0])
    beardTop = table([(0, 0), (14, -8), (30, -26), (48, -42), (66, -50), (84, -47), (96, -37), (112, -33)])
  }

  func paint(_ p: SIMD3<Float>) -> FacePaint {
    var paint = FacePaint()
    let x = abs(p.x)
    let y = p.y
    let z = p.z
    // The ear
    if x > 74 && y > -36 && y < 40 && z > -44 && z < 12 { paint.ear = clamp((x - 75) / 5, 0, 1) }
    if z < -8 || y > 60 || y < -135 { return paint }

    // Beard: below a line from the ear over the cheek to the upper lip
    if y < 8 {
      let depth = clamp(z, 0, 112)
      let top = beardTop.value(depth)
      let sides = clamp((z + 8) / 16, 0, 1)
      let below = smoothstep(-4, 9, top - y)
      let neck = smoothstep(-128, -104, y)
      paint.beard = below * neck * sides
    }
    if z < 48 { return paint }

    // Flushed nose tip, cheeks and chin
    let cheek = gauss(x - 42, y + 18, z - 80, 16)
    let tip = gauss(x, y + 20, z - 118, 10)
    let chin = gauss(x, y + 88, z - 103, 10)
    paint.flush = min(cheek + tip + 0.6 * chin, 1)

    if y > 20 && y < 40 && x > 6 && x < 56 {
      let spread = abs(y - browMiddle.value(clamp(x, 8, 53))) / max(browHalfWidth.value(clamp(x, 8, 54)), 0.5)
      paint.brow = clamp(1.25 - spread, 0, 1) * clamp((x - 7) / 4, 0, 1) * clamp((55 - x) / 5, 0, 1)
    }
    if x > lashFrom - 0.5 && x < lashTo + 2 && y > 0 && y < 14 && z > 68 {
      let d = (y - lashHeight.value(clamp(x, lashFrom, lashTo)) + 0.2) / 0.7
      let ends = clamp((x - lashFrom + 0.5) / 2, 0, 1) * clamp((lashTo + 2 - x) / 3, 0, 1)
      paint.lash = exponential(-d * d) * ends
    }
    if x < lipCorner && y > -68 && y < -42 && z > 78 {
      let inside = sigmoid((lipTop.value(x) - y) / 0.4) * sigmoid((y - lipBottom.value(x)) / 0.5)
      paint.lips = inside * clamp((lipCorner - x) / 1.5, 0, 1)
      paint.beard *= 1 - paint.lips
    }
    return paint
  }

  @inline(__always)
  private func gauss(_ dx: Float, _ dy: Float, _ dz: Float, _ sigma: Float) -> Float {
    let q = (dx * dx + dy * dy + dz * dz) / (sigma * sigma)
    return q < 30 ? exponential(-0.5 * q) : 0
  }

  @inline(__always)
  private func sigmoid(_ t: Float) -> Float { 1 / (1 + exponential(-t)) }
}
