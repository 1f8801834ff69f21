import Arithmetic
import Mannequin
import Meshes
import ScalpGeometry
import TestSupport

@testable import TreatmentDesign

let meanMan: Scalp? = try? MeanHeads.man.get()

/// A design of these layers on the mean man, bald unless told otherwise.
func compiled(_ layers: [Layer], loss: ExistingHair.Loss = .total, seed: UInt64 = 1) throws -> CompiledDesign {
  guard let meanMan else { throw ScalpError.noMidline }
  var design = Design()
  design.seed = seed
  design.hair.loss = loss
  design.layers = layers
  return try compile(design, on: meanMan)
}

/// Impressions per cm² at every third vertex.
func impressions(_ design: CompiledDesign) -> [Float] { someVertices.map { design.impressions(at: $0.point) } }

/// Every third vertex of the mean man, as points.
let someVertices: [(vertex: Int, point: SurfacePoint)] = {
  guard let meanMan else { return [] }
  let points = vertexPoints(meanMan.head.mesh)
  return stride(from: 0, to: points.count, by: 3).compactMap { i in points[i].map { (i, $0) } }
}()

/// A walk on the skin from `start` along `heading`: points and way made, every `step` mm.
func walk(
  from start: SIMD3<Float>, heading: SIMD3<Float>, _ ways: ClosedRange<Float>, step: Float = 0.25, on scalp: Scalp
)
  -> [(way: Float, point: SurfacePoint)]
{
  func side(_ sign: Float, _ reach: Float) -> [(Float, SurfacePoint)] {
    var found = [(Float, SurfacePoint)]()
    var way: Float = 0
    var last = start
    var k: Float = 0
    while way < reach {
      k += step
      let place = scalp.frame.coordinates(of: start + heading * (sign * k))
      guard let point = scalp.frame.place(up: place.up, side: place.side) else { break }
      way += length(point.position - last)
      last = point.position
      found.append((sign * way, point))
    }
    return found
  }
  return side(-1, -ways.lowerBound).reversed() + side(1, ways.upperBound)
}

/// Where `values` over the way first pass `level`, interpolated.
func crossing(_ values: [(way: Float, value: Float)], _ level: Float) -> Float? {
  for (a, b) in zip(values, values.dropFirst()) where a.value < level && b.value >= level {
    return a.way + (b.way - a.way) * (level - a.value) / (b.value - a.value)
  }
  return nil
}
