// L1: a pattern must not read as a grid.
//
// Judged on the `natural` pattern, which is the one that designs are placed with: nearest-neighbour distances vary by
// 20 to 30 %. The maximal patterns (`even`, `relaxed`) fall under the rule's threshold by construction and would all be
// called grids; they are not offered to designs.

import Arithmetic
import ImpressionSampling
import Meshes
import ScalpGeometry
import TreatmentDesign

/// L1 for measured figures: nearest-neighbour distances vary by at least 0.12 of their mean, and no frequency of the
/// radial spectrum stands out by more than four times white noise. Below that, rows are seen.
func gridFindings(_ statistics: PatternStatistics) -> [LintFinding] {
  guard statistics.count >= 100 else { return [] }
  var findings: [LintFinding] = []
  func judge(_ value: Float, _ advice: LintFinding.Advice, _ subject: String) {
    if advice.allows(Double(value)) { return }
    findings.append(
      LintFinding(
        id: "L1", level: .error, subject: subject, measured: Double(value), advised: advice, unit: "",
        reason: "rows and columns are seen at once; nothing on a scalp lies in rows", keyPath: "layers"))
  }
  judge(statistics.nearestNeighbourVariation, .atLeast(0.12), "variation of the distance between neighbours")
  judge(statistics.radialSpectrum.max() ?? 0, .atMost(4), "highest peak of the pattern's spectrum")
  return findings
}

/// L1 for a design: a patch of up to 18 mm around its densest place is placed and measured. Hairs are left out: they
/// only make the pattern less regular.
func gridRule(_ fields: CompiledDesign, threads: Int?) -> [LintFinding] {
  var densest: (density: Float, position: SIMD3<Float>) = (0, .zero)
  for point in fields.vertexPoints {
    let density = fields.impressions(at: point)
    if density > densest.density { densest = (density, point.position) }
  }
  guard densest.density > 5 else { return [] }
  let patch = SkinPatch(fields.scalp.head.mesh, around: densest.position, reach: 18)
  let density = PatchDensity(fields: fields, originals: patch.triangles)
  var options = PoissonDiscOptions()
  options.threads = threads
  do {
    let pattern = try samplePoissonDisc(
      on: patch.mesh, density: density, seed: fields.design.seed, options: options)
    return gridFindings(
      try PatternStatistics(of: pattern, on: patch.mesh, density: density, detail: 20, threads: threads))
  } catch {
    // A field that cannot be sampled is reported when the design is planned.
    return []
  }
}

/// Part of a mesh as a mesh of its own.
struct SkinPatch {
  let mesh: TriangleMesh
  /// For each of its triangles, the number in the whole mesh.
  let triangles: [UInt32]

  /// The triangles within `reach` mm of a place.
  init(_ whole: TriangleMesh, around place: SIMD3<Float>, reach: Float) {
    var numbers = [Int32](repeating: -1, count: whole.positions.count)
    var positions: [SIMD3<Float>] = []
    var normals: [SIMD3<Float>] = []
    var kept: [SIMD3<UInt32>] = []
    var originals: [UInt32] = []
    for (i, t) in whole.triangles.enumerated() {
      let near = [t.x, t.y, t.z].allSatisfy { length(whole.positions[Int($0)] - place) < reach }
      if !near { continue }
      var corners = SIMD3<UInt32>.zero
      for c in 0..<3 {
        let vertex = Int(t[c])
        if numbers[vertex] < 0 {
          numbers[vertex] = Int32(positions.count)
          positions.append(whole.positions[vertex])
          normals.append(whole.normals[vertex])
        }
        corners[c] = UInt32(numbers[vertex])
      }
      kept.append(corners)
      originals.append(UInt32(i))
    }
    mesh = TriangleMesh(positions: positions, triangles: kept, normals: normals)
    triangles = originals
  }
}

/// A design's density on a patch of its head.
struct PatchDensity: SurfaceDensity {
  let fields: CompiledDesign
  let originals: [UInt32]

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count {
      var point = points[i]
      point.triangle = originals[Int(point.triangle)]
      densities[i] = fields.impressions(at: point)
    }
  }
}
