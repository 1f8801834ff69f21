// Which way hair grows, and the strands that follow from it.
//
// Scalp hair turns about a whorl at the crown and runs from there forward over the top and down the sides and back; it
// leaves the skin at 15 to 45 degrees (surgical practice). Only the direction is modelled: no cowlicks, no partings.

import HeadGeometry

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
    let swirl = fastExp(-distance / 28)
    return normalized(radial * (1 - 0.75 * swirl) + around * (0.25 + 1.1 * swirl) * fastExp(-distance / 60))
  }
}

/// Grows the hair of `follicles` along `flow`: stubble as one straight piece, longer hair bending towards the skin.
public func growHair(_ follicles: Follicles, flow: HairFlow, seed: UInt64) -> Strands {
  let random = CounterRandom(seed: seed, stream: 0x4841_4952)
  var strands = Strands()
  for i in 0..<follicles.count {
    let normal = follicles.normals[i]
    let jitter = random.uniformPair(UInt64(i))
    var along = flow.tangent(at: follicles.positions[i], normal: normal)
    along = normalized(along + cross(normal, along) * ((jitter.x - 0.5) * 0.7))
    // 30 degrees out of the skin, give or take 10.
    let rise = 0.5 + (jitter.y - 0.5) * 0.34
    let pieces = follicles.length[i] <= 1.5 ? 1 : 3
    let step = follicles.length[i] / Float(pieces)
    var root = follicles.positions[i]
    for piece in 0..<pieces {
      let lift = rise * (1 - 0.35 * Float(piece))
      let direction = normalized(along * (1 - lift * lift).squareRoot() + normal * lift)
      let tip = root + direction * step
      strands.append(
        root: root, tip: tip, normal: normal, diameter: follicles.diameter[i] * (1 - 0.15 * Float(piece)),
        colour: follicles.colour[i], vertex: follicles.vertex[i])
      root = tip
    }
  }
  return strands
}
