// Values of a document on their way out, and how they are laid out as text: what fits on a line stands on one, as a
// person would write it.

/// What stands behind a key.
indirect enum WrittenValue: Sendable, Equatable {
  /// A number, a flag or a name of the language, as it stands.
  case plain(String)
  /// Anyone's words; they are written in quotes, whatever they are.
  case text(String)
  case list([WrittenValue])
  case section([WrittenField])
}

/// A key and its value.
struct WrittenField: Sendable, Equatable {
  let name: String
  let value: WrittenValue
}

extension WrittenValue {
  /// The shortest decimal that reads back as this number. Beyond what a document may hold, infinities and NaN come out
  /// as words that no reader takes.
  static func number(_ value: Double) -> WrittenValue {
    let text = "\(value)"
    return .plain(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  static func whole(_ value: Int) -> WrittenValue { .plain("\(value)") }
}

/// The keys that say something of `root` beyond `standard`, in the order of the table.
func writtenFields<Root>(of root: Root, over standard: Root?, _ keys: [DesignKey<Root>]) -> [WrittenField] {
  keys.compactMap { key in key.write(root, standard).map { WrittenField(name: key.name, value: $0) } }
}

// MARK: - Layout

/// Sections and lists longer than this are broken into lines, in columns without the indentation.
private let widest = 100

/// Items of a broken list that are no longer than this share lines: four hundred places are not four hundred lines.
private let widestSharing = 60

/// A document of these fields: a key per line, sections indented by two.
func documentText(_ fields: [WrittenField]) -> String {
  fields.flatMap(\.lines).map { $0 + "\n" }.joined()
}

extension WrittenField {
  /// The field without the indentation around it.
  fileprivate var lines: [String] {
    if let line = value.oneLine { return ["\(name): \(line)"] }
    return ["\(name):"] + value.block.map { "  " + $0 }
  }
}

extension WrittenValue {
  private var isScalar: Bool {
    switch self {
    case .plain, .text: true
    case .list, .section: false
    }
  }

  /// Nothing deeper than scalars.
  private var isFlat: Bool {
    switch self {
    case .plain, .text: true
    case .list(let items): items.allSatisfy(\.isScalar)
    case .section(let fields): fields.allSatisfy(\.value.isScalar)
    }
  }

  /// The value on one line, if it is simple and short enough; a scalar always is.
  fileprivate var oneLine: String? {
    let isSimple: Bool
    switch self {
    case .plain, .text: return flow
    case .list(let items): isSimple = items.allSatisfy(\.isFlat)
    case .section: isSimple = isFlat
    }
    guard isSimple else { return nil }
    let line = flow
    return line.unicodeScalars.count <= widest ? line : nil
  }

  /// The value in brackets and braces.
  private var flow: String {
    switch self {
    case .plain(let text): text
    case .text(let text): quoted(text)
    case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .section(let fields): "{\(fields.map { "\($0.name): \($0.value.flow)" }.joined(separator: ", "))}"
    }
  }

  /// The value on lines of its own, without the indentation around it.
  fileprivate var block: [String] {
    switch self {
    case .plain, .text: return [flow]
    case .section(let fields): return fields.flatMap(\.lines)
    case .list(let items):
      if items.allSatisfy({ $0.isFlat && $0.flow.unicodeScalars.count <= widestSharing }) { return packed(items) }
      return items.flatMap { item in
        let lines = item.oneLine.map { [$0] } ?? item.block
        return zip(lines.indices, lines).map { i, line in (i == 0 ? "- " : "  ") + line }
      }
    }
  }

  /// A list in brackets over as many lines as it takes.
  private func packed(_ items: [WrittenValue]) -> [String] {
    var lines: [String] = []
    var line = "["
    for (i, item) in items.enumerated() {
      let piece = item.flow + (i + 1 < items.count ? "," : "]")
      if line.unicodeScalars.count + piece.unicodeScalars.count > widest {
        lines.append(line)
        line = " " + piece
      } else {
        line += line == "[" ? piece : " " + piece
      }
    }
    return lines + [line]
  }
}

/// Text in double quotes. What YAML does not take as it is, what ends a line, and marks that turn the direction of
/// text, which nobody sees, are written by their numbers.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x22: result += "\\\""
    case 0x5C: result += "\\\\"
    case 0x0A: result += "\\n"
    case 0x09: result += "\\t"
    case 0x20...0x7E, 0xA0...0x200D, 0x2010...0x2027, 0x202F...0x2065, 0x2070...0xD7FF, 0xE000...0xFEFE,
      0xFF00...0xFFFD, 0x10000...0x10FFFF:
      result.unicodeScalars.append(scalar)
    case 0...0xFF: result += "\\x" + hexadecimal(scalar.value, digits: 2)
    default: result += "\\u" + hexadecimal(scalar.value, digits: 4)
    }
  }
  return result + "\""
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
