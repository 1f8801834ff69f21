// The mean head as it lies on a scan, and what of the scan lies within it.

import Arithmetic
import Meshes

/// What lies so far under the mean head's skin is none of a head, mm: a lid that closes what was cut off.
private let lidDepth: Float = 25
/// Height under which a mean head is neck alone, mm.
private let neckFrom: Float = -110

/// The mean head laid to a scan.
struct FittedMeanHead {
  let template: Head
  let fit: HeadFit
  /// Vertices and normals of the template, as they lie on the scan.
  var positions: [SIMD3<Float>]
  var normals: [SIMD3<Float>]
  /// Median distance of the scan's skin, mm.
  let gap: Float

  /// - Parameter mesh: in the head frame.
  init(
    _ template: Head, to mesh: TriangleMesh, read landmarks: [(name: ScanLandmarks.Name, place: SIMD3<Float>)],
    threads: Int?
  ) {
    let samples = skinSamples(of: mesh)
    let tree = BoundingVolumeHierarchy(template.mesh)
    var marks: [(from: SIMD3<Float>, to: SIMD3<Float>, error: Float)] = []
    for (name, place) in landmarks {
      // Vertex and inion slide along the skin, the trichion is the client's own.
      let error: Float =
        switch name {
        case .trichion: 40
        case .vertex, .inion: 12
        default: 6
        }
      marks.append((template.landmarks[name], place, error))
    }
    var fit = HeadFit(
      origin: .zero, left: SIMD3(1, 0, 0), up: SIMD3(0, 1, 0), forward: SIMD3(0, 0, 1), scale: 1)
    fit.refine(to: samples, template: template.mesh, tree: tree, marks: marks, threads: threads)
    let laid = fit
    let gaps = tabulate(samples.count, initial: Float.infinity, threads: threads) { i in
      let sample = samples[i]
      if sample.weight < 1 { return .infinity }
      let point = tree.closestPoint(to: laid.unmap(sample.position), effort: FrameGuess.effort)
      return length(laid.map(point.position) - sample.position)
    }.filter { $0 < lidDepth }.sorted()
    gap = gaps.isEmpty ? .infinity : gaps[gaps.count / 2]
    self.template = template
    self.fit = fit
    positions = template.mesh.positions.map { laid.map($0) }
    normals = template.mesh.normals.map { laid.mappedNormal($0) }
  }

  /// Draws the neck out, or in, until its base lies at a height, so that it ends where the scan's does.
  mutating func moveBase(to height: Float) {
    let base = positions.reduce(Float.infinity) { min($0, $1.y) }
    guard base < neckFrom, height < neckFrom - 5 else { return }
    let factor = (height - neckFrom) / (base - neckFrom)
    for v in positions.indices where positions[v].y < neckFrom {
      positions[v].y = neckFrom + (positions[v].y - neckFrom) * factor
    }
  }

  /// Triangles of a mesh that lie deep within the head, and those around them that look elsewhere than its skin: a lid that closes what
  /// was cut off.
  func lids(of mesh: TriangleMesh, threads: Int?) -> [Bool] {
    let own = TriangleMesh(positions: positions, triangles: template.mesh.triangles, normals: normals)
    let tree = BoundingVolumeHierarchy(own)
    let isDeep = tabulate(mesh.positions.count, initial: false, threads: threads) { v in
      let p = mesh.positions[v]
      // Nostrils and mouths are deep too, and necks are not the mean one's.
      if p.y < -60 || (p.z > 60 && p.y < 20) { return false }
      let point = tree.closestPoint(to: p, effort: FrameGuess.effort)
      return dot(p - point.position, point.normal(on: own)) < -lidDepth
    }
    var isLid = mesh.triangles.map { isDeep[Int($0.x)] || isDeep[Int($0.y)] || isDeep[Int($0.z)] }
    var open = isLid.indices.filter { isLid[$0] }
    if open.isEmpty { return isLid }
    let neighbours = mesh.triangleNeighbours()
    while let i = open.popLast() {
      for k in 0..<3 {
        let n = Int(neighbours[i][k])
        if n < 0 || isLid[n] { continue }
        let t = mesh.triangles[n]
        let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
        let point = tree.closestPoint(to: (a + b + c) / 3, effort: FrameGuess.effort)
        if dot(normalized(cross(b - a, c - a)), point.normal(on: own)) > 0.4 { continue }
        isLid[n] = true
        open.append(n)
      }
    }
    return isLid
  }
}
