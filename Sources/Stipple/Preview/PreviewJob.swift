// `stipple preview`: a design into a folder of pictures.

import Files
import ImpressionSampling
import PNGImage
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// What `writePreview` drew.
public struct PreviewResult: Sendable, Report {
  /// Paths of the pictures, in the order they were written.
  public var files: [String]
  public var work: WorkFigures
  /// Hairs that were there before and are drawn: not those that the scan's colours show.
  public var hairs: Int
  /// Whether the scan's own colours show the hair that is there.
  public var isHairPhotographed = false
  /// What `check` would warn of, and what was left out of a scan.
  public var warnings: [String]
  /// The dose that the match found, in a practitioner's words; empty where the design states it all.
  public var dose: [String] = []

  public var text: String {
    (warnings + dose + [
      "\(work.text) among \(hairs) hairs\(isHairPhotographed ? " drawn, and those that the scan shows" : "")"
    ] + files).joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("preview") + work.members + [
        ("hairs", .integer(hairs)), ("files", .list(files.map { .text($0) })),
        ("dose", .list(dose.map { .text($0) })), ("warnings", .list(warnings.map { .text($0) })),
      ]
    ).written() + "\n"
  }
}

/// Draws a design and writes `before.png`, `after.png`, `year-1.png`, ... and `sheet.png` into a folder.
///
/// The folder is made, and those that it lies in. The pictures appear all at once, after all of them are drawn; on failure
/// those that were there before are still there.
///
/// - Parameters:
///   - opened: the design.
///   - outputFolder: made if it is not there; "-" writes the sheet alone, to standard output.
///   - options: what to draw, and how.
///   - metadata: whether pictures carry the design that made them, so that they can be made again.
///   - writing: what may be replaced, and whether anything is drawn and written at all.
///
/// Throws `StippleError` for anything that is wrong with the design, the head or the folder.
public func writePreview(
  of opened: OpenedDesign, to outputFolder: String, options: PreviewOptions = .init(), metadata: Bool = true,
  writing: WriteOptions = .init()
) throws(StippleError) -> PreviewResult {
  // A folder that cannot be written is known before the work is done.
  let names = previewNames(options)
  let paths = outputFolder == standardStream ? [standardStream] : names.map { path(of: $0 + ".png", in: outputFolder) }
  try checkOutputs(paths, writing)
  var files: [OutputFile] = []
  if writing.isRehearsal {
    try PictureScene(opened.design.pictures).checkMemory(pictures: names.count - 1)
    _ = try opened.placement()
  } else {
    let texts = opened.pictureTexts(metadata)
    let pictures = try preview(opened, options: options)
    if outputFolder == standardStream, let sheet = pictures.last {
      files = [
        try OutputFile(sheet.image, path: standardStream, options: PNGOptions(dotsPerInch: 300, texts: texts))
      ]
    } else {
      files = try pictureFiles(pictures, in: outputFolder, texts: texts, threads: opened.threads)
    }
  }
  let result = PreviewResult(
    files: paths, work: try opened.work(), hairs: try opened.placement().hair.count,
    isHairPhotographed: try opened.fields().photographedHair != nil && opened.written.pictures.skin == .fromScan,
    warnings: try opened.warnings(), dose: opened.design.doseWords)
  if !writing.isRehearsal { try writeFiles(files, writing) }
  return result
}

/// The pictures' names, in the order in which `preview` draws them.
private func previewNames(_ options: PreviewOptions) -> [String] {
  ["before", "after"] + options.years.map(yearName) + ["sheet"]
}

extension OpenedDesign {
  /// What `check` would warn of, and what was left out of a scan.
  ///
  /// Throws `StippleError` as `fields` does.
  func warnings() throws(StippleError) -> [String] {
    let findings = advice(on: try fields(), placing: false, threads: threads).filter {
      $0.level != .info && $0.waived == nil
    }
    return try scanWarnings() + (scanSkin()?.notes ?? []) + findings.map { place(of: $0.keyPath) + $0.description }
  }
}
