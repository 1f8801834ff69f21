// A page of plain views of a scan with a grid, from which a person reads the landmarks that a design needs. The grid is in the
// scan's own coordinates; where the head stands askew to them, in millimetres along the axes of the head that was found,
// which the design takes as `axes`.

import Arithmetic
import Drawing
import Files
import Mannequin
import MeshFiles
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// Views of a scan with a grid, and a first guess at its landmarks.
public struct LandmarkSheet: Sendable, Report {
  /// One view: its name, and which of the scan's axes run right and up in it, such as "+x" and "-z".
  public struct View: Sendable, Equatable {
    public var name: String
    public var right: String
    public var up: String
  }
  public var image: RasterImage
  public var views: [View]
  /// nil where no head was found.
  public var guess: FrameGuess?
  /// Whether views and grid run along the axes of the head that was found, in mm, and not in the scan's coordinates.
  public var isStraightened = false
  /// Distance between the grid's lines, units of the scan, or mm.
  public var gridStep: Double
  /// What the scan does not show of the head and is shaded, taken from the mean head; `nil` for nothing.
  public var completed: CompletedSkin?
  /// What of the scan's colours could not be used, and what was completed, one sentence each.
  public var notes: [String] = []

  public var text: String {
    var lines = views.map { "\($0.name): \($0.right) to the right, \($0.up) up" }
    if let guess {
      lines.append(
        "a first guess, to be corrected by what the sheet shows (\(guess.isSure ? "the shape leaves no doubt" : "uncertain"): mean "
          + "gap \(short(Double(guess.gap))) mm, other starts put it up to \(short(Double(guess.spread))) mm elsewhere):"
      )
      lines += yaml(guess, byAxes: isStraightened)
    } else {
      lines.append("no head was found in it; the views run along the file's axes")
    }
    return (lines + notes).joined(separator: "\n") + "\n"
  }

  public var json: String {
    var members: [(String, JSONValue)] =
      answer("landmarks") + [
        (
          "views",
          .list(
            views.map { .object([("name", .text($0.name)), ("right", .text($0.right)), ("up", .text($0.up))]) })
        ), ("gridStep", .number(gridStep)),
      ]
    if let guess {
      members += [
        ("units", guess.unit.map { .text(unitName($0)) } ?? .number(perUnit(guess))), ("sure", .flag(guess.isSure)),
        ("gap", .number((Double(guess.gap) * 100).rounded() / 100)),
        ("spread", .number((Double(guess.spread) * 100).rounded() / 100)),
        (
          "landmarks",
          .object(
            guess.landmarks.all.map { name, p in
              (name.rawValue, .list([p.x, p.y, p.z].map { .number(rounded($0, in: guess)) }))
            })
        ),
      ]
    }
    members.append(
      (
        "axes",
        guess.flatMap { isStraightened ? axes(of: $0) : nil }.map {
          .object($0.map { ($0, .list($1.map { .number($0) })) })
        } ?? .null
      ))
    if let completed {
      members.append(
        (
          "completed",
          .object([
            ("area", .number((completed.area * 10).rounded() / 10)),
            ("share", .number((completed.share * 1000).rounded() / 1000)),
            ("sides", .list(completed.sides.map { .text($0) })),
          ])
        ))
    }
    members.append(("notes", .list(notes.map { .text($0) })))
    return JSONValue.object(members).written() + "\n"
  }
}

/// The guess as it stands in a design.
///
/// - Parameter byAxes: whether in millimetres along the head's own axes.
func yaml(_ guess: FrameGuess, byAxes: Bool) -> [String] {
  func list(_ values: [Double]) -> String { "[" + values.map(plainNumber).joined(separator: ", ") + "]" }
  var lines = [
    guess.unit.map { "  units: \(unitName($0))" }
      ?? "  units: \(plainNumber(perUnit(guess)))  # mm, for a head of mean size; better 'measure: {headBreadth: ...}' of the client"
  ]
  if byAxes {
    lines +=
      ["  axes:"]
      + axes(of: guess).map { "    \($0.name): \($0.values.count == 1 ? plainNumber($0.values[0]) : list($0.values))" }
  }
  lines.append("  landmarks:" + (byAxes ? "  # mm along these axes" : ""))
  let written = byAxes ? readFrame(of: guess) : nil
  return lines
    + guess.landmarks.all.map { name, p in
      let q = written.map { SIMD3<Double>($0.place(p)) } ?? p
      return "    \(name.rawValue): "
        + list([q.x, q.y, q.z].map { byAxes ? ($0 * 10).rounded() / 10 : rounded($0, in: guess) })
    }
}

