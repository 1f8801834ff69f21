// A design to the document that says it. What is written at which key stands in the key tables, beside what is read
// there.

/// Writes a design as a document that `readDesign` reads back equal.
///
/// The document begins with `schemaVersion` and `seed`; of the rest it has what is not the default, in the order of the
/// tables. Numbers keep every digit. The same design always gives the same bytes: nothing depends on locale,
/// environment or hash order, and the text ends with a newline.
///
/// The promise holds for what a document can say: values within the ranges and agreements that the reader checks, text
/// that is not empty, begins with no byte-order mark and has no null character, and no more than the reader's 1 MB.
/// What the document has no words for is left out:
/// - the loaded picture of a mask (its file is named);
/// - what another key takes over: `skin` beside `monk`, `view` beside `camera`, `at` beside `macro`, what shapes a
///   hairline beside its `points`, `density` beside `fillTo`, all densities where a layer excludes or multiplies, and
///   `factor` where it does not multiply.
///
/// - Parameters:
///   - design: the design.
///   - fileNames: Whether a scan and masks keep the names of their files, which may name a person. Without them
///     the document has `scan` and `mask` there, and is still a document; a name that is a digest, `sha256-...`, stays.
public func writeDesign(_ design: Design, fileNames: Bool = true) -> String {
  documentText(writtenFields(of: fileNames ? design : withoutFileNames(design)))
}

/// The document as a tree.
func writtenFields(of design: Design) -> [WrittenField] {
  writtenFields(of: design, over: Design(), Design.keys)
}

private func withoutFileNames(_ design: Design) -> Design {
  var design = design
  if case .scan(var scan) = design.head, !scan.file.hasPrefix("sha256-") {
    scan.file = "scan"
    design.head = .scan(scan)
  }
  design.layers = design.layers.map { layer in
    guard case .mask(var mask) = layer else { return layer }
    mask.file = "mask"
    return .mask(mask)
  }
  return design
}
