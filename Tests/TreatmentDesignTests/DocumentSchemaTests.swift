import Foundation
import Testing

@testable import TreatmentDesign

@Suite struct DocumentSchemaTests {
  private func schema() throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(designJSONSchema().utf8)) as? [String: Any])
  }

  /// What of a JSON Schema the generated one uses; the first complaint, or `nil`.
  private func complaint(_ value: Any, _ schema: [String: Any], _ path: String) -> String? {
    if let choices = schema["anyOf"] as? [[String: Any]] {
      return choices.contains { complaint(value, $0, path) == nil } ? nil : "\(path): no alternative fits"
    }
    if let names = schema["enum"] as? [String] {
      return (value as? String).map(names.contains) == true ? nil : "\(path): not among \(names)"
    }
    switch schema["type"] as? String {
    case "object":
      guard let object = value as? [String: Any] else { return "\(path): not an object" }
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      for name in schema["required"] as? [String] ?? [] where object[name] == nil { return "\(path): no \(name)" }
      if let most = schema["maxProperties"] as? Int, object.count > most { return "\(path): too many keys" }
      for (name, item) in object {
        guard let property = properties[name] else { return "\(path): unknown \(name)" }
        if let found = complaint(item, property, "\(path).\(name)") { return found }
      }
    case "array":
      guard let array = value as? [Any], let items = schema["items"] as? [String: Any],
        let least = schema["minItems"] as? Int, let most = schema["maxItems"] as? Int
      else { return "\(path): not a list" }
      guard (least...most).contains(array.count) else { return "\(path): \(array.count) items" }
      for item in array { if let found = complaint(item, items, path + "[]") { return found } }
    case "number", "integer":
      let least = (schema["minimum"] as? NSNumber)?.doubleValue ?? -.infinity
      let most = (schema["maximum"] as? NSNumber)?.doubleValue ?? .infinity
      guard let number = (value as? NSNumber)?.doubleValue, number >= least, number <= most else {
        return "\(path): \(value) is no number in range"
      }
    case "boolean": if !(value is Bool) { return "\(path): no boolean" }
    case "string": if !(value is String) { return "\(path): no text" }
    default: return "\(path): schema without a type"
    }
    return nil
  }

  private let good = """
    {"$schema": "x", "schemaVersion": 1, "seed": 7, "head": {"sex": "male", "percentile": 50}, "client": {"skin": "II"},
     "hair": {"colour": "black", "grey": 0.5}, "layers": [
       {"hairline": {"height": 72, "points": []}}, {"zone": {"area": "scalp", "density": 150}},
       {"zone": {"ellipse": {"centre": {"up": 265}, "length": 90, "width": 80}, "density": 150}},
       {"scar": {"strip": {"path": [{"up": 300}, {"up": 301, "side": 4}], "width": 2}, "treat": false}}],
     "pigment": {"kind": "carbon"}, "sessions": [{"day": 0, "share": 1}],
     "pictures": {"view": "top", "sheetViews": ["macro"], "macro": {"up": 70, "side": 3}, "size": 512}}
    """

  @Test func schemaAndReaderAgree() throws {
    let schema = try schema()
    let text = good.replacing(", \"points\": []", with: "")
    _ = try readDesign(text, named: "d.json")
    #expect(complaint(try JSONSerialization.jsonObject(with: Data(text.utf8)), schema, "") == nil)
    for (from, to) in [
      ("\"seed\"", "\"sede\""), ("72", "30"), ("\"scalp\"", "\"scalps\""), ("\"up\": 300", "\"down\": 300"),
      ("\"schemaVersion\": 1, ", ""), ("\"schemaVersion\": 1", "\"schemaVersion\": 2"), ("false", "\"no\""),
      ("512", "9000"), ("\"percentile\": 50", "\"percentile\": 0"), ("\"length\": 90, ", ""),
    ] {
      let broken = text.replacing(from, with: to)
      #expect(broken != text)
      #expect(throws: DesignDocumentError.self) { try readDesign(broken, named: "d.json") }
      let found = complaint(try JSONSerialization.jsonObject(with: Data(broken.utf8)), schema, "")
      #expect(found != nil, "the schema lets \(to) pass")
    }
    #expect(complaint(try JSONSerialization.jsonObject(with: Data(good.utf8)), schema, "") != nil)
  }

  /// The published copy is the one this program writes: `stipple schema > samples/stipple.schema.json`.
  @Test func thePublishedSchemaIsThisOne() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let published = try String(contentsOf: root.appendingPathComponent("samples/stipple.schema.json"), encoding: .utf8)
    #expect(published == designJSONSchema())
  }

  @Test func everyKeySaysWhatItIs() {
    func check(_ keys: [KeyDescription], _ path: String) {
      #expect(Set(keys.map(\.name)).count == keys.count)
      for key in keys {
        #expect(key.help.count > 8, "\(path)\(key.name)")
        visit(key.shape, path + key.name + ".")
      }
    }
    func visit(_ shape: ValueShape, _ path: String) {
      switch shape {
      case .section(let keys), .nameOrSection(_, let keys), .oneOf(let keys): check(keys, path)
      case .either(let a, let b):
        check(a, path)
        check(b, path)
      case .list(let item, _): visit(item, path)
      case .number, .integer, .seed, .flag, .text, .choice, .choiceOrNumber, .pace, .coordinates: break
      }
    }
    check(Design.keys.map(\.description), "")
  }
}
