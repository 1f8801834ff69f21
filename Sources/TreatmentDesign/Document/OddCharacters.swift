// Characters that look like those that YAML is written with and are others: no-break spaces from web pages, curly quotes
// from word processors, marks that do not show at all. In text they are welcome. Where a document cannot be read because of
// one, that is the cause, and not what the YAML library stumbled over some lines later.

import Yams

/// A character that takes the place of a plain one.
struct OddCharacter: Equatable {
  var line: Int
  /// Counted from 1 in scalars.
  var column: Int
  var scalar: Unicode.Scalar

  /// What is wrong, and what to type.
  var message: String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let name = "\(name) (U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code))"
    switch plain {
    case _ where scalar == "\t": return "a tab where only spaces may stand; indent with spaces"
    case " ": return "\(name) where only a plain space may stand; type the space again"
    case nil: return "\(name), which does not show; delete it"
    case "\"", "'": return "\(name) where a plain quote belongs; type \(plain == "'" ? "'" : "\"") or leave it out"
    case let plain?: return "\(name) where a plain '\(plain)' belongs; type it again"
    }
  }

  /// What it was meant for; `nil` for what was not meant at all.
  var plain: Unicode.Scalar? { Self.plain(scalar)?.first }

  private var name: String {
    switch scalar {
    case "\u{A0}": "a no-break space"
    case "\u{202F}": "a narrow no-break space"
    case "\u{2007}": "a figure space"
    case "\u{3000}": "an ideographic space"
    case "\u{200B}": "a zero-width space"
    case "\u{FEFF}": "a byte-order mark"
    case "\u{AD}": "a soft hyphen"
    case "\u{2212}": "a minus sign"
    case "\u{2010}"..."\u{2015}": "a dash"
    case "\u{FF1A}": "a full-width colon"
    case "\u{FF0C}": "a full-width comma"
    case "\u{2018}"..."\u{201F}", "\u{AB}", "\u{BB}": "a typographic quote"
    default: plain == " " ? "an odd space" : "a mark without width"
    }
  }

  /// What stands for `scalar` in plain YAML; `nil` for a character that is its own.
  static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
    switch scalar {
    case "\u{A0}", "\u{1680}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{205F}", "\u{3000}": [" "]
    case "\u{AD}", "\u{200B}"..."\u{200F}", "\u{2060}"..."\u{2064}", "\u{FEFF}", "\u{180E}": []
    case "\u{2018}"..."\u{201B}": ["'"]
    case "\u{201C}"..."\u{201F}", "\u{AB}", "\u{BB}": ["\""]
    case "\u{2010}"..."\u{2015}", "\u{2212}": ["-"]
    case "\u{FF1A}": [":"]
    case "\u{FF0C}": [","]
    default: nil
    }
  }
}

/// The odd characters of a text outside of plain quotes and comments, in order, with tabs in indentation; at most 1000.
func oddCharacters(in text: String) -> [OddCharacter] {
  var found: [OddCharacter] = []
  var (line, column) = (1, 0)
  var quote: Unicode.Scalar?
  var isComment = false
  var isIndentation = true
  var before: Unicode.Scalar = "\n"
  for scalar in text.unicodeScalars {
    if scalar == "\n" {
      (line, column, quote, isComment, isIndentation, before) = (line + 1, 0, nil, false, true, scalar)
      continue
    }
    column += 1
    defer { before = scalar }
    if isComment { continue }
    if let open = quote {
      if scalar == open { quote = nil }
      continue
    }
    let isAfterBlank = before == " " || before == "\t" || before == "\n"
    if scalar == "#" && isAfterBlank {
      isComment = true
    } else if (scalar == "\"" || scalar == "'") && (isAfterBlank || "[{,".unicodeScalars.contains(before)) {
      quote = scalar
    } else if found.count < 1000, OddCharacter.plain(scalar) != nil || isIndentation && scalar == "\t" {
      found.append(OddCharacter(line: line, column: column, scalar: scalar))
    }
    if scalar != " " && scalar != "\t" && OddCharacter.plain(scalar)?.first != " " { isIndentation = false }
  }
  return found
}

/// The odd character that keeps a text from being read, where the library stopped at `line`: the last one up to there,
/// provided that the library comes further with plain ones in their place.
func oddCharacter(behindErrorAt line: Int, in text: String) -> OddCharacter? {
  let found = oddCharacters(in: text)
  guard let last = found.last(where: { $0.line <= line }), let blamed = found.first(where: { $0.line == last.line })
  else {
    return nil
  }
  var repaired = String.UnicodeScalarView()
  var next = 0
  var place = (line: 1, column: 0)
  for scalar in text.unicodeScalars {
    if scalar == "\n" { place = (place.line + 1, 0) } else { place.column += 1 }
    if next < found.count, found[next].line == place.line, found[next].column == place.column {
      next += 1
      // As wide as a tab is meant: any width that keeps the lines below in one column.
      repaired.append(contentsOf: scalar == "\t" ? [" ", " "] : OddCharacter.plain(scalar) ?? [])
    } else {
      repaired.append(scalar)
    }
  }
  do {
    _ = try Parser(yaml: String(repaired), resolver: .basic, encoding: .utf8).singleRoot()
    return blamed
  } catch YamlError.scanner(_, _, let mark, _), YamlError.parser(_, _, let mark, _),
    YamlError.composer(_, _, let mark, _)
  {
    return mark.line > line ? blamed : nil
  } catch YamlError.duplicatedKeysInMapping {
    return blamed
  } catch {
    return nil
  }
}

extension DesignDocumentError {
  /// The odd characters that stand in the words that the problems are about; the same problems where there are none.
  func namingOddCharacters(in text: String) -> DesignDocumentError {
    let found = oddCharacters(in: text)
    if found.isEmpty { return self }
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    var named: [Problem] = []
    for problem in problems where lines.indices.contains(problem.line - 1) {
      let line = Array(lines[problem.line - 1])
      let start = min(problem.column - 1, line.count)
      for odd in found where odd.line == problem.line && odd.column > start {
        // In the same word: nothing between that parts words of YAML
        let parts = (start..<min(odd.column - 1, line.count)).contains { i in
          "[]{}".unicodeScalars.contains(line[i])
            || (line[i] == "," || line[i] == ":") && i + 1 < line.count && line[i + 1] == " "
        }
        let blamed = Problem(line: odd.line, column: odd.column, message: odd.message)
        if !parts && !named.contains(blamed) {
          named.append(blamed)
          break
        }
      }
    }
    // What else was found may follow from them.
    return named.isEmpty ? self : DesignDocumentError(file: file, problems: named, changes: changes)
  }
}
