// From a scan as it comes out of its file to a head in the head frame: frame from the landmarks, repair, the other
// landmarks from the skin, and proportions that heads have.

import Arithmetic
import Meshes

/// A scan made ready for a design.
public struct PreparedScan: Sendable {
  public var head: Head
  public var frame: ScanFrame
  public var report: ScanRepairReport
  /// Per vertex and per corner of `head.mesh`, where it came from in the scan; see `RepairedScan`.
  public var vertexSources: [Int32]
  public var cornerSources: [SIMD3<Int32>]
  /// What was changed that a person should know of, one sentence each; `head.completed` says what was completed.
  public var notes: [String] = []
}

/// Repairs a scan and brings it into the head frame.
///
/// The neck is cut `neckDepth` below the tragions, holes up to 60 mm around are filled, on the scalp up to 400 mm.
/// - Parameters:
///   - millimetresPerUnit: nil finds the unit from `measure`, or from the distance between the tragions.
///   - measure: a length taken on the person.
///   - maximumTriangles: meshes with more are simplified to this many.
///   - origin: what was taken off the coordinates of mesh and landmarks, for places that notes name.
///   - template: makes the mean head that a scan of only part of a head is completed from, a mannequin of 30,000 triangles or more; `nil`
///     refuses such a scan. Called at most once, and for no scan of all of a head.
///   - threads: worker threads for completing; `nil` is one per core. The result does not depend on it.
/// - Throws: `ScanError` if the landmarks or the proportions are no head's.
public func prepareScan(
  _ mesh: TriangleMesh, landmarks: ScanLandmarks, millimetresPerUnit: Double? = nil, measure: ScanMeasure? = nil,
  maximumTriangles: Int = 1_000_000, origin: SIMD3<Double> = .zero, template: (() -> Head?)? = nil, threads: Int? = nil
) throws(ScanError) -> PreparedScan {
  var scale = millimetresPerUnit
  if let measure {
    // What must be measured on the skin is measured on a head as broad as the mean one, and is set right below.
    scale = try measure.millimetresPerUnit(landmarks)
    if scale == nil { scale = try ScanFrame.meanScale(landmarks) }
  }
  let frame = try ScanFrame(landmarks, millimetresPerUnit: scale)
  let unit = Float(frame.millimetresPerUnit)
  var options = RepairOptions()
  options.landmarks = landmarks.all.map { SIMD3<Float>($0.place) }
  let base = frame.scanPlace(SIMD3(0, -neckDepth, 0))
  options.neck = HalfSpace(normal: SIMD3<Float>(frame.up), offset: Float((base * frame.up).sum()))
  options.holeLimit = filledAnywhere / unit
  options.scalpHoleLimit = filledOnScalp / unit
  options.isScalp = { isLikelyScalp(frame.place($0)) }
  options.maximumTriangles = maximumTriangles
  options.sheets = SheetOptions(middle: SIMD3<Float>(frame.scanPlace(SIMD3(0, 35, 5))), millimetre: 1 / unit)
  var repaired = repairScan(mesh, options)
  if let cause = apart(repaired.report, triangles: repaired.mesh.triangles.count) { throw cause }
  var completed: CompletedSkin?
  var refusal: ScanError?
  if let template, endsAtTheSkull(repaired, frame), let mean = template() {
    // What cannot be completed may still do as it is, with a hole.
    var whole = repaired
    do throws(ScanError) {
      completed = try whole.complete(from: mean, frame, landmarks, threads: threads)?.skin
      if completed != nil { repaired = whole }
    } catch {
      refusal = error
    }
  }
  let rough = smoothRoughScalp(&repaired.mesh, frame, scanned: completed?.firstTriangle)
  var head: Head
  var sized: ScanFrame
  do throws(ScanError) {
    (head, sized) = try measured(repaired.mesh, frame, landmarks, measure, smooth: rough.whole)
  } catch {
    if let refusal { throw refusal }
    // What was cut off may have been closed with a lid, so that no rim shows it.
    guard completed == nil, let template, missingSide(of: frame.place(repaired.mesh)) != nil, let mean = template()
    else {
      throw error
    }
    completed = try repaired.complete(from: mean, frame, landmarks, threads: threads)?.skin
    if completed == nil { throw error }
    (head, sized) = try measured(repaired.mesh, frame, landmarks, measure, smooth: nil)
  }
  head.completed = completed
  head.findings += openHoles(repaired.report, on: head, frame: sized)
  let sheets = sheetRemarks(repaired.report, millimetresPerUnit: Float(sized.millimetresPerUnit))
  head.findings += sheets.findings
  if let found = rough.finding { head.findings.append(found) }
  return PreparedScan(
    head: head, frame: sized, report: repaired.report, vertexSources: repaired.vertexSources,
    cornerSources: repaired.cornerSources,
    notes: repairNotes(repaired.report, millimetresPerUnit: Float(sized.millimetresPerUnit), origin: origin)
      + sheets.notes
      + (rough.note.map { [$0] } ?? []))
}

