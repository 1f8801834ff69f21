// What was passed over, for a person to read: each sentence once, and no more of them than anyone would read.

/// Sentences about a file, in the order met.
struct Notes: Sendable {
  /// More sentences than this are counted, not kept.
  static let listed = 20

  private var kept: [String] = []
  private var known: Set<String> = []
  private var further = 0

  mutating func add(_ note: String) {
    if !known.insert(note).inserted { return }
    if kept.count < Self.listed { kept.append(note) } else { further += 1 }
  }

  mutating func add(_ notes: Notes) {
    for note in notes.kept { add(note) }
    further += notes.further
  }

  /// The sentences, and at last how many were left out.
  var sentences: [String] {
    further == 0 ? kept : kept + ["and \(further) more \(further == 1 ? "note" : "notes") of this kind"]
  }
}
