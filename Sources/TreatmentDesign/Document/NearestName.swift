// "did you mean": the allowed name with the smallest edit distance.
//
// Distance of optimal string alignment (Damerau, A technique for computer detection and correction of spelling
// errors, 1964): insertions, deletions, substitutions and swaps of neighbours each cost 1.

import ScalpGeometry

/// The one of `names` that `word` was probably meant to be; `nil` when nothing is near. Letter case and hyphens,
/// spaces and underscores are not counted as differences.
package func nearestName(to word: String, among names: [String]) -> String? {
  // A pasted paragraph is no misspelling, and the distance is quadratic.
  guard word.utf8.count <= 64 else { return nil }
  let typed = comparable(word)
  var best: (name: String, distance: Int)?
  for name in names {
    let wanted = comparable(name)
    let distance = editDistance(typed, wanted)
    // One slip in three letters is still recognisable; more is a different word.
    guard distance <= max(1, min(typed.count, wanted.count) / 3) else { continue }
    if wanted.count <= 2 && distance > 0 { continue }
    if best == nil || distance < best!.distance { best = (name, distance) }
  }
  return best?.name
}

private func comparable(_ text: String) -> [Unicode.Scalar] {
  text.lowercased().unicodeScalars.filter { $0 != "-" && $0 != "_" && $0 != " " }
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var row = last
  for i in 1...a.count {
    row[0] = i
    for j in 1...b.count {
      let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      row[j] = min(substitution, last[j] + 1, row[j - 1] + 1)
      if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    (beforeLast, last, row) = (last, row, beforeLast)
  }
  return last[b.count]
}
