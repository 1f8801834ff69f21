// One path of light through layered skin, from the viewer's side: it enters straight down, is scattered, and leaves.
//
// Scattering is the same in all layers and absorption never steers the walk, so one path serves every skin tone, depth,
// diameter and density: what it would have met is worked out afterwards from its pieces.

import Arithmetic
import RealModule

/// A straight piece of a path.
struct Piece {
  var start: SIMD3<Float>
  var direction: SIMD3<Float>
  var length: Float
}

/// What a path brings out of the skin.
struct Emergence {
  /// Weight from Russian roulette.
  var weight: Float
  /// Length inside the layer that holds melanin, mm.
  var epidermal: Float
  /// Length below it, mm.
  var dermal: Float
}

/// Random numbers of one path: a hash of (seed, stream, path), then of its own counter.
struct PathRandom {
  private let base: UInt64
  private var counter: UInt64 = 0

  init(_ source: CounterRandom, path: Int) { base = source.bits(UInt64(path)) }

  /// Two numbers in [0, 1).
  @inline(__always)
  mutating func pair() -> (Float, Float) {
    let bits = mix64(base &+ counter)
    counter &+= 1
    return (Float(bits >> 40) * 0x1p-24, Float((bits >> 16) & 0xFF_FFFF) * 0x1p-24)
  }
}

/// Walks paths in skin of one spectral band.
struct Walker {
  /// Scattering, per mm.
  let scattering: Float
  /// Absorption that decides when a path is too faint: of the lightest skin that will be scored.
  let lightestEpidermis: Float
  let lightestDermis: Float
  private let g: Float
  private let index: Float
  private let top: Float
  private let bottom: Float
  /// Paths that go deeper than this are dropped, mm.
  private let floor: Float = 12

  init(
    reducedScattering: Double, anisotropy g: Double, index: Double, layer: ClosedRange<Double>, epidermis: Double,
    dermis: Double
  ) {
    scattering = Float(reducedScattering / (1 - g))
    self.g = Float(g)
    self.index = Float(index)
    top = Float(layer.lowerBound)
    bottom = Float(layer.upperBound)
    lightestEpidermis = Float(epidermis)
    lightestDermis = Float(dermis)
  }

  /// Walks one path; `pieces` receives its pieces. `nil`: it was lost.
  func walk(_ random: inout PathRandom, pieces: inout [Piece]) -> Emergence? {
    pieces.removeAll(keepingCapacity: true)
    var p = SIMD3<Float>.zero
    var d = SIMD3<Float>(0, 0, 1)
    var out = Emergence(weight: 1, epidermal: 0, dermal: 0)
    while true {
      let (u, v) = random.pair()
      var s = -Float.log(1 - u) / scattering
      let meetsSurface = d.z < 0 && p.z + s * d.z < 0
      if meetsSurface { s = p.z / -d.z }
      pieces.append(Piece(start: p, direction: d, length: s))
      let z = meetsSurface ? 0 : p.z + s * d.z
      add(from: p.z, to: z, length: s, to: &out)
      p += d * s
      p.z = z
      if meetsSurface {
        if v < reflectance(-d.z) {
          // Free flight has no memory: what is left of it may be drawn anew.
          d.z = -d.z
          continue
        }
        return out
      }
      if z > floor { return nil }
      scatter(&d, v, &random)
      let left = out.weight * Float.exp(-lightestEpidermis * out.epidermal - lightestDermis * out.dermal)
      if left < 0.05 {
        if random.pair().0 >= 0.25 { return nil }
        out.weight *= 4
      }
    }
  }

  /// Adds the parts of a piece inside the layers.
  @inline(__always)
  private func add(from a: Float, to b: Float, length: Float, to out: inout Emergence) {
    let low = min(a, b)
    let high = max(a, b)
    if low >= bottom {
      out.dermal += length
      return
    }
    if high <= top { return }
    let rise = high - low
    if rise < 1e-7 {
      out.epidermal += length
      return
    }
    let scale = length / rise
    out.epidermal += max(0, min(high, bottom) - max(low, top)) * scale
    out.dermal += max(0, high - bottom) * scale
  }

  /// Unpolarised Fresnel reflectance from inside at cosine `c`.
  @inline(__always)
  private func reflectance(_ c: Float) -> Float {
    let sine2 = index * index * (1 - c * c)
    if sine2 >= 1 { return 1 }
    let t = (1 - sine2).squareRoot()
    let s = (index * c - t) / (index * c + t)
    let p = (c - index * t) / (c + index * t)
    return (s * s + p * p) / 2
  }

  /// Turns `d` by a Henyey-Greenstein angle drawn from `v`.
  @inline(__always)
  private func scatter(_ d: inout SIMD3<Float>, _ v: Float, _ random: inout PathRandom) {
    let q = (1 - g * g) / (1 - g + 2 * g * v)
    let cosine = min(max((1 + g * g - q * q) / (2 * g), -1), 1)
    let sine = (1 - cosine * cosine).squareRoot()
    // Cosine and sine of an even azimuth, by rejection in the unit disc.
    var c: Float = 1
    var s: Float = 0
    while true {
      let (a, b) = random.pair()
      let x = 2 * a - 1
      let y = 2 * b - 1
      let r2 = x * x + y * y
      if r2 > 1 || r2 < 1e-8 { continue }
      c = (x * x - y * y) / r2
      s = 2 * x * y / r2
      break
    }
    if abs(d.z) > 0.99999 {
      d = SIMD3(sine * c, sine * s, d.z < 0 ? -cosine : cosine)
    } else {
      let across = (1 - d.z * d.z).squareRoot()
      d = SIMD3(
        sine * (d.x * d.z * c - d.y * s) / across + d.x * cosine,
        sine * (d.y * d.z * c + d.x * s) / across + d.y * cosine, -sine * c * across + d.z * cosine)
    }
    // Keep it a unit vector through hundreds of turns.
    d *= 1.5 - 0.5 * (d * d).sum()
  }
}
