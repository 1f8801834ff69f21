// The brain case: a super-ellipsoid whose radius in the midsagittal plane follows a drawn profile, so that the
// slope of the forehead, the vertex and the back of the head are set directly, and whose exponent varies around
// the profile, so that the sides can be fuller or leaner in places.

import Arithmetic

/// The numbers of the brain case, mm.
struct CraniumShape: Sendable, Equatable {
  var centreY = 48.0
  var centreZ = -14.0
  var halfBreadth = 77.0
  /// Turns the radial measure into something near a distance.
  var scale = 0.98
  /// Midsagittal profile (y, z), from the forehead over the vertex and around.
  var profile: [[Double]]
  /// (degrees around the centre from straight ahead, exponent).
  var exponents: [[Double]]
  /// (degrees, share): how much of a head's extra fullness is added to the exponent there.
  var fullnessShare = [[0.0, 1.0], [120.0, 1.0], [240.0, 1.0]]
  /// How much rounder than its sides the skull is along the midline: exponents of 2 + (n - 2) (1 - r) across it and of
  /// 2 + (n - 2) (1 + r) along the sides. Walls of a skull are flat above the ears, its back and its top are not.
  var midlineRoundness = 0.0
  /// Forward shift of the forehead, mm; women's foreheads are more upright.
  var forehead = 0.0

  static let plain = CraniumShape(
    profile: [
      [34, 96], [48, 96.2], [62, 94], [76, 88.5], [90, 79.5], [104, 66], [116, 48], [125.5, 23], [130.3, -4],
      [130.8, -28], [125, -53], [112.5, -75], [94, -91], [71, -98], [47, -100.4], [25, -98.8], [5, -93.5],
      [-13, -84.5], [-31, -70], [-46, -48], [-52, -18], [-46, 14], [-28, 46], [-4, 70], [16, 86],
    ],
    exponents: [
      [-90, 2.2], [0, 2.12], [30, 2.12], [60, 2.22], [90, 2.34], [120, 2.34], [150, 2.28], [180, 2.26], [225, 2.18],
    ])
}

/// The field of the brain case.
struct Cranium: Sendable {
  private let centreY: Float
  private let centreZ: Float
  private let halfBreadth: Float
  private let scale: Float
  private let roundness: Float
  /// Radius and exponent against the angle around the centre, in turns.
  private let radius: CubicTable
  private let exponent: CubicTable
  private let share: CubicTable
  /// Added to the exponents by their share: fuller sides without more length or breadth.
  var fullness: Float = 0

  init(_ shape: CraniumShape) {
    centreY = Float(shape.centreY)
    centreZ = Float(shape.centreZ)
    halfBreadth = Float(shape.halfBreadth)
    scale = Float(shape.scale)
    roundness = Float(shape.midlineRoundness)
    let polar = shape.profile.map { point in
      var z = point[1]
      if z > 20 && point[0] > 30 {
        let q = (point[0] - 84) / 26
        z += shape.forehead * exponential(-q * q)
      }
      let dy = point[0] - shape.centreY
      let dz = z - shape.centreZ
      return (arcTangent(dy, dz) * 180 / .pi, (dy * dy + dz * dz).squareRoot())
    }
    radius = Self.periodicTable(polar)
    exponent = Self.periodicTable(shape.exponents.map { ($0[0], $0[1]) })
    share = Self.periodicTable(shape.fullnessShare.map { ($0[0], $0[1]) })
  }

  /// One turn of the periodic cubic spline through (degrees, value), in steps of one degree.
  private static func periodicTable(_ points: [(Double, Double)]) -> CubicTable {
    let sorted = points.map { ($0.0 < 0 ? $0.0 + 360 : $0.0, $0.1) }.sorted { $0.0 < $1.0 }
    let t = sorted.map(\.0)
    let v = sorted.map(\.1)
    let m = periodicSplineCurvatures(t, v, period: 360)
    func value(_ degrees: Double) -> Double {
      let s = degrees < t[0] ? degrees + 360 : degrees
      var i = t.count - 1
      while i > 0 && s < t[i] { i -= 1 }
      let next = (i + 1) % t.count
      let h = (next == 0 ? t[0] + 360 : t[next]) - t[i]
      return cubicPiece(s - t[i], h, v[i], v[next], m[i], m[next])
    }
    let degrees = (0...360).map { Double($0 % 360) }
    return CubicTable(
      first: 0, step: 1.0 / 360, values: degrees.map(value),
      derivatives: degrees.map { (value(($0 + 1e-3).truncatingRemainder(dividingBy: 360)) - value($0)) / (1e-3 / 360) })
  }

  @inline(__always)
  func value(_ x: Float, _ y: Float, _ z: Float) -> Float {
    let dy = y - centreY
    let dz = z - centreZ
    let sagittal = (dy * dy + dz * dz).squareRoot()
    let rho = (x * x + sagittal * sagittal).squareRoot()
    let angle = turns(dy, dz)
    let n = exponent.value(angle) + fullness * share.value(angle)
    let split = (n - 2) * roundness
    let along = power(sagittal / radius.value(angle), n + split)
    let across = power(abs(x) / halfBreadth, n - split)
    let g = power(along + across, 1 / n)
    // Unequal exponents make the measure steeper along the one than along the other; even that out.
    let steepness = 1 + (split / n) * (along - across) / (along + across + 1e-20)
    return g > 1e-6 ? scale * (g - 1) * rho / (g * steepness) : -halfBreadth
  }
}
