// Which of the mean head's skin a scan shows, once the mean head lies on it.
//
// A place of the mean head is shown if the nearest place of the scan lies within its skin; where that lies on its rim, the scan has
// ended before (G. Turk, M. Levoy. Zippered polygon meshes from range images. 1994).

import Arithmetic
import Meshes

/// What a scan has at a vertex of the mean head.
struct ShownSkin: Sendable {
  enum Kind: Sendable {
    /// The scan's skin lies here.
    case shown
    /// The scan ends before it reaches this place.
    case beyondRim
    /// Nothing near, or only skin that looks elsewhere.
    case nothing
  }
  var kind: Kind
  /// The scan's nearest place.
  var place: SIMD3<Float>
  var distance: Float
}

/// A scan with its open edges, to be asked for what it shows.
struct ScanSurface: Sendable {
  let mesh: TriangleMesh
  let tree: BoundingVolumeHierarchy
  /// Per triangle, the sides that are border edges: bit k for the side from corner k.
  private let openSides: [UInt8]
  /// Per vertex, whether it lies on a border.
  private let isOnBorder: [Bool]

  init(_ mesh: TriangleMesh) {
    self.mesh = mesh
    tree = BoundingVolumeHierarchy(mesh)
    var sides = [UInt8](repeating: 0, count: mesh.triangles.count)
    var border = [Bool](repeating: false, count: mesh.positions.count)
    for (i, n) in mesh.triangleNeighbours().enumerated() {
      for k in 0..<3 where n[k] < 0 {
        sides[i] |= 1 << UInt8(k)
        border[Int(mesh.triangles[i][k])] = true
        border[Int(mesh.triangles[i][(k + 1) % 3])] = true
      }
    }
    (openSides, isOnBorder) = (sides, border)
  }

  /// Farther apart, two surfaces are not the same skin, mm.
  static let farthest: Float = 25

  func look(from p: SIMD3<Float>, normal: SIMD3<Float>) -> ShownSkin {
    let point = tree.closestPoint(to: p, effort: FrameGuess.effort)
    let distance = length(point.position - p)
    var kind = ShownSkin.Kind.shown
    if isOnRim(point) {
      kind = .beyondRim
    } else if distance > Self.farthest || dot(point.normal(on: mesh), normal) < 0.2 {
      kind = .nothing
    }
    return ShownSkin(kind: kind, place: point.position, distance: distance)
  }

  private func isOnRim(_ point: SurfacePoint) -> Bool {
    let t = mesh.triangles[Int(point.triangle)]
    let open = openSides[Int(point.triangle)]
    let hair: Float = 1e-4
    let u = 1 - point.v - point.w
    // Along a side, or in a corner that others' open sides meet in
    if open & 1 != 0 && point.w <= hair { return true }
    if open & 2 != 0 && u <= hair { return true }
    if open & 4 != 0 && point.v <= hair { return true }
    return (u >= 1 - hair && isOnBorder[Int(t.x)]) || (point.v >= 1 - hair && isOnBorder[Int(t.y)])
      || (point.w >= 1 - hair && isOnBorder[Int(t.z)])
  }
}
