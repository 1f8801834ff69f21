// Which way hair grows, and the strands that follow from it.
//
// Scalp hair turns about a whorl at the crown and runs from there forward over the top and down the sides and back; it
// leaves the skin at 15 to 45 degrees (surgical practice), and stubble, which nothing presses down, stands at 30 to 60:
// flattest at the temples, sides and nape, steepest in the whorl. Only the direction is modelled: no cowlicks, no
// partings.

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
  /// Angle at which hair of `length` mm leaves the skin at `position`, degrees, without the scatter between neighbours.
  public func rise(at position: SIMD3<Float>, normal: SIMD3<Float>, length: Float) -> Float {
    let d = position - whorl
    let crown = exponential(-dot(d, d) / (2 * 28 * 28))
    let side = smoothstep(0.5, 0.95, abs(normal.x))
    let nape = smoothstep(-10, 40, -position.y) * smoothstep(0.2, 0.6, -normal.z)
    let long = 28 + 12 * crown - 9 * side
    let short = 41 + 9 * crown - 6 * max(side, nape)
    return mix(short, long, lying(length))
  }
}

/// How far hair lies as it was combed, from 0 for stubble to 1.
private func lying(_ length: Float) -> Float { smoothstep(1.5, 4, length) }

/// A hair nearer than this to the one before it comes out of the same follicular unit, mm.
private let unitReach: Float = 0.3

/// For each follicle the first of its unit.
private func leaders(_ follicles: Follicles) -> [Int] {
  var leaders = [Int](repeating: 0, count: follicles.count)
  for i in leaders.indices.dropFirst() {
    let isNear = length(follicles.positions[i] - follicles.positions[i - 1]) < unitReach
    leaders[i] = isNear ? leaders[i - 1] : i
  }
  return leaders
}

/// Unit directions in which the hairs of `follicles` leave the skin: along `flow`, short hair at 30 to 60 degrees, hair
/// of 4 mm and more at 15 to 45.
///
/// Neighbours lean alike, single hairs out of line: directions wander by about 10 degrees over a centimetre and by as
/// much from unit to unit; hairs of one unit, which follow each other in `follicles`, spread by a few degrees.
public func hairDirections(_ follicles: Follicles, flow: HairFlow, seed: UInt64) -> [SIMD3<Float>] {
  let random = CounterRandom(seed: seed, stream: RandomStream.hairGrowth)
  let pattern = UInt32(truncatingIfNeeded: RandomStream.seed(seed, RandomStream.hairLean))
  let leaders = leaders(follicles)
  return follicles.positions.indices.map { i in
    let normal = follicles.normals[i]
    let position = follicles.positions[i]
    let (first, more) = hairLuck(random, leaders[i])
    // Two draws together are near normal: a few hairs lie far off.
    var aside = 0.42 * (first.x + more.x - 1)
    var wander = 20 * (first.y + more.y - 1)
    if leaders[i] != i {
      let (own, further) = hairLuck(random, i)
      aside += 0.1 * (own.x + further.x - 1)
      wander += 6 * (own.y + further.y - 1)
    }
    var along = flow.tangent(at: position, normal: normal)
    let lean = valueNoise3(follicles.positions[leaders[i]] * 0.13, seed: pattern)
    along = normalized(along + cross(normal, along) * (0.4 * lean.x + aside))
    let lies = lying(follicles.length[i])
    let angle = clamp(
      flow.rise(at: position, normal: normal, length: follicles.length[i]) + 7 * lean.y + wander, mix(30, 15, lies),
      mix(60, 45, lies))
    let rise = turn(Double(angle))
    return along * rise.cosine + normal * rise.sine
  }
}

/// Four numbers of a hair, evenly spread.
@inline(__always)
private func hairLuck(_ random: CounterRandom, _ i: Int) -> (SIMD2<Float>, SIMD2<Float>) {
  (random.uniformPair(UInt64(2 * i)), random.uniformPair(UInt64(2 * i + 1)))
}

/// Grows the hair of `follicles` along `flow`: stubble as one straight piece, longer hair (to 6 mm) in pieces of at most
/// 1.2 mm that bend towards the skin. Hair longer than a millimetre or two keeps light from its own roots.
public func growHair(_ follicles: Follicles, flow: HairFlow, seed: UInt64) -> Strands {
  growHair(follicles, leaving: hairDirections(follicles, flow: flow, seed: seed), seed: seed)
}

/// The same for hair whose directions are known.
public func growHair(_ follicles: Follicles, leaving directions: [SIMD3<Float>], seed: UInt64) -> Strands {
  let random = CounterRandom(seed: seed, stream: RandomStream.hairGrowth)
  var strands = Strands()
  for i in 0..<follicles.count {
    let normal = follicles.normals[i]
    let rise = dot(directions[i], normal)
    let along = normalized(directions[i] - normal * rise)
    let across = cross(normal, along)
    let length = follicles.length[i]
    let pieces = length <= 1.5 ? 1 : min(6, Int(held(length / 1.2, 0, 6)) + 2)
    let step = length / Float(pieces)
    // What others leave of the light at the root
    let open = 1 - 0.6 * smoothstep(0.8, 5, length)
    // Long hair also bends to one side.
    let (luck, more) = hairLuck(random, i)
    let sweep = pieces > 1 ? 0.5 * (luck.x - more.x) : 0
    let bend = 0.75 * lying(length)
    var root = follicles.positions[i]
    for piece in 0..<pieces {
      let t = Float(piece) / Float(pieces)
      let lift = rise * (1 - bend * t)
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
