// `stipple report`: a design as one HTML file that a practitioner hands over.

import Files
import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// What a report is to hold, where the design leaves it open.
public struct ReportOptions: Sendable {
  /// In place of the clinic's.
  public var language: Clinic.Language?
  /// Date of the first session; without it days are counted from there.
  public var start: CalendarDate?
  /// Bytes that the file may have; pictures are compressed more where it would be larger.
  public var size = 8_000_000
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// A report that was written.
public struct ReportResult: Sendable, Report {
  public var file: String
  public var bytes: Int
  public var pictures: Int
  /// Quality of its JPEG pictures, 1 to 100.
  public var quality: Int
  public var language: Clinic.Language
  public var warnings: [String]

  public var text: String {
    let size = "\(file): \(pictures) pictures, \((bytes + 50_000) / 100_000 / 10).\((bytes + 50_000) / 100_000 % 10) MB"
    return (warnings + [size]).joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object([
      ("file", .text(file)), ("bytes", .integer(bytes)), ("pictures", .integer(pictures)),
      ("quality", .integer(quality)), ("language", .text(language.rawValue)),
      ("warnings", .list(warnings.map { .text($0) })),
    ]).written() + "\n"
  }
}

/// Qualities of JPEG that are tried, best first.
private let qualities = [86, 76, 64]

/// A report as the text of an HTML file: before and after with the years, plan, aftercare, price, findings.
///
/// It names no client, file, user or machine, and no date but those that follow from `options.start`. The same design and
/// options give the same text for any number of threads.
///
/// Throws `StippleError` as `preview` does; `data` for rates that do not fit the design, `noInput` or `data` for a logo.
public func report(_ opened: OpenedDesign, options: ReportOptions = ReportOptions()) throws(StippleError) -> (
  page: String, pictures: Int, quality: Int
) {
  var design = opened
  if opened.design.pictures.background == .transparent || opened.design.pictures.sixteenBit {
    // Paper is not transparent, and JPEG has eight bits.
    var overrides = DesignOverrides()
    overrides.bits = 8
    if opened.design.pictures.background == .transparent { overrides.background = .clinic }
    design = try opened.applying(overrides)
  }
  let clinic = design.design.clinic
  // What is quickly refused comes first.
  let logo = try clinic?.logo.map { (file) throws(StippleError) in
    try logoAddress(file, folder: design.folder, place: design.place(of: "clinic.logo"))
  }
  let plan = try WorkPlan(design, start: options.start)
  let timeline = try Timeline(design.fields(), start: options.start, threads: design.threads)
  let states = reportStates(design.design)
  let pictures = try reportPictures(design, states: states, progress: options.progress)
  let check = try checkDesign(design)
  var page = ""
  var used = 0
  for quality in qualities {
    page = reportPage(
      ReportContents(
        words: ReportWords(options.language ?? clinic?.language ?? .english), design: design.design, states: states,
        timeline: timeline, plan: plan, check: check, pictures: pictures,
        files: try jpegFiles(pictures, quality: quality, threads: design.threads), logo: logo))
    used = quality
    if page.utf8.count <= options.size { break }
  }
  return (page, pictures.count, used)
}

/// Writes a report, whole or not at all.
///
/// Throws `StippleError` as `report` does; `cannotCreate` or `inputOutput` for a file that cannot be written.
public func writeReport(
  of opened: OpenedDesign, to file: String, options: ReportOptions = ReportOptions()
) throws(StippleError) -> ReportResult {
  try checkWritable(file)
  let made = try report(opened, options: options)
  let bytes = Array(made.page.utf8)
  var warnings = try opened.warnings()
  if bytes.count > options.size {
    warnings.append(
      "the report has \(bytes.count) bytes, more than \(options.size); a smaller --size or fewer sheetViews make it less"
    )
  }
  try writeFile(bytes, to: file)
  return ReportResult(
    file: file, bytes: bytes.count, pictures: made.pictures, quality: made.quality,
    language: options.language ?? opened.design.clinic?.language ?? .english, warnings: warnings)
}
