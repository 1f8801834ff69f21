// What a document or a mesh says, as it may be printed. A file may come from someone else: its words must not move the
// cursor of a terminal, begin a line that looks like one of the program's own, turn the direction of reading, or fill the
// screen.

/// Text on one line, without control characters, cut after `limit` characters.
///
/// Control characters, line ends, marks that turn the direction of reading and what Unicode has not assigned become U+FFFD;
/// what is cut off is told by an ellipsis. Characters are counted as Unicode scalars, so that accents cannot pile up.
///
/// - Parameter keepingLines: line feeds stay, and the limit counts for each line.
package func shown(_ text: String, atMost limit: Int = 300, keepingLines: Bool = false) -> String {
  if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  var out = String.UnicodeScalarView()
  var length = 0
  for scalar in text.unicodeScalars {
    if keepingLines, scalar == "\n" {
      length = 0
      out.append(scalar)
      continue
    }
    length += 1
    if length == limit + 1 { out.append("…") }
    if length > limit {
      if keepingLines { continue }
      break
    }
    out.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
  }
  return String(out)
}

/// Whether a character only shows itself.
func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value >= 0x20 && scalar.value < 0x7F { return true }
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
  // Joiners belong to the spelling of names in several scripts; the other format characters turn or hide text.
  case .format: return scalar == "\u{200C}" || scalar == "\u{200D}"
  default: return true
  }
}
