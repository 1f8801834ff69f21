import Mannequin
import Meshes
import ScalpGeometry

struct UnknownMesh: Error, CustomStringConvertible {
  var name: String
  var description: String { "no mesh is called \(name); there are head, scalp and sheets" }
}

/// The meshes of the comparison, all from the mannequin of the mean man.
///
/// - `head`: closed, of about `triangles` triangles.
/// - `scalp`: the triangles of such a head whose corners all lie where hair grows; open along the hair border.
/// - `sheets`: that scalp and a copy of it inside, facing inwards, 1 mm deep at the front and 4 mm at the back.
func makeTestMesh(_ name: String, triangles: Int) throws -> TriangleMesh {
  let head = try makeMannequin(MannequinParameters(sex: .male), triangles: triangles)
  if name == "head" { return head.mesh }
  let scalp = try Scalp(head)
  let open = head.mesh.keeping { scalp.region.distances[$0] > 0 }
  switch name {
  case "scalp": return open
  case "sheets": return open.withInnerSheet()
  default: throw UnknownMesh(name: name)
  }
}

extension TriangleMesh {
  /// The triangles whose three vertices are all wanted, and the vertices they use.
  func keeping(_ wanted: (Int) -> Bool) -> TriangleMesh {
    var number = [UInt32?](repeating: nil, count: positions.count)
    var kept: [SIMD3<Float>] = []
    var faces: [SIMD3<UInt32>] = []
    for t in triangles where wanted(Int(t.x)) && wanted(Int(t.y)) && wanted(Int(t.z)) {
      var face = SIMD3<UInt32>()
      for corner in 0..<3 {
        let old = Int(t[corner])
        if number[old] == nil {
          number[old] = UInt32(kept.count)
          kept.append(positions[old])
        }
        face[corner] = number[old] ?? 0
      }
      faces.append(face)
    }
    return TriangleMesh(positions: kept, triangles: faces)
  }

  /// The mesh and a copy of it moved inwards along the normals, by 1 mm where z is greatest and 4 mm where it is
  /// least, with its triangles turned round.
  func withInnerSheet() -> TriangleMesh {
    let front = positions.map(\.z).max() ?? 0
    let back = positions.map(\.z).min() ?? 0
    let inner = zip(positions, normals).map { p, n in p - n * (1 + 3 * (front - p.z) / max(front - back, 1e-6)) }
    let first = UInt32(positions.count)
    let turned = triangles.map { SIMD3($0.x + first, $0.z + first, $0.y + first) }
    return TriangleMesh(positions: positions + inner, triangles: triangles + turned)
  }
}