/// The head of a repaired scan, sized by what was measured on the person.
private func measured(
  _ mesh: TriangleMesh, _ frame: ScanFrame, _ landmarks: ScanLandmarks, _ measure: ScanMeasure?, smooth: TriangleMesh?
) throws(ScanError) -> (Head, ScanFrame) {
  var head = try orient(mesh, frame, landmarks, smooth: smooth)
  var sized = frame
  if let measure {
    // The plane of the tape and where the ears end are of one size, so a second round sets right what they shifted.
    for _ in 0..<2 {
      guard let factor = measure.enlargement(of: head) else { throw .noSkin("back of the head") }
      head = head.enlarged(factor)
      sized.millimetresPerUnit *= Double(factor)
    }
  }
  try checkProportions(head, sized)
  return (head, sized)
}

/// How far below the tragions a scan's neck is cut, mm: above most shoulders.
public let neckDepth: Float = 165

/// Brings a scan into the head frame as it is, without repair.
///
/// - Parameters:
///   - glabella: foremost point between the brows, in the scan's own coordinates, as are the tragions.
///   - leftTragion: at the subject's left ear.
///   - millimetresPerUnit: 1 for a scan in millimetres, 1000 for metres.
/// - Throws: `ScanError` if the landmarks or the proportions are no head's.
public func orientScan(
  _ mesh: TriangleMesh, glabella: SIMD3<Float>, leftTragion: SIMD3<Float>, rightTragion: SIMD3<Float>,
  millimetresPerUnit: Float
) throws(ScanError) -> Head {
  var landmarks = ScanLandmarks()
  landmarks[.glabella] = SIMD3<Double>(glabella)
  landmarks[.leftTragion] = SIMD3<Double>(leftTragion)
  landmarks[.rightTragion] = SIMD3<Double>(rightTragion)
  let frame = try ScanFrame(landmarks, millimetresPerUnit: Double(millimetresPerUnit))
  let head = try orient(mesh, frame, landmarks)
  try checkProportions(head, frame)
  return head
}

/// Places of the head frame that hair may cover, roughly: not the face, not the ears, not below the nape.
func isLikelyScalp(_ p: SIMD3<Float>) -> Bool {
  if p.y > 60 { return true }
  let isEar = abs(p.x) > 58 && p.y < 45
  return p.z < 30 && p.y > -35 && !isEar
}

/// - Parameter smooth: the mesh without its noise, on which landmarks are looked for; nil for a mesh that has none.
private func orient(
  _ mesh: TriangleMesh, _ frame: ScanFrame, _ landmarks: ScanLandmarks, smooth: TriangleMesh? = nil
) throws(ScanError) -> Head {
  let head = frame.place(mesh)
  let found: HeadLandmarks
  do throws(ScanError) {
    found = try scanLandmarks(smooth.map { frame.place($0) } ?? head, frame, landmarks)
  } catch {
    if case .noSkin = error, let missing = missingSide(of: head) { throw missing }
    throw error
  }
  // Where no skin lies behind the ears, what was found there is no inion.
  if landmarks[.inion] == nil, found.inion.z > -30, let missing = missingSide(of: head) { throw missing }
  return Head(mesh: head, landmarks: found)
}

/// Refuses what no head measures.
private func checkProportions(_ head: Head, _ frame: ScanFrame) throws(ScanError) {
  guard let m = HeadMeasurements(of: head) else { throw .noSkin("back of the head") }
  let checks: [(String, Float, ClosedRange<Float>)] = [
    ("height of the vertex above the tragions, in mm,", m.tragionToVertex, 105...150),
    ("head length, in mm,", m.headLength, 165...225),
    ("head length over breadth", m.headLength / m.headBreadth, 1.10...1.50),
    ("head circumference, in mm,", m.headCircumference, 490...660),
  ]
  let scale = Float(frame.millimetresPerUnit)
  let unit = ScanUnit.fitting(tragionDistance: Double(m.bitragionBreadth / scale))
  for (name, value, allowed) in checks where !allowed.contains(value) {
    if let missing = missingSide(of: head.mesh) { throw missing }
    throw .impossible(
      name: name, value: value, allowed: allowed, fittingUnit: unit?.millimetres == scale ? nil : unit, landmark: nil)
  }
}

