// The design document: YAML (or JSON, which is read as YAML) to plain values.
//
// Goals, in order:
// 1. Nothing is guessed. A misspelt key, a wrong type or a number out of range is a problem, not a default.
// 2. Every problem has its line and column and says what is allowed; several are listed at once.
// 3. No text makes the reader crash or run long.
// 4. What is allowed is said once, in the key tables, and messages and the editors' schema follow from there.

import Yams

/// A design and where each of its keys was written.
public struct DesignDocument: Sendable, Equatable {
  public package(set) var design: Design
  public let locations: DocumentLocations
}

/// Reads a design document.
///
/// The result depends on the text alone. Lengths are in mm, densities per cm², angles in degrees, times in days.
/// - Parameters:
///   - text: YAML or JSON; a byte-order mark and Windows line ends are accepted; at most 1 MB.
///   - file: the name that error messages begin with.
/// - Throws: `DesignDocumentError` with every problem found.
public func readDesign(_ text: String, named file: String) throws(DesignDocumentError) -> Design {
  try readDesignDocument(text, named: file).design
}

/// Reads a design document and keeps the place of every key, for advice that points at the document.
///
/// - Parameters:
///   - text: the document, YAML or JSON.
///   - file: its name, for messages.
///   - changes: values put in place of the document's, in this order, before it is read.
public func readDesignDocument(_ text: String, named file: String, changes: [DocumentChange] = [])
  throws(DesignDocumentError) -> DesignDocument
{
  let composition = try compose(text, named: file)
  if let newer = newerVersion(composition.root) {
    throw DesignDocumentError(file: file, problems: [newer])
  }
  let written = changes.map(\.text)
  var root = composition.root
  for (number, change) in changes.enumerated() {
    do {
      root = try root.changed(by: change, number: number)
    } catch {
      throw DesignDocumentError(file: file, problems: [error], changes: written)
    }
  }
  var reader = DocumentReader(
    file: file, maskingStamps: composition.maskingStamps, places: composition.places, changes: written)
  for problem in composition.repeatedKeys {
    reader.report(at: .init(line: problem.line, column: problem.column), problem.message)
  }
  var design = Design()
  reader.section(root, into: &design, Design.keys)
  if !reader.locations.isWritten("hair.calibre") { design.hair.calibre = design.client.skin.usualCalibre }
  checkAgreement(of: design, &reader)
  guard reader.problems.isEmpty else {
    throw DesignDocumentError(file: file, problems: reader.problems, changes: written)
      .namingOddCharacters(in: composition.text)
  }
  return DesignDocument(design: design, locations: reader.locations)
}

/// Reads a design document from the bytes of a file, which must be UTF-8.
public func readDesignDocument(bytes: [UInt8], named file: String, changes: [DocumentChange] = [])
  throws(DesignDocumentError) -> DesignDocument
{
  func refusal(_ line: Int, _ column: Int, _ message: String) -> DesignDocumentError {
    DesignDocumentError(file: file, problems: [.init(line: line, column: column, message: message)])
  }
  guard bytes.count <= Design.largestDocument else {
    throw refusal(1, 1, "the document has \(bytes.count) bytes; a design may have at most \(Design.largestDocument)")
  }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    throw refusal(1, 1, "the document is UTF-16; save it as UTF-8")
  }
  if let text = String(validating: bytes, as: UTF8.self) {
    return try readDesignDocument(text, named: file, changes: changes)
  }
  // The line of the first byte that is not UTF-8: lines before it decode on their own.
  var line = 1
  for slice in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    if String(validating: slice, as: UTF8.self) == nil { break }
    line += 1
  }
  throw refusal(line, 1, "this line is not UTF-8 text; save the document as UTF-8")
}

/// A document of a later version of the language would drown its reader in unknown keys: it gets one answer.
private func newerVersion(_ root: Node) -> DesignDocumentError.Problem? {
  guard case .mapping(let mapping) = root,
    let value = mapping.first(where: { $0.key.scalar?.string == "schemaVersion" })?.value.scalar,
    let version = readWhole(value.string, as: Int.self), version > Design.newestSchemaVersion
  else { return nil }
  return .init(
    line: value.mark?.line ?? 1, column: value.mark?.column ?? 1,
    message: "this design is written in version \(version) of the design language; this program reads version "
      + "\(Design.newestSchemaVersion). Use a newer program, or write the design for version "
      + "\(Design.newestSchemaVersion)")
}
