import Yams

// From text to the YAML library's tree, with every complaint of the library turned into a place and a sentence.

extension Design {
  /// Larger documents are refused, bytes. A design with every key and four hundred places is under 40 KB.
  public static let largestDocument = 1_000_000
}

/// Up to this size a document with a key written twice is read again to find the second place.
private let largestReread = 64_000

/// A document as a tree, and the keys that were written twice.
struct Composition {
  let root: Node
  let repeatedKeys: [DesignDocumentError.Problem]
  /// What the first letters of those keys were replaced by.
  let maskingStamps: [Unicode.Scalar]
  /// The text with line ends of one kind.
  let text: String
  /// Where things stood before escapes were joined.
  let places: JoinedPlaces
}

/// Columns of a text before surrogate pairs became one character each.
struct JoinedPlaces {
  /// Columns of the pairs of each line, in the text as it was written.
  private var columns: [Int: [Int]] = [:]

  init(_ pairs: [SurrogatePair]) {
    for pair in pairs { columns[pair.line, default: []].append(pair.column) }
  }

  /// The column in the text as it was written of a place in the joined one.
  func column(_ line: Int, _ column: Int) -> Int {
    guard let pairs = columns[line] else { return column }
    let shift = SurrogatePair.length - 1
    // The number of pairs before it: each stands where those before it have moved it to
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle] - middle * shift < column { low = middle + 1 } else { high = middle }
    }
    return column + low * shift
  }
}

/// Reads one document. Comments and order are kept out of the tree; marks are kept in.
func compose(_ text: String, named file: String) throws(DesignDocumentError) -> Composition {
  var places = JoinedPlaces([])
  func refusal(_ line: Int, _ column: Int, _ message: String) -> DesignDocumentError {
    DesignDocumentError(
      file: file, problems: [.init(line: line, column: places.column(line, column), message: message)])
  }

  guard text.utf8.count <= Design.largestDocument else {
    throw refusal(
      1, 1, "the document has \(text.utf8.count) bytes; a design may have at most \(Design.largestDocument)")
  }
  // A byte-order mark would make the library fail on line 2. Line ends become one kind, so that lines are counted
  // the same here and in the library.
  var text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  if text.utf8.contains(UInt8(ascii: "\r")) {
    text = String(decoding: oneKindOfLineEnd(text.utf8), as: UTF8.self)
  }
  text.makeContiguousUTF8()
  let written = text
  let (problem, pairs) = firstForbiddenSyntax(text)
  if let problem { throw DesignDocumentError(file: file, problems: [problem]) }
  if !pairs.isEmpty {
    text = joined(pairs, in: text)
    places = JoinedPlaces(pairs)
  }

  var maskedKeys: [MaskedKey] = []
  while true {
    do {
      // Encoding is named here because the library's default looks at the environment.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        throw refusal(1, 1, "the document is empty; a design needs at least 'schemaVersion' and 'layers'")
      }
      if let deep = placeDeeper(than: deepestNesting, root) {
        throw refusal(deep.line, deep.column, "nested deeper than \(deepestNesting) levels; a design needs eight")
      }
      let repeated = repeats(of: maskedKeys, in: root).map {
        DesignDocumentError.Problem(line: $0.line, column: places.column($0.line, $0.column), message: $0.message)
      }
      return Composition(
        root: root, repeatedKeys: repeated, maskingStamps: maskedKeys.map(\.stamp), text: written, places: places)
    } catch let error as DesignDocumentError {
      throw error
    } catch let error as YamlError {
      // The library names a repeated key and its first place only. Mask that one and read again: the walk then
      // finds the next one beside it.
      if case .duplicatedKeysInMapping(let names, let context) = error, let name = names.first {
        if maskedKeys.count < DesignDocumentError.listed, text.utf8.count < largestReread,
          let (masked, key) = mask(name, at: context.mark, in: text, index: maskedKeys.count)
        {
          text = masked
          maskedKeys.append(key)
          continue
        }
        throw refusal(context.mark.line, context.mark.column, "key '\(name)' is written more than once here")
      }
      let (line, column, message) = explain(error, in: text)
      if let odd = oddCharacter(behindErrorAt: line, in: text) { throw refusal(odd.line, odd.column, odd.message) }
      throw refusal(line, column, message)
    } catch {
      throw refusal(1, 1, "cannot be read as YAML: \(error)")
    }
  }
}

/// The text with each surrogate pair as the one character that it stands for.
private func joined(_ pairs: [SurrogatePair], in text: String) -> String {
  var view = String.UnicodeScalarView()
  var (line, column) = (1, 1)
  var next = 0
  var skipped = 0
  for scalar in text.unicodeScalars {
    if next < pairs.count, pairs[next].line == line, pairs[next].column == column {
      view.append(pairs[next].scalar)
      skipped = SurrogatePair.length
      next += 1
    }
    if skipped > 0 { skipped -= 1 } else { view.append(scalar) }
    if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
  }
  return String(view)
}

