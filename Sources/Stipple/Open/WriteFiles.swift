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
func pictureFiles(_ pictures: [NamedPicture], in folder: String, options: PNGOptions, threads: Int?)
  throws(StippleError) -> [OutputFile]
{
  let separator = folder.hasSuffix("/") ? "" : "/"
  var files: [OutputFile] = []
  for (picture, bytes) in zip(pictures, encodeAll(pictures, options: options, threads: threads)) {
    let path = folder + separator + picture.name + ".png"
    switch bytes {
    case .success(let bytes): files.append(OutputFile(path: path, bytes: bytes))
    case .failure(let error): throw StippleError(.inputOutput, "\(path): \(error)")
    }
  }
  return files
}

/// Writes a set of files, all or none: on failure what was there before is still there, all of it.
func writeFiles(_ files: [OutputFile]) throws(StippleError) {
  do {
    try writeFilesAtomically(files.map { ($0.path, $0.bytes) })
  } catch {
    throw StippleError(error.stage == .create ? .cannotCreate : .inputOutput, error.description)
  }
}

/// Writes a whole file or none.
func writeFile(_ bytes: [UInt8], to file: String) throws(StippleError) {
  try writeFiles([OutputFile(path: file, bytes: bytes)])
}

/// The PNG bytes of each picture, several at a time.
private func encodeAll(_ pictures: [NamedPicture], options: PNGOptions, threads: Int?) -> [Result<[UInt8], any Error>] {
  var encoded = [Result<[UInt8], any Error>](repeating: .success([]), count: pictures.count)
  encoded.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer
    parallelTiles(pictures.count, threads: threads) { i in
      out[i] = Result {
        if let samples = pictures[i].samples { return try encodePNG(samples, options: options) }
        return try encodePNG(pictures[i].image, options: options)
      }
    }
  }
  return encoded
}

/// Refuses a file that could not be written, before the work for it is done.
func checkWritable(_ file: String) throws(StippleError) {
  var status = stat()
  if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    throw StippleError(.cannotCreate, "cannot write \(file): it is a folder")
  }
  let parent = folder(of: file)
  if access(parent.isEmpty ? "." : parent, W_OK | X_OK) != 0 {
    throw StippleError(.cannotCreate, "cannot write \(file): \(reason(errno))")
  }
}

func makeFolder(_ path: String) throws(StippleError) {
  if mkdir(path, 0o777) != 0 {
    let code = errno
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if code == EEXIST && !isFolder {
      throw StippleError(.cannotCreate, "cannot write into \(path): it is not a folder")
    }
    if code != EEXIST && !isFolder {
      throw StippleError(.cannotCreate, "cannot make the folder \(path): \(reason(code))")
    }
  }
  if access(path, W_OK | X_OK) != 0 {
    throw StippleError(.cannotCreate, "cannot write into \(path): \(reason(errno))")
  }
}

/// Writes a starter design to a file that must not exist yet.
public func writeStarter(_ text: String, to path: String) throws(StippleError) {
  if access(path, F_OK) == 0 {
    throw StippleError(.cannotCreate, "\(path) is already there; choose another name or remove it")
  }
  try writeFile(Array(text.utf8), to: path)
}
