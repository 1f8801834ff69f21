import Files

/// Path of a file that a design or a manifest names. Either may come from someone else: it names files in its own folder or
/// below, links followed, and nothing further. A file that is not there passes: whoever opens it will say so.
///
/// - Parameters:
///   - folder: where the file's relative path starts; "" is the current folder.
///   - what: what names it, "head.scan:".
///   - owner: whose folder it is.
///
/// Throws `StippleError` (`data`).
func pathBeside(
  _ folder: String, _ file: String, _ what: String, of owner: String = "the design's"
) throws(StippleError) -> String {
  func refusal(_ fault: String) -> StippleError {
    StippleError(
      .data, "\(what) \(shown(file)) \(fault) \(owner) folder; put the file itself in that folder or below it")
  }
  if file.hasPrefix("/") || file.split(separator: "/").contains("..") { throw refusal("leaves") }
  let path = folder.isEmpty || folder == "/" ? folder + file : folder + "/" + file
  if leads(path, outOf: folder) { throw refusal("is a link that leaves") }
  return path
}
