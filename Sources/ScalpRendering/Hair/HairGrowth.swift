// Which way hair grows, and the strands that follow from it.
//
// Scalp hair turns about a whorl at the crown and runs from there forward over the top and down the sides and back; it
// leaves the skin at 15 to 45 degrees (surgical practice): flattest at the temples and sides, steepest in the whorl. Only
// the direction is modelled: no cowlicks, no partings.

import Arithmetic
import ScalpGeometry

/// Follicles with the hair that stands in them. Structure of arrays.
public struct Follicles: Sendable, Equatable {
  public var positions: [SIMD3<Float>] = []
  public var normals: [SIMD3<Float>] = []
  /// A mesh vertex near each, whose light the hair takes.
  public var vertex: [UInt32] = []
  /// Shaft diameter, mm.
  public var diameter: [Float] = []
  /// Length above the skin, mm.
  public var length: [Float] = []
  /// Linear Rec.709 albedo of the shaft.
  public var colour: [SIMD3<Float>] = []

  public init() {}

  public var count: Int { positions.count }

  /// Adds one follicle.
  public mutating func append(
    position: SIMD3<Float>, normal: SIMD3<Float>, vertex: UInt32, diameter: Float, length: Float, colour: SIMD3<Float>
  ) {
    positions.append(position)
    normals.append(normal)
    self.vertex.append(vertex)
    self.diameter.append(diameter)
    self.length.append(length)
    self.colour.append(colour)
  }
}

/// Direction of growth on a head.
public struct HairFlow: Sendable, Equatable {
  /// Centre of the whorl, mm.
  public var whorl: SIMD3<Float>
  /// Sense of the whorl: 1 clockwise seen from above (most people), -1 the other way.
  public var sense: Float

  /// The flow of an average head: whorl on the crown, a little right of the midline, clockwise.
  public init(landmarks: HeadLandmarks) {
    whorl = SIMD3(-9, landmarks.vertex.y * 0.885, landmarks.inion.z * 0.75)
    sense = 1
  }

  /// Unit tangent along which hair lies at `position`.
  public func tangent(at position: SIMD3<Float>, normal: SIMD3<Float>) -> SIMD3<Float> {
    let away = position - whorl
    let distance = length(away)
    var radial = normalized(away - normal * dot(away, normal))
    if radial == .zero { radial = normalized(cross(normal, SIMD3(1, 0, 0))) }
    let around = cross(normal, radial) * -sense
    // Near the whorl hair runs around it, farther out away from it.
    let swirl = exponential(-distance / 28)
    return normalized(radial * (1 - 0.75 * swirl) + around * (0.25 + 1.1 * swirl) * exponential(-distance / 60))
  }
}

extension HairFlow {
  /// Angle at which hair leaves the skin at `position`, degrees, 15 to 45 with the scatter between neighbours.
  public func rise(at position: SIMD3<Float>, normal: SIMD3<Float>) -> Float {
    let d = position - whorl
    let crown = exponential(-dot(d, d) / (2 * 28 * 28))
    let side = smoothstep(0.5, 0.95, abs(normal.x))
    return 28 + 12 * crown - 9 * side
  }
}

/// Grows the hair of `follicles` along `flow`: stubble as one straight piece, longer hair (to 6 mm) in pieces of at most
/// 1.2 mm that bend towards the skin.
///
/// Neighbours lean alike, single hairs out of line: directions wander by about 10 degrees over a centimetre and by as
/// much from hair to hair. Hair longer than a millimetre or two keeps light from its own roots.
public func growHair(_ follicles: Follicles, flow: HairFlow, seed: UInt64) -> Strands {
  let random = CounterRandom(seed: seed, stream: RandomStream.hairGrowth)
  let pattern = UInt32(truncatingIfNeeded: RandomStream.seed(seed, RandomStream.hairLean))
  var strands = Strands()
  for i in 0..<follicles.count {
    let normal = follicles.normals[i]
    let position = follicles.positions[i]
    let jitter = random.uniformPair(UInt64(2 * i))
    let more = random.uniformPair(UInt64(2 * i + 1))
    var along = flow.tangent(at: position, normal: normal)
    let across = cross(normal, along)
    let lean = valueNoise3(position * 0.13, seed: pattern)
    // Two draws together are near normal: a few hairs lie far off.
    along = normalized(along + across * (0.4 * lean.x + 0.42 * (jitter.x + more.x - 1)))
    let wander = 7 * lean.y + 20 * (jitter.y + more.y - 1)
    let angle = clamp(flow.rise(at: position, normal: normal) + wander, 15, 45)
    let rise = turn(Double(angle)).sine
    let length = follicles.length[i]
    let pieces = length <= 1.5 ? 1 : min(6, Int(held(length / 1.2, 0, 6)) + 2)
    let step = length / Float(pieces)
    // What others leave of the light at the root
    let open = 1 - 0.6 * smoothstep(0.8, 5, length)
    // Long hair also bends to one side.
    let sweep = pieces > 1 ? 0.5 * (jitter.x - more.x) : 0
    var root = position
    for piece in 0..<pieces {
      let t = Float(piece) / Float(pieces)
      let lift = rise * (1 - 0.75 * t)
      let heading = normalized(along + across * (sweep * t))
      let direction = normalized(heading * (1 - lift * lift).squareRoot() + normal * lift)
      let tip = root + direction * step
      strands.append(
        root: root, tip: tip, normal: normal, diameter: follicles.diameter[i] * (1 - 0.15 * t),
        colour: follicles.colour[i], vertex: follicles.vertex[i],
        open: open + (1 - open) * (t + 0.5 / Float(pieces)))
      root = tip
    }
  }
  return strands
}
