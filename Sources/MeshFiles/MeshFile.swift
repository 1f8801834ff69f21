// The one door for mesh files: looks at the first bytes, not only at the name, and hands them to the reader of that
// format.

import Files
import Meshes

/// A mesh file as it was read: nothing welded, nothing repaired.
public struct MeshFile: Sendable, Equatable {
  public enum Format: String, Sendable, CaseIterable {
    case obj = "OBJ"
    case asciiPLY = "PLY, text"
    case littleEndianPLY = "PLY, binary, little-endian"
    case bigEndianPLY = "PLY, binary, big-endian"
    case asciiSTL = "STL, text"
    case binarySTL = "STL, binary"
    case gltf = "glTF 2.0"
    case glb = "glTF 2.0, binary (GLB)"
  }

  public var format: Format
  /// Positions about `origin` in the file's own units and axes (node transforms of glTF applied), triangles in the file's
  /// order. Normals are empty: repair computes them.
  public var shape: TriangleMesh
  /// What was taken off every coordinate before it became single precision, units of the file: zero for a scan near the
  /// origin of its coordinates, its middle for one far away.
  public var origin: SIMD3<Double>
  /// Coordinates come in multiples of this, units of the file: what its digits, or single precision far from the origin, can
  /// hold. 0 where no step was found.
  public var step: Double
  /// The scan's own colours; `nil` where it has none.
  public var colour: SurfaceColour?
  /// What was passed over, one sentence each, in the order met.
  public var notes: [String]

  /// The mesh in the file's own coordinates, as nearly as single precision holds them.
  public var surface: TriangleMesh {
    if origin == .zero { return shape }
    var mesh = shape
    for i in mesh.positions.indices { mesh.positions[i] = SIMD3<Float>(SIMD3<Double>(mesh.positions[i]) + origin) }
    return mesh
  }

  /// - Parameter surface: in the file's own coordinates.
  public init(format: Format, surface: TriangleMesh, colour: SurfaceColour? = nil, notes: [String] = []) {
    self.format = format
    self.shape = surface
    self.origin = .zero
    self.step = 0
    self.colour = colour
    self.notes = notes
  }

  init(format: Format, positions: ExactPositions, triangles: [SIMD3<UInt32>]) {
    let placed = positions.placed()
    self.init(format: format, surface: TriangleMesh(positions: placed.positions, triangles: triangles, normals: []))
    (origin, step) = (placed.origin, placed.step)
  }
}

/// Finds a file that a mesh names: its bytes, or `nil` if there is none of that name beside the mesh.
///
/// The name is relative, without `..`: it stays in the mesh's folder or below it.
public typealias NeighbourFile = (_ name: String) throws(MeshFileError) -> [UInt8]?

/// Reads a mesh from an OBJ, PLY, STL, glTF or GLB file, whichever the bytes are.
///
/// Memory is bounded by the size of the files: a count in a header is believed only as far as bytes follow it.
/// - Parameters:
///   - name: how the file is called in errors; its ending decides only where the bytes leave it open.
///   - neighbour: finds materials, textures and buffers that the file names; the default finds none.
/// - Throws: `MeshFileError` with line and column, byte, or JSON path.
public func readMesh(
  _ bytes: [UInt8], named name: String, neighbour: NeighbourFile = { (_) throws(MeshFileError) in nil }
) throws(MeshFileError) -> MeshFile {
  var file =
    switch try kind(of: bytes.span, named: name) {
    case .obj: try readOBJFile(bytes.span, named: name, neighbour: neighbour)
    case .ply:
      try readPLY(hasByteOrderMark(bytes.span) ? Array(bytes[3...]) : bytes, named: name, neighbour: neighbour)
    case .stl: try readSTL(bytes.span, named: name)
    case .gltf: try readGLTF(bytes, named: name, neighbour: neighbour)
    case .glb: try readGLB(bytes, named: name, neighbour: neighbour)
    }
  // Notes name materials, textures and properties as the file does.
  file.notes = file.notes.map { shown($0, atMost: 600) }
  return file
}

