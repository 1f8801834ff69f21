import Files

/// Why a mesh file was refused: where, what was found and what is allowed there.
public struct MeshFileError: Error, Equatable, CustomStringConvertible {
  /// Name of the file as the caller gave it.
  public var file: String
  /// 1-based line of a text file, or nil.
  public var line: Int?
  /// 1-based column in bytes.
  public var column: Int?
  /// Where in a file that has no lines: `byte 84`, `accessors[3]`; or nil.
  public var place: String?
  /// What was found and what is allowed.
  public var message: String

  public init(file: String, line: Int? = nil, column: Int? = nil, place: String? = nil, message: String) {
    self.file = shown(file)
    self.line = line
    self.column = column
    self.place = place.map { shown($0) }
    self.message = shown(message, atMost: 600)
  }

  public var description: String {
    if let line, let column { return "\(file):\(line):\(column): \(message)" }
    if let place { return "\(file): \(place): \(message)" }
    return "\(file): \(message)"
  }
}
