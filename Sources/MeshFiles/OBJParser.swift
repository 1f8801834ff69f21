// The lines of an OBJ file. A cursor runs over the bytes once. Memory stays in proportion to the file: nothing is
// allocated ahead of what was read.

private let backslash = UInt8(ascii: "\\")
private let slash = UInt8(ascii: "/")

struct OBJParser {
  var cursor: TextCursor
  var positions = ExactPositions()
  var triangles: [SIMD3<UInt32>] = []
  /// sRGB, 0 to 1 or 0 to 255, for the first `colours.count` vertices.
  var colours: [SIMD3<Float>] = []
  /// As the file has them: v upwards.
  var textureCoordinates: [SIMD2<Float>] = []
  /// Texture coordinate of each corner, as long as `triangles` once one was seen; `UInt32.max` for none.
  var cornerCoordinates: [SIMD3<UInt32>] = []
  /// Names of materials in order of first use.
  var materialNames: [String] = []
  private var materialNumbers: [String: Int] = [:]
  private var material: UInt16 = 0
  var materialOfTriangle: [UInt16] = []
  var libraries: [String] = []
  /// Corners that refer to vertices or texture coordinates further down: index and place in the file.
  private var ahead: [(index: UInt32, offset: Int)] = []
  private var textureAhead: [(index: UInt32, offset: Int)] = []

  init(name: String) { cursor = TextCursor(name: name, numberEnd: backslash) }

  mutating func parse(_ b: Span<UInt8>) throws(MeshFileError) {
    let name = cursor.name
    if b.isEmpty { throw MeshFileError(file: name, message: "the file is empty; an OBJ file has v and f lines") }
    for k in 0..<min(b.count, 4096) where b[k] == 0 {
      throw MeshFileError(file: name, message: "not a text file (byte \(k) is zero); OBJ is plain text")
    }
    // A byte-order mark may come first.
    if b.count >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF { cursor.i = 3 }
    while cursor.i < b.count {
      skipBlanks(b)
      if cursor.i >= b.count { break }
      let start = cursor.i
      while cursor.i < b.count && b[cursor.i] > space && b[cursor.i] != hash { cursor.i += 1 }
      switch cursor.i - start {
      case 1 where b[start] == UInt8(ascii: "v"): try vertex(b)
      case 1 where b[start] == UInt8(ascii: "f"): try face(b)
      case 2 where b[start] == UInt8(ascii: "v") && b[start + 1] == UInt8(ascii: "t"): try textureCoordinate(b)
      case 6 where cursor.text(b, start..<cursor.i) == "usemtl": try useMaterial(restOfLine(b), b, start)
      case 6 where cursor.text(b, start..<cursor.i) == "mtllib": libraries.append(restOfLine(b))
      default: break
      }
      skipLine(b)
    }
    if positions.isEmpty {
      throw MeshFileError(file: name, message: "no vertices found; an OBJ file lists them in lines 'v x y z'")
    }
    if triangles.isEmpty {
      throw MeshFileError(file: name, message: "no faces found; an OBJ file lists them in lines 'f 1 2 3'")
    }
    for (index, offset) in ahead where Int(index) >= positions.count {
      throw outOfRange(b, offset, "\(Int(index) + 1)")
    }
    // Some programs write texture indices and leave the coordinates out.
    if textureCoordinates.isEmpty {
      cornerCoordinates = []
      textureAhead = []
    }
    for (index, offset) in textureAhead where Int(index) >= textureCoordinates.count {
      throw textureOutOfRange(b, offset, "\(Int(index) + 1)")
    }
  }

  /// Passes spaces, tabs and continued line ends.
  @inline(__always)
  private mutating func skipBlanks(_ b: Span<UInt8>) {
    var i = cursor.i
    while i < b.count {
      if b[i] == space || b[i] == tab {
        i += 1
      } else if b[i] == backslash && i + 1 < b.count && b[i + 1] == newline {
        i += 2
      } else if b[i] == backslash && i + 2 < b.count && b[i + 1] == carriageReturn && b[i + 2] == newline {
        i += 3
      } else {
        break
      }
    }
    cursor.i = i
  }