/// The head's axes in the scan, as a design has them.
private func axes(of guess: FrameGuess) -> [(name: String, values: [Double])] {
  func direction(_ v: SIMD3<Double>) -> [Double] { [v.x, v.y, v.z].map { ($0 * 1e4).rounded() / 1e4 } }
  let o = guess.frame.origin
  return [
    ("origin", [o.x, o.y, o.z].map { rounded($0, in: guess) }), ("left", direction(guess.frame.left)),
    ("up", direction(guess.frame.up)),
    ("perUnit", [guess.unit.map { Double($0.millimetres) } ?? perUnit(guess)]),
  ]
}

/// The frame that a design reads from the axes as they are printed.
func readFrame(of guess: FrameGuess) -> ScanFrame {
  var read = ScanChoice.Axes()
  for (name, v) in axes(of: guess) {
    switch name {
    case "origin": read.origin = SIMD3(v[0], v[1], v[2])
    case "left": read.left = SIMD3(v[0], v[1], v[2])
    case "up": read.up = SIMD3(v[0], v[1], v[2])
    default: read.perUnit = v[0]
    }
  }
  return read.frame ?? guess.frame
}

/// A coordinate to about a tenth of a millimetre.
private func rounded(_ value: Double, in guess: FrameGuess) -> Double {
  var steps = 1.0
  while steps < 10 * guess.frame.millimetresPerUnit && steps < 1e12 { steps *= 10 }
  return (value * steps).rounded() / steps
}

/// Millimetres per unit to four digits.
private func perUnit(_ guess: FrameGuess) -> Double {
  var steps = 1.0
  while guess.frame.millimetresPerUnit * steps < 1000 && steps < 1e12 { steps *= 10 }
  return (guess.frame.millimetresPerUnit * steps).rounded() / steps
}

func plainNumber(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(value)
}

func unitName(_ unit: ScanUnit) -> String {
  switch unit {
  case .millimetre: "mm"
  case .centimetre: "cm"
  case .decimetre: "dm"
  case .metre: "m"
  case .inch: "inch"
  }
}