/// The part of a mesh where landmarks are looked for: around those that were read, along the midline, and at the eyes.
/// A tree over it is built many times faster than over the whole.
private func landmarkSkin(_ mesh: TriangleMesh, near places: [SIMD3<Float>], breadth: Float) -> TriangleMesh {
  let reach: Float = 30
  let eye = Float(ScanLandmarks.Name.leftCanthus.template.x) * breadth
  let isNear = mesh.positions.map { p in places.contains { abs($0.x - p.x) < reach && length($0 - p) < reach } }
  let kept = mesh.triangles.filter { t in
    if isNear[Int(t.x)] || isNear[Int(t.y)] || isNear[Int(t.z)] { return true }
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    let low = min(a.x, min(b.x, c.x))
    let high = max(a.x, max(b.x, c.x))
    if low < 1 && high > -1 { return true }
    let isAtEye = (low < eye + 2 && high > eye - 2) || (low < 2 - eye && high > -2 - eye)
    return isAtEye && max(a.y, max(b.y, c.y)) > -20 && min(a.y, min(b.y, c.y)) < 30
  }
  // A mesh far from every landmark: any of it tells how far.
  return TriangleMesh(positions: mesh.positions, triangles: kept.isEmpty ? mesh.triangles : kept, normals: [])
}

/// Takes the landmarks that were read to the skin, and finds those that were not, in the head frame.
private func scanLandmarks(
  _ mesh: TriangleMesh, _ frame: ScanFrame, _ read: ScanLandmarks
) throws(ScanError) -> HeadLandmarks {
  guard let readLeft = read[.leftTragion] else { throw .missing(.leftTragion) }
  guard let readRight = read[.rightTragion] else { throw .missing(.rightTragion) }
  let breadth = (frame.place(readLeft).x - frame.place(readRight).x) / 147.6
  let tree = BoundingVolumeHierarchy(landmarkSkin(mesh, near: read.all.map { frame.place($0.place) }, breadth: breadth))
  func skin(_ name: String, from: SIMD3<Float>, towards: SIMD3<Float>) throws(ScanError) -> SIMD3<Float> {
    guard let hit = tree.firstHit(origin: from, direction: towards) else { throw .noSkin(name) }
    return hit.point.position
  }
  let far: Float = 400
  // A reading may miss the skin by a click's error, or lie in a hole behind an ear; more is a wrong reading.
  func given(_ name: ScanLandmarks.Name) throws(ScanError) -> SIMD3<Float>? {
    guard let place = read[name].map({ frame.place($0) }) else { return nil }
    let skin = tree.closestPoint(to: place).position
    if length(skin - place) > 15 {
      let nearest = mesh.positions.reduce(Float.infinity) { min($0, length($1 - place)) }
      throw .offTheSkin(name, min(nearest, length(skin - place)))
    }
    return skin
  }
  guard let leftTragion = try given(.leftTragion) else { throw .missing(.leftTragion) }
  guard let rightTragion = try given(.rightTragion) else { throw .missing(.rightTragion) }
  // Glabella and sellion: the foremost skin above the nose and the deepest of the nasal root below it
  let profile = (0...140).compactMap { step in
    tree.firstHit(origin: SIMD3(0, 70 - Float(step) * 0.5, far), direction: SIMD3(0, 0, -1))?.point.position
  }
  var glabella = try given(.glabella)
  var sellion = try given(.sellion)
  if let root = sellion, glabella == nil {
    glabella = profile.filter { $0.y > root.y + 6 && $0.y < root.y + 26 }.max { $0.z < $1.z }
  }
  guard let glabella else { throw .noSkin("glabella") }
  if sellion == nil { sellion = profile.filter { $0.y < glabella.y - 6 && $0.y > glabella.y - 26 }.min { $0.z < $1.z } }
  guard let sellion else { throw .noSkin("nasal root") }

  // Vertex: the highest skin on the midline
  var vertex = try given(.vertex)
  if vertex == nil {
    for step in 0...50 {
      let z = Float(step) * 2 - 60
      if let hit = tree.firstHit(origin: SIMD3(0, far, z), direction: SIMD3(0, -1, 0)) {
        if hit.point.position.y > vertex?.y ?? 0 { vertex = hit.point.position }
      }
    }
  }
  guard let vertex else { throw .noSkin("vertex") }

  // Inion and outer eye corners: where the mannequin has them, in proportion
  func inProportion(_ name: ScanLandmarks.Name) throws(ScanError) -> SIMD3<Float> {
    if let place = try given(name) { return place }
    if name == .inion {
      let direction = normalized(SIMD3<Float>(0, -11.7, -78))
      return try skin("inion", from: direction * far, towards: -direction)
    }
    let x = Float(name.template.x) * breadth
    return try skin(name.title, from: SIMD3(x, sellion.y * 0.48, far), towards: SIMD3(0, 0, -1))
  }
  return HeadLandmarks(
    glabella: glabella, sellion: sellion, leftTragion: leftTragion, rightTragion: rightTragion, vertex: vertex,
    inion: try inProportion(.inion), leftCanthus: try inProportion(.leftCanthus),
    rightCanthus: try inProportion(.rightCanthus))
}
