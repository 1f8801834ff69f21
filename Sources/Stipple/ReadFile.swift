#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a regular file of at most `limit` bytes.
///
/// Throws `noInput` if it is missing, unreadable or no file, `limit` if it is larger.
func readFile(_ path: String, limit: Int) throws(StippleError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  if descriptor < 0 { throw StippleError(.noInput, "cannot read \(path): \(reason(errno))") }
  defer { close(descriptor) }
  var status = stat()
  if fstat(descriptor, &status) != 0 { throw StippleError(.noInput, "cannot read \(path): \(reason(errno))") }
  if status.st_mode & S_IFMT == S_IFDIR { throw StippleError(.noInput, "cannot read \(path): it is a folder") }
  if status.st_mode & S_IFMT != S_IFREG { throw StippleError(.noInput, "cannot read \(path): not a regular file") }
  let size = Int(status.st_size)
  if size > limit {
    throw StippleError(.limit, "\(path) has \(size) bytes; at most \(limit) are read")
  }
  var failure: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = 0
    while count < size {
      let got = read(descriptor, buffer.baseAddress! + count, size - count)
      if got < 0 {
        if errno == EINTR { continue }
        failure = errno
        return
      }
      if got == 0 { return }
      count += got
    }
  }
  if failure != 0 { throw StippleError(.inputOutput, "reading \(path) failed: \(reason(failure))") }
  return bytes
}

/// An errno in plain words.
func reason(_ code: Int32) -> String {
  switch code {
  case ENOENT: "no such file"
  case ENOTDIR: "a part of the path is not a folder"
  case EACCES, EPERM: "permission denied"
  case EISDIR: "it is a folder"
  case ENAMETOOLONG: "the name is too long"
  default: String(cString: strerror(code))
  }
}
