import Arithmetic
import Files
import ImpressionSampling
import Mannequin
import MeshFiles
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// Measured facts, each with a name, a value and a unit.
public struct FactSheet: Sendable, Report {
  public struct Fact: Sendable, Equatable {
    public var name: String
    public var value: Double
    /// Empty for counts.
    public var unit: String
  }
  /// What is said in words.
  public struct Statement: Sendable, Equatable {
    public var name: String
    public var text: String
  }
  public var title: String
  public var statements: [Statement] = []
  public var facts: [Fact]

  public var text: String {
    let width = (facts.map(\.name.count) + statements.map(\.name.count)).max() ?? 0
    let words = statements.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.text }
    let lines = facts.map { fact in
      fact.name + String(repeating: " ", count: width - fact.name.count + 2) + figure(fact.value)
        + (fact.unit.isEmpty ? "" : " " + fact.unit)
    }
    return ([title] + words + lines).joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("info") + [
        ("title", .text(title)),
        (
          "statements",
          .list(statements.map { .object([("name", .text($0.name)), ("text", .text($0.text))]) })
        ),
        (
          "facts",
          .list(
            facts.map {
              .object([
                ("name", .text($0.name)), ("value", .number(($0.value * 1000).rounded() / 1000)),
                ("unit", .text($0.unit)),
              ])
            })
        ),
      ]
    ).written() + "\n"
  }
}

/// Measures a design (head, areas, impressions per layer and session) or a mesh, whichever the file's content is. A file
/// that tells neither is taken for what its name says: a mesh for `.obj`, `.ply`, `.stl`, `.gltf` or `.glb`.
///
/// Throws `StippleError` like `OpenedDesign` and `loadMesh`; for a format that is known and not read, with what it is.
///
/// - Parameters:
///   - path: the file.
///   - changes: values put in place of a design's.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
public func describe(_ path: String, changes: [DocumentChange] = [], threads: Int? = nil) throws(StippleError)
  -> FactSheet
{
  let bytes = try readInput(path, limit: largestMesh)
  let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
  let isNamedMesh = ["obj", "ply", "stl", "gltf", "glb"].contains(ending)
  let isPicture = bytes.starts(with: pngSignature) && !isNamedMesh
  let isMesh =
    !isPicture
    && (looksLikeMesh(bytes) || unreadFormat(bytes) != nil || isNamedMesh && !looksLikeDesign(bytes))
  if !isMesh { return try describeDesign(OpenedDesign(path, changes: changes, threads: threads)) }
  if !changes.isEmpty { throw StippleError(.usage, "\(path) is a mesh; -D changes a design") }
  return try describeMesh(path)
}

/// Two digits after the point, more below 1.
private func figure(_ value: Double) -> String { short(value, abs(value) < 1 ? 5 : 2) }

private func describeDesign(_ opened: OpenedDesign) throws(StippleError) -> FactSheet {
  let placement = try opened.placement()
  let work = try opened.work()
  var facts = headFacts(placement.head)
  facts += [
    .init(name: "adult scalp", value: Double(placement.fields.scalp.area), unit: "cm2"),
    .init(name: "bald or thin area", value: Double(placement.fields.lossArea), unit: "cm2"),
    .init(
      name: placement.fields.photographedHair == nil ? "hairs" : "hairs drawn", value: Double(placement.hair.count),
      unit: ""),
    .init(name: "treated area", value: work.treatedArea, unit: "cm2"),
    .init(name: "impressions", value: Double(work.impressions), unit: ""),
  ]
  for (index, layer) in try opened.totals().layers.enumerated() {
    facts.append(.init(name: "layer \(index + 1) adds", value: layer.impressions.rounded(), unit: "impressions"))
  }
  if let hair = try opened.head().photographedHair {
    facts.append(.init(name: "hair shown by colours", value: Double(hair.area), unit: "cm2"))
  }
  for index in opened.design.sessions.indices {
    let count = placement.impressions.points.indices.count { placement.session(of: $0) == index }
    facts.append(.init(name: "session \(index + 1)", value: Double(count), unit: "impressions"))
  }
  let words = try opened.hairWords().map { FactSheet.Statement(name: "hair", text: $0) }
  return FactSheet(title: "Design", statements: headStatements(placement.head) + words, facts: facts)
}

