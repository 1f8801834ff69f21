import Arithmetic
import ImpressionSampling
import Meshes
import ScalpRendering
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// A head with all of its hair, or what a loss pattern leaves.
private func opened(
  perUnit: Double = 2.2, loss: ExistingHair.Loss = .none, threads: Int? = nil
) throws -> OpenedDesign {
  var design = Design()
  var zone = ZoneLayer()
  zone.density = 20
  zone.blend = .maximum
  design.layers = [.zone(zone)]
  design.hair.perUnit = perUnit
  design.hair.loss = loss
  return try OpenedDesign(design, on: coarseHead.get(), threads: threads)
}

/// Hairs by unit: a hair of another unit than the one before it stands farther away from it.
private func units(_ hair: DotPattern) -> [Range<Int>] {
  var starts = hair.points.indices.filter {
    $0 == 0 || length(hair.points[$0].position - hair.points[$0 - 1].position) > 0.25
  }
  starts.append(hair.count)
  return zip(starts, starts.dropFirst()).map { $0..<$1 }
}

/// Share of hairs with another within `reach` mm.
private func neighboured(_ hair: DotPattern, within reach: Float) -> Double {
  struct Cell: Hashable {
    var x, y, z: Int
  }
  func cell(_ p: SIMD3<Float>) -> Cell {
    let q = p / reach
    return Cell(x: Int(q.x.rounded(.down)), y: Int(q.y.rounded(.down)), z: Int(q.z.rounded(.down)))
  }
  var cells: [Cell: [Int]] = [:]
  for (i, point) in hair.points.enumerated() { cells[cell(point.position), default: []].append(i) }
  let near = hair.points.indices.count { i in
    let c = cell(hair.points[i].position)
    for x in -1...1 {
      for y in -1...1 {
        for z in -1...1 {
          for j in cells[Cell(x: c.x + x, y: c.y + y, z: c.z + z)] ?? []
          where j != i && length(hair.points[i].position - hair.points[j].position) < reach { return true }
        }
      }
    }
    return false
  }
  return Double(near) / Double(max(hair.count, 1))
}

/// The integral of a density over the head.
private func integral(_ density: (SurfacePoint) -> Float, _ mesh: TriangleMesh) -> Double {
  var sum = 0.0
  for (i, t) in mesh.triangles.enumerated() {
    let a = mesh.positions[Int(t.x)]
    let area = Double(length(cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a))) / 200
    for (v, w) in SurfacePoint.quarters { sum += Double(density(mesh.point(i, v: v, w: w))) * area / 4 }
  }
  return sum
}

@Suite struct FollicularUnits {
  /// One to four hairs, and the mean that was asked for, exactly.
  @Test(arguments: [1, 1.4, 1.93, 2.2, 2.7, 3] as [Float])
  func sizesHaveTheirMean(mean: Float) {
    let steps = 100_000
    var sum = 0
    for i in 0..<steps {
      let size = UnitSizes.size(mean: mean, luck: (Float(i) + 0.5) / Float(steps))
      #expect((1...4).contains(size))
      sum += size
    }
    #expect(abs(Float(sum) / Float(steps) - mean) < 1e-3)
  }

  /// As many hairs as the field says, whatever stands together.
  @Test(
    arguments: [(2.2, .none), (1, .none), (3, .none), (2.2, .norwoodVI), (1.9, .ludwigII)]
      as [(
        Double, ExistingHair.Loss
      )])
  func countsFollowTheDensity(perUnit: Double, loss: ExistingHair.Loss) throws {
    let opened = try opened(perUnit: perUnit, loss: loss)
    let plan = try opened.placement()
    let wanted = integral({ plan.fields.hair(at: $0).now }, plan.head.mesh)
    #expect(abs(Double(plan.hair.count) / wanted - 1) < 0.01, "\(plan.hair.count) for \(wanted)")
  }

  @Test(arguments: [1.9, 2.2, 2.7])
  func hairsStandTogether(perUnit: Double) throws {
    let plan = try opened(perUnit: perUnit).placement()
    let families = units(plan.hair)
    let mean = Double(plan.hair.count) / Double(families.count)
    #expect(abs(mean / perUnit - 1) < 0.05, "\(mean) hairs per unit")
    for family in families {
      #expect(family.count <= 8, "two units by chance at most")
      for i in family.dropFirst() {
        let step = length(plan.hair.points[i].position - plan.hair.points[i - 1].position)
        #expect(step > 0.0999 || family.count > 4)
      }
    }
    #expect(neighboured(plan.hair, within: 0.3) > 0.6)
    // Places and normals are the mesh's.
    for i in stride(from: 0, to: plan.hair.count, by: 97) {
      let point = plan.hair.points[i]
      let again = plan.head.mesh.point(Int(point.triangle), v: point.v, w: point.w)
      #expect(length(again.position - point.position) < 1e-3)
      #expect(dot(point.normal(on: plan.head.mesh), plan.hair.normals[i]) > 0.999)
    }
  }

  @Test func oneHairPerUnitStandsAlone() throws {
    let plan = try opened(perUnit: 1).placement()
    #expect(neighboured(plan.hair, within: 0.25) < 0.01)
  }

  /// The front millimetres of a hairline have single hairs; the back has more in a unit than the forelock.
  @Test func theFrontIsSingle() throws {
    let plan = try opened().placement()
    let region = plan.fields.scalp.region
    let triangles = plan.head.mesh.triangles
    var front = (units: 0, hairs: 0)
    var back = front
    for family in units(plan.hair) {
      let point = plan.hair.points[family.lowerBound]
      let inside = point.mix(region.distances, triangles)
      if point.mix(region.closure, triangles) < 0.05, inside < 1.5 {
        front = (front.units + 1, front.hairs + family.count)
      } else if point.position.z < -50, inside > 15 {
        back = (back.units + 1, back.hairs + family.count)
      }
    }
    #expect(front.units > 100)
    #expect(Double(front.hairs) / Double(front.units) < 1.05)
    #expect(Double(back.hairs) / Double(back.units) > 2.2)
  }

  @Test func threadsDoNotMoveAHair() throws {
    let one = try opened(loss: .norwoodIII, threads: 1).placement().hair
    #expect(try opened(loss: .norwoodIII, threads: 2).placement().hair == one)
    #expect(try opened(loss: .norwoodIII, threads: 7).placement().hair == one)
  }
}

@Suite struct ShaftsBelowTheSkin {
  /// Each shaft lies a little aside of its pore, away from where the tip points, and takes what the optics say.
  @Test func shaftsLieBesideTheirPores() throws {
    let opened = try coarse("norwood-3")
    let plan = try opened.placement()
    let portrait = try Portrait(opened)
    let shafts = portrait.hair.shafts
    #expect(shafts.count == plan.hair.count && portrait.hair.mouths.count == plan.hair.count)
    #expect(shafts.strength.allSatisfy { $0 == 1 })
    for i in 0..<shafts.count {
      let aside = shafts.positions[i] - plan.hair.points[i].position
      #expect(length(aside) > 0.05 && length(aside) <= 0.35)
      #expect(abs(dot(aside, shafts.normals[i])) < 1e-3)
      #expect(dot(aside, shafts.slant[i]) < 0)
      #expect(portrait.hair.mouths.positions[i] == plan.hair.points[i].position)
    }
  }
}