/// Draws the views of a scan, in its own colours if it has any. Deterministic.
///
/// - Parameters:
///   - mesh: the scan.
///   - origin: what was taken off its coordinates; where it is not zero, the grid runs along the head's own axes.
///   - colour: the colours of `mesh`.
///   - name: of the scan, for its ending and for errors; the sheet does not show it.
///   - isWhole: whether all of the scan is shown along its own axes, not the head that was found.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
public func landmarkSheet(
  of mesh: TriangleMesh, origin: SIMD3<Double> = .zero, colour: SurfaceColour? = nil, named name: String,
  isWhole: Bool = false, threads: Int? = nil
) throws(StippleError) -> LandmarkSheet {
  guard let box = BoundingBox(mesh), !mesh.triangles.isEmpty, box.diagonal > 0 else {
    throw StippleError(.data, "\(name): no triangles to show")
  }
  let template: Head
  do {
    template = try makeMannequin(MannequinParameters(sex: .male), triangles: 30_000, threads: threads)
  } catch {
    throw StippleError(.data, "\(error)")
  }
  // Shards and triangles wound the wrong way would hide the head. Holes stay as they are.
  var options = RepairOptions()
  options.holeLimit = 0
  var repaired = repairScan(mesh, options)
  var notes: [String] = []
  var guess = FrameGuess(repaired.mesh, template: template, threads: threads)
  var completed: CompletedSkin?
  if var found = guess, found.isSure {
    completed = complete(&repaired, &found, template, notes: &notes, threads: threads)
    guess = found
  }
  if guess?.isSure != true, var part = FrameGuess(partOf: repaired.mesh, template: template, threads: threads),
    let made = complete(&repaired, &part, template, notes: &notes, threads: threads)
  {
    // Only for scans that end on the skull: all of a head is better found by all of it.
    (guess, completed) = (part, made)
  }
  var skin: ScanSkin?
  if let colour {
    do {
      skin = try ScanSkin(
        colour.carried(
          from: mesh, to: repaired.mesh, cornerSources: repaired.cornerSources,
          continuedFrom: completed?.firstTriangle), threads: threads)
    } catch {
      // Landmarks can be read without colours.
      notes.append("drawn in grey: \(error.description)")
    }
  }
  let placed = guess?.moved(by: origin)
  var drawing = SheetDrawing(mesh: repaired.mesh, skin: skin, name: name, box: box, guess: guess)
  if let placed, !isWhole, placed.isAskew || origin != .zero {
    var frame = readFrame(of: placed)
    frame.origin -= origin
    if let straight = drawing.straightened(frame, printed: placed) { drawing = straight }
  } else if origin != .zero {
    notes.append("figures are counted from \(short(origin.x)), \(short(origin.y)), \(short(origin.z)) of the file")
  }
  drawing.isWhole = isWhole
  drawing.completed = completed
  var sheet = drawing.sheet()
  sheet.guess = placed
  sheet.completed = completed
  sheet.notes = notes
  return sheet
}

/// Completes a scan of part of a head, and takes what it does not show out of the guess.
private func complete(
  _ repaired: inout RepairedScan, _ guess: inout FrameGuess, _ template: Head, notes: inout [String], threads: Int?
) -> CompletedSkin? {
  guard
    let made = completeScan(
      &repaired, frame: guess.frame, landmarks: guess.landmarks, template: template, threads: threads)
  else { return nil }
  notes.append(made.skin.text)
  // A design needs both ears and the nasal root; of what else is not there no reading is to be made up.
  let needed: [ScanLandmarks.Name] = [.leftTragion, .rightTragion, .sellion]
  for name in made.notShown where !needed.contains(name) { guess.landmarks[name] = nil }
  let estimated = made.notShown.filter { needed.contains($0) }
  let left = made.notShown.filter { !needed.contains($0) }
  if !estimated.isEmpty {
    notes.append(estimated.map(\.title).joined(separator: ", ") + ": not shown by the scan; where the mean head has it")
  }
  if !left.isEmpty {
    notes.append(
      left.map(\.title).joined(separator: ", ") + ": not shown by the scan; a design takes it from the completed head")
  }
  return made.skin
}

/// Reads a scan, draws its landmark sheet and writes it as a PNG.
public func writeLandmarkSheet(
  of path: String, to output: String, isWhole: Bool = false, writing: WriteOptions = .init(), threads: Int? = nil
) throws(StippleError) -> LandmarkSheet {
  try checkOutputs([output], writing)
  let file = try loadMesh(path)
  var sheet = try landmarkSheet(
    of: file.shape, origin: file.origin, colour: file.colour,
    named: path.split(separator: "/").last.map(String.init) ?? path,
    isWhole: isWhole, threads: threads)
  sheet.notes = file.notes + sheet.notes
  if !writing.isRehearsal {
    try writeFiles([OutputFile(sheet.image, path: output, options: PNGOptions(texts: [versionText]))], writing)
  }
  return sheet
}

extension FrameGuess {
  /// The same in coordinates that start elsewhere.
  fileprivate func moved(by offset: SIMD3<Double>) -> FrameGuess {
    var moved = self
    moved.frame.origin += offset
    for (name, place) in landmarks.all { moved.landmarks[name] = place + offset }
    return moved
  }

  /// Whether the head is turned against the scan's axes by more than 10 degrees.
  var isAskew: Bool {
    [frame.left, frame.up].contains { v in max(abs(v.x), max(abs(v.y), abs(v.z))) < 0.985 }
  }
}
