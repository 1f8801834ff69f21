// Whole-file writes that leave either the new file or the old one, never half of one: write beside the target
// under a temporary name, flush to disk, rename over the target, flush the folder.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes `bytes` to `path`, replacing what is there.
///
/// On any error the temporary file is removed and what was at `path` before is untouched. A new file gets mode
/// 0644 less the umask; a replaced one keeps its mode. A symbolic link is followed. Something that is neither a
/// file nor a folder (a device, a pipe) is written to directly. May be called from several threads.
package func writeFileAtomically(_ bytes: [UInt8], to path: String) throws(FileWriteError) {
  guard !path.isEmpty, !path.utf8.contains(0) else { throw FileWriteError(path: path, invalidName: ()) }
  guard path.utf8.last != UInt8(ascii: "/") else {
    throw FileWriteError(path: path, stage: .create, systemError: EISDIR)
  }

  var mode: mode_t = 0o644
  var target = path
  var keepsMode = false
  var status = stat()
  if stat(path, &status) == 0 {
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      throw FileWriteError(path: path, stage: .create, systemError: EISDIR)
    case S_IFREG:
      mode = status.st_mode & 0o777
      keepsMode = true
      target = resolved(path)
    default:
      return try writeDirectly(bytes, to: path)
    }
  }

  let temporary = temporaryName(beside: target)
  let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, keepsMode ? 0o600 : mode)
  guard file >= 0 else { throw FileWriteError(path: path, stage: .create, systemError: errno) }
  var failure = writeAll(bytes, to: file)
  if failure == 0, keepsMode, fchmod(file, mode) != 0 { failure = errno }
  if failure == 0, fsync(file) != 0 { failure = errno }
  if close(file) != 0, failure == 0 { failure = errno }
  if failure == 0, rename(temporary, target) != 0 { failure = errno }
  guard failure == 0 else {
    unlink(temporary)
    throw FileWriteError(path: path, stage: .write, systemError: failure)
  }
  flushFolder(of: target)
}

private let temporaryCount = Atomic<Int>(0)

/// A name in the same folder, so that the rename stays on one volume. Short, so that a target with the longest
/// allowed name still works.
private func temporaryName(beside path: String) -> String {
  let number = temporaryCount.add(1, ordering: .relaxed).oldValue
  return folder(of: path) + ".stipple-\(getpid())-\(number).tmp"
}

/// The path up to and including its last slash; empty for a bare name.
private func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return String(path[...slash])
}

/// Where a symbolic link leads, or the path itself.
private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

/// 0, or the system's error number.
private func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let written = write(file, buffer.baseAddress! + done, buffer.count - done)
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      done += written
    }
    return 0
  }
}

private func writeDirectly(_ bytes: [UInt8], to path: String) throws(FileWriteError) {
  let file = open(path, O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { throw FileWriteError(path: path, stage: .create, systemError: errno) }
  var failure = writeAll(bytes, to: file)
  if close(file) != 0, failure == 0 { failure = errno }
  guard failure == 0 else { throw FileWriteError(path: path, stage: .write, systemError: failure) }
}

/// Makes the rename itself durable. Some file systems refuse to flush a folder; the file is complete either way.
private func flushFolder(of path: String) {
  let name = folder(of: path)
  let file = open(name.isEmpty ? "." : name, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  _ = fsync(file)
  close(file)
}
