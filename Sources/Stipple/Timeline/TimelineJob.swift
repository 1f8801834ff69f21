// `stipple timeline`: the table, and on request the diagram and pictures at listed times.

import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// What a timeline is to hold, where the design leaves it open.
public struct TimelineOptions: Sendable {
  /// Times to draw, and to list beside the usual ones.
  public var moments: [TimelineMoment] = []
  /// Paces to draw; the first is the table's. Empty takes the client's own.
  public var paces: [Pace] = []
  /// Date of the first session.
  public var start: CalendarDate?
  /// Where the diagram goes, if it is wanted.
  public var plot: String?
  public var plotWidth = 1200
  /// As in `PreviewOptions`.
  public var size: Int?
  public var view: Pictures.View?
  public var skin = SkinSource.fromScan
  public var threads: Int?
  public var metadata = true
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// A timeline with the files that were written.
public struct TimelineResult: Sendable, Report {
  public struct Picture: Sendable, Equatable {
    public var file: String
    public var moment: TimelineMoment
    public var pace: Pace
    public var darkness: Double
    public var least: Double
    public var greatest: Double
  }
  public var timeline: Timeline
  public var pictures: [Picture]
  /// The sheet of all pictures, and the diagram.
  public var files: [String]

  public var text: String {
    timeline.text
      + (pictures.map { picture in
        "\(picture.file)  \(percent(picture.darkness)) % (\(percentRange(picture.least, picture.greatest)) by pace)\n"
      } + files.map { $0 + "\n" }).joined()
  }

  public var json: String {
    func number(_ value: Double) -> JSONValue { .number((value * 1e4).rounded() / 1e4) }
    return JSONValue.object(
      timeline.members + [
        (
          "pictures",
          .list(
            pictures.map { picture in
              .object([
                ("file", .text(picture.file)), ("time", .text(picture.moment.label)),
                ("years", .number((picture.moment.years * 1e6).rounded() / 1e6)), ("pace", .text(picture.pace.name)),
                ("darkness", number(picture.darkness)), ("least", number(picture.least)),
                ("greatest", number(picture.greatest)),
              ])
            })
        ), ("files", .list(files.map { .text($0) })),
      ]
    ).written() + "\n"
  }
}

/// Pictures of a plan at each moment and pace, and a sheet with a row per pace.
func timelinePictures(_ plan: TreatmentPlan, options: TimelineOptions) throws(StippleError) -> (
  pictures: [NamedPicture], made: [TimelineResult.Picture]
) {
  let size = options.size ?? plan.design.pictures.size
  guard (64...4096).contains(size) else {
    throw StippleError(.usage, "picture size \(size) is outside 64 to 4096 pixels")
  }
  let paces = options.paces.isEmpty ? [plan.design.client.pace] : options.paces
  let studio = try Studio(plan, skin: options.skin, threads: options.threads)
  let dressed = try studio.dress(options.view ?? plan.design.pictures.view, size: size)
  let band = DarknessBand(plan.design)
  let cell = ContactSheet.cell(for: size)
  var pictures: [NamedPicture] = []
  var made: [TimelineResult.Picture] = []
  var rows: [[RasterImage]] = []
  let total = paces.count * options.moments.count + 1
  for pace in paces {
    var row: [RasterImage] = []
    let course = courseOfTreatment(plan.design, pace: pace).course
    for moment in options.moments {
      let marks = try studio.impressions(atYears: moment.years, pace: pace)
      var image = dressed.picture(impressions: marks, threads: options.threads)
      row.append(reduced(image, to: cell))
      label(
        &image,
        PreviewState(
          file: "", title: moment.title, caption: "\(pace.name) pace; \(band.caption(at: moment.years, pace: pace))",
          years: moment.years, pace: pace))
      let range = band.range(at: moment.years, with: course)
      let own = course.darkness(at: moment.years)
      let name = "\(moment.label)-\(pace.name)"
      pictures.append(NamedPicture(name: name, image: image))
      made.append(
        TimelineResult.Picture(
          file: name, moment: moment, pace: pace, darkness: own, least: range.least,
          greatest: range.greatest))
      options.progress(pictures.count, total)
    }
    rows.append(row)
  }
  let states = options.moments.map { moment in
    let range = band.range(at: moment.years, with: band.typical)
    return PreviewState(
      file: "", title: moment.title,
      caption: "\(percentRange(range.least, range.greatest)) of healed darkness, by pace", years: moment.years)
  }
  pictures.append(
    NamedPicture(
      name: "sheet",
      image: ContactSheet.compose(
        rows, titles: paces.map(\.name), states: states,
        footer: studio.footer(
          pace: paces.count == 1 ? "the \(paces[0].name) pace" : "the paces named on the left", showsYears: true))))
  options.progress(total, total)
  return (pictures, made)
}

/// Reads a design and works out its timeline; draws pictures at `options.moments` into `folder`, and the diagram to
/// `options.plot`.
///
/// Nothing is written before everything is drawn. Throws `StippleError`: `usage` for a time, pace or size that is not
/// allowed, and as `writePreview` does.
public func writeTimeline(
  of path: String, to outputFolder: String, options: TimelineOptions = .init()
) throws(StippleError) -> TimelineResult {
  let document = try loadDesign(path)
  if !options.moments.isEmpty { try makeFolder(outputFolder) }
  var pictures: [NamedPicture] = []
  var made: [TimelineResult.Picture] = []
  let timeline: Timeline
  if options.moments.isEmpty {
    // The table needs no fine mesh and no impressions.
    let head = try loadHead(
      document.design.head, folder: document.folder, locations: document.locations, triangles: 30_000,
      threads: options.threads)
    let fields: CompiledDesign
    do {
      fields = try compile(document.design, on: head, threads: options.threads)
    } catch {
      throw located(error, in: document.design, document.locations)
    }
    timeline = try Timeline(
      fields, pace: options.paces.first, moments: [], start: options.start, threads: options.threads)
  } else {
    let plan = try planDesign(document, threads: options.threads)
    timeline = try Timeline(
      plan.fields, pace: options.paces.first, moments: options.moments, start: options.start, threads: options.threads)
    (pictures, made) = try timelinePictures(plan, options: options)
  }
  let plot = try options.plot.map { (_) throws(StippleError) in
    try timelinePlot(timeline, width: options.plotWidth)
  }

  let png = PNGOptions(dotsPerInch: 300, texts: options.metadata ? pngTexts(document) : [])
  let files = try writePictures(pictures, to: outputFolder, options: png, threads: options.threads)
  for i in made.indices { made[i].file = files[i] }
  var others = Array(files.dropFirst(made.count))
  if let plot, let path = options.plot {
    try writePicture(plot, to: path, options: png)
    others.append(path)
  }
  return TimelineResult(timeline: timeline, pictures: made, files: others)
}
