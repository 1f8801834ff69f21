// The jobs that people come for, each one call: files in, files or a report out. The command line is a shell on these.

import Arithmetic
import Files
import ImpressionSampling
import PNGImage
import ScalpGeometry
import TreatmentDesign

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The version of this package.
public let stippleVersion = "0.1.0"

/// Draws a design from a file into a folder.
public enum PreviewJob {
  public struct Options: Sendable {
    public var preview = PreviewOptions()
    /// Replaces the design's seed.
    public var seed: UInt64?
    /// Whether pictures carry the design that made them.
    public var metadata = true

    public init() {}
  }

  /// What was drawn.
  public struct Result: Sendable, Report {
    /// Paths of the pictures, in the order they were written.
    public var files: [String]
    public var impressions: Int
    public var hairs: Int
    public var warnings: [String]
  }
}

/// Reads a design, draws it, and writes `before.png`, `after.png`, `year-1.png`, ... and `sheet.png` into `folder`.
///
/// The folder is made if its parent exists. Pictures are written one by one, each to a temporary name first, after all
/// of them are drawn; on failure no picture is left half-written.
///
/// Throws `StippleError` for anything that is wrong with the design, the head or the folder.
public func writePreview(
  of path: String, to outputFolder: String, options: PreviewJob.Options = .init()
) throws(StippleError) -> PreviewJob.Result {
  var document = try loadDesign(path)
  if let seed = options.seed { document.design.seed = seed }
  // A folder that cannot be written is known before the work is done.
  try makeFolder(outputFolder)
  let plan = try planDesign(document, threads: options.preview.threads)
  let pictures = try preview(plan, options: options.preview)

  let pngOptions = PNGOptions(dotsPerInch: 300, texts: options.metadata ? pngTexts(document) : [])
  var result = PreviewJob.Result(
    files: [], impressions: plan.impressions.count, hairs: plan.hair.count,
    warnings: plan.head.notes
      + advice(on: plan.fields, placing: false, threads: options.preview.threads).filter {
        $0.level != .info && $0.waived == nil
      }.map {
        document.locations.prefix($0.keyPath) + ": " + $0.description
      })
  result.files = try writePictures(pictures, to: outputFolder, options: pngOptions, threads: options.preview.threads)
  return result
}

/// What a picture says about its making.
func pngTexts(_ document: LoadedDesign) -> [PNGText] {
  [
    PNGText(keyword: "stipple:version", text: stippleVersion),
    PNGText(keyword: "stipple:seed", text: String(document.design.seed)),
    PNGText(keyword: "stipple:design", text: document.canonical),
  ]
}

/// Writes pictures into a folder, each to a temporary name first; their paths, in order.
func writePictures(
  _ pictures: [NamedPicture], to folder: String, options: PNGOptions, threads: Int?
) throws(StippleError) -> [String] {
  let encoded = encodeAll(pictures, options: options, threads: threads)
  let separator = folder.hasSuffix("/") ? "" : "/"
  var files: [String] = []
  for (picture, bytes) in zip(pictures, encoded) {
    let file = folder + separator + picture.name + ".png"
    try write(bytes, to: file)
    files.append(file)
  }
  return files
}

/// Writes one picture to a path.
func writePicture(_ image: RasterImage, to file: String, options: PNGOptions) throws(StippleError) {
  try write(Result { try encodePNG(image, options: options) }, to: file)
}

private func write(_ bytes: Result<[UInt8], any Error>, to file: String) throws(StippleError) {
  do {
    try writeFileAtomically(try bytes.get(), to: file)
  } catch let error as FileWriteError {
    throw writeError(error)
  } catch {
    throw StippleError(.inputOutput, "\(file): \(error)")
  }
}

/// Generates or reads the head of a design and works the design out on it.
public func planDesign(_ document: LoadedDesign, threads: Int? = nil) throws(StippleError) -> TreatmentPlan {
  let head = try loadHead(of: document, threads: threads)
  return try planTreatment(document.design, on: head, locations: document.locations, threads: threads)
}

/// The PNG bytes of each picture, several at a time.
private func encodeAll(_ pictures: [NamedPicture], options: PNGOptions, threads: Int?) -> [Result<[UInt8], any Error>] {
  var encoded = [Result<[UInt8], any Error>](repeating: .success([]), count: pictures.count)
  encoded.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let out = buffer
    parallelTiles(pictures.count, threads: threads) { i in
      out[i] = Result {
        if let samples = pictures[i].samples { return try encodePNG(samples, options: options) }
        return try encodePNG(pictures[i].image, options: options)
      }
    }
  }
  return encoded
}

func makeFolder(_ path: String) throws(StippleError) {
  if mkdir(path, 0o777) != 0 {
    let code = errno
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if code == EEXIST && !isFolder {
      throw StippleError(.cannotCreate, "cannot write into \(path): it is not a folder")
    }
    if code != EEXIST && !isFolder {
      throw StippleError(.cannotCreate, "cannot make the folder \(path): \(reason(code))")
    }
  }
  if access(path, W_OK | X_OK) != 0 {
    throw StippleError(.cannotCreate, "cannot write into \(path): \(reason(errno))")
  }
}

func writeError(_ error: FileWriteError) -> StippleError {
  StippleError(error.stage == .create ? .cannotCreate : .inputOutput, error.description)
}

/// Writes a starter design to a file that must not exist yet.
public func writeStarter(_ text: String, to path: String) throws(StippleError) {
  if access(path, F_OK) == 0 {
    throw StippleError(.cannotCreate, "\(path) is already there; choose another name or remove it")
  }
  do {
    try writeFileAtomically(Array(text.utf8), to: path)
  } catch {
    throw writeError(error)
  }
}