/// What of a head was completed, and which lengths are estimates for it.
private func headStatements(_ head: Head) -> [FactSheet.Statement] {
  guard let completed = head.completed else { return [] }
  var statements = [FactSheet.Statement(name: "completed", text: completed.text)]
  let lengths = HeadMeasurements.estimates(on: head).map(\.rawValue)
  if !lengths.isEmpty {
    statements.append(
      .init(name: "estimated", text: lengths.joined(separator: ", ") + ": they pass over skin that was completed"))
  }
  return statements
}

private func headFacts(_ head: Head) -> [FactSheet.Fact] {
  var facts = [FactSheet.Fact(name: "triangles", value: Double(head.mesh.triangles.count), unit: "")]
  if let completed = head.completed {
    facts += [
      .init(name: "completed skin", value: completed.area, unit: "cm2"),
      .init(name: "completed share of the head", value: 100 * completed.share, unit: "%"),
      .init(name: "mean head off the scan's skin, median", value: completed.gap, unit: "mm"),
    ]
  }
  if let tape = HeadMeasurements(of: head) {
    facts += [
      .init(name: "head length", value: Double(tape.headLength), unit: "mm"),
      .init(name: "head breadth", value: Double(tape.headBreadth), unit: "mm"),
      .init(name: "head circumference", value: Double(tape.headCircumference), unit: "mm"),
      .init(name: "tragion to vertex", value: Double(tape.tragionToVertex), unit: "mm"),
    ]
    for (name, length) in [
      ("face height", tape.faceHeight), ("bizygomatic breadth", tape.bizygomaticBreadth),
      ("coronal arc", tape.coronalArc),
    ] {
      if let length { facts.append(.init(name: name, value: Double(length), unit: "mm")) }
    }
  }
  return facts
}

/// Measures the head of a design and nothing else: for a mannequin each length beside the one asked for, the soundness
/// of its mesh, and how far that lies from the exact surface.
///
/// Throws `StippleError` like `OpenedDesign.head`.
public func describeHead(_ opened: OpenedDesign) throws(StippleError) -> FactSheet {
  guard case .mannequin(let choice) = opened.design.head else {
    let head = try opened.head()
    return FactSheet(title: "Head", statements: headStatements(head), facts: headFacts(head))
  }
  let found: MannequinInspection
  do {
    found = try inspectMannequin(mannequinParameters(choice, age: opened.design.client.age), threads: opened.threads)
  } catch {
    throw StippleError(.data, "\(opened.place(of: "head"))head: \(error)")
  }
  let form = found.invariants
  var facts: [FactSheet.Fact] = []
  for length in found.lengths {
    facts.append(.init(name: length.name, value: length.found, unit: "mm"))
    facts.append(.init(name: length.name + " asked", value: length.asked, unit: "mm"))
  }
  facts += [
    .init(name: "triangles", value: Double(found.head.mesh.triangles.count), unit: ""),
    .init(name: "closed (1 yes)", value: form.isClosed ? 1 : 0, unit: ""),
    .init(name: "manifold (1 yes)", value: form.isManifold && form.isConsistentlyOriented ? 1 : 0, unit: ""),
    .init(name: "parts", value: Double(form.componentCount), unit: ""),
    .init(name: "Euler number", value: Double(form.eulerNumber), unit: ""),
    .init(name: "smallest angle", value: found.smallestAngle, unit: "degrees"),
    .init(name: "mean distance from the exact surface", value: found.meanError, unit: "mm"),
    .init(name: "greatest distance from the exact surface", value: found.largestError, unit: "mm"),
  ]
  return FactSheet(title: "Head", facts: facts)
}

