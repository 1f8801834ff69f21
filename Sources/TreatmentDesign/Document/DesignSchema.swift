// The key tables as a JSON Schema, for editors that complete and check designs while they are written.

import PigmentAging

/// The JSON Schema (draft 2020-12) of design documents, as text that ends with a newline.
///
/// It says what the key tables say: names, types, ranges, choices and help. The reader checks more, such as the order
/// of sessions.
public func designJSONSchema() -> String {
  var fields: [(String, SchemaText)] = [
    ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
    ("title", .text("Stipple design, version \(Design.newestSchemaVersion)")),
  ]
  fields += section(Design.keys.map(\.description))
  return SchemaText.object(fields).written(indent: 0) + "\n"
}

private func section(_ keys: [KeyDescription]) -> [(String, SchemaText)] {
  var fields: [(String, SchemaText)] = [
    ("type", .text("object")), ("additionalProperties", .flag(false)),
    ("properties", .object(keys.map { ($0.name, property($0)) })),
  ]
  let required = keys.filter(\.required).map { SchemaText.text($0.name) }
  if !required.isEmpty { fields.append(("required", .array(required))) }
  return fields
}

private func property(_ key: KeyDescription) -> SchemaText {
  let help: SchemaText
  if case .number(_, let unit) = key.shape, !unit.isEmpty {
    help = .text("\(unit): \(key.help)")
  } else {
    help = .text(key.help)
  }
  return .object([("description", help)] + fields(of: key.shape))
}

private func fields(of shape: ValueShape) -> [(String, SchemaText)] {
  switch shape {
  case .number(let range, _):
    [("type", .text("number")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound))]
  case .integer(let range, _):
    [
      ("type", .text("integer")), ("minimum", .number(Double(range.lowerBound))),
      ("maximum", .number(Double(range.upperBound))),
    ]
  case .seed:
    [("type", .text("integer")), ("minimum", .number(0)), ("maximum", .literal("\(UInt64.max)"))]
  case .flag:
    [("type", .text("boolean"))]
  case .text:
    [("type", .text("string")), ("minLength", .number(1))]
  case .choice(let names):
    [("enum", .array(names.map { .text($0) }))]
  case .pace:
    [
      (
        "anyOf",
        .array([
          .object([("enum", .array(Pace.allCases.map { .text($0.name) }))]),
          .object([("type", .text("string")), ("pattern", .text("^p[1-9][0-9]?$"))]),
          .object([("type", .text("number")), ("minimum", .number(1)), ("maximum", .number(99))]),
        ])
      )
    ]
  case .coordinates(let count):
    [
      ("type", .text("array")), ("items", .object([("type", .text("number"))])), ("minItems", .number(Double(count))),
      ("maxItems", .number(Double(count))),
    ]
  case .list(let item, let count):
    [
      ("type", .text("array")), ("items", .object(fields(of: item))), ("minItems", .number(Double(count.lowerBound))),
      ("maxItems", .number(Double(count.upperBound))),
    ]
  case .section(let keys):
    section(keys)
  case .oneOf(let keys):
    section(keys) + [("minProperties", .number(1)), ("maxProperties", .number(1))]
  case .either(let a, let b):
    [("anyOf", .array([.object(section(a)), .object(section(b))]))]
  }
}

/// JSON with keys in the order given, so that the same program always writes the same schema.
private indirect enum SchemaText {
  case object([(String, SchemaText)])
  case array([SchemaText])
  case text(String)
  case number(Double)
  case literal(String)
  case flag(Bool)

  func written(indent: Int) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .object(let fields):
      let lines = fields.map { "\(inner)\(quoted($0.0)): \($0.1.written(indent: indent + 2))" }
      return lines.isEmpty ? "{}" : "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
    case .array(let items):
      return "[\(items.map { $0.written(indent: indent) }.joined(separator: ", "))]"
    case .text(let text): return quoted(text)
    case .number(let value): return plain(value)
    case .literal(let text): return text
    case .flag(let value): return value ? "true" : "false"
    }
  }

  /// The tables' texts hold no control characters.
  private func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