  /// Passes the rest of a line, with its continuations.
  private mutating func skipLine(_ b: Span<UInt8>) {
    var isComment = false
    var i = cursor.i
    while i < b.count {
      if b[i] == hash { isComment = true }
      if b[i] == newline { break }
      if b[i] == carriageReturn && !(i + 1 < b.count && b[i + 1] == newline) { break }
      if b[i] == backslash && !isComment {
        cursor.i = i
        skipBlanks(b)
        if cursor.i > i {
          i = cursor.i
          continue
        }
      }
      i += 1
    }
    cursor.i = i + 1
  }

  /// The rest of a line as a name, without blanks at its ends.
  private func restOfLine(_ b: Span<UInt8>) -> String {
    var ahead = cursor
    return cursor.text(b, ahead.line(b))
  }

  @inline(__always)
  private func atLineEnd(_ b: Span<UInt8>) -> Bool {
    let i = cursor.i
    return i >= b.count || b[i] == newline || b[i] == carriageReturn || b[i] == hash
  }

  private mutating func vertex(_ b: Span<UInt8>) throws(MeshFileError) {
    var p = SIMD3<Double>.zero
    for k in 0..<3 {
      skipBlanks(b)
      if atLineEnd(b) {
        throw cursor.error(b, cursor.i, "a vertex needs 3 coordinates, found \(k)")
      }
      p[k] = try cursor.coordinate(b)
    }
    // A weight, or a colour with or without opacity, may follow.
    var extra = SIMD3<Float>.zero
    var count = 0
    skipBlanks(b)
    while !atLineEnd(b) {
      let value = try cursor.number(b)
      if count < 3 { extra[count] = Float(value) }
      count += 1
      skipBlanks(b)
    }
    if positions.count == Int(UInt32.max) - 1 { throw cursor.error(b, cursor.i, "more than 4294967294 vertices") }
    if count == 3 || count == 4, colours.count == positions.count { colours.append(extra) }
    positions.append(p)
  }

  private mutating func textureCoordinate(_ b: Span<UInt8>) throws(MeshFileError) {
    var uv = SIMD2<Float>.zero
    var count = 0
    skipBlanks(b)
    while !atLineEnd(b) {
      let value = try cursor.coordinate(b)
      if count < 2 { uv[count] = Float(value) }
      count += 1
      skipBlanks(b)
    }
    if count == 0 { throw cursor.error(b, cursor.i, "a texture coordinate needs 1 to 3 numbers, found 0") }
    if textureCoordinates.count == Int(UInt32.max) - 1 {
      throw cursor.error(b, cursor.i, "more than 4294967294 texture coordinates")
    }
    textureCoordinates.append(uv)
  }

  private mutating func useMaterial(_ name: String, _ b: Span<UInt8>, _ start: Int) throws(MeshFileError) {
    if let known = materialNumbers[name] {
      material = UInt16(known)
      return
    }
    if materialNames.count >= Int(UInt16.max) - 1 {
      throw cursor.error(b, start, "more than \(UInt16.max - 1) materials")
    }
    // Faces before the first usemtl have material 0, which has no name.
    if materialNames.isEmpty { materialNames.append("") }
    material = UInt16(materialNames.count)
    materialNumbers[name] = materialNames.count
    materialNames.append(name)
  }

  private mutating func face(_ b: Span<UInt8>) throws(MeshFileError) {
    let start = cursor.i
    var first = Corner()
    var previous = Corner()
    var count = 0
    skipBlanks(b)
    while !atLineEnd(b) {
      let corner = try corner(b)
      if count == 0 { first = corner }
      if count >= 2 { append(first, previous, corner) }
      previous = corner
      count += 1
      skipBlanks(b)
    }
    if count < 3 { throw cursor.error(b, start, "a face needs at least 3 corners, found \(count)") }
  }

  private struct Corner {
    var vertex: UInt32 = 0
    var texture = UInt32.max
  }

  @inline(__always)
  private mutating func append(_ a: Corner, _ b: Corner, _ c: Corner) {
    let texture = SIMD3(a.texture, b.texture, c.texture)
    if cornerCoordinates.count < triangles.count
      || (cornerCoordinates.isEmpty && texture != SIMD3(repeating: .max)) || !cornerCoordinates.isEmpty
    {
      while cornerCoordinates.count < triangles.count { cornerCoordinates.append(SIMD3(repeating: .max)) }
      if !(cornerCoordinates.isEmpty && texture == SIMD3(repeating: .max)) { cornerCoordinates.append(texture) }
    }
    triangles.append(SIMD3(a.vertex, b.vertex, c.vertex))
    if !materialNames.isEmpty {
      while materialOfTriangle.count < triangles.count - 1 { materialOfTriangle.append(0) }
      materialOfTriangle.append(material)
    }
  }

