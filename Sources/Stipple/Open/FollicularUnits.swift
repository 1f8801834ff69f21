// Hair grows in families: a follicular unit is one to four hairs that leave the skin a quarter of a millimetre apart and
// lean alike. Single hairs in even spread read as a machine's work; a shaved scalp has clumps, gaps and the grain that
// goes with them.
//
// 60 to 100 units per cm²: 100 of 2 hairs in European donor areas, 74 of 1.93 in 146 Chinese (Guo. Plastic and Aesthetic
// Research 4:150. 2017), 60 of 2.7 in African hair (surgeons' figures). Of sizes 1 to 4 surgeons count 20, 45, 30 and 5 %;
// one hair and three even chances of another make 22, 43, 29 and 6 % of the same mean, 2.2. The front of a hairline has
// single hairs, and hair that is being lost thins within its units before units go.
//
// What it promises: hairs per cm² are the field's, in expectation; hairs of one unit follow each other, each 0.1 to
// 0.25 mm from the one before it and no two nearer than 0.1 mm, and stay on their sheet of skin.

import Arithmetic
import ImpressionSampling
import Meshes
import ScalpGeometry
import TreatmentDesign

/// How many hairs the units of a head have.
struct UnitSizes: Sendable {
  private let fields: CompiledDesign
  private let triangles: [SIMD3<UInt32>]
  /// Per vertex: distance inside the border of hair, mm, and 1 where that border is no hairline but nape or ear.
  private let inside: [Float]
  private let closure: [Float]
  /// Hairs per unit behind the front, in the mean.
  private let perUnit: Float

  init(_ fields: CompiledDesign) {
    self.fields = fields
    triangles = fields.scalp.head.mesh.triangles
    inside = fields.scalp.region.distances
    closure = fields.scalp.region.closure
    perUnit = Float(fields.design.hair.perUnit)
  }

  /// Hairs per cm² at a place, and hairs per unit there in the mean.
  func hairs(at point: SurfacePoint) -> (density: Float, perUnit: Float) {
    let there = fields.drawnHair(at: point)
    if there.now <= 0 { return (0, 1) }
    let front = mix(smoothstep(2, 12, point.mix(inside, triangles)), 1, point.mix(closure, triangles))
    let kept = smoothstep(0, 0.8, there.now / there.natural)
    // A little more at the back than on the forelock.
    let place = 0.94 + 0.12 * smoothstep(-30, 40, -point.position.z)
    return (there.now, 1 + (perUnit - 1) * front * kept * place)
  }

  /// Hairs of a unit, 1 to 4, where the mean is `mean`: one, and three more with the same chance each.
  static func size(mean: Float, luck: Float) -> Int {
    let p = clamp((mean - 1) / 3, 0, 1)
    let q = 1 - p
    var sum = q * q * q
    if luck < sum { return 1 }
    sum += 3 * p * q * q
    if luck < sum { return 2 }
    return luck < sum + 3 * p * p * q ? 3 : 4
  }
}

/// Follicular units per cm².
struct UnitDensity: SurfaceDensity {
  let sizes: UnitSizes

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count {
      let there = sizes.hairs(at: points[i])
      densities[i] = there.density / there.perUnit
    }
  }
}

/// Fills units with hairs. Hairs of one unit follow each other; units keep their order, so that a prefix of the hairs is
/// as well spread as one of the units.
///
/// - Parameters:
///   - units: where units stand.
///   - sampler: of the mesh on which they stand.
func hairs(of units: DotPattern, _ sizes: UnitSizes, on sampler: PoissonDiscSampler, seed: UInt64) -> DotPattern {
  let random = CounterRandom(seed: seed, stream: RandomStream.hairUnits)
  var roots: [SurfacePoint] = []
  var steps: [SIMD3<Float>] = []
  roots.reserveCapacity(units.count * 5 / 2)
  steps.reserveCapacity(units.count * 5 / 2)
  for (k, unit) in units.points.enumerated() {
    let key = UInt64(k) &* 8
    let size = UnitSizes.size(mean: sizes.hairs(at: unit).perUnit, luck: random.uniform(key))
    let places = unitPlaces(size) { random.uniformPair(key &+ 1 &+ UInt64($0)) }
    let normal = units.normals[k]
    let across = normalized(cross(normal, abs(normal.x) < 0.7 ? SIMD3(1, 0, 0) : SIMD3(0, 1, 0)))
    let along = cross(normal, across)
    for place in places {
      roots.append(unit)
      steps.append(across * place.x + along * place.y)
    }
  }
  let moved = sampler.moved(roots, by: steps)
  let count = roots.count
  // Hairs of one unit keep no distance that a pattern could promise.
  return DotPattern(
    points: moved.points, normals: moved.normals, radii: [Float](repeating: 0, count: count),
    sessionEnds: [count / 3, count * 2 / 3, count])
}

/// Where the hairs of a unit stand about its middle, mm: a bent row, which may close to a triangle.
private func unitPlaces(_ size: Int, _ luck: (Int) -> SIMD2<Float>) -> [SIMD2<Float>] {
  if size == 1 { return [.zero] }
  var places = [SIMD2<Float>.zero]
  var heading = 0.0
  for k in 1..<size {
    let pair = luck(k)
    // Turns of 75 degrees and less leave the hair after next 0.1 mm away, whatever the steps.
    heading += k == 1 ? 2 * Double.pi * Double(pair.x) : 2.6 * (Double(pair.x) - 0.5)
    let step = 0.11 + 0.13 * pair.y
    places.append(places[k - 1] + SIMD2(Float(cosine(heading)), Float(sine(heading))) * step)
  }
  let middle = places.reduce(.zero, +) / Float(size)
  return places.map { $0 - middle }
}
