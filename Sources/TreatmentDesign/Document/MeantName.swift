// What a person means by a name that is written as the trade writes it: NW5 for norwood-5, 2 or "type II" for II, Ludwig I for
// ludwig-1.

import Files

/// The one of `names` that `word` means, as another spelling of it or as a slip of a few letters; `nil` for neither.
package func meantName(by word: String, among names: [String]) -> String? {
  guard word.utf8.count <= 64 else { return nil }
  let wanted = parts(of: word)
  let same = names.filter { parts(of: $0) == wanted }
  if !wanted.isEmpty, same.count == 1 { return same[0] }
  return nearestName(to: word, among: names)
}

/// Words that say nothing between those of a scale.
private let fillers: Set<String> = [
  "type", "typ", "class", "grade", "stage", "scale", "hamilton", "fitzpatrick", "fst", "skin", "hair",
]
/// How practitioners shorten scales, and how others spell colours.
private let synonyms = [
  "nw": "norwood", "n": "norwood", "hn": "norwood", "nh": "norwood", "l": "ludwig", "s": "sinclair", "mst": "monk",
  "blond": "blonde", "gray": "grey", "man": "male", "woman": "female", "m": "male", "f": "female",
]
private let numerals = [
  "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
]

/// The words and figures of a name, spelt alike.
private func parts(of name: String) -> [String] {
  var found: [String] = []
  var run = ""
  for scalar in name.lowercased().unicodeScalars {
    let isDigit = ("0"..."9").contains(scalar)
    let isLetter = scalar.properties.isAlphabetic
    let wasDigit = run.unicodeScalars.last.map { ("0"..."9").contains($0) } ?? isDigit
    if !isDigit && !isLetter || isDigit != wasDigit {
      if !run.isEmpty { found.append(run) }
      run = ""
    }
    if isDigit || isLetter { run.unicodeScalars.append(scalar) }
  }
  if !run.isEmpty { found.append(run) }
  var spelt: [String] = []
  for part in found where !fillers.contains(part) {
    if part == "v", spelt.last.map({ Int($0) != nil }) == true {
      // The vertex, behind a figure.
      spelt.append("vertex")
    } else if let figure = numerals[part] {
      spelt.append(figure)
    } else if part.count > 1, let last = part.last, last == "a" || last == "v",
      let figure = numerals[String(part.dropLast())]
    {
      // IIIa, IIIv
      spelt += [figure, last == "a" ? "a" : "vertex"]
    } else {
      spelt.append(synonyms[part] ?? part)
    }
  }
  return spelt
}
