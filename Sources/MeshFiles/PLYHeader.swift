// The header of a PLY file (Turk. The PLY polygon file format. 1994): elements in the order in which their data follow,
// each with named properties.

struct PLYHeader {
  enum Encoding {
    case ascii, little, big
  }

  enum Scalar {
    case int8, uint8, int16, uint16, int32, uint32, float, double

    var size: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .int32, .uint32, .float: 4
      case .double: 8
      }
    }

    var isInteger: Bool { self != .float && self != .double }

    init?(_ name: String) {
      switch name {
      case "char", "int8": self = .int8
      case "uchar", "uint8": self = .uint8
      case "short", "int16": self = .int16
      case "ushort", "uint16": self = .uint16
      case "int", "int32": self = .int32
      case "uint", "uint32": self = .uint32
      case "float", "float32": self = .float
      case "double", "float64": self = .double
      default: return nil
      }
    }
  }

  struct Property {
    var name: String
    var type: Scalar
    /// Type of the count before a list; `nil` for a single value.
    var count: Scalar?
    /// Place of its line in the file.
    var offset: Int

    /// Fewest bytes that it takes.
    func smallest(_ encoding: Encoding) -> Int {
      // In text a value has at least a digit and a blank.
      encoding == .ascii ? 2 : (count ?? type).size
    }
  }

  struct Element {
    var name: String
    var count: Int
    var properties: [Property]
    /// Place of its line in the file.
    var offset: Int
  }

  var encoding = Encoding.ascii
  var elements: [Element] = []
  /// Picture named in a comment, as MeshLab writes it.
  var textureFile: String?
  /// Where the data begin.
  var end = 0

  private static let types = "char, uchar, short, ushort, int, uint, float, double"

  init(_ b: Span<UInt8>, named name: String) throws(MeshFileError) {
    var cursor = TextCursor(name: name)
    let lineEndsAreCR = b.count > 4 && b[3] == carriageReturn && b[4] != newline
    func words() -> (line: Range<Int>, words: [String]) {
      let line = cursor.line(b, lineEndsAreCR: lineEndsAreCR)
      // A header line is short; a longer one is data or a comment.
      let text = cursor.text(b, line.prefix(1024).startIndex..<min(line.upperBound, line.lowerBound + 1024))
      return (line, text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init))
    }
    let first = words()
    if first.words != ["ply"] { throw cursor.error(b, first.line.lowerBound, "a PLY file begins with the line 'ply'") }
    var hasFormat = false
    while true {
      if cursor.i >= b.count {
        throw cursor.error(b, b.count, "the file ends within the header: 'end_header' is missing")
      }
      let (line, words) = words()
      let at = line.lowerBound
      guard let key = words.first else { continue }
      switch key {
      case "comment":
        if words.count > 2 && words[1].lowercased() == "texturefile" {
          textureFile = words[2...].joined(separator: " ")
        }
      case "obj_info": break
      case "format":
        guard words.count == 3, words[2] == "1.0" else {
          throw cursor.error(b, at, "the format line must be 'format ascii|binary_little_endian|binary_big_endian 1.0'")
        }
        switch words[1] {
        case "ascii": encoding = .ascii
        case "binary_little_endian": encoding = .little
        case "binary_big_endian": encoding = .big
        default:
          throw cursor.error(
            b, at,
            "format '\(words[1])' is not known; allowed are ascii, binary_little_endian and binary_big_endian")
        }
        hasFormat = true
      case "element":
        guard words.count == 3, let count = Int(words[2]), count >= 0 else {
          throw cursor.error(b, at, "an element line must be 'element name count', with a count from 0")
        }
        if elements.count >= 256 { throw cursor.error(b, at, "more than 256 elements") }
        elements.append(Element(name: words[1], count: count, properties: [], offset: at))
      case "property":
        try add(property: words, at: at, cursor, b)
      case "end_header":
        if !hasFormat { throw cursor.error(b, at, "the header has no format line") }
        end = cursor.i
        try checkCounts(cursor, b)
        return
      default:
        throw cursor.error(
          b, at,
          "'\(cursor.token(b, at))' is not known in a header; allowed are format, comment, obj_info, element, property "
            + "and end_header")
      }
    }
  }

  private mutating func add(property words: [String], at: Int, _ cursor: TextCursor, _ b: Span<UInt8>)
    throws(MeshFileError)
  {
    if elements.isEmpty { throw cursor.error(b, at, "a property comes before the first element") }
    let last = elements.count - 1
    if elements[last].properties.count >= 1024 { throw cursor.error(b, at, "more than 1024 properties") }
    func type(_ word: String) throws(MeshFileError) -> Scalar {
      guard let type = Scalar(word) else {
        throw cursor.error(b, at, "property type '\(word.prefix(24))' is not known; allowed are \(Self.types)")
      }
      return type
    }
    if words.count == 5, words[1] == "list" {
      let count = try type(words[2])
      if !count.isInteger { throw cursor.error(b, at, "the count of a list must be an integer, not \(words[2])") }
      elements[last].properties.append(Property(name: words[4], type: try type(words[3]), count: count, offset: at))
    } else if words.count == 3 {
      elements[last].properties.append(Property(name: words[2], type: try type(words[1]), offset: at))
    } else {
      throw cursor.error(b, at, "a property line must be 'property type name' or 'property list type type name'")
    }
  }

  /// Refuses counts that the rest of the file cannot hold, before anything is made ready for them.
  private func checkCounts(_ cursor: TextCursor, _ b: Span<UInt8>) throws(MeshFileError) {
    // The last value of a text file needs no blank after it.
    var room = b.count - end + (encoding == .ascii ? 1 : 0)
    for element in elements where element.count > 0 {
      let smallest = element.properties.reduce(0) { $0 + $1.smallest(encoding) }
      if smallest == 0 { throw cursor.error(b, element.offset, "element \(element.name) has no properties") }
      let (bytes, overflow) = element.count.multipliedReportingOverflow(by: smallest)
      if overflow || bytes > room {
        throw cursor.error(
          b, element.offset,
          "\(element.count) of element \(element.name) need at least \(smallest) bytes each, but only "
            + "\(max(0, room)) bytes of the file are left for them")
      }
      room -= bytes
    }
  }
}
