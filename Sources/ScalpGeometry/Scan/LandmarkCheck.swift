// Landmarks held against the skin around them: the mean head is laid in from where they put the head (`HeadFit`), its marks move
// to the scan's own features (`LandmarkSnap`), and what was read far from those is named.

import Arithmetic
import Meshes

/// What the skin says against the landmarks of a scan; empty where it agrees, or where no head fits at all.
///
/// - Parameters:
///   - head: the scan in the head frame.
///   - names: the landmarks that a person read; the others were taken from the skin.
///   - template: a mannequin of mean size; 30,000 triangles are plenty.
public func landmarkDoubts(_ head: Head, read names: [ScanLandmarks.Name], template: Head) -> [ScanFinding] {
  // Noise looks like noses.
  if head.findings.contains(where: { $0.rule == .roughness }) { return [] }
  guard let templateGrid = NearestGrid(template.mesh), let grid = NearestGrid(head.mesh) else { return [] }
  let tree = BoundingVolumeHierarchy(head.mesh)
  let skin = FrameGuess.samples(of: template, count: 240)
  let probes = FrameGuess.thinned(grid.points, to: 1500)
  func laid(_ side: Double, nod degrees: Double = 0) -> HeadFit {
    let (s, c) = (sine(degrees * .pi / 180), cosine(degrees * .pi / 180))
    var fit = HeadFit(
      origin: .zero, left: SIMD3(side, 0, 0), up: SIMD3(0, c, s), forward: SIMD3(0, -s * side, c * side), scale: 1)
    fit.refine(skin, rounds: 15, limits: 0.82...1.2) { grid.nearest(to: $0) }
    fit.refine(skin, rounds: 60, limits: 0.82...1.2, isStretched: true) {
      tree.closestPoint(to: $0, effort: FrameGuess.effort).position
    }
    fit.lookBack(probes, at: templateGrid)
    return fit
  }
  // A wrong sellion or glabella makes the head nod.
  let fits = [0, 25, -25].map { laid(1, nod: $0) }
  let fit = fits.min { $0.score < $1.score } ?? fits[0]
  let turned = laid(-1)
  if turned.score < 0.75 * fit.score, turned.gap < 3 {
    return [
      ScanFinding(
        .landmark, isError: true, subject: "front and back are exchanged: a face fits at the back of this head within",
        measured: Double(turned.score), advised: 0, unit: "mm", reason: "read the landmarks off again",
        landmark: names.first)
    ]
  }
  // Where the mean head does not fit, its marks tell nothing.
  guard fit.gap < 3, case (let shown, let hasNose) = snappedLandmarks(fit, template: template, tree: tree), hasNose
  else {
    return []
  }
  var doubts: [(size: Float, finding: ScanFinding)] = []
  for name in names {
    guard let most = farthest(name), let found = shown[name] else { continue }
    let given = head.landmarks[name]
    // Skin that was completed says nothing.
    if let completed = head.completed, completed.contains(Int(tree.closestPoint(to: given).triangle)) { continue }
    // In the frame of the fitted head, which does not lean with a wrong landmark.
    let d = SIMD3<Double>(given) - found
    let miss = SIMD3<Float>(Float((d * fit.left).sum()), Float((d * fit.up).sum()), Float((d * fit.forward).sum()))
    let size = length(miss)
    if size <= most { continue }
    doubts.append(
      (
        size / most,
        ScanFinding(
          .landmark, subject: "the \(name.title) lies \(side(of: miss)) where the skin shows it, by",
          measured: Double(size),
          advised: Double(most), unit: "mm",
          reason: "the work moves with it; hold it against the sheet of 'stipple landmarks'", landmark: name)
      ))
  }
  return doubts.sorted { $0.size > $1.size }.map(\.finding)
}

/// How far a reading may lie from where shape puts it, mm: what readers differ by, and what shape leaves open.
private func farthest(_ name: ScanLandmarks.Name) -> Float? {
  switch name {
  case .leftTragion, .rightTragion: 16
  case .sellion: 10
  case .glabella: 16
  case .leftCanthus, .rightCanthus: 14
  // Vertex and inion slide along smooth skin, the trichion is the client's own.
  case .vertex, .inion, .trichion: nil
  }
}

/// On which side of the right place something lies, in words: along the axis of which most is off.
private func side(of miss: SIMD3<Float>) -> String {
  let size = SIMD3(abs(miss.x), abs(miss.y), abs(miss.z))
  if size.y >= size.x, size.y >= size.z { return miss.y > 0 ? "above" : "below" }
  if size.z >= size.x { return miss.z > 0 ? "in front of" : "behind" }
  return miss.x > 0 ? "to the subject's left of" : "to the subject's right of"
}

extension HeadLandmarks {
  /// A landmark by the name it is read by; the trichion is none of a head's own.
  subscript(name: ScanLandmarks.Name) -> SIMD3<Float> {
    switch name {
    case .leftTragion: leftTragion
    case .rightTragion: rightTragion
    case .glabella: glabella
    case .sellion: sellion
    case .vertex: vertex
    case .inion: inion
    case .leftCanthus: leftCanthus
    case .rightCanthus: rightCanthus
    case .trichion: SIMD3<Float>(name.template)
    }
  }
}
