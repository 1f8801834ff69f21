// Lamps around the camera: a dome that is brighter above, and up to three lamps.
//
// A matt surface cannot tell a lamp's outline, only how wide it is: to it each lamp is a lobe of radiance
// exp(sharpness (cos - 1)) around its direction (von Mises-Fisher), whose light on an unshadowed surface is known without
// sampling; see VertexLight.swift for what the head itself takes away. A shining surface mirrors the outline: to it a
// lamp is a rectangle, or a window with a cross of bars, of the same variance and the same light in all.

import Arithmetic

/// A set of lamps. Directions are in the camera's frame: the client turns, the lamps stay.
public struct StudioLight: Sendable, Equatable {
  /// A lamp: an evenly lit rectangle; to matt surfaces radiance that falls off as exp(sharpness (cos - 1)).
  public struct Softbox: Sendable, Equatable {
    /// Unit vector towards the lamp: right, up, towards the camera.
    public var direction: SIMD3<Float>
    /// 1 for a wide bank, 10 for a small box, 100 for a bare bulb.
    public var sharpness: Float
    /// Linear Rec.709 radiance at the lobe's centre.
    public var radiance: SIMD3<Float>
    /// Width over height of the rectangle.
    public var aspect: Float = 1
    /// Share of width and height that a cross of bars in its middle takes, 0 for none.
    public var bars: Float = 0

    public init(direction: SIMD3<Float>, sharpness: Float, radiance: SIMD3<Float>) {
      self.direction = normalized(direction)
      self.sharpness = sharpness
      self.radiance = radiance
    }

    /// A lamp that lights a surface facing it by `irradiance` (over pi), however wide it is.
    init(
      towards direction: SIMD3<Float>, sharpness: Float, irradiance: SIMD3<Float>, aspect: Float = 1, bars: Float = 0
    ) {
      self.init(direction: direction, sharpness: sharpness, radiance: .zero)
      self.aspect = aspect
      self.bars = bars
      let table = LampTable(sharpness: sharpness)
      radiance = irradiance * (Float.pi / (flux * table.meanCosine(1)))
    }

    /// The integral of exp(sharpness (cos - 1)) over all directions.
    var flux: Float { 2 * Float.pi / sharpness * (1 - exponential(-2 * sharpness)) }

    /// Half its width and height as tangents, seen from the head: a rectangle's variance is a third of their squares, a
    /// lobe's is 1 / sharpness. Wider than half the room no lamp is.
    var extent: SIMD2<Float> {
      let half = min((3 / sharpness).squareRoot(), 1)
      let root = aspect.squareRoot()
      return SIMD2(half * root, half / root)
    }

    /// Directions to its right and upwards for one who faces it, in the camera's frame.
    var across: SIMD3<Float> {
      let flat = cross(SIMD3<Float>(0, 1, 0), direction)
      return length(flat) > 1e-3 ? normalized(flat) : SIMD3(1, 0, 0)
    }
    var upwards: SIMD3<Float> { cross(direction, across) }
  }
  /// Up to three.
  public var softboxes: [Softbox]
  /// Radiance of the room from above and from below.
  public var above: SIMD3<Float>
  public var below: SIMD3<Float>
  /// Scene light to display light, the same for every picture under these lamps.
  public var exposure: Float

  public init(softboxes: [Softbox], above: SIMD3<Float>, below: SIMD3<Float>, exposure: Float = 1.22) {
    self.softboxes = softboxes
    self.above = above
    self.below = below
    self.exposure = exposure
  }

  /// Radiance of the dome in a direction whose upward part is `up`, -1 to 1.
  @inline(__always)
  func dome(_ up: Float) -> SIMD3<Float> { below + (above - below) * (0.5 + 0.5 * up) }

  /// Under `LightSetup.clinic`.
  public static let clinic = LightSetup.clinic.light
}

/// Light set-ups by name.
public enum LightSetup: String, Sendable, CaseIterable {
  /// Soft and even from both sides and above: a treatment room, and the default.
  case clinic
  /// One soft key from above left, a weak fill, a rim from behind: a portrait.
  case studio
  /// The sun through thin cloud, under an open sky.
  case daylight
  /// A bare lamp from the side, raking over the skin, and little else: what shows every flaw.
  case harsh
  /// A lamp overhead and not much from anywhere else.
  case bathroom

