// The key tables as a JSON Schema, for editors that complete and check designs while they are written.

import Files
import PigmentAging

/// The JSON Schema (draft 2020-12) of design documents, as text that ends with a newline.
///
/// It says what the key tables say: names, types, ranges, choices and help. The reader checks more, such as the order
/// of sessions.
public func designJSONSchema() -> String {
  var fields: [(String, JSONValue)] = [
    ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
    ("title", .text("Stipple design, version \(Design.newestSchemaVersion)")),
  ]
  fields += section(Design.keys.map(\.description))
  return JSONValue.object(fields).written() + "\n"
}

private func section(_ keys: [KeyDescription]) -> [(String, JSONValue)] {
  var fields: [(String, JSONValue)] = [
    ("type", .text("object")), ("additionalProperties", .flag(false)),
    ("properties", .object(keys.map { ($0.name, property($0)) })),
  ]
  let required = keys.filter(\.required).map { JSONValue.text($0.name) }
  if !required.isEmpty { fields.append(("required", .list(required))) }
  return fields
}

private func property(_ key: KeyDescription) -> JSONValue {
  let help: JSONValue
  if case .number(_, let unit) = key.shape, !unit.isEmpty {
    help = .text("\(unit): \(key.help)")
  } else {
    help = .text(key.help)
  }
  return .object([("description", help)] + fields(of: key.shape))
}

private func fields(of shape: ValueShape) -> [(String, JSONValue)] {
  switch shape {
  case .number(let range, "mm"):
    // A length may carry its unit; whether it lies in the range is then the reader's to say.
    [
      (
        "anyOf",
        .list([
          .object(fields(of: .number(range, unit: ""))),
          .object([
            ("type", .text("string")), ("pattern", .text("^-?[0-9]*\\.?[0-9]+ *(mm|cm|dm|m|in|inch|\")$")),
          ]),
        ])
      )
    ]
  case .number(let range, _):
    [("type", .text("number")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound))]
  case .integer(let range, _):
    [
      ("type", .text("integer")), ("minimum", .number(Double(range.lowerBound))),
      ("maximum", .number(Double(range.upperBound))),
    ]
  case .seed:
    [("type", .text("integer")), ("minimum", .number(0)), ("maximum", .unsigned(.max))]
  case .flag:
    [("type", .text("boolean"))]
  case .text:
    [("type", .text("string")), ("minLength", .number(1))]
  case .choice(let names):
    [("enum", .list(names.map { .text($0) }))]
  case .choiceOrNumber(let names, let range, let unit):
    [
      (
        "anyOf", .list([.object(fields(of: .choice(names))), .object(fields(of: .number(range, unit: unit)))])
      )
    ]
  case .pace:
    [
      (
        "anyOf",
        .list([
          .object([("enum", .list(Pace.allCases.map { .text($0.name) }))]),
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
  case .nameOrSection(let names, let keys):
    [("anyOf", .list([.object(fields(of: .choice(names))), .object(section(keys))]))]
  case .oneOf(let keys):
    section(keys) + [("minProperties", .number(1)), ("maxProperties", .number(1))]
  case .either(let a, let b):
    [("anyOf", .list([.object(section(a)), .object(section(b))]))]
  }
}
