// When a scan is completed, and what is kept of it: in the scan's own coordinates, so that all later steps see one mesh.

import Arithmetic
import Meshes

/// Rims up to this length are holes in skin that was scanned, mm: where they run down to the neck. With all their corners on the scalp it
/// is `filledOnScalp`, up to which repair fills them.
private let longestNotch: Float = 150

/// Longer rims that a cut leaves beside its own are a neck's, mm.
private let leftOver: Float = 200
/// With less of one side of the head, any hole that repair left open on the skull is where the scan ends.
private let hardlyShown: Float = 0.5

/// Whether a repaired scan ends on the skull, so that part of the head was not scanned. Next to no time where it does not.
func endsAtTheSkull(_ repaired: RepairedScan, _ frame: ScanFrame) -> Bool {
  let scale = Float(frame.millimetresPerUnit)
  var isOpen = false
  var isLong = false
  for hole in repaired.report.holes where hole.fate == .large || hole.fate == .tangled {
    let around = hole.smoothPerimeter * scale
    let heights = hole.rim.map { frame.place($0).y }
    guard around > longestNotch, let low = heights.min(), let high = heights.max(), high > 0 else { continue }
    isOpen = true
    if low < -35 || around > filledOnScalp { isLong = true }
  }
  if !isOpen { return false }
  let shares = coverage(of: frame.place(repaired.mesh))
  return shares.contains { $0.side == .top ? false : $0.share < hardlyShown }
    || (isLong && shares.contains { $0.share < wholeFrom })
}

extension RepairedScan {
  /// Completes the scan from the mean head; `nil` where nothing was missing after all.
  mutating func complete(
    from template: Head, _ frame: ScanFrame, _ landmarks: ScanLandmarks, threads: Int?
  ) throws(ScanError) -> (skin: CompletedSkin, mean: FittedMeanHead)? {
    let read = landmarks.all.map { (name: $0.name, place: frame.place($0.place)) }
    var placed = frame.place(mesh)
    let mean = FittedMeanHead(template, to: placed, read: read, threads: threads)
    let lids = mean.lids(of: placed, threads: threads)
    if lids.contains(true) {
      // Nothing of it is a head's skin.
      if !lids.contains(false) { return nil }
      leaveOut(lids)
      placed = frame.place(mesh)
    }
    let added = try completion(of: placed, mean, read: read, threads: threads)
    if added.triangles.isEmpty { return nil }
    let first = mesh.triangles.count
    let places = added.positions.map { SIMD3<Float>(frame.scanPlace($0)) }
    append(positions: places, triangles: added.triangles)
    // What the cut left in the ears.
    fillHoles(limit: leftOver / Float(frame.millimetresPerUnit)) { frame.place($0).z < 40 }
    markCompletedHoles()
    return (completedSkin(of: frame.place(mesh), from: first, gap: added.gap), mean)
  }

  /// Holes of the report whose rims lie within the mesh now.
  private mutating func markCompletedHoles() {
    var open: Set<SIMD3<Float>> = []
    for loop in mesh.borderLoops() { for v in loop { open.insert(mesh.positions[Int(v)]) } }
    for i in report.holes.indices where report.holes[i].fate == .large || report.holes[i].fate == .tangled {
      if !report.holes[i].rim.contains(where: { open.contains($0) }) { report.holes[i].fate = .completed }
    }
  }
}

/// Completes a repaired scan in which a head was found by its shape, for looking at it.
///
/// - Parameters:
///   - repaired: changed where the scan ends on the skull and half of face and forehead are there.
///   - landmarks: the frame's.
///   - template: a mannequin of mean size.
/// - Returns: what was completed, and the landmarks that lie on it or at its rim; `nil` where nothing was.
public func completeScan(
  _ repaired: inout RepairedScan, frame: ScanFrame, landmarks: ScanLandmarks, template: Head, threads: Int? = nil
) -> (skin: CompletedSkin, notShown: [ScanLandmarks.Name])? {
  guard endsAtTheSkull(repaired, frame) else { return nil }
  // A guess at what is not there tells nothing of where it is.
  var shown = landmarks
  for name in [ScanLandmarks.Name.vertex, .inion, .trichion] { shown[name] = nil }
  let scanned = ScanSurface(frame.place(repaired.mesh))
  var work = repaired
  guard let made = try? work.complete(from: template, frame, shown, threads: threads) else { return nil }
  repaired = work
  let names = landmarks.all.map(\.name).filter { name in
    !scanned.shows(made.mean.fit.map(template.landmarks[name]), perUnit: 1)
  }
  return (made.skin, names)
}

/// How much of a head was completed, and where.
private func completedSkin(of mesh: TriangleMesh, from first: Int, gap: Float) -> CompletedSkin {
  var (all, new) = (0.0, 0.0)
  for (i, t) in mesh.triangles.enumerated() {
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    if (a.y + b.y + c.y) / 3 < -100 { continue }
    let area = Double(0.5 * length(cross(b - a, c - a)))
    all += area
    if i >= first { new += area }
  }
  let scanned = TriangleMesh(positions: mesh.positions, triangles: Array(mesh.triangles[..<first]), normals: [])
  let sides = coverage(of: scanned).filter { $0.share < 0.5 }.map(\.side.rawValue)
  return CompletedSkin(
    firstTriangle: first, area: new / 100, share: all > 0 ? new / all : 0, sides: sides, gap: Double(gap))
}