  public var light: StudioLight {
    typealias Lamp = StudioLight.Softbox
    switch self {
    case .clinic:
      return StudioLight(
        softboxes: [
          // A tall softbox, a window, and a long panel in the ceiling
          Lamp(towards: SIMD3(-0.62, 0.52, 0.58), sharpness: 150, irradiance: SIMD3(0.76, 0.74, 0.71), aspect: 0.55),
          Lamp(
            towards: SIMD3(0.76, 0.34, 0.56), sharpness: 95, irradiance: SIMD3(0.34, 0.345, 0.355), aspect: 0.7,
            bars: 0.12),
          Lamp(towards: SIMD3(0.20, 0.90, -0.38), sharpness: 120, irradiance: SIMD3(0.44, 0.445, 0.45), aspect: 2.6),
        ],
        above: SIMD3(0.36, 0.365, 0.375), below: SIMD3(0.17, 0.16, 0.15), exposure: 1.3)
    case .studio:
      return StudioLight(
        softboxes: [
          Lamp(towards: SIMD3(-0.55, 0.60, 0.58), sharpness: 45, irradiance: SIMD3(1.06, 1.01, 0.95), aspect: 0.75),
          Lamp(towards: SIMD3(0.90, 0.20, 0.35), sharpness: 7, irradiance: SIMD3(0.28, 0.295, 0.32)),
          Lamp(towards: SIMD3(0.45, 0.60, -0.66), sharpness: 30, irradiance: SIMD3(0.46, 0.47, 0.49), aspect: 0.35),
        ],
        above: SIMD3(0.34, 0.35, 0.37), below: SIMD3(0.17, 0.155, 0.14))
    case .daylight:
      return StudioLight(
        softboxes: [
          Lamp(towards: SIMD3(0.50, 0.66, 0.56), sharpness: 45, irradiance: SIMD3(0.92, 0.86, 0.76)),
          Lamp(towards: SIMD3(-0.40, 0.75, -0.52), sharpness: 2.5, irradiance: SIMD3(0.24, 0.28, 0.33)),
        ],
        above: SIMD3(0.44, 0.51, 0.60), below: SIMD3(0.16, 0.15, 0.125), exposure: 1.16)
    case .harsh:
      return StudioLight(
        softboxes: [
          Lamp(towards: SIMD3(-0.90, 0.40, 0.16), sharpness: 160, irradiance: SIMD3(1.62, 1.58, 1.52)),
          Lamp(towards: SIMD3(0.55, 0.75, -0.36), sharpness: 40, irradiance: SIMD3(0.34, 0.34, 0.35)),
        ],
        above: SIMD3(0.13, 0.13, 0.135), below: SIMD3(0.06, 0.058, 0.055), exposure: 1.2)
    case .bathroom:
      return StudioLight(
        softboxes: [
          Lamp(towards: SIMD3(0.06, 0.96, 0.27), sharpness: 60, irradiance: SIMD3(1.22, 1.15, 1.0), aspect: 2),
          Lamp(towards: SIMD3(0, 0.05, 1), sharpness: 3, irradiance: SIMD3(0.16, 0.155, 0.145)),
        ],
        above: SIMD3(0.22, 0.21, 0.19), below: SIMD3(0.13, 0.125, 0.115), exposure: 1.2)
    }
  }
}

/// The mean of the clamped cosine over a lamp's lobe, as a function of the cosine between a surface and its lamp: the
/// share of the lamp's flux that arrives per unit of surface.
struct LampTable {
  private static let cells = 64
  private var values: [Float]

  /// - Parameter sharpness: of the lobe, above 0.
  init(sharpness: Float) {
    let (rings, spokes) = (24, 16)
    // Rings of equal flux: cos of the angle to the lamp where half of each ring's flux lies within.
    let tail = exponential(-2 * sharpness)
    let polar = (0..<rings).map { k -> SIMD2<Float> in
      let u = (Float(k) + 0.5) / Float(rings)
      let cosine = clamp(1 + logarithm(1 - u * (1 - tail)) / sharpness, -1, 1)
      return SIMD2(cosine, (1 - cosine * cosine).squareRoot())
    }
    let around = (0..<spokes).map { turn(180 * (Double($0) + 0.5) / Double(spokes)).cosine }
    values = (0...Self.cells).map { i in
      let c = 2 * Float(i) / Float(Self.cells) - 1
      let s = (1 - c * c).squareRoot()
      var sum: Float = 0
      for p in polar {
        for a in around { sum += max(0, c * p.x + s * p.y * a) }
      }
      return sum / Float(rings * spokes)
    }
  }

  @inline(__always)
  func meanCosine(_ c: Float) -> Float {
    let x = held((c + 1) * (0.5 * Float(Self.cells)), 0, Float(Self.cells) - 1e-3)
    let i = Int(x)
    return values[i] + (values[i + 1] - values[i]) * (x - Float(i))
  }

  /// How it changes with the cosine.
  @inline(__always)
  func slope(_ c: Float) -> Float {
    let i = Int(held((c + 1) * (0.5 * Float(Self.cells)), 0, Float(Self.cells) - 1e-3))
    return (values[i + 1] - values[i]) * (0.5 * Float(Self.cells))
  }
}