/// The text with every CR LF and lone CR as LF.
private func oneKindOfLineEnd(_ text: String.UTF8View) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  var afterReturn = false
  for byte in text {
    if byte == UInt8(ascii: "\r") {
      bytes.append(UInt8(ascii: "\n"))
    } else if !(afterReturn && byte == UInt8(ascii: "\n")) {
      bytes.append(byte)
    }
    afterReturn = byte == UInt8(ascii: "\r")
  }
  return bytes
}

// MARK: - Keys written twice

/// A key whose first letter was replaced so that the document can be read on.
private struct MaskedKey {
  let name: String
  let first: Mark
  /// The private-use character that stands in its place.
  let stamp: Unicode.Scalar
}

private func mask(_ name: String, at mark: Mark, in text: String, index: Int) -> (String, MaskedKey)? {
  guard let stamp = Unicode.Scalar(0xF0000 + UInt32(index)) else { return nil }
  var scalars = Array(text.unicodeScalars)
  guard var i = indexOf(line: mark.line, column: mark.column, in: scalars) else { return nil }
  if scalars[i] == "\"" || scalars[i] == "'" { i += 1 }
  guard i < scalars.count, scalars[i] != "\n", scalars[i] != ":", scalars[i] != "\"", scalars[i] != "'" else {
    return nil
  }
  scalars[i] = stamp
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return (String(view), MaskedKey(name: name, first: mark, stamp: stamp))
}

private func indexOf(line: Int, column: Int, in scalars: [Unicode.Scalar]) -> Int? {
  var current = 1
  var i = 0
  while current < line {
    guard let end = scalars[i...].firstIndex(of: "\n") else { return nil }
    i = end + 1
    current += 1
  }
  i += column - 1
  return i < scalars.count ? i : nil
}

/// The second place of each masked key: the key of the same name in the same mapping, or the next masked one of
/// that name when it was written three times.
private func repeats(of masked: [MaskedKey], in root: Node) -> [DesignDocumentError.Problem] {
  guard !masked.isEmpty else { return [] }
  var problems: [DesignDocumentError.Problem] = []
  func visit(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        visit(value)
        guard let stamp = key.scalar?.string.unicodeScalars.first,
          let mask = masked.first(where: { $0.stamp == stamp })
        else { continue }
        // Masked in turn from the first to the last: the rest of that name stands behind this one.
        let next = mapping.first { other, _ in
          guard let place = other.mark, let text = other.scalar?.string else { return false }
          let sameName =
            text == mask.name || masked.contains { $0.name == mask.name && $0.stamp == text.unicodeScalars.first }
          return sameName && (place.line, place.column) > (mask.first.line, mask.first.column)
        }
        guard let place = next?.key.mark else { continue }
        problems.append(
          .init(
            line: place.line, column: place.column,
            message: "key '\(mask.name)' is written twice; the first is on line \(mask.first.line)"))
      }
    case .sequence(let sequence):
      for item in sequence { visit(item) }
    case .scalar, .alias:
      break
    }
  }
  visit(root)
  return problems
}

// MARK: - Depth

private func placeDeeper(than limit: Int, _ node: Node) -> DocumentLocations.Place? {
  switch node {
  case .mapping(let mapping):
    if limit == 0 { return .init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1) }
    for (_, value) in mapping {
      if let place = placeDeeper(than: limit - 1, value) { return place }
    }
  case .sequence(let sequence):
    if limit == 0 { return .init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1) }
    for item in sequence {
      if let place = placeDeeper(than: limit - 1, item) { return place }
    }
  case .scalar, .alias:
    break
  }
  return nil
}

// MARK: - The library's complaints in plain words

private func explain(_ error: YamlError, in text: String) -> (line: Int, column: Int, message: String) {
  switch error {
  case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
    var message = "not readable as YAML: \(problem)"
    if let context, !context.text.isEmpty {
      message += " (\(context.text) that began on line \(context.mark.line))"
    }
    let scalars = Array(text.unicodeScalars)
    if let i = indexOf(line: mark.line, column: mark.column, in: scalars), scalars[i] == "\t" {
      message = "a tab where only spaces may stand; indent with spaces"
    } else if problem.contains("mapping values are not allowed") {
      message = "a second ': ' in the same value, or wrong indentation; write one 'key: value' per line"
    }
    return (mark.line, mark.column, message)
  case .composer(_, let problem, let mark, _):
    if problem.contains("another document") {
      return (mark.line, mark.column, "a second document begins here; a design is one document")
    }
    return (mark.line, mark.column, "not readable as YAML: \(problem)")
  case .reader(let problem, let offset, let value, _):
    // The offset counts characters; find its line and column in scalars.
    let place = offset.map { placeOf(character: $0, in: text) } ?? (1, 1)
    let code = value > 0 ? " (U+\(hexadecimal(value)))" : ""
    return (place.0, place.1, "not readable as text: \(problem)\(code)")
  default:
    return (1, 1, "cannot be read as YAML: \(error)")
  }
}

private func placeOf(character offset: Int, in text: String) -> (Int, Int) {
  let end = text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
  var (line, column) = (1, 1)
  for scalar in text[..<end].unicodeScalars {
    if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
  }
  return (line, column)
}

private func hexadecimal(_ value: Int32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
