// A scan's colours looked up all over the head, for what is measured of them rather than drawn.

import Arithmetic
import Meshes
import ScalpGeometry

extension ScanSkin {
  /// The colours of every square millimetre or so of a head, above the neck.
  ///
  /// The same for any number of threads; linear in the head's area, about 20 ms for 200,000 places.
  ///
  /// - Parameters:
  ///   - mesh: the head that these colours belong to.
  ///   - spacing: from place to place, mm; each colour is the mean of a footprint as wide.
  /// - Returns: `nil` where no triangle has a colour.
  public func places(on mesh: TriangleMesh, spacing: Float = ColouredSkin.finest, threads: Int? = nil) -> ColouredSkin?
  {
    let all = skinPlaces(on: mesh, spacing: spacing)
    let tile = 4096
    let parts = tabulate(
      (all.count + tile - 1) / tile, initial: ColouredSkin(points: [], colours: [], spacing: spacing), threads: threads
    ) { part in
      var found = ColouredSkin(points: [], colours: [], spacing: spacing)
      for i in part * tile..<min(all.count, (part + 1) * tile) {
        let point = all[i]
        let t = mesh.triangles[Int(point.triangle)]
        let (across, down) = footprint(
          mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)], width: spacing)
        guard isScanned(Int(point.triangle)),
          let colour = albedo(
            Int(point.triangle), corners: t, v: point.v, w: point.w, across: across, down: down,
            vertexColours: vertexColours)
        else { continue }
        found.points.append(point)
        found.colours.append(colour)
      }
      return found
    }
    let places = ColouredSkin(
      points: parts.flatMap(\.points), colours: parts.flatMap(\.colours), spacing: spacing)
    return places.points.isEmpty ? nil : places
  }
}

/// Changes of the weights of a triangle's second and third corner over `width` mm along its first side, and across it.
private func footprint(
  _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>, width: Float
) -> (across: SIMD2<Float>, down: SIMD2<Float>) {
  let (e, f) = (b - a, c - a)
  let side = length(e)
  let area = length(cross(e, f))
  // A triangle without area has one colour.
  guard side > 1e-6, area > 1e-9 else { return (.zero, .zero) }
  let along = dot(f, e) / side
  let height = area / side
  return (SIMD2(width / side, 0), SIMD2(-along / (side * height) * width, width / height))
}
