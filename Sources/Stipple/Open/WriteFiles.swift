// Pictures and documents on their way to disk.

import Arithmetic
import Files
import PNGImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is ready to be written.
struct OutputFile: Sendable {
  var path: String
  var bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A picture as PNG.
  init(_ image: RasterImage, path: String, options: PNGOptions) throws(StippleError) {
    self.path = path
    do {
      bytes = try encodePNG(image, options: options)
    } catch {
      throw StippleError(.inputOutput, "\(path): \(error)")
    }
  }
}

/// Pictures as PNG files of a folder, in order.
func pictureFiles(_ pictures: [NamedPicture], in folder: String, texts: [PNGText], threads: Int?)
  throws(StippleError) -> [OutputFile]
{
  var files: [OutputFile] = []
  for (picture, bytes) in zip(pictures, encodeAll(pictures, texts: texts, threads: threads)) {
    let path = path(of: picture.name + ".png", in: folder)
    switch bytes {
    case .success(let bytes): files.append(OutputFile(path: path, bytes: bytes))
    case .failure(let error): throw StippleError(.inputOutput, "\(path): \(error)")
    }
  }
  return files
}

/// Writes a set of files, all or none: on failure what was there before is still there, all of it. Folders that are not there
/// are made.
///
/// Throws `StippleError` as `checkOutputs` does, and `inputOutput` where writing broke off.
func writeFiles(_ files: [OutputFile], _ options: WriteOptions) throws(StippleError) {
  try checkOutputs(files.map(\.path), options)
  for file in files where file.path != standardStream { try makeFolders(folder(of: file.path)) }
  try writeFiles(files)
}

/// The same for files that are Stipple's own affair, in a folder that is there.
func writeFiles(_ files: [OutputFile]) throws(StippleError) {
  do {
    try writeFilesAtomically(files.filter { $0.path != standardStream }.map { ($0.path, $0.bytes) })
    for file in files where file.path == standardStream { try writeToStandardOutput(file.bytes) }
  } catch {
    throw StippleError(error.stage == .create ? .cannotCreate : .inputOutput, error.description)
  }
}

/// Writes a whole file or none.
func writeFile(_ bytes: [UInt8], to file: String) throws(StippleError) {
  try writeFiles([OutputFile(path: file, bytes: bytes)])
}

/// The PNG bytes of each picture, several at a time.
private func encodeAll(_ pictures: [NamedPicture], texts: [PNGText], threads: Int?) -> [Result<[UInt8], any Error>] {
  var encoded = [Result<[UInt8], any Error>](repeating: .success([]), count: pictures.count)
  encoded.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer
    parallelTiles(pictures.count, threads: threads) { i in
      out[i] = Result {
        let options = PNGOptions(dotsPerInch: pictures[i].dotsPerInch, texts: texts)
        if let samples = pictures[i].samples { return try encodePNG(samples, options: options) }
        return try encodePNG(pictures[i].image, options: options)
      }
    }
  }
  return encoded
}

/// Writes a starter design. A file that is there is a person's work: it is replaced by force alone.
public func writeStarter(_ text: String, to path: String, options: WriteOptions = .init()) throws(StippleError) {
  var over = options
  if !options.force, access(path, F_OK) == 0 {
    throw StippleError(
      .cannotCreate, "\(shown(path)) is already there; choose another name, remove it, or replace it with --force")
  }
  over.force = true
  try checkOutputs([path], over)
  if !options.isRehearsal { try writeFiles([OutputFile(path: path, bytes: Array(text.utf8))], over) }
}
