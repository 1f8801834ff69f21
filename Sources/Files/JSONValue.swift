/// A JSON value with its keys in the order given: the same bytes on every run.
package indirect enum JSONValue {
  case text(String)
  case number(Double)
  case integer(Int)
  case unsigned(UInt64)
  case flag(Bool)
  case list([JSONValue])
  case object([(String, JSONValue)])
  case null

  /// Indented by two spaces a level.
  package func written(indent: Int = 0) -> String {
    let pad = String(repeating: " ", count: indent + 2)
    let end = String(repeating: " ", count: indent)
    switch self {
    case .text(let value): return JSONValue.quoted(value)
    case .number(let value): return value.isFinite ? JSONValue.shortest(value) : "null"
    case .integer(let value): return String(value)
    case .unsigned(let value): return String(value)
    case .flag(let value): return value ? "true" : "false"
    case .null: return "null"
    case .list(let items):
      if items.isEmpty { return "[]" }
      return "[\n" + items.map { pad + $0.written(indent: indent + 2) }.joined(separator: ",\n") + "\n\(end)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      return "{\n"
        + members.map { pad + JSONValue.quoted($0.0) + ": " + $0.1.written(indent: indent + 2) }.joined(
          separator: ",\n") + "\n\(end)}"
    }
  }

  private static func shortest(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return String(whole) }
    return String(value)
  }

  package static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        // What could move a terminal's cursor or turn its text is written as its number.
        if !isPrintable(scalar) {
          for unit in String(scalar).utf16 {
            let hex = String(unit, radix: 16)
            out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
          }
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}
