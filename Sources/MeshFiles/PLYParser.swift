// The elements of a PLY file. One walk over the data for all three encodings: a value is asked for by its type, and comes
// from digits or from bytes.

/// What a vertex property is for.
private enum Slot: Int {
  case x, y, z, red, green, blue, u, v, none

  static let count = 9

  init(_ name: String) {
    switch name {
    case "x": self = .x
    case "y": self = .y
    case "z": self = .z
    case "red", "diffuse_red", "r": self = .red
    case "green", "diffuse_green", "g": self = .green
    case "blue", "diffuse_blue", "b": self = .blue
    case "s", "u", "texture_u", "texture_s": self = .u
    case "t", "v", "texture_v", "texture_t": self = .v
    default: self = .none
    }
  }
}

struct PLYParser {
  let header: PLYHeader
  var cursor: TextCursor
  var positions = ExactPositions()
  var triangles: [SIMD3<UInt32>] = []
  /// sRGB as the file has it, scaled to 0...1 for integer types.
  var colours: [SIMD3<Float>] = []
  /// Per vertex, or per corner in threes; v upwards.
  var vertexUV: [SIMD2<Float>] = []
  var cornerUV: [SIMD2<Float>] = []
  var notes = Notes()
  /// Whether each row of a text file is known to be a line of its own, so that what stands after its values can be passed
  /// over; else values may be laid out in any way.
  private let isByLine: Bool
  /// Rows with more values than the header declares.
  private var longRows = 0

  init(_ header: PLYHeader, named name: String, isByLine: Bool = false) {
    self.header = header
    self.isByLine = isByLine
    cursor = TextCursor(name: name)
    cursor.i = header.end
  }

  mutating func parse(_ b: Span<UInt8>) throws(MeshFileError) {
    guard let vertices = header.elements.first(where: { $0.name == "vertex" }) else {
      throw MeshFileError(file: cursor.name, message: "the header has no element 'vertex'")
    }
    if vertices.count >= Int(UInt32.max) { throw cursor.error(b, vertices.offset, "more than 4294967294 vertices") }
    var seen: Set<String> = []
    for element in header.elements {
      switch element.name {
      case "vertex" where seen.insert("vertex").inserted: try readVertices(element, b)
      case "face": try readFaces(element, "vertex_indices", "vertex_index", count: vertices.count, b)
      case "tristrips": try readFaces(element, "vertex_indices", "vertex_index", count: vertices.count, strips: true, b)
      default: try skip(element, b)
      }
    }
    if longRows > 0 {
      notes.add(
        "\(longRows) rows have more values than the header declares; those at the ends of the lines are passed over")
    }
    if positions.isEmpty { throw MeshFileError(file: cursor.name, message: "the file has no vertices") }
    if triangles.isEmpty {
      throw MeshFileError(
        file: cursor.name, message: "the file has no faces: a cloud of points is no surface; mesh it before")
    }
  }

  // MARK: Rows

  /// Whether the data of a text file has as many lines that are not blank as the header declares rows.
  func hasALinePerRow(_ b: Span<UInt8>) -> Bool {
    var rows = 0
    for element in header.elements { rows += element.count }
    var lines = 0
    var isBlank = true
    for i in header.end..<b.count {
      if b[i] == newline || b[i] == carriageReturn {
        isBlank = true
      } else if b[i] > space && isBlank {
        isBlank = false
        lines += 1
      }
    }
    return lines == rows
  }

  /// Whether all of the file was read, but for blanks.
  func isAtEnd(_ b: Span<UInt8>) -> Bool {
    var ahead = cursor
    ahead.skipWhite(b)
    return ahead.i >= b.count
  }

  /// Begins a row: passes blank lines.
  @inline(__always)
  mutating func beginRow(_ b: Span<UInt8>) {
    if isByLine { cursor.skipWhite(b) }
  }

  /// Ends a row: passes what is left of its line.
  @inline(__always)
  mutating func endRow(_ b: Span<UInt8>) {
    if isByLine, !cursor.line(b).isEmpty { longRows += 1 }
  }

  // MARK: Values

  /// The next value. In binary files as many bytes as the type has, in text the next word.
  @inline(__always)
  mutating func value(_ type: PLYHeader.Scalar, _ b: Span<UInt8>) throws(MeshFileError) -> Double {
    if header.encoding == .ascii {
      if isByLine {
        while cursor.i < b.count && (b[cursor.i] == space || b[cursor.i] == tab) { cursor.i += 1 }
      } else {
        cursor.skipWhite(b)
      }
      return try cursor.number(b)
    }
    let at = cursor.i
    if type.size > b.count - at { throw endsEarly(b) }
    cursor.i = at + type.size
    let raw = b.bytes
    let big = header.encoding == .big
    switch type {
    case .int8: return Double(Int8(bitPattern: b[at]))
    case .uint8: return Double(b[at])
    case .int16: return Double(Int16(bitPattern: big ? littleUInt16(raw, at).byteSwapped : littleUInt16(raw, at)))
    case .uint16: return Double(big ? littleUInt16(raw, at).byteSwapped : littleUInt16(raw, at))
    case .int32: return Double(Int32(bitPattern: big ? littleUInt32(raw, at).byteSwapped : littleUInt32(raw, at)))
    case .uint32: return Double(big ? littleUInt32(raw, at).byteSwapped : littleUInt32(raw, at))
    case .float:
      return Double(Float(bitPattern: big ? littleUInt32(raw, at).byteSwapped : littleUInt32(raw, at)))
    case .double:
      let low = UInt64(littleUInt32(raw, at))
      let high = UInt64(littleUInt32(raw, at + 4))
      let bits = low | high << 32
      return Double(bitPattern: big ? bits.byteSwapped : bits)
    }
  }

