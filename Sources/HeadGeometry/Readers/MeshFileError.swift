/// Why a mesh file was refused: where, what was found and what is allowed there.
public struct MeshFileError: Error, Equatable, CustomStringConvertible {
  /// Name of the file as the caller gave it.
  public var file: String
  /// 1-based line, or nil where the whole file is meant.
  public var line: Int?
  /// 1-based column in bytes.
  public var column: Int?
  /// What was found and what is allowed.
  public var message: String

  public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String {
    guard let line, let column else { return "\(file): \(message)" }
    return "\(file):\(line):\(column): \(message)"
  }
}
