// Where a command's files go, and what they may take the place of.

import ArgumentParser
import Stipple

/// `-o`, `--force`, `--dry-run` of every command that writes files.
struct FileOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Where to write: a folder, or for a command that writes one file its name; '-' writes one picture to standard "
        + "output. Folders are made. Default: out/ and the design's name.", valueName: "path"))
  var output: String?

  @Flag(help: "Replace files that Stipple did not write.")
  var force = false

  @Flag(help: "Check everything and name the files, but draw and write nothing.")
  var dryRun = false

  var writing: WriteOptions {
    var options = WriteOptions()
    (options.force, options.isRehearsal) = (force, dryRun)
    return options
  }

  /// The folder of a command that writes several pictures.
  ///
  /// Throws `StippleError` of kind `usage` for the name of a picture.
  func folder(for design: String) throws(StippleError) -> String {
    guard let output else { return defaultFolder(of: design) }
    if let ending = [".png", ".jpg", ".jpeg", ".html", ".pdf"].first(where: { output.lowercased().hasSuffix($0) }) {
      throw StippleError(
        .usage, "-o \(output): several pictures are written, so it names a folder, not a \(ending.dropFirst()) file")
    }
    return output
  }

  /// The file of a command that writes one.
  func file(_ name: String, for design: String) -> String { outputPath(output, design: design, name: name) }
}

/// `--no-metadata`.
struct MetadataOption: ParsableArguments {
  @Flag(help: "Leave the design out of the pictures' metadata; they say only which version of Stipple drew them.")
  var noMetadata = false
}