/// Whether these bytes are a mesh file that `readMesh` knows by what is in it, whatever it is called.
///
/// OBJ has no mark of its own; it is known by a line `v x y z`. glTF is a JSON object with a member `asset`.
public func looksLikeMesh(_ bytes: [UInt8]) -> Bool {
  let b = bytes.span
  let first = textStart(b)
  if starts(b, "glTF") || isPLY(b) || isBinarySTL(b) || startsWord(b, first, "solid") { return true }
  if first < b.count && b[first] == UInt8(ascii: "{") {
    guard let tree = try? JSONTree(bytes, named: "") else { return false }
    return tree.member(0, "asset") != nil
  }
  return isOBJ(b)
}

/// What these bytes are, in a sentence with what to do about it, where they are no mesh that is read here but a format
/// that is known by its first bytes: another kind of mesh, an archive, a picture; else `nil`.
public func unreadFormat(_ bytes: [UInt8]) -> String? {
  let b = bytes.span
  if bytes.isEmpty || starts(b, "glTF") || isPLY(b) || isBinarySTL(b) { return nil }
  return otherFormat(b)?.message
}

private enum Kind {
  case obj, ply, stl, gltf, glb
}

private let allowed = "allowed are OBJ, PLY, STL, glTF and GLB"

private func kind(of b: Span<UInt8>, named name: String) throws(MeshFileError) -> Kind {
  let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
  if b.isEmpty { throw MeshFileError(file: name, message: "the file is empty; \(allowed)") }
  if starts(b, "glTF") { return .glb }
  if isPLY(b) { return .ply }
  if isBinarySTL(b) { return .stl }
  if let other = otherFormat(b) { throw MeshFileError(file: name, message: other.message) }

  var isText = true
  for k in 0..<min(b.count, 4096) where b[k] == 0 { isText = false }
  if !isText {
    // A binary STL whose count does not fit its size is a damaged STL.
    if ending == "stl" || starts(b, "solid") { return .stl }
    if let other = otherFormat(ending: ending) { throw MeshFileError(file: name, message: other.message) }
    throw MeshFileError(file: name, message: "not a mesh file that is known by its first bytes; \(allowed)")
  }
  let first = textStart(b)
  if first < b.count && b[first] == UInt8(ascii: "{") { return .gltf }
  if startsWord(b, first, "solid") { return .stl }
  if isOBJ(b) { return .obj }
  // What is called glTF and is none would be read as the lines of an OBJ
  if ending == "gltf" {
    let begins = first < b.count ? "it begins with '\(TextCursor(name: name).token(b, first))'" : "it holds only blanks"
    throw MeshFileError(
      file: name,
      message:
        "not glTF: a glTF file is JSON and begins with '{', but \(begins). If it is another format, give it that "
        + "format's ending; \(allowed)")
  }
  if let other = otherFormat(ending: ending) { throw MeshFileError(file: name, message: other.message) }
  return ending == "ply" ? .ply : ending == "stl" ? .stl : .obj
}

private func startsWord(_ b: Span<UInt8>, _ from: Int, _ word: String) -> Bool {
  var i = from
  for c in word.utf8 {
    if i >= b.count || b[i] | 0x20 != c { return false }
    i += 1
  }
  return i >= b.count || b[i] <= 32
}

/// Whether the first line is `ply`. Some editors put a byte-order mark before text.
private func isPLY(_ b: Span<UInt8>) -> Bool {
  let first = hasByteOrderMark(b) ? 3 : 0
  return starts(b, "ply\n", at: first) || starts(b, "ply\r", at: first)
}

/// Whether one of the first lines gives a vertex: `v` and three numbers.
private func isOBJ(_ b: Span<UInt8>) -> Bool {
  var cursor = TextCursor(name: "")
  cursor.i = hasByteOrderMark(b) ? 3 : 0
  let end = min(b.count, 1 << 16)
  for k in 0..<min(end, 4096) where b[k] == 0 { return false }
  while cursor.i < end {
    let line = cursor.line(b)
    guard line.count >= 7, b[line.lowerBound] == UInt8(ascii: "v") else { continue }
    var ahead = TextCursor(name: "")
    ahead.i = line.lowerBound + 1
    var numbers = 0
    while numbers < 3, ahead.i < line.upperBound, b[ahead.i] == space || b[ahead.i] == tab {
      ahead.skipWhite(b)
      guard ahead.i < line.upperBound, (try? ahead.number(b)) != nil else { break }
      numbers += 1
    }
    if numbers == 3 { return true }
  }
  return false
}
