// `match --apply`: the mixture that was found, put into the document that was read, with all that a person wrote around it.
//
// The pigment section is changed line by line: numbers that it has are replaced, numbers that it lacks are added, and the
// wishes that they answer (`match`, `darkness`) go. Comments, order and layout stay. The result is read again before it is
// written, so that no document is left that says something else.

import Files
import TreatmentDesign

/// Finds the dose of a design document and writes it there.
///
/// Throws `StippleError`: as `OpenedDesign` and `matchShade` do; `data` for a picture, or a document whose pigment section is
/// laid out so that it cannot be changed safely.
public func applyMatch(_ match: ShadeMatch, to path: String) throws(StippleError) {
  let bytes = try readInput(path, limit: Design.largestDocument)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw StippleError(.data, "\(path) is no text; --apply changes a design document")
  }
  let document: DesignDocument
  do {
    document = try readDesignDocument(bytes: bytes, named: path)
  } catch {
    throw StippleError(.data, error.description)
  }
  let dose = match.best.dose
  let changed = withPigment(
    text, at: document.locations.isWritten("pigment") ? document.locations["pigment"].line : nil,
    numbers: [
      ("opticalDensity", dose.opticalDensity), ("coreDiameter", dose.coreDiameter), ("needleDepth", dose.needleDepth),
      ("shade", (match.best.shade * 10).rounded() / 10),
    ])
  var wanted = document.design
  (wanted.pigment.match, wanted.pigment.darkness) = (Pigment().match, Pigment().darkness)
  wanted.pigment.opticalDensity = dose.opticalDensity
  wanted.pigment.coreDiameter = dose.coreDiameter
  wanted.pigment.needleDepth = dose.needleDepth
  wanted.pigment.shade = (match.best.shade * 10).rounded() / 10
  guard let again = try? readDesign(changed, named: path), again == wanted else {
    throw StippleError(
      .data,
      "\(document.locations.prefix("pigment")): this section cannot be changed line by line; write opticalDensity "
        + "\(dose.opticalDensity), coreDiameter \(dose.coreDiameter) and needleDepth \(dose.needleDepth) in it yourself"
    )
  }
  try writeFile(Array(changed.utf8), to: path)
}

/// A document's text with numbers in its pigment section.
///
/// - Parameter line: where the section's key stands, from 1; `nil` where there is none.
func withPigment(_ text: String, at line: Int?, numbers: [(name: String, value: Double)]) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let isJSON = text.drop { $0 == " " || $0 == "\n" || $0 == "\t" }.first == "{"
  func key(_ name: String) -> String { isJSON ? "\"\(name)\"" : name }
  guard let line, lines.indices.contains(line - 1) else {
    if isJSON {
      guard let brace = text.firstIndex(of: "{") else { return text }
      let section = numbers.map { "\(key($0.name)): \($0.value)" }.joined(separator: ", ")
      return text[...brace] + "\n  \(key("pigment")): {\(section)}," + text[text.index(after: brace)...]
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return (lines + ["", "pigment:"] + numbers.map { "  \($0.name): \($0.value)" } + [""]).joined(separator: "\n")
  }
  let first = line - 1
  let end = sectionEnd(lines, from: first)
  var section = Array(lines[first...end])
  let indent = section.dropFirst().first { !$0.allSatisfy { $0 == " " } }.map { $0.prefix { $0 == " " } } ?? "  "
  let isFlow = uncommented(section[0]).contains("{")
  var missing: [(name: String, value: Double)] = []
  for (name, value) in numbers {
    var found = false
    for i in section.indices where !found {
      if let range = valueRange(of: name, in: section[i]) {
        section[i].replaceSubrange(range, with: "\(value)")
        found = true
      }
    }
    if !found { missing.append((name, value)) }
  }
  for name in ["match", "darkness"] { for i in section.indices { drop(name, from: &section[i]) } }
  if isFlow {
    if !missing.isEmpty, let i = section.indices.first(where: { uncommented(section[$0]).contains("{") }),
      let brace = section[i].firstIndex(of: "{")
    {
      let rest = section[i][section[i].index(after: brace)...]
      let isEmpty =
        uncommented(section[i...].joined(separator: " ")).drop { $0 != "{" }.dropFirst().first { $0 != " " } == "}"
      section[i] =
        section[i][...brace] + missing.map { "\(key($0.name)): \($0.value)" }.joined(separator: ", ")
        + (isEmpty ? "" : ", ") + rest.drop { $0 == " " }
    }
  } else {
    section.removeAll { $0 == dropped }
    let home = section[0].prefix { $0 == " " }.count
    let pad = indent.count > home ? String(indent) : String(repeating: " ", count: home + 2)
    // A bare `pigment: {}` or `pigment:` has nothing behind it.
    section.insert(contentsOf: missing.map { "\(pad)\(key($0.name)): \($0.value)" }, at: 1)
  }
  lines.replaceSubrange(first...end, with: section)
  return lines.joined(separator: "\n")
}

