// STL: three corners per facet, nothing shared. Text, or 84 bytes of header and 50 per facet.
//
//   0   header, 80 bytes of anything (it may begin with "solid", as text files do)
//   80  number of facets, little-endian
//   84  per facet: normal and three corners, 12 floats; 2 bytes that some programs use for a colour

import Arithmetic
import Meshes

private let headerSize = 84
private let facetSize = 50

/// Whether the count in the header of a binary STL file fits the file's size exactly.
func isBinarySTL(_ b: Span<UInt8>) -> Bool {
  b.count > headerSize && b.count == headerSize + facetSize * facetCount(b)
}

private func facetCount(_ b: Span<UInt8>) -> Int {
  Int(b[80]) | Int(b[81]) << 8 | Int(b[82]) << 16 | Int(b[83]) << 24
}

/// Reads an STL file. Corners are not shared: repair welds them.
func readSTL(_ b: Span<UInt8>, named name: String) throws(MeshFileError) -> MeshFile {
  if isBinarySTL(b) { return try readBinary(b, named: name) }
  var isText = true
  for k in 0..<min(b.count, 4096) where b[k] == 0 { isText = false }
  return isText ? try readText(b, named: name) : try readBinary(b, named: name)
}

private func readBinary(_ b: Span<UInt8>, named name: String) throws(MeshFileError) -> MeshFile {
  guard b.count >= headerSize else {
    throw MeshFileError(
      file: name, place: "byte \(b.count)", message: "the file ends within the header of 84 bytes of a binary STL")
  }
  let count = facetCount(b)
  let room = (b.count - headerSize) / facetSize
  if count > room {
    throw MeshFileError(
      file: name, place: "byte 80",
      message: "the header claims \(count) facets of 50 bytes, but the file of \(b.count) bytes ends after \(room)")
  }
  if count == 0 { throw MeshFileError(file: name, place: "byte 80", message: "the file has no facets") }

  let raw = b.bytes
  var positions = ExactPositions()
  positions.reserveCapacity(3 * count)
  var coloured = 0
  for i in 0..<count {
    let at = headerSize + facetSize * i
    for k in 0..<3 {
      let p = at + 12 + 12 * k
      let corner = SIMD3(littleFloat(raw, p), littleFloat(raw, p + 4), littleFloat(raw, p + 8))
      try check(corner, named: name) { "byte \(p)" }
      positions.append(corner)
    }
    if b[at + 48] != 0 || b[at + 49] != 0 { coloured += 1 }
  }
  var file = unshared(positions, .binarySTL)
  if coloured > 0 { file.notes.append("the colours of \(coloured) facets are left out: STL has no agreed colours") }
  let rest = b.count - headerSize - facetSize * count
  if rest > 0 { file.notes.append("\(rest) bytes after the last facet are passed over") }
  return file
}

private func readText(_ b: Span<UInt8>, named name: String) throws(MeshFileError) -> MeshFile {
  var cursor = TextCursor(name: name)
  if b.count >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF { cursor.i = 3 }
  var positions = ExactPositions()

  /// Whether the next word is `word`, which is then passed.
  func take(_ word: StaticString) -> Bool {
    cursor.skipWhite(b)
    let length = word.utf8CodeUnitCount
    if cursor.i + length > b.count { return false }
    for k in 0..<length where b[cursor.i + k] | 0x20 != word.utf8Start[k] { return false }
    if cursor.i + length < b.count && b[cursor.i + length] > space { return false }
    cursor.i += length
    return true
  }
  func expect(_ word: StaticString, _ where: String) throws(MeshFileError) {
    if take(word) { return }
    let found = cursor.i >= b.count ? "the file ends" : "found '\(cursor.token(b, cursor.i))'"
    throw cursor.error(b, cursor.i, "\(found) where '\(word)' is expected \(`where`)")
  }

  try expect("solid", "at the start of a text STL")
  _ = cursor.line(b)
  while true {
    if take("facet") {
      // The normal may be wrong, or no number at all: it follows from the corners.
      try expect("normal", "after 'facet'")
      for _ in 0..<3 {
        cursor.skipWhite(b)
        _ = cursor.word(b)
      }
      try expect("outer", "after the normal of a facet")
      try expect("loop", "after 'outer'")
      for _ in 0..<3 {
        try expect("vertex", "within a facet, which has three")
        var p = SIMD3<Double>.zero
        for k in 0..<3 {
          cursor.skipWhite(b)
          p[k] = try cursor.coordinate(b)
        }
        positions.append(p)
      }
      if positions.count > Int(UInt32.max) - 3 { throw cursor.error(b, cursor.i, "too many facets") }
      try expect("endloop", "after the three corners of a facet")
      try expect("endfacet", "after 'endloop'")
    } else if take("endsolid") {
      _ = cursor.line(b)
    } else if take("solid") {
      _ = cursor.line(b)
    } else {
      cursor.skipWhite(b)
      if cursor.i >= b.count { break }
      throw cursor.error(
        b, cursor.i, "found '\(cursor.token(b, cursor.i))' where 'facet', 'endsolid' or 'solid' is expected")
    }
  }
  if positions.isEmpty { throw MeshFileError(file: name, message: "the file has no facets") }
  return unshared(positions, .asciiSTL)
}

/// A mesh in which every triangle has three corners of its own.
private func unshared(_ positions: ExactPositions, _ format: MeshFile.Format) -> MeshFile {
  var triangles: [SIMD3<UInt32>] = []
  triangles.reserveCapacity(positions.count / 3)
  for i in 0..<UInt32(positions.count / 3) { triangles.append(SIMD3(3 * i, 3 * i + 1, 3 * i + 2)) }
  return MeshFile(format: format, positions: positions, triangles: triangles)
}
