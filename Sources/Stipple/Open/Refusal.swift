// A refusal as an answer for programs.

import Files

/// What was refused, as JSON: the message, the exit code, and for a document each problem with its place.
public func refusalJSON(_ message: String, exitCode: Int32) -> String {
  let problems = message.split(separator: "\n").compactMap { problem(String($0)) }
  return JSONValue.object(
    answer("refusal") + [
      ("exitCode", .integer(Int(exitCode))), ("message", .text(message)),
      (
        "problems",
        .list(
          problems.map {
            .object([
              ("file", .text($0.file)), ("line", .integer($0.line)), ("column", .integer($0.column)),
              ("message", .text($0.message)),
            ])
          })
      ),
    ]
  ).written() + "\n"
}

/// A line that begins with file, line and column.
private func problem(_ line: String) -> (file: String, line: Int, column: Int, message: String)? {
  let parts = line.split(separator: ":", omittingEmptySubsequences: false)
  // A file's name may hold colons itself.
  for k in parts.indices.dropFirst().dropLast(2) {
    guard let row = Int(parts[k]), let column = Int(parts[k + 1]), parts[k + 2].hasPrefix(" ") else { continue }
    return (
      parts[..<k].joined(separator: ":"), row, column, String(parts[(k + 2)...].joined(separator: ":").dropFirst())
    )
  }
  return nil
}
