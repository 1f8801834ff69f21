// Wavefront OBJ: vertices and polygons; everything else is passed over.
//
// A cursor runs over the bytes once. Memory stays in proportion to the file: nothing is allocated ahead of what
// was read.

/// Reads a Wavefront OBJ file: `v` and `f` lines, polygons as fans, negative indices, all four corner forms,
/// comments, line continuations, CRLF.
///
/// Coordinates are taken as they are (the format has no unit). Exact duplicates are welded and degenerate or
/// duplicate triangles dropped; `readOBJReportingRepairs` says how many.
/// - Parameter name: how the file is called in errors.
/// - Throws: `MeshFileError` with line and column.
public func readOBJ(_ bytes: Span<UInt8>, named name: String) throws(MeshFileError) -> TriangleMesh {
  try readOBJReportingRepairs(bytes, named: name).mesh
}

/// Reads a Wavefront OBJ file from an array of bytes.
public func readOBJ(_ bytes: [UInt8], named name: String) throws(MeshFileError) -> TriangleMesh {
  try readOBJReportingRepairs(bytes.span, named: name).mesh
}

/// Reads a Wavefront OBJ file and says what had to be repaired.
public func readOBJReportingRepairs(_ bytes: Span<UInt8>, named name: String) throws(MeshFileError)
  -> (mesh: TriangleMesh, repairs: MeshRepairReport)
{
  var parser = OBJParser(name: name)
  try parser.parse(bytes)
  let raw = TriangleMesh(positions: parser.positions, triangles: parser.triangles, normals: [])
  let (mesh, repairs) = raw.repaired()
  if mesh.triangles.isEmpty {
    throw MeshFileError(file: name, message: "no triangle with three different corners; a mesh needs at least one")
  }
  return (mesh, repairs)
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
private let backslash = UInt8(ascii: "\\")
private let slash = UInt8(ascii: "/")
private let hash = UInt8(ascii: "#")
private let minus = UInt8(ascii: "-")

private struct OBJParser {
  let name: String
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  /// Corners that refer to vertices further down: index and place in the file.
  private var ahead: [(index: UInt32, offset: Int)] = []
  /// Where the cursor stands.
  private var i = 0

  static let largestCoordinate: Double = 1e6

  init(name: String) { self.name = name }

  mutating func parse(_ b: Span<UInt8>) throws(MeshFileError) {
    if b.isEmpty { throw MeshFileError(file: name, message: "the file is empty; an OBJ file has v and f lines") }
    for k in 0..<min(b.count, 4096) where b[k] == 0 {
      throw MeshFileError(file: name, message: "not a text file (byte \(k) is zero); OBJ is plain text")
    }
    // A byte-order mark may come first.
    if b.count >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF { i = 3 }
    while i < b.count {
      skipBlanks(b)
      if i >= b.count { break }
      let start = i
      while i < b.count && b[i] > space && b[i] != hash { i += 1 }
      if i - start == 1 && b[start] == UInt8(ascii: "v") {
        try vertex(b)
      } else if i - start == 1 && b[start] == UInt8(ascii: "f") {
        try face(b)
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
  }

  /// Passes spaces, tabs and continued line ends.
  private mutating func skipBlanks(_ b: Span<UInt8>) {
    while i < b.count {
      if b[i] == space || b[i] == tab {
        i += 1
      } else if b[i] == backslash && i + 1 < b.count && b[i + 1] == newline {
        i += 2
      } else if b[i] == backslash && i + 2 < b.count && b[i + 1] == carriageReturn && b[i + 2] == newline {
        i += 3
      } else {
        return
      }
    }
  }

  /// Passes the rest of a line, with its continuations.
  private mutating func skipLine(_ b: Span<UInt8>) {
    var isComment = false
    while i < b.count {
      if b[i] == hash { isComment = true }
      if b[i] == newline { break }
      if b[i] == carriageReturn && !(i + 1 < b.count && b[i + 1] == newline) { break }
      if b[i] == backslash && !isComment {
        let before = i
        skipBlanks(b)
        if i > before { continue }
      }
      i += 1
    }
    i += 1
  }

  private func atLineEnd(_ b: Span<UInt8>) -> Bool {
    i >= b.count || b[i] == newline || b[i] == carriageReturn || b[i] == hash
  }

  private mutating func vertex(_ b: Span<UInt8>) throws(MeshFileError) {
    var p = SIMD3<Float>.zero
    for k in 0..<3 {
      skipBlanks(b)
      let start = i
      if atLineEnd(b) {
        throw error(b, start, "a vertex needs 3 coordinates, found \(k)")
      }
      let value = try number(b)
      if abs(value) > Self.largestCoordinate {
        throw error(b, start, "coordinate \(token(b, start)) is out of range: -1000000 to 1000000")
      }
      p[k] = Float(value)
    }
    // A weight or a colour may follow.
    skipBlanks(b)
    while !atLineEnd(b) {
      _ = try number(b)
      skipBlanks(b)
    }
    if positions.count == Int(UInt32.max) - 1 { throw error(b, i, "more than 4294967294 vertices") }
    positions.append(p)
  }

  private mutating func face(_ b: Span<UInt8>) throws(MeshFileError) {
    let start = i
    var first: UInt32 = 0
    var previous: UInt32 = 0
    var count = 0
    skipBlanks(b)
    while !atLineEnd(b) {
      let corner = try corner(b)
      if count == 0 { first = corner }
      if count >= 2 { triangles.append(SIMD3(first, previous, corner)) }
      previous = corner
      count += 1
      skipBlanks(b)
    }
    if count < 3 { throw error(b, start, "a face needs at least 3 corners, found \(count)") }
  }

  /// One corner: `v`, `v/vt`, `v//vn` or `v/vt/vn`; the vertex index counted from 0.
  private mutating func corner(_ b: Span<UInt8>) throws(MeshFileError) -> UInt32 {
    let start = i
    let index = try integer(b, start)
    for _ in 0..<2 where i < b.count && b[i] == slash {
      i += 1
      if i < b.count && (b[i] == minus || Self.isDigit(b[i])) { _ = try integer(b, start) }
    }
    if i < b.count && b[i] > space && b[i] != hash && b[i] != backslash {
      throw error(b, start, "'\(token(b, start))' is not a corner; allowed are v, v/vt, v//vn and v/vt/vn")
    }
    if index == 0 {
      throw error(b, start, "vertex index 0 is not allowed; indices count from 1, or back from -1")
    }
    if index < 0 {
      guard index >= -positions.count else { throw outOfRange(b, start, "\(index)") }
      return UInt32(positions.count + index)
    }
    guard let zeroBased = UInt32(exactly: index - 1), zeroBased < UInt32.max else {
      throw outOfRange(b, start, "\(index)")
    }
    if index > positions.count { ahead.append((zeroBased, start)) }
    return zeroBased
  }

  private mutating func integer(_ b: Span<UInt8>, _ start: Int) throws(MeshFileError) -> Int {
    let negative = i < b.count && b[i] == minus
    if negative { i += 1 }
    var value = 0
    var digits = 0
    while i < b.count && Self.isDigit(b[i]) {
      // 18 digits fit; more cannot be an index.
      if digits >= 18 { throw outOfRange(b, start, token(b, start)) }
      value = value * 10 + Int(b[i] - 48)
      digits += 1
      i += 1
    }
    if digits == 0 {
      throw error(b, start, "'\(token(b, start))' is not a corner; allowed are v, v/vt, v//vn and v/vt/vn")
    }
    return negative ? -value : value
  }

  /// A decimal number, rounded correctly to Double.
  ///
  /// W. D. Clinger. How to read floating point numbers accurately. 1990: with at most 15 digits and a power of
  /// ten up to 22, one multiplication or division is exact enough. All others go to the standard library.
  private mutating func number(_ b: Span<UInt8>) throws(MeshFileError) -> Double {
    let start = i
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var exponent = 0
    let negative = i < b.count && b[i] == minus
    if i < b.count && (b[i] == minus || b[i] == UInt8(ascii: "+")) { i += 1 }
    while i < b.count && Self.isDigit(b[i]) {
      if significant > 0 || b[i] != 48 { significant += 1 }
      if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(b[i] - 48) }
      digits += 1
      i += 1
    }
    if i < b.count && b[i] == UInt8(ascii: ".") {
      i += 1
      while i < b.count && Self.isDigit(b[i]) {
        if significant > 0 || b[i] != 48 { significant += 1 }
        if significant <= 19 {
          mantissa = mantissa &* 10 &+ UInt64(b[i] - 48)
          exponent -= 1
        }
        digits += 1
        i += 1
      }
    }
    if digits == 0 { throw notANumber(b, start) }
    var exact = true
    if i < b.count && (b[i] | 0x20) == UInt8(ascii: "e") {
      i += 1
      let negativeExponent = i < b.count && b[i] == minus
      if i < b.count && (b[i] == minus || b[i] == UInt8(ascii: "+")) { i += 1 }
      var value = 0
      var count = 0
      while i < b.count && Self.isDigit(b[i]) {
        if value < 10_000 { value = value * 10 + Int(b[i] - 48) }
        count += 1
        i += 1
      }
      if count == 0 { throw notANumber(b, start) }
      exponent += negativeExponent ? -value : value
      exact = value < 10_000
    }
    if i < b.count && b[i] > space && b[i] != hash && b[i] != backslash { throw notANumber(b, start) }
    if exact && significant <= 15 && abs(exponent) <= 22 {
      let magnitude = Double(mantissa)
      let value = exponent < 0 ? magnitude / Self.powersOfTen[-exponent] : magnitude * Self.powersOfTen[exponent]
      return negative ? -value : value
    }
    guard let value = Double(String(decoding: (start..<i).map { b[$0] }, as: UTF8.self)), value.isFinite else {
      throw error(b, start, "coordinate \(token(b, start)) is out of range: -1000000 to 1000000")
    }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  @inline(__always)
  private static func isDigit(_ c: UInt8) -> Bool { c &- 48 < 10 }

  /// What stands at an offset, for messages: printable characters up to the next blank, at most 24.
  private func token(_ b: Span<UInt8>, _ start: Int) -> String {
    var end = start
    while end < b.count && b[end] > space && end - start < 24 { end += 1 }
    let text = String(decoding: (start..<end).map { b[$0] < 127 ? b[$0] : UInt8(ascii: "?") }, as: UTF8.self)
    return end < b.count && b[end] > space ? text + "…" : text
  }

  private func notANumber(_ b: Span<UInt8>, _ start: Int) -> MeshFileError {
    error(b, start, "'\(token(b, start))' is not a number; allowed are finite decimals such as 12.5 or -3e-2")
  }

  private func outOfRange(_ b: Span<UInt8>, _ offset: Int, _ index: String) -> MeshFileError {
    let count = positions.count
    return error(
      b, offset,
      count == 0
        ? "vertex index \(index) is out of range: there is no vertex yet"
        : "vertex index \(index) is out of range: 1 to \(count), or -1 to -\(count)")
  }

  /// An error at an offset, with its line and column.
  private func error(_ b: Span<UInt8>, _ offset: Int, _ message: String) -> MeshFileError {
    var line = 1
    var lineStart = 0
    for k in 0..<min(offset, b.count) where b[k] == newline {
      line += 1
      lineStart = k + 1
    }
    return MeshFileError(file: name, line: line, column: offset - lineStart + 1, message: message)
  }
}