  private func endsEarly(_ b: Span<UInt8>) -> MeshFileError {
    header.encoding == .ascii
      ? cursor.error(b, b.count, "the file ends early: values are missing")
      : MeshFileError(file: cursor.name, place: "byte \(cursor.i)", message: "the file ends early: values are missing")
  }

  /// An error at the value that begins at `at`.
  func error(_ b: Span<UInt8>, _ at: Int, _ message: String) -> MeshFileError {
    if header.encoding != .ascii { return MeshFileError(file: cursor.name, place: "byte \(at)", message: message) }
    var word = at
    while word < b.count && b[word] <= space { word += 1 }
    return cursor.error(b, word, message)
  }

  /// The number of items in a list.
  @inline(__always)
  mutating func listCount(_ type: PLYHeader.Scalar, _ b: Span<UInt8>) throws(MeshFileError) -> Int {
    let at = cursor.i
    let value = try value(type, b)
    guard let count = Int(exactly: value), count >= 0 else {
      throw error(b, at, "\(value) is not the length of a list; it must be a whole number from 0")
    }
    return count
  }

  /// Passes one property.
  mutating func skip(_ property: PLYHeader.Property, _ b: Span<UInt8>) throws(MeshFileError) {
    guard let countType = property.count else {
      _ = try value(property.type, b)
      return
    }
    let at = cursor.i
    let count = try listCount(countType, b)
    if header.encoding == .ascii {
      for _ in 0..<count { _ = try value(property.type, b) }
    } else {
      if count > (b.count - cursor.i) / property.type.size { throw error(b, at, listTooLong(count, b)) }
      cursor.i += count * property.type.size
    }
  }

  func listTooLong(_ count: Int, _ b: Span<UInt8>) -> String {
    "a list of \(count) items does not fit into the \(b.count - cursor.i) bytes that are left"
  }

  /// Passes a whole element.
  mutating func skip(_ element: PLYHeader.Element, _ b: Span<UInt8>) throws(MeshFileError) {
    if element.count > 0 { notes.add("\(element.count) of element \(element.name) are passed over") }
    for _ in 0..<element.count {
      beginRow(b)
      for property in element.properties { try skip(property, b) }
      endRow(b)
    }
  }

  // MARK: Vertices

  private mutating func readVertices(_ element: PLYHeader.Element, _ b: Span<UInt8>) throws(MeshFileError) {
    let slots = element.properties.map { $0.count == nil ? Slot($0.name) : .none }
    for (slot, name) in [(Slot.x, "x"), (.y, "y"), (.z, "z")] where !slots.contains(slot) {
      throw cursor.error(b, element.offset, "element vertex has no property '\(name)'")
    }
    func has(_ all: Slot...) -> Bool { all.allSatisfy(slots.contains) }
    let hasColours = has(.red, .green, .blue)
    let hasUV = has(.u, .v)
    let scale = colourScale(element, slots)
    positions.reserveCapacity(element.count)
    if hasColours { colours.reserveCapacity(element.count) }
    if hasUV { vertexUV.reserveCapacity(element.count) }
    var values = [Double](repeating: 0, count: Slot.count)
    let isSingle =
      header.encoding != .ascii
      && zip(slots, element.properties).allSatisfy {
        $0.rawValue > Slot.z.rawValue || ![.double, .int32, .uint32].contains($1.type)
      }
    for _ in 0..<element.count {
      beginRow(b)
      let start = cursor.i
      for (k, slot) in slots.enumerated() {
        let property = element.properties[k]
        if property.count != nil {
          try skip(property, b)
        } else {
          values[slot.rawValue] = try value(property.type, b)
        }
      }
      endRow(b)
      let p = SIMD3(Float(values[0]), Float(values[1]), Float(values[2]))
      let limit = Float(largestCoordinate)
      if !(abs(p.x) <= limit && abs(p.y) <= limit && abs(p.z) <= limit) {
        throw error(
          b, start,
          "vertex \(positions.count): (\(p.x), \(p.y), \(p.z)) is out of range: finite numbers from -1000000 to 1000000"
        )
      }
      if isSingle { positions.append(p) } else { positions.append(SIMD3(values[0], values[1], values[2])) }
      if hasColours { colours.append(SIMD3(Float(values[3]), Float(values[4]), Float(values[5])) * scale) }
      if hasUV { vertexUV.append(SIMD2(Float(values[6]), Float(values[7]))) }
    }
    let others = zip(slots, element.properties).filter { $0.0 == .none && !known.contains($0.1.name) }.map(\.1.name)
    if !others.isEmpty {
      notes.add("vertex properties passed over: \(others.prefix(8).joined(separator: ", "))")
    }
  }

  /// What scales stored colours to 0...1.
  private func colourScale(_ element: PLYHeader.Element, _ slots: [Slot]) -> Float {
    guard let red = slots.firstIndex(of: .red) else { return 1 }
    switch element.properties[red].type {
    case .int8: return 1.0 / 127
    case .uint8: return 1.0 / 255
    case .int16: return 1.0 / 32767
    case .uint16: return 1.0 / 65535
    default: return 1
    }
  }
}

/// Properties that say nothing that is missing in a picture.
private let known: Set<String> = ["nx", "ny", "nz", "alpha", "diffuse_alpha", "a"]
