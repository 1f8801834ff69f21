import TreatmentDesign

/// Reads the input as a design document. What is read is written and read again: both say the same.
func fuzzDesign(_ bytes: [UInt8]) {
  let design: Design
  do {
    design = try readDesignDocument(bytes: bytes, named: "x").design
  } catch {
    // A message is made without trapping, and says something.
    precondition(!error.description.isEmpty)
    return
  }
  let written = writeDesign(design)
  do {
    let again = try readDesign(written, named: "written")
    precondition(again == design, "a design is not what was written of it")
    precondition(writeDesign(again) == written, "a design is written in two ways")
  } catch {
    fatalError("what was written is refused: \(error)")
  }
  _ = lint(design)
}
