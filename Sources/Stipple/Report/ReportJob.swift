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
  /// A clinic's own file, in place of what the design says of it.
  public var clinicFile: String?
  /// Heights of the hairline to compare, mm above the glabella; empty for none.
  public var heights: [Double] = []
  /// Other designs to compare, where no heights are: at most nine, each with what it is called.
  public var variants: [(name: String, design: OpenedDesign)] = []
  /// Bytes that the file may have; pictures are compressed more where it would be larger.
  public var size = 8_000_000
  /// What may be replaced, and whether anything is drawn and written at all.
  public var writing = WriteOptions()
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// A report that was written.
public struct ReportResult: Sendable, Report {
  public var file: String
  /// 0 where nothing was written.
  public var bytes: Int
  public var pictures: Int
  /// Quality of its JPEG pictures, 1 to 100.
  public var quality: Int
  public var language: Clinic.Language
  public var warnings: [String]

  public var text: String {
    if pictures == 0 { return (warnings + [file]).joined(separator: "\n") + "\n" }
    let size = "\(file): \(pictures) pictures, \((bytes + 50_000) / 100_000 / 10).\((bytes + 50_000) / 100_000 % 10) MB"
    return (warnings + [size]).joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object(
      answer("report") + [
        ("file", .text(file)), ("bytes", .integer(bytes)), ("pictures", .integer(pictures)),
        ("quality", .integer(quality)), ("language", .text(language.rawValue)),
        ("warnings", .list(warnings.map { .text($0) })),
      ]
    ).written() + "\n"
  }
}

/// Qualities of JPEG that are tried, best first.
private let qualities = [86, 76, 64]

/// A report as it was made.
public struct MadeReport: Sendable {
  /// The HTML file.
  public var page: String
  /// How many pictures it holds.
  public var pictures: Int
  /// Quality of its JPEG pictures, 1 to 100.
  public var quality: Int
  public var language: Clinic.Language
  /// What `check` warns of, and what was left out of a scan.
  public var warnings: [String]
}

/// A report as the text of an HTML file: before and after with the years, plan, aftercare, price, findings.
///
/// It names no client, file, user or machine, and no date but those that follow from `options.start`. The same design and
/// options give the same text for any number of threads.
///
/// Throws `StippleError` as `preview` does; `data` for rates that do not fit the design, `noInput` or `data` for a logo or a
/// clinic's file.
public func report(_ opened: OpenedDesign, options: ReportOptions = ReportOptions()) throws(StippleError) -> MadeReport
{
  var contents = try reportContents(opened, options: options)
  var page = ""
  var used = 0
  for quality in qualities {
    contents.files = try jpegFiles(contents.pictures, quality: quality, threads: opened.threads)
    page = reportPage(contents)
    used = quality
    if page.utf8.count <= options.size { break }
  }
  var warnings = contents.check.notes
  for (place, finding) in contents.check.findings where finding.level != .info && finding.waived == nil {
    warnings.append(place + finding.description)
  }
  return MadeReport(
    page: page, pictures: contents.pictures.count, quality: used, language: contents.words.language, warnings: warnings)
}

/// What is known of a report before anything is drawn for it.
private struct ReportGround {
  var design: OpenedDesign
  /// As an address that a page takes.
  var logo: String?
  var plan: WorkPlan
  var language: Clinic.Language
}

private func reportGround(_ opened: OpenedDesign, options: ReportOptions) throws(StippleError) -> ReportGround {
  var overrides = DesignOverrides()
  // Paper is not transparent, and JPEG has eight bits.
  overrides.bits = 8
  if opened.design.pictures.background == .transparent { overrides.background = .clinic }
  var folder = opened.folder
  var logoPlace = opened.place(of: "clinic.logo")
  if let file = options.clinicFile {
    let card = try readClinicFile(file)
    (overrides.clinic, overrides.rates) = (card.clinic, card.rates)
    (folder, logoPlace) = (Stipple.folder(of: file), "\(shown(file)): ")
  }
  let design = try opened.applying(overrides)
  let clinic = design.design.clinic
  // What is quickly refused comes first.
  let logo = try clinic?.logo.map { (file) throws(StippleError) in
    try logoAddress(file, folder: folder, place: logoPlace)
  }
  return ReportGround(
    design: design, logo: logo, plan: try WorkPlan(design, start: options.start),
    language: options.language ?? clinic?.language ?? .english)
}

/// All that a report says and shows, its pictures not yet compressed.
func reportContents(_ opened: OpenedDesign, options: ReportOptions) throws(StippleError) -> ReportContents {
  let ground = try reportGround(opened, options: options)
  let design = ground.design
  let timeline = try Timeline(design.fields(), start: options.start, threads: design.threads)
  let states = reportStates(design.design)
  let variants = try reportVariants(design, options)
  let pictures = try reportPictures(design, states: states, progress: options.progress) + variants
  return ReportContents(
    words: ReportWords(ground.language), design: design.design, states: states,
    timeline: timeline, plan: ground.plan, check: try checkDesign(design), pictures: pictures, files: [],
    logo: ground.logo)
}

private func readClinicFile(_ file: String) throws(StippleError) -> ClinicCard {
  let bytes = try readInput(file, limit: Design.largestDocument)
  do {
    return try readClinicCard(bytes: bytes, named: file)
  } catch {
    throw StippleError(.data, error.description)
  }
}

/// Writes a report, whole or not at all.
///
/// Throws `StippleError` as `report` does; `cannotCreate` or `inputOutput` for a file that cannot be written.
public func writeReport(
  of opened: OpenedDesign, to file: String, options: ReportOptions = ReportOptions()
) throws(StippleError) -> ReportResult {
  try checkOutputs([file], options.writing)
  if options.writing.isRehearsal {
    let ground = try reportGround(opened, options: options)
    return ReportResult(
      file: file, bytes: 0, pictures: 0, quality: 0, language: ground.language, warnings: try ground.design.warnings())
  }
  let made = try report(opened, options: options)
  let bytes = Array(made.page.utf8)
  var warnings = made.warnings
  if bytes.count > options.size {
    warnings.append(
      "the report has \(bytes.count) bytes, more than \(options.size); a smaller --size or fewer sheetViews make it less"
    )
  }
  try writeFiles([OutputFile(path: file, bytes: bytes)], options.writing)
  return ReportResult(
    file: file, bytes: bytes.count, pictures: made.pictures, quality: made.quality,
    language: made.language, warnings: warnings)
}
