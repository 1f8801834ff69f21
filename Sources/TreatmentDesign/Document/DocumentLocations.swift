/// Where each key of a design document was written, so that advice given later can point at it.
///
/// A key path reads as the document nests: `hair.density`, `layers[0].hairline.height`, `sessions[2]`.

import Files

public struct DocumentLocations: Sendable, Equatable {
  /// A place in the document, counted from 1; columns in Unicode scalars. Lines below zero are those of changes.
  public struct Place: Sendable, Equatable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// Name of the document as the caller gave it.
  public let file: String
  private var places: [String: Place] = [:]

  /// What was changed in the document, as it was written.
  private let changes: [String]

  init(file: String, changes: [String] = []) { (self.file, self.changes) = (file, changes) }

  mutating func record(_ keyPath: String, at place: Place) { places[keyPath] = place }

  /// Where `keyPath` was written. A key that was left out answers with the nearest key around it that was written,
  /// in the end the first line of the document.
  public subscript(keyPath: String) -> Place {
    var path = Substring(keyPath)
    while true {
      if let place = places[String(path)] { return place }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
      path = path[..<cut]
    }
    return places[""] ?? Place(line: 1, column: 1)
  }

  /// Whether the document has this very key.
  package func isWritten(_ keyPath: String) -> Bool { places[keyPath] != nil }

  /// Where the layer of this index was written.
  public subscript(layer index: Int) -> Place { self["layers[\(index)]"] }

  /// `file:line:column` of `keyPath`, as a prefix for a message; `option -D path=value` where a change put it there.
  public func prefix(_ keyPath: String) -> String { Self.prefix(file, self[keyPath], changes) }

  static func prefix(_ file: String, _ place: Place, _ changes: [String]) -> String {
    if let number = DocumentChange.number(place.line), changes.indices.contains(number) {
      return "option -D \(shown(changes[number]))"
    }
    return "\(shown(file)):\(place.line):\(place.column)"
  }
}
