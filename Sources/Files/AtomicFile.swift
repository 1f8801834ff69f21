// Whole-file writes that leave either the new file or the old one, never half of one: write beside the target
// under a temporary name, flush to disk, rename over the target, flush the folder.

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
  try writeFilesAtomically([(path, bytes)])
}

/// Writes several files, all or none: each aside first, then all put in place. On any error what was at their paths before
/// is untouched. Otherwise as `writeFileAtomically`; devices and pipes are written to last.
package func writeFilesAtomically(_ files: [(path: String, bytes: [UInt8])]) throws(FileWriteError) {
  var written: [(temporary: TemporaryFile, target: String, path: String)] = []
  var direct: [(path: String, bytes: [UInt8])] = []
  do throws(FileWriteError) {
    for (path, bytes) in files {
      if let (target, mode) = try place(of: path) {
        written.append((try writeAside(bytes, target: target, mode: mode, path: path), target, path))
      } else {
        direct.append((path, bytes))
      }
    }
  } catch {
    for file in written { file.temporary.remove() }
    throw error
  }
  let (code, failed) = commit(written.map { ($0.temporary.path, $0.target) })
  if code != 0 { throw FileWriteError(path: written[failed].path, stage: .write, systemError: code) }
  for folder in Set(written.map { folder(of: $0.target) }).sorted() { flushFolder(folder) }
  for (path, bytes) in direct { try writeDirectly(bytes, to: path) }
}

/// Where the file of this path lies, and the mode of what is there; `nil` for what is neither a file nor a folder.
private func place(of path: String) throws(FileWriteError) -> (target: String, mode: mode_t?)? {
  guard !path.isEmpty, !path.utf8.contains(0) else { throw FileWriteError(path: path, invalidName: ()) }
  guard path.utf8.last != UInt8(ascii: "/") else {
    throw FileWriteError(path: path, stage: .create, systemError: EISDIR)
  }
  var status = stat()
  guard stat(path, &status) == 0 else { return (path, nil) }
  switch status.st_mode & S_IFMT {
  case S_IFDIR: throw FileWriteError(path: path, stage: .create, systemError: EISDIR)
  case S_IFREG: return (resolved(path), status.st_mode & 0o777)
  default: return nil
  }
}

/// Writes a temporary file beside `target` and flushes it to disk.
private func writeAside(_ bytes: [UInt8], target: String, mode: mode_t?, path: String) throws(FileWriteError)
  -> TemporaryFile
{
  guard let file = TemporaryFile(beside: target, mode: mode == nil ? 0o644 : 0o600) else {
    throw FileWriteError(path: path, stage: .create, systemError: errno)
  }
  var failure = writeAll(bytes, to: file.descriptor)
  if failure == 0, let mode, fchmod(file.descriptor, mode) != 0 { failure = errno }
  if failure == 0, fsync(file.descriptor) != 0 { failure = errno }
  if close(file.descriptor) != 0, failure == 0 { failure = errno }
  guard failure == 0 else {
    file.remove()
    throw FileWriteError(path: path, stage: .write, systemError: failure)
  }
  return file
}

/// Where a symbolic link leads, or the path itself.
private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

/// Writes text to standard output.
package func writeToStandardOutput(_ text: String) throws(FileWriteError) {
  try writeToStandardOutput(Array(text.utf8))
}

/// Writes bytes to standard output.
package func writeToStandardOutput(_ bytes: [UInt8]) throws(FileWriteError) {
  let failure = writeAll(bytes, to: STDOUT_FILENO)
  // Whoever reads has seen enough.
  if failure == EPIPE { return }
  if failure != 0 { throw FileWriteError(path: "to standard output", stage: .write, systemError: failure) }
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
private func flushFolder(_ name: String) {
  let file = open(name.isEmpty ? "." : name, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  _ = fsync(file)
  close(file)
}
