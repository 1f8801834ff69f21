// GLB, the binary container of glTF 2.0: 12 bytes of header, then chunks of JSON and of buffer data.
//
//   0   "glTF", version 2, length of the whole file            3 little-endian words
//   12  length and kind of a chunk, then its bytes; the first is JSON, the second, if any, BIN

private let jsonChunk: UInt32 = 0x4E4F_534A
private let binaryChunk: UInt32 = 0x004E_4942

/// Reads a GLB file.
func readGLB(_ bytes: [UInt8], named name: String, neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
  func error(_ at: Int, _ message: String) -> MeshFileError {
    MeshFileError(file: name, place: "byte \(at)", message: message)
  }
  if bytes.count < 20 { throw error(bytes.count, "the file ends within the header of a GLB") }
  let raw = bytes.span.bytes
  let version = littleUInt32(raw, 4)
  if version != 2 { throw error(4, "GLB version \(version) is not read; allowed is 2") }
  let length = Int(littleUInt32(raw, 8))
  let claim = "the header says that the file has \(length) bytes, but it has \(bytes.count)"
  func cutShort() -> MeshFileError { error(8, claim + ": it is cut short or damaged") }
  var json: Range<Int>?
  var binary: Range<Int>?
  var at = 12
  // Chunks that are whole are read, whatever the header says of their sum; what follows the last one is none.
  while at < bytes.count {
    let isPastEnd = at >= length && json != nil
    if bytes.count - at < 8 {
      if isPastEnd { break }
      throw length > bytes.count ? cutShort() : error(at, "the file ends within the header of a chunk")
    }
    let size = Int(littleUInt32(raw, at))
    let kind = littleUInt32(raw, at + 4)
    if isPastEnd && (binary != nil || kind != binaryChunk || size > bytes.count - at - 8) { break }
    if size > bytes.count - at - 8 {
      throw length > bytes.count
        ? cutShort()
        : error(at, "a chunk of \(size) bytes does not fit into the \(bytes.count - at - 8) bytes that are left")
    }
    let range = at + 8..<at + 8 + size
    if json == nil {
      if kind != jsonChunk { throw error(at + 4, "the first chunk of a GLB must be JSON") }
      json = range
    } else if binary == nil && kind == binaryChunk {
      binary = range
    }
    at = range.upperBound
  }
  guard let json else { throw error(12, "the file has no JSON chunk") }
  if length > bytes.count && binary == nil { throw cutShort() }
  let tree = try JSONTree(Array(bytes[json]), named: name, base: json.lowerBound)
  var document = try GLTFDocument(
    tree, binary: binary.map { GLTFBuffer(bytes: bytes, range: $0) }, fileSize: bytes.count, neighbour: neighbour)
  if length != bytes.count {
    let rest = bytes.count - at
    document.notes.add(
      claim + (rest > 0 ? ": \(rest) bytes after its last part are passed over" : ": its parts are whole and are read"))
  }
  return try document.meshFile(.glb, neighbour: neighbour)
}

/// Reads a glTF file.
func readGLTF(_ bytes: [UInt8], named name: String, neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
  let tree = try JSONTree(bytes, named: name)
  var document = try GLTFDocument(tree, binary: nil, fileSize: bytes.count, neighbour: neighbour)
  return try document.meshFile(.gltf, neighbour: neighbour)
}
