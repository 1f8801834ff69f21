// `stipple timeline`: the table, and on request the diagram and pictures at listed times.

import Arithmetic
import Files
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
  /// Whether pictures carry the design that made them.
  public var metadata = true
  /// What may be replaced, and whether anything is drawn and written at all.
  public var writing = WriteOptions()
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
      answer("timeline") + timeline.members + [
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

/// What the picture of a moment and pace is called.
private func pictureName(_ moment: TimelineMoment, _ pace: Pace) -> String { "\(moment.label)-\(pace.name)" }

/// The paces to draw.
private func paces(_ design: Design, _ options: TimelineOptions) -> [Pace] {
  options.paces.isEmpty ? [design.client.pace] : options.paces
}

/// Pictures of a design at each moment and pace, and a sheet with a row per pace.
func timelinePictures(_ opened: OpenedDesign, options: TimelineOptions) throws(StippleError) -> (
  pictures: [NamedPicture], made: [TimelineResult.Picture]
) {
  let design = opened.design
  let paces = paces(design, options)
  let total = paces.count * options.moments.count + 1
  try PictureScene(design.pictures).checkMemory(pictures: total - 1)
  let portrait = try Portrait(opened)
  let band = DarknessBand(design)
  var moments: [PictureMoment] = []
  var made: [TimelineResult.Picture] = []
  for pace in paces {
    let course = courseOfTreatment(design, pace: pace).course
    for moment in options.moments {
      let name = pictureName(moment, pace)
      let caption = "\(pace.name) pace; \(band.caption(at: moment.years, pace: pace))"
      moments.append(
        PictureMoment(file: name, title: moment.title, caption: caption, years: moment.years, pace: pace))
      let range = band.range(at: moment.years, with: course)
      made.append(
        TimelineResult.Picture(
          file: name, moment: moment, pace: pace, darkness: course.darkness(at: moment.years), least: range.least,
          greatest: range.greatest))
    }
  }
  var (pictures, cells) = try portrait.series(moments, portrait.marks(moments)) { options.progress($0, total) }

  let columns = options.moments.map { moment in
    let range = band.range(at: moment.years, with: band.typical)
    return PictureMoment(
      file: "", title: moment.title,
      caption: "\(percentRange(range.least, range.greatest)) of healed darkness, by pace", years: moment.years)
  }
  let rows = paces.indices.map { Array(cells[$0 * columns.count..<($0 + 1) * columns.count]) }
  pictures.append(
    NamedPicture(
      name: "timeline",
      image: ContactSheet.compose(
        rows, titles: paces.map(\.name), moments: columns,
        footer: portrait.footer(
          pace: paces.count == 1 ? "the \(paces[0].name) pace" : "the paces named on the left", showsYears: true),
        heading: design.title)))
  options.progress(total, total)
  return (pictures, made)
}

/// Works out a design's timeline; draws pictures at `options.moments` into `folder`, and the diagram to `options.plot`.
///
/// Nothing is written before everything is drawn. Throws `StippleError`: `usage` for a camera that stands in the head, and
/// as `writePreview` does.
public func writeTimeline(
  of opened: OpenedDesign, to outputFolder: String, options: TimelineOptions = .init()
) throws(StippleError) -> TimelineResult {
  var paths: [String] = []
  if !options.moments.isEmpty {
    let names = paces(opened.design, options).flatMap { pace in options.moments.map { pictureName($0, pace) } }
    paths = (names + ["timeline"]).map { path(of: $0 + ".png", in: outputFolder) }
    // One picture fits into a pipe.
    if outputFolder == standardStream { paths = [standardStream] }
  }
  if let plot = options.plot { paths.append(plot) }
  try checkOutputs(paths, options.writing)
  let timeline = try Timeline(
    opened.fields(), pace: options.paces.first, moments: options.moments, start: options.start, threads: opened.threads)
  if options.writing.isRehearsal {
    _ = try opened.placement()
    return TimelineResult(timeline: timeline, pictures: [], files: paths)
  }
  var pictures: [NamedPicture] = []
  var made: [TimelineResult.Picture] = []
  if !options.moments.isEmpty { (pictures, made) = try timelinePictures(opened, options: options) }

  let png = PNGOptions(dotsPerInch: 300, texts: opened.pictureTexts(options.metadata))
  var files: [OutputFile] = []
  if outputFolder == standardStream, let sheet = pictures.last {
    made = []
    files = [try OutputFile(sheet.image, path: standardStream, options: png)]
  } else {
    files = try pictureFiles(pictures, in: outputFolder, texts: png.texts, threads: opened.threads)
  }
  if let path = options.plot {
    let plot = try timelinePlot(timeline, paces: options.paces, width: options.plotWidth)
    files.append(try OutputFile(plot, path: path, options: png))
  }
  for i in made.indices { made[i].file = files[i].path }
  try writeFiles(files, options.writing)
  return TimelineResult(timeline: timeline, pictures: made, files: files.dropFirst(made.count).map(\.path))
}
