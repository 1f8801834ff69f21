// A guess at where the head is in a scan of part of one: a face, a face and the top, half a head.
//
// `FrameGuess` lays all of a mean head into a scan, and half of it would hang in the air here. So the scan is laid to the mean head
// (`HeadFit.refine(to:)`), from many starting directions, in the units in which it is as large as part of a head can be.

import Arithmetic
import Meshes

extension FrameGuess {
  /// Guesses from the mesh alone; `nil` if nothing in it looks like part of a head, or if the shape leaves a doubt.
  ///
  /// Landmarks that the scan does not show are where the mean head has them. About a second.
  ///
  /// - Parameters:
  ///   - mesh: a scan, repaired.
  ///   - template: a mannequin of mean size in the head frame; 30,000 triangles are plenty.
  public init?(partOf mesh: TriangleMesh, template: Head, threads: Int? = nil) {
    guard let box = BoundingBox(mesh), !mesh.triangles.isEmpty else { return nil }
    let templateTree = BoundingVolumeHierarchy(template.mesh)
    let middle = (box.low + box.high) / 2
    var found: [PartFit] = []
    for unit in ScanUnit.allCases where Self.partSizes.contains(box.diagonal * unit.millimetres) {
      let size = TriangleMesh(
        positions: mesh.positions.map { ($0 - middle) * unit.millimetres }, triangles: mesh.triangles, normals: [])
      let samples = skinSamples(of: size).map { SkinSample(position: $0.position, normal: $0.normal, weight: 1) }
      guard samples.count >= 100 else { continue }
      let few = stride(from: 0, to: samples.count, by: max(1, samples.count / 100)).map { samples[$0] }
      var starts: [HeadFit] = []
      let tops = samples.map(\.position)
      for (left, up) in Self.directions {
        let start = HeadFit(left: left, up: up, scale: 1, over: tops)
        // Of a face the middle lies before the head's.
        var behind = start
        behind.origin -= SIMD3<Float>(start.forward) * 50
        starts += [start, behind]
      }
      let candidates = starts
      let coarse = tabulate(candidates.count, initial: PartFit.none, threads: threads) { i in
        var fit = candidates[i]
        fit.refine(to: few, template: template.mesh, tree: templateTree, marks: [], rounds: 7, reach: 45, threads: 1)
        return PartFit(fit, few, template.mesh, templateTree, unit: unit)
      }
      let order = coarse.indices.sorted { (coarse[$0].score, $0) < (coarse[$1].score, $1) }
      var chosen: [PartFit] = []
      for i in order where !chosen.contains(where: { PartFit.apart($0, coarse[i]) < 12 }) {
        chosen.append(coarse[i])
        if chosen.count == 10 { break }
      }
      let best = chosen
      found += tabulate(best.count, initial: PartFit.none, threads: threads) { i in
        var fit = best[i].fit
        fit.refine(to: samples, template: template.mesh, tree: templateTree, marks: [], rounds: 25, threads: 1)
        return PartFit(fit, samples, template.mesh, templateTree, unit: unit)
      }
    }
    guard let best = found.min(by: { $0.score < $1.score }), best.score < 4 else { return nil }
    let rival = found.filter { $0.unit != best.unit || PartFit.apart($0, best) > 25 }.reduce(Float.infinity) {
      min($0, $1.score)
    }
    guard rival > 1.3 * best.score else { return nil }

    let scale = Double(best.unit.millimetres)
    var fit = best.fit
    fit.origin = fit.origin / best.unit.millimetres + middle
    fit.scale /= best.unit.millimetres
    gap = best.score
    spread = found.filter { PartFit.apart($0, best) <= 25 && $0.score < 1.1 * best.score }.reduce(0) {
      max($0, PartFit.apart($1, best))
    }
    isSure = true
    self.unit = best.unit
    frame = ScanFrame(
      origin: SIMD3<Double>(fit.origin), left: fit.left, up: fit.up, forward: fit.forward, millimetresPerUnit: scale)
    // On the skin where there is skin, else on the mean head's
    let surface = ScanSurface(mesh)
    landmarks = snappedLandmarks(fit, template: template, tree: surface.tree).places
    for name in ScanLandmarks.Name.allCases where !surface.shows(fit.map(template.landmarks[name]), perUnit: scale) {
      landmarks[name] = SIMD3<Double>(fit.map(template.landmarks[name]))
    }
    if let own = try? ScanFrame(landmarks, millimetresPerUnit: scale), (own.up * fit.up).sum() > 0.95 { frame = own }
  }

  /// What a scan of part of a head measures from corner to corner of its box, mm: from a face to a bust.
  private static let partSizes: ClosedRange<Float> = 200...900
}

extension ScanSurface {
  /// Whether a place of the mean head lies at the scan's skin, within 15 mm of it, or 5 mm of its rim.
  func shows(_ p: SIMD3<Float>, perUnit scale: Double) -> Bool {
    let skin = look(from: p, normal: .zero)
    return skin.distance * Float(scale) < (skin.kind == .beyondRim ? 5 : 15)
  }
}

/// A scan of part of a head laid to the mean head, in mm.
private struct PartFit {
  var fit: HeadFit
  var unit: ScanUnit
  /// Mean distance of the scan's skin from the mean head, mm; skin that looks elsewhere counts as far.
  var score: Float

  static let none = PartFit(fit: .none, unit: .millimetre, score: .infinity)

  private init(fit: HeadFit, unit: ScanUnit, score: Float) { (self.fit, self.unit, self.score) = (fit, unit, score) }

  init(
    _ fit: HeadFit, _ samples: [SkinSample], _ template: TriangleMesh, _ tree: BoundingVolumeHierarchy, unit: ScanUnit
  ) {
    let far: Float = 12
    var (sum, count) = (Float(0), Float(0))
    for sample in samples {
      let q = fit.unmap(sample.position)
      // Neck and shoulders differ too much.
      if q.y < -80 && q.y > -400 { continue }
      count += 1
      let point = tree.closestPoint(to: q, effort: FrameGuess.effort)
      let normal = fit.mappedNormal(point.mix(template.normals, template.triangles))
      let gap = length(fit.map(point.position) - sample.position)
      sum += dot(normal, sample.normal) > 0.3 ? min(gap, far) : far
    }
    // A bust laid on its head has all of its skin below it.
    self.init(fit: fit, unit: unit, score: count > 0.3 * Float(samples.count) ? sum / count : .infinity)
  }

  static func apart(_ a: PartFit, _ b: PartFit) -> Float {
    ScanLandmarks.Name.allCases.reduce(0) { most, name in
      let p = SIMD3<Float>(name.template)
      return max(most, length(a.fit.map(p) - b.fit.map(p)))
    }
  }
}