  /// One corner: `v`, `v/vt`, `v//vn` or `v/vt/vn`; indices counted from 0.
  @inline(__always)
  private mutating func corner(_ b: Span<UInt8>) throws(MeshFileError) -> Corner {
    let start = cursor.i
    var corner = Corner()
    let index = try integer(b, start)
    if cursor.i < b.count && b[cursor.i] == slash {
      cursor.i += 1
      if cursor.i < b.count && (b[cursor.i] == minus || TextCursor.isDigit(b[cursor.i])) {
        corner.texture = try textureIndex(try integer(b, start), b, start)
      }
      if cursor.i < b.count && b[cursor.i] == slash {
        cursor.i += 1
        if cursor.i < b.count && (b[cursor.i] == minus || TextCursor.isDigit(b[cursor.i])) { _ = try integer(b, start) }
      }
    }
    if cursor.i < b.count && b[cursor.i] > space && b[cursor.i] != hash && b[cursor.i] != backslash {
      throw notACorner(b, start)
    }
    if index == 0 {
      throw cursor.error(b, start, "vertex index 0 is not allowed; indices count from 1, or back from -1")
    }
    if index < 0 {
      guard index >= -positions.count else { throw outOfRange(b, start, "\(index)") }
      corner.vertex = UInt32(positions.count + index)
      return corner
    }
    guard let zeroBased = UInt32(exactly: index - 1), zeroBased < UInt32.max else {
      throw outOfRange(b, start, "\(index)")
    }
    if index > positions.count { ahead.append((zeroBased, start)) }
    corner.vertex = zeroBased
    return corner
  }

  private mutating func textureIndex(_ index: Int, _ b: Span<UInt8>, _ start: Int) throws(MeshFileError) -> UInt32 {
    if index < 0 {
      if textureCoordinates.isEmpty { return .max }
      guard index >= -textureCoordinates.count else { throw textureOutOfRange(b, start, "\(index)") }
      return UInt32(textureCoordinates.count + index)
    }
    guard let zeroBased = UInt32(exactly: index - 1), zeroBased < UInt32.max else {
      throw textureOutOfRange(b, start, "\(index)")
    }
    if index > textureCoordinates.count { textureAhead.append((zeroBased, start)) }
    return zeroBased
  }

  @inline(__always)
  private mutating func integer(_ b: Span<UInt8>, _ start: Int) throws(MeshFileError) -> Int {
    var i = cursor.i
    let negative = i < b.count && b[i] == minus
    if negative { i += 1 }
    let first = i
    var value = 0
    while i < b.count && TextCursor.isDigit(b[i]) {
      // 18 digits fit; more cannot be an index.
      if i - first >= 18 { throw outOfRange(b, start, cursor.token(b, start)) }
      value = value &* 10 &+ Int(b[i] &- 48)
      i += 1
    }
    if i == first { throw notACorner(b, start) }
    cursor.i = i
    return negative ? -value : value
  }

  private func notACorner(_ b: Span<UInt8>, _ start: Int) -> MeshFileError {
    cursor.error(b, start, "'\(cursor.token(b, start))' is not a corner; allowed are v, v/vt, v//vn and v/vt/vn")
  }

  private func outOfRange(_ b: Span<UInt8>, _ offset: Int, _ index: String) -> MeshFileError {
    let count = positions.count
    return cursor.error(
      b, offset,
      count == 0
        ? "vertex index \(index) is out of range: there is no vertex yet"
        : "vertex index \(index) is out of range: 1 to \(count), or -1 to -\(count)")
  }

  private func textureOutOfRange(_ b: Span<UInt8>, _ offset: Int, _ index: String) -> MeshFileError {
    let count = textureCoordinates.count
    return cursor.error(
      b, offset,
      "texture coordinate index \(index) is out of range: 1 to \(count), or -1 to -\(count)")
  }
}
