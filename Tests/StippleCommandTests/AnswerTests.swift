import Foundation
import Testing

/// What commands print with --json, against the schema that 'stipple schema --answers' prints.
@Suite struct AnswerTests {
  static let commands: [(command: String, answer: String)] = [
    ("preview SAMPLE --size 64 -o OUT --json", "preview"), ("preview SAMPLE --measure", "measure"),
    ("preview SAMPLE --dry-run --json", "preview"),
    ("timeline SAMPLE --times 1y,5y --size 64 --plot OUT/p.png -o OUT --json", "timeline"),
    ("timeline RICH --start 2026-03-02 --json", "timeline"),
    ("sheet SAMPLE --size 64 --vary years=0,5 -o OUT --json", "sheet"),
    ("animate SAMPLE --size 64 --until 0.5 -o OUT --json", "animate"),
    ("report SAMPLE --size 64 --quality draft -o OUT --json", "report"),
    ("template SAMPLE -o OUT --json", "template"), ("template SAMPLE --dry-run --json", "template"),
    ("field SAMPLE --size 256 -o OUT --json", "field"),
    ("pattern SAMPLE -o OUT --json", "pattern"), ("pattern SAMPLE -o OUT --stats --json", "patternStatistics"),
    ("check SAMPLE --json", "check"), ("check RICH --json", "check"), ("info SAMPLE --json", "info"),
    ("info SCAN --json", "info"), ("plan SAMPLE --json", "plan"), ("plan RICH --start 2026-03-02 --json", "plan"),
    ("match SAMPLE --json", "match"), ("match RICH --json", "match"), ("dot --json", "dot"),
    ("landmarks SCAN -o OUT --json", "landmarks"), ("preview /nowhere.yaml --json", "refusal"),
    ("check BAD --json", "refusal"), ("preview SAMPLE --size 1 --json", "refusal"), ("plan --json", "refusal"),
  ]

  @Test(arguments: commands) func everyAnswerFollowsTheSchema(command: String, answer: String) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rich = """
      schemaVersion: 1
      layers: [{hairline: {height: 50, density: 390}}]
      hair: {loss: norwood-3}
      pigment: {opticalDensity: 6, coreDiameter: 0.2}
      touchUps: [{below: 0.65}, {year: 4}]
      laser: [{year: 6}]
      rates: {currency: EUR, base: 10, perSession: 5, perHour: 4, perTouchUp: 50, stages: {norwood-3: 1200}, deposit: 100}
      waive: [{rule: L2, reason: his words}]

      """
    try rich.write(toFile: folder + "/rich.yaml", atomically: true, encoding: .utf8)
    try "layerz: 1\nseed: x\n".write(toFile: folder + "/bad.yaml", atomically: true, encoding: .utf8)
    try "v 0 0 0\nv 100 0 0\nv 0 100 0\nv 0 0 100\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n".write(
      toFile: folder + "/scan.obj", atomically: true, encoding: .utf8)
    let names = [
      "SAMPLE": sample, "RICH": folder + "/rich.yaml", "SCAN": folder + "/scan.obj", "BAD": folder + "/bad.yaml",
    ]
    let words = command.split(separator: " ").map { word in
      names[String(word)] ?? word.replacingOccurrences(of: "OUT", with: folder)
    }
    try FileManager.default.createDirectory(atPath: folder + "/o", withIntermediateDirectories: true)
    let made = try run(words)
    let object = try #require(JSONSerialization.jsonObject(with: Data(made.out.utf8)) as? [String: Any], "\(made)")
    #expect(object["answer"] as? String == answer && object["answerVersion"] as? Int == 1)
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(try run("schema", "--answers").out.utf8)) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    #expect(problems(object, try #require(definitions[answer]), at: answer) == [])
    if answer == "refusal" {
      #expect(object["exitCode"] as? Int == Int(made.status) && made.error.isEmpty == false)
      if command.contains("BAD") {
        let found = try #require(object["problems"] as? [[String: Any]])
        #expect(found.first?["line"] as? Int == 1 && found.first?["file"] as? String == folder + "/bad.yaml")
      }
    }
  }

  @Test func everyMemberIsExplained() throws {
    let text = try run("schema", "--answers").out
    #expect(!text.contains("\"description\": \"\"") && text.contains("cm2") && text.contains("mm"))
  }

  /// Where a value does not follow a schema that has types, objects, lists and choices.
  private func problems(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let found = choices.map { problems(value, $0, at: place) }
      return found.contains([]) ? [] : found[0]
    }
    switch schema["type"] as? String {
    case "object":
      guard let object = value as? [String: Any], let properties = schema["properties"] as? [String: [String: Any]]
      else {
        return ["\(place) is no object"]
      }
      let required = schema["required"] as? [String] ?? []
      var found = required.filter { object[$0] == nil }.map { "\(place).\($0) is missing" }
      for (key, member) in object {
        if let known = properties[key] ?? schema["additionalProperties"] as? [String: Any] {
          found += problems(member, known, at: "\(place).\(key)")
        } else {
          found.append("\(place).\(key) is not in the schema")
        }
      }
      return found
    case "array":
      guard let list = value as? [Any], let items = schema["items"] as? [String: Any] else {
        return ["\(place) is no list"]
      }
      return list.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
    case "string": return value is String ? [] : ["\(place) is no text"]
    case "boolean": return value is Bool ? [] : ["\(place) is neither true nor false"]
    case "integer":
      let isWhole = (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } == true
      return isWhole ? [] : ["\(place) is no whole number"]
    case "number": return value is NSNumber ? [] : ["\(place) is no number"]
    case "null": return value is NSNull ? [] : ["\(place) is not null"]
    default: return []
    }
  }
}