/// A line that is to go.
private let dropped = "\u{0}"

/// Last line of the section that begins at `first`: to the closing brace, or as long as lines are indented.
private func sectionEnd(_ lines: [String], from first: Int) -> Int {
  let own = uncommented(lines[first])
  if own.contains("{") {
    var depth = 0
    for i in first..<lines.count {
      for c in uncommented(lines[i]) { depth += c == "{" ? 1 : c == "}" ? -1 : 0 }
      if depth <= 0 { return i }
    }
    return first
  }
  let home = lines[first].prefix { $0 == " " }.count
  var last = first
  for i in first + 1..<max(lines.count, first + 1) {
    let text = lines[i].drop { $0 == " " }
    if text.isEmpty || text.hasPrefix("#") { continue }
    if lines[i].prefix(while: { $0 == " " }).count <= home { break }
    last = i
  }
  return last
}

/// A line without its comment.
private func uncommented(_ line: String) -> String {
  var quote: Character?
  var before: Character = " "
  for i in line.indices {
    let c = line[i]
    if let open = quote {
      if c == open { quote = nil }
    } else if c == "\"" || c == "'" {
      quote = c
    } else if c == "#", before == " " || before == "\t" {
      return String(line[..<i])
    }
    before = c
  }
  return line
}

/// Where the value of a key stands in a line.
private func valueRange(of name: String, in line: String) -> Range<String.Index>? {
  let code = uncommented(line)
  for found in code.ranges(of: name) {
    if found.lowerBound > code.startIndex, !" {,\"'".contains(code[code.index(before: found.lowerBound)]) { continue }
    var rest = code[found.upperBound...].drop { "\"' ".contains($0) }
    guard rest.first == ":" else { continue }
    rest = rest.dropFirst().drop { $0 == " " }
    let value = rest.prefix { !" ,}".contains($0) }
    if value.isEmpty { continue }
    // The line begins as its code does.
    let start = code.distance(from: code.startIndex, to: value.startIndex)
    let low = line.index(line.startIndex, offsetBy: start)
    return low..<line.index(low, offsetBy: value.count)
  }
  return nil
}

/// Takes a key with its value out of a line; a line that holds nothing else goes, or keeps its comment alone.
private func drop(_ name: String, from line: inout String) {
  guard let value = valueRange(of: name, in: line) else { return }
  let home = line.prefix { $0 == " " }
  let before = line[..<value.lowerBound]
  guard let start = before.ranges(of: name).last?.lowerBound else { return }
  var low = start
  if low > line.startIndex, "\"'".contains(line[line.index(before: low)]) { low = line.index(before: low) }
  var high = value.upperBound
  let rest = line[high...].drop { $0 == " " }
  if rest.first == "," {
    high = line.index(after: rest.startIndex)
    high = line[high...].drop { $0 == " " }.startIndex
  } else if let comma = line[..<low].lastIndex(where: { $0 != " " }), line[comma] == "," {
    low = comma
  }
  line.removeSubrange(low..<high)
  // What is left may be nothing, or a comment, which keeps its key's place.
  let left = line.drop { $0 == " " }
  if left.isEmpty { line = dropped }
  if left.first == "#" { line = String(home + left) }
}
