// Where files go, and whether they may: what is said of a path before the work for it is done.

import Files
import PNGImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The path that stands for standard input, where a design is read, and standard output, where one file is written.
public let standardStream = "-"

/// How files are put on disk.
public struct WriteOptions: Sendable, Equatable {
  /// Whether files that Stipple did not write are replaced.
  public var force = false
  /// Whether everything is checked and nothing drawn or written; what is returned names the files that would be.
  public var isRehearsal = false

  public init() {}
}

/// The folder of what is made from a design, where nobody says another: `out/` and the design's name without its ending.
public func defaultFolder(of design: String) -> String {
  var name = design.split(separator: "/").last.map(String.init) ?? ""
  for ending in [".yaml", ".yml", ".json", ".png", ".obj", ".ply", ".stl", ".gltf", ".glb"]
  where name.lowercased().hasSuffix(ending) && name.utf8.count > ending.utf8.count {
    name.removeLast(ending.count)
    break
  }
  // Standard input has no name, and that of a folder is none.
  return "out/" + (name.isEmpty || name.allSatisfy { $0 == "." || $0 == "-" } ? "design" : name)
}

/// A file's path in a folder.
public func path(of name: String, in folder: String) -> String {
  folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
}

/// Where a command's one file goes: into the design's own folder if nothing is said, into a folder that is named, or where
/// a path says.
///
/// - Parameters:
///   - said: what the person wrote; a folder ends in "/" or is there.
///   - design: its path, from which the folder has its name.
///   - name: of the file where only its folder is known.
public func outputPath(_ said: String?, design: String, name: String) -> String {
  guard let said else { return path(of: name, in: defaultFolder(of: design)) }
  return said != standardStream && (said.hasSuffix("/") || isFolder(said)) ? path(of: name, in: said) : said
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Refuses files that could not be written, or that would take the place of what Stipple did not write. Nothing is made.
func checkOutputs(_ paths: [String], _ options: WriteOptions) throws(StippleError) {
  for file in paths where file != standardStream {
    if file.isEmpty || file.hasSuffix("/") || isFolder(file) {
      throw StippleError(.cannotCreate, "cannot write \(shown(file)): it is a folder")
    }
    try checkFolder(folder(of: file), for: file)
    if !options.force, isForeign(file) {
      throw StippleError(
        .cannotCreate, "\(shown(file)) is there already and was not written by Stipple; --force replaces it")
    }
  }
}

/// Refuses a folder that could neither be written into nor be made.
func checkFolder(_ folder: String, for file: String) throws(StippleError) {
  var place = folder
  while true {
    let here = place.isEmpty ? "." : place
    var status = stat()
    if stat(here, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw StippleError(.cannotCreate, "cannot write \(shown(file)): \(shown(here)) is not a folder")
      }
      guard access(here, W_OK | X_OK) == 0 else {
        throw StippleError(.cannotCreate, "cannot write \(shown(file)): \(reason(errno))")
      }
      return
    }
    // What is not there will be made, in the nearest folder that is.
    guard errno == ENOENT else {
      throw StippleError(.cannotCreate, "cannot write \(shown(file)): \(reason(errno))")
    }
    while place.hasSuffix("/") && place != "/" { place.removeLast() }
    if place.isEmpty || place == "/" { return }
    place = place.lastIndex(of: "/").map { String(place[...$0]) } ?? ""
  }
}

/// Makes a folder and those that it lies in.
///
/// - Parameter file: what it is for.
func makeFolders(_ folder: String, for file: String) throws(StippleError) {
  if folder.isEmpty || isFolder(folder) { return }
  var made = folder.hasPrefix("/") ? "/" : ""
  for name in folder.split(separator: "/") {
    made += name + "/"
    if mkdir(made, 0o777) == 0 { continue }
    let code = errno
    if code == EEXIST, isFolder(made) { continue }
    throw StippleError(
      .cannotCreate,
      "cannot write \(shown(file)): cannot make the folder \(shown(made)): "
        + (code == EEXIST ? "it is not a folder" : reason(code)))
  }
}

// MARK: - What Stipple wrote

/// The mark of Stipple in a page's head and in the heads of point files.
let generatorMark = "Stipple \(stippleVersion)"

/// Whether a file is there, holds something and does not say that Stipple wrote it.
private func isForeign(_ path: String) -> Bool {
  var status = stat()
  // Devices and pipes are written to, not replaced.
  guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return false }
  let start = fileStart(path, count: 1 << 16)
  func begins(_ text: String) -> Bool { start.starts(with: text.utf8) }
  func says(_ text: String, within count: Int = 1 << 16) -> Bool {
    contains(start.prefix(count), Array(text.utf8))
  }
  if start.starts(with: pngSignature) { return !says(PictureText.version) }
  if begins("<!DOCTYPE html>") { return !says("name=\"generator\" content=\"Stipple ", within: 4096) }
  if begins("ply\n") { return !says("\ncomment Stipple ", within: 4096) }
  if begins("%PDF") {
    // Wherever its table of objects puts it.
    return !contains(fileStart(path, count: min(Int(status.st_size), 1 << 24))[...], Array("Creator (Stipple ".utf8))
  }
  return !begins(patternHeader)
}

private func contains(_ bytes: ArraySlice<UInt8>, _ wanted: [UInt8]) -> Bool {
  guard bytes.count >= wanted.count else { return false }
  for i in bytes.indices.dropLast(wanted.count - 1) where bytes[i] == wanted[0] {
    if bytes[i...].starts(with: wanted) { return true }
  }
  return false
}