/// What a scan is like, what was wrong with it, and what repair makes of it.
private func describeMesh(_ path: String) throws(StippleError) -> FactSheet {
  let file = try loadMesh(path)
  let mesh = file.surface
  let repaired = repairScan(mesh)
  let report = repaired.report
  let form = repaired.mesh.invariants()
  guard var low = repaired.mesh.positions.first else {
    throw StippleError(.data, "\(path): no triangle is left after repair")
  }
  var high = low
  for p in repaired.mesh.positions {
    low = pointwiseMin(low, p)
    high = pointwiseMax(high, p)
  }
  func count(_ name: String, _ value: Int) -> FactSheet.Fact { .init(name: name, value: Double(value), unit: "") }
  // Lengths to a few thousandths of the whole, whatever the unit.
  var digits = 1.0
  while Double(length(high - low)) * digits < 1000 && digits < 1e9 { digits *= 10 }
  func size(_ value: Float) -> Double { (Double(value) * digits).rounded() / digits }
  func place(_ p: SIMD3<Float>) -> String {
    "at (" + [p.x, p.y, p.z].map { "\(size($0))" }.joined(separator: ", ") + ")"
  }
  // The file itself
  var facts = [
    count("vertices", mesh.positions.count), count("triangles", mesh.triangles.count),
    .init(name: "size in x", value: size(high.x - low.x), unit: "units"),
    .init(name: "size in y", value: size(high.y - low.y), unit: "units"),
    .init(name: "size in z", value: size(high.z - low.z), unit: "units"),
  ]
  // Repair, step by step
  facts += [
    count("welded vertices", report.weldedVertices),
    count("dropped degenerate triangles", report.degenerateTriangles),
    count("dropped duplicate triangles", report.duplicateTriangles),
    count("dropped unused vertices", report.unusedVertices),
    count("edges with more than two triangles", report.crowdedEdges),
    count("vertices added where sheets were cut apart", report.splitVertices),
    count("triangles turned over", report.turnedTriangles),
    count("edges cut where the surface has one side", report.oneSidedEdges),
    count("parts", max(report.parts.count, 1)), count("dropped parts", report.droppedParts),
    count("holes", report.holes.count), count("filled holes", report.filledHoles),
    count("triangles simplified away", report.collapsedTriangles),
    count("triangles after repair", repaired.mesh.triangles.count), count("closed (1 yes)", form.isClosed ? 1 : 0),
    count("manifold (1 yes)", form.isManifold ? 1 : 0),
  ]
  // Which
  let listed = 12
  let parts = report.parts.sorted { $0.triangles > $1.triangles }
  for part in parts.prefix(listed) {
    facts.append(
      .init(
        name: (part.isKept ? "kept part " : "dropped part ") + place(part.centre), value: Double(part.triangles),
        unit: "triangles"))
  }
  for hole in report.holes.sorted(by: { $0.perimeter > $1.perimeter }).prefix(listed) {
    let fate =
      switch hole.fate {
      case .filled, .filledOnScalp, .completed: "filled hole "
      case .large: "open hole "
      case .tangled: "tangled hole, left open, "
      }
    facts.append(.init(name: fate + place(hole.centre), value: size(hole.perimeter), unit: "units around"))
  }
  return FactSheet(title: "Mesh", statements: statements(about: file), facts: facts)
}

/// What the file is, what colours it brings, and what was left out.
private func statements(about file: MeshFile) -> [FactSheet.Statement] {
  var statements = [FactSheet.Statement(name: "format", text: file.format.rawValue)]
  if let colour = file.colour {
    if colour.materials.contains(where: \.hasVertexColours) {
      statements.append(.init(name: "colours", text: "at vertices"))
    }
    let listed = 12
    for texture in colour.textures.prefix(listed) {
      statements.append(
        .init(name: "colours", text: "texture \(texture.name), \(texture.width) x \(texture.height) pixels"))
    }
    if colour.textures.count > listed {
      statements.append(.init(name: "colours", text: "and \(colour.textures.count - listed) more textures"))
    }
    let bare = file.surface.triangles.indices.count { !colour.materials[colour.material(of: $0)].isColoured }
    if bare > 0 { statements.append(.init(name: "colours", text: "\(bare) triangles have none")) }
    do {
      _ = try ScanSkin(colour)
    } catch {
      statements.append(.init(name: "problem", text: error.description))
    }
  } else {
    statements.append(.init(name: "colours", text: "none: skin is drawn by the optical model"))
  }
  return statements + file.notes.map { .init(name: "note", text: $0) }
}
