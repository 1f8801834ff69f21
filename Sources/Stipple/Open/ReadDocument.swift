// The text of a design: a document, or what a picture carries.

import Files
import MeshFiles
import PNGImage
import TreatmentDesign

/// Largest picture that is read in place of a design, bytes.
private let largestPicture = 1 << 30

/// A design document as it was read from a file, with the pictures of its masks.
///
/// Throws `StippleError`: `noInput` for a file that cannot be read, `limit` for one that is too large, `data` with file,
/// line and column of each problem.
///
/// - Parameter changes: values put in place of the document's before it is read.
func readDocument(_ path: String, changes: [DocumentChange] = []) throws(StippleError) -> DesignDocument {
  if isStream(path) { return try read(streamed(path), named: "standard input", changes: changes) }
  let isPicture = fileBegins(path, with: pngSignature)
  let bytes: [UInt8]
  do {
    bytes = try readInput(path, limit: isPicture ? largestPicture : Design.largestDocument)
  } catch {
    // A scan is larger than any design: it is said to be one.
    if error.kind == .limit, let found = try? readInput(path, limit: largestMesh) { try refuseMesh(found, named: path) }
    throw error
  }
  return try read(bytes, named: path, changes: changes)
}

/// - Parameter path: where it was read from; files that it names lie beside.
private func read(_ bytes: [UInt8], named path: String, changes: [DocumentChange]) throws(StippleError)
  -> DesignDocument
{
  if !bytes.starts(with: pngSignature) {
    try refuseMesh(bytes, named: path)
    let document: DesignDocument
    do {
      document = try readDesignDocument(bytes: bytes, named: path, changes: changes)
    } catch {
      throw StippleError(.data, error.description)
    }
    return try withMasks(document, folder: folder(of: path))
  }
  let text = try designText(bytes, named: path)
  if text.utf8.count > Design.largestDocument {
    throw StippleError(
      .limit, "the design in \(path) has \(text.utf8.count) bytes; at most \(Design.largestDocument) are read")
  }
  let document: DesignDocument
  do {
    document = try readDesignDocument(text, named: path, changes: changes)
  } catch {
    throw StippleError(.data, "the design in " + error.description)
  }
  // A picture carries no file names, let alone files.
  if case .scan = document.design.head {
    throw StippleError(
      .noInput, "\(path) was drawn on a scan, which a picture does not carry: name the design's own document instead")
  }
  if document.design.layers.contains(where: { if case .mask = $0 { true } else { false } }) {
    throw StippleError(
      .noInput,
      "\(path) was drawn with a painted mask, which a picture does not carry: name the design's own document instead")
  }
  return document
}

/// Refuses a mesh, or another file that is known and is no design, by what it is.
private func refuseMesh(_ bytes: [UInt8], named path: String) throws(StippleError) {
  if looksLikeDesign(bytes) { return }
  if looksLikeMesh(bytes) {
    throw StippleError(
      .data,
      "\(path) is a mesh, not a design; a design names it under head: {scan: ...}, with its landmarks, "
        + "which 'stipple landmarks' helps to read off")
  }
  if let sentence = unreadFormat(bytes) { throw StippleError(.data, "\(path) is no design: \(sentence)") }
}

/// Whether text has the key that each design begins with.
func looksLikeDesign(_ bytes: [UInt8]) -> Bool {
  let key = Array("schemaVersion".utf8)
  let text = bytes.prefix(1 << 16)
  if text.contains(0) { return false }
  var lineBegins = true
  for i in text.indices {
    if lineBegins && text[i] == key[0] && text[i...].starts(with: key) { return true }
    // A key may stand behind blanks, a bracket, a quote, a comma or a byte-order mark.
    lineBegins = text[i] <= 32 || [0x22, 0x27, 0x2C, 0x7B, 0xEF, 0xBB, 0xBF].contains(text[i])
  }
  return false
}

/// The design that a picture carries.
private func designText(_ bytes: [UInt8], named path: String) throws(StippleError) -> String {
  let texts: [PNGText]
  do {
    texts = try readPNGTexts(bytes)
  } catch {
    throw StippleError(.data, "\(path): \(error)")
  }
  guard let text = texts.first(where: { $0.keyword == PictureText.design })?.text else {
    throw StippleError(
      .data,
      "\(path) is a picture without a design in it; pictures carry theirs unless they were drawn with --no-metadata")
  }
  return text
}

/// Keywords of the texts in a picture.
enum PictureText {
  static let version = "stipple:version"
  static let seed = "stipple:seed"
  static let design = "stipple:design"
}

/// By which version a picture was made, and so that Stipple made it.
let versionText = PNGText(keyword: PictureText.version, text: stippleVersion)

extension OpenedDesign {
  /// What a picture says about its making: by which version, and, unless that is to be left out, of which design.
  func pictureTexts(_ metadata: Bool) -> [PNGText] {
    guard metadata else { return [versionText] }
    return [
      versionText, PNGText(keyword: PictureText.seed, text: String(design.seed)),
      PNGText(keyword: PictureText.design, text: canonical),
    ]
  }
}

// MARK: - Standard input

/// Whether a path stands for what is piped into the program: "-", or what shells call it.
private func isStream(_ path: String) -> Bool {
  path == standardStream || path == "/dev/stdin"
    || path.hasPrefix("/dev/fd/") && path.dropFirst("/dev/fd/".count).allSatisfy(\.isNumber)
}

private func streamed(_ path: String) throws(StippleError) -> [UInt8] {
  let descriptor = path.hasPrefix("/dev/fd/") ? Int32(path.dropFirst("/dev/fd/".count)) : 0
  do {
    return try readStream(descriptor ?? -1, named: "standard input", limit: Design.largestDocument)
  } catch {
    throw StippleError(error.kind == .tooLarge ? .limit : .noInput, error.message)
  }
}
