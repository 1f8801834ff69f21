#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be read, in one line for the person at the terminal.
package struct FileReadError: Error, Sendable, Equatable {
  package enum Kind: Sendable { case unreadable, tooLarge, failed }
  package let kind: Kind
  package let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = shown(message, atMost: 1000)
  }
}

/// The bytes of a regular file of at most `limit` bytes.
///
/// - Parameter memory: bytes of memory that a file of a size will take in all.
///
/// Throws `unreadable` if it is missing, not allowed or no file, `tooLarge` if it is larger or memory would not do, `failed`
/// where reading broke off.
package func readFile(_ path: String, limit: Int, memory: (Int) -> Int = { $0 }) throws(FileReadError) -> [UInt8] {
  // Without waiting: opening a pipe that nobody writes to would.
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  if descriptor < 0 { throw FileReadError(.unreadable, "cannot read \(shown(path)): \(reason(errno))") }
  defer { close(descriptor) }
  var status = stat()
  if fstat(descriptor, &status) != 0 {
    throw FileReadError(.unreadable, "cannot read \(shown(path)): \(reason(errno))")
  }
  if status.st_mode & S_IFMT == S_IFDIR {
    throw FileReadError(.unreadable, "cannot read \(shown(path)): it is a folder")
  }
  if status.st_mode & S_IFMT != S_IFREG {
    throw FileReadError(.unreadable, "cannot read \(shown(path)): not a regular file")
  }
  let size = Int(status.st_size)
  if size > limit {
    throw FileReadError(.tooLarge, "\(shown(path)) has \(size) bytes; at most \(limit) are read")
  }
  if size > 1 << 20, let problem = memoryProblem(need: memory(size)) {
    throw FileReadError(.tooLarge, "\(shown(path)) has \(size) bytes, for which \(problem)")
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
  if failure != 0 { throw FileReadError(.failed, "reading \(shown(path)) failed: \(reason(failure))") }
  return bytes
}

/// An errno in plain words.
package func reason(_ code: Int32) -> String {
  switch code {
  case ENOENT: "no such file"
  case ENOTDIR: "a part of the path is not a folder"
  case EACCES, EPERM: "permission denied"
  case EISDIR: "it is a folder"
  case ENAMETOOLONG: "the name is too long"
  default: String(cString: strerror(code))
  }
}

/// Whether a regular file that can be read begins with these bytes.
package func fileBegins(_ path: String, with bytes: [UInt8]) -> Bool {
  var status = stat()
  guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
  let descriptor = open(path, O_RDONLY | O_NONBLOCK)
  if descriptor < 0 { return false }
  defer { close(descriptor) }
  var start = [UInt8](repeating: 0, count: bytes.count)
  let got = read(descriptor, &start, bytes.count)
  return got == bytes.count && start == bytes
}

/// Whether a path, links followed, leads out of a folder; "" is the current one. What is not there leads nowhere.
package func leads(_ path: String, outOf folder: String) -> Bool {
  guard let home = realpath(folder.isEmpty ? "." : folder, nil) else { return false }
  defer { free(home) }
  guard let real = realpath(path, nil) else { return false }
  defer { free(real) }
  let root = String(cString: home)
  return !String(cString: real).utf8.starts(with: (root == "/" ? root : root + "/").utf8)
}

/// What an open pipe, terminal or file gives until it ends, at most `limit` bytes.
package func readStream(_ descriptor: Int32, named name: String, limit: Int) throws(FileReadError) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let got = read(descriptor, &chunk, chunk.count)
    if got < 0 {
      if errno == EINTR { continue }
      throw FileReadError(.failed, "reading \(shown(name)) failed: \(reason(errno))")
    }
    if got == 0 { return bytes }
    bytes += chunk[..<got]
    if bytes.count > limit {
      throw FileReadError(.tooLarge, "\(shown(name)) has more than \(limit) bytes, the most that are read")
    }
  }
}

/// The first bytes of a regular file, at most `count`; none of what cannot be read.
package func fileStart(_ path: String, count: Int) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  if descriptor < 0 { return [] }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: count)
  var filled = 0
  while filled < count {
    let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + filled, count - filled) }
    if got <= 0 { break }
    filled += got
  }
  return Array(bytes[..<filled])
}
