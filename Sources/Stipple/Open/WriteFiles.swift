// Pictures and documents on their way to disk.

import Arithmetic
import Files
import PNGImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes pictures into a folder, each to a temporary name first; their paths, in order.
func writePictures(
  _ pictures: [NamedPicture], to folder: String, options: PNGOptions, threads: Int?
) throws(StippleError) -> [String] {
  let encoded = encodeAll(pictures, options: options, threads: threads)
  let separator = folder.hasSuffix("/") ? "" : "/"
  var files: [String] = []
  for (picture, bytes) in zip(pictures, encoded) {
    let file = folder + separator + picture.name + ".png"
    try write(bytes, to: file)
    files.append(file)
  }
  return files
}

/// Writes one picture to a path.
func writePicture(_ image: RasterImage, to file: String, options: PNGOptions) throws(StippleError) {
  try write(Result { try encodePNG(image, options: options) }, to: file)
}

private func write(_ bytes: Result<[UInt8], any Error>, to file: String) throws(StippleError) {
  switch bytes {
  case .success(let bytes): try writeFile(bytes, to: file)
  case .failure(let error): throw StippleError(.inputOutput, "\(file): \(error)")
  }
}

/// Writes a whole file or none.
func writeFile(_ bytes: [UInt8], to file: String) throws(StippleError) {
  do {
    try writeFileAtomically(bytes, to: file)
  } catch {
    throw StippleError(error.stage == .create ? .cannotCreate : .inputOutput, error.description)
  }
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
