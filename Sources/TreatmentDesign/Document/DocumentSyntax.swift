// The subset of YAML that a design is written in: mappings, lists, plain and quoted text, comments. JSON is inside it.
//
// Anchors, aliases, tags, block text and complex keys are refused before the YAML library sees the text. Aliases are
// the reason: the library expands them, and a few hundred bytes become millions of nodes.

/// Two escapes that are one character beyond U+FFFF, as JSON writes it: "\\ud83d\\ude00".
struct SurrogatePair {
  var line: Int
  /// Of the first backslash, counted from 1 in scalars.
  var column: Int
  var scalar: Unicode.Scalar

  /// Scalars of the two escapes.
  static let length = 12
}

/// Looks through the text for YAML that designs do not use. Returns the first such place, or `nil`; and the surrogate pairs
/// in quotes before it, which YAML does not know.
func firstForbiddenSyntax(_ text: String) -> (problem: DesignDocumentError.Problem?, pairs: [SurrogatePair]) {
  var scan = SyntaxScan()
  var number = 0
  var line: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars {
    if scalar != "\n" {
      line.append(scalar)
      continue
    }
    number += 1
    scan.number = number
    if let (column, message) = scan.line(line) {
      return (.init(line: number, column: column, message: message), scan.pairs)
    }
    line.removeAll(keepingCapacity: true)
  }
  scan.number = number + 1
  guard let (column, message) = scan.line(line) else { return (nil, scan.pairs) }
  return (.init(line: number + 1, column: column, message: message), scan.pairs)
}

/// Nesting beyond this is refused; a design needs eight levels.
let deepestNesting = 32

/// State that lasts from one line to the next.
private struct SyntaxScan {
  /// Open brackets and braces.
  private var depth = 0
  /// Whether a token may begin here. A plain text inside brackets goes on over the end of the line.
  private var tokenMayStart = true
  /// The line that is looked at, counted from 1.
  var number = 0
  var pairs: [SurrogatePair] = []

  mutating func line(_ scalars: [Unicode.Scalar]) -> (column: Int, message: String)? {
    if depth == 0 { tokenMayStart = true }
    var i = 0
    // Only dashes and spaces so far: `- - &x` still begins a token.
    var onlyDashes = true
    // After a closing quote or bracket a colon ends a key without a space behind it.
    var afterClosing = false
    if scalars.first == "%" { return (1, "a line that starts with % is a YAML directive; a design has none") }
    // YAML 1.1 ends a line at each of these, even inside a comment.
    if let i = scalars.firstIndex(where: { $0 == "\u{85}" || $0 == "\u{2028}" || $0 == "\u{2029}" }) {
      return (i + 1, "a Unicode line separator; end lines with a plain line end")
    }
    while i < scalars.count {
      let c = scalars[i]
      let spaceBehind = i + 1 >= scalars.count || isSpace(scalars[i + 1])
      if isSpace(c) {
        i += 1
        continue
      }
      if c == "#" && (i == 0 || isSpace(scalars[i - 1])) { return nil }

      if tokenMayStart {
        switch c {
        case "\"", "'":
          guard let end = endOfQuote(scalars, from: i) else {
            return (i + 1, "text in quotes must end on the line it starts on")
          }
          if c == "\"", let column = findPairs(scalars[i..<end]) {
            return (
              column, "half of a character: \\ud800 to \\udbff and \\udc00 to \\udfff stand for one only as a pair"
            )
          }
          i = end + 1
          (tokenMayStart, onlyDashes, afterClosing) = (false, false, true)
          continue
        case "&" where !spaceBehind:
          return (i + 1, "anchors (&name) are not allowed in a design; put text that begins with & in quotes")
        case "*" where !spaceBehind:
          return (i + 1, "aliases (*name) are not allowed in a design; write the value out where it is used")
        case "!":
          return (i + 1, "tags (!name) are not allowed in a design; put text that begins with ! in quotes")
        case "|", ">":
          return (i + 1, "block text (\(c)) is not used in a design; write the text on one line")
        case "?" where spaceBehind:
          return (i + 1, "complex keys (? key) are not used in a design; write key: value")
        case "-" where spaceBehind && onlyDashes && depth == 0:
          i += 1
          continue
        case "[", "{":
          depth += 1
          if depth > deepestNesting { return (i + 1, tooDeep) }
        case "]", "}":
          depth = max(0, depth - 1)
          (tokenMayStart, afterClosing) = (false, true)
        case ",", ":":
          break
        default:
          (tokenMayStart, afterClosing) = (false, false)
        }
        onlyDashes = false
      } else {
        switch c {
        case ",", "[", "{":
          if depth > 0 {
            tokenMayStart = true
            if c != "," {
              depth += 1
              if depth > deepestNesting { return (i + 1, tooDeep) }
            }
          }
        case "]", "}":
          if depth > 0 {
            depth -= 1
            afterClosing = true
          }
        case ":":
          if spaceBehind || afterClosing { tokenMayStart = true }
          afterClosing = false
        default:
          afterClosing = false
        }
      }
      i += 1
    }
    return nil
  }

  /// Notes the surrogate pairs in text in double quotes; returns the column of a surrogate that is alone.
  private mutating func findPairs(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
    func code(_ at: Int) -> UInt32? {
      guard at + 6 <= text.endIndex, text[at] == "\\", text[at + 1] == "u" else { return nil }
      var value: UInt32 = 0
      for k in at + 2..<at + 6 {
        guard text[k].isASCII, let digit = Character(text[k]).hexDigitValue else { return nil }
        value = value << 4 | UInt32(digit)
      }
      return value
    }
    var i = text.startIndex
    while i < text.endIndex {
      if text[i] != "\\" {
        i += 1
        continue
      }
      guard let high = code(i), (0xD800..<0xE000).contains(high) else {
        i += 2
        continue
      }
      guard high < 0xDC00, let low = code(i + 6), (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      else { return i + 1 }
      pairs.append(SurrogatePair(line: number, column: i + 1, scalar: scalar))
      i += SurrogatePair.length
    }
    return nil
  }

  private let tooDeep = "nested deeper than \(deepestNesting) levels; a design needs eight"

  private func isSpace(_ c: Unicode.Scalar) -> Bool { c == " " || c == "\t" }

  /// Index of the quote that closes the one at `start`, if it is on this line.
  private func endOfQuote(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    let quote = scalars[start]
    var i = start + 1
    while i < scalars.count {
      if scalars[i] == "\\" && quote == "\"" {
        i += 2
        continue
      }
      if scalars[i] == quote {
        // '' inside single quotes is one quote.
        if quote == "'" && i + 1 < scalars.count && scalars[i + 1] == quote {
          i += 2
          continue
        }
        return i
      }
      i += 1
    }
    return nil
  }
}
