// A design while it is being edited: after each save a quick draft, then the finished pictures, and what to watch for the next.

import Files
import PNGImage
import PigmentAging
import TreatmentDesign

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps `live.png` in a folder as the newest state of a design: a draft first, then the finished picture.
public struct LivePreview {
  /// The picture.
  public let file: String
  private let writing: WriteOptions
  /// What the next draft is drawn with where only layers, pigment or sessions change.
  private var portrait: LivePortrait?
  private var heads = HeadShelf()
  /// Of the files that decide what is drawn, when the heads were made.
  private var stamps = FileStamps([])

  /// Sides of drafts, pixels: where all but the layers stays, and where head or hair are drawn anew.
  private static let draftSize = 512
  private static let firstDraftSize = 256

  public init(folder: String, writing: WriteOptions = .init()) {
    file = path(of: "live.png", in: folder)
    self.writing = writing
  }

  /// Draws a draft of the healed work, labelled SIMULATION.
  ///
  /// Where only layers, pigment or sessions differ from the design before, its head and its hair are kept, and it is a matter of
  /// tenths of a second.
  ///
  /// - Returns: the design on the head that is kept, and how long the draft took, ms.
  ///
  /// Throws `StippleError` as `preview` does; what was drawn before is then still there.
  public mutating func draft(of opened: OpenedDesign) throws(StippleError) -> (opened: OpenedDesign, milliseconds: Int)
  {
    let start = ContinuousClock.now
    let now = FileStamps(opened.watchedFiles)
    if now != stamps { (heads, portrait, stamps) = (HeadShelf(), nil, now) }
    let placed = try heads.placed(opened)
    let image: RasterImage
    if var live = portrait, live.canDraw(placed.design) {
      image = try live.frame(placed.design)
      portrait = live
    } else {
      portrait = nil
      var overrides = DesignOverrides()
      (overrides.quality, overrides.size) = (.draft, min(Self.firstDraftSize, opened.design.pictures.size))
      image = try healedPicture(placed.applying(overrides))
    }
    try write(try OutputFile(image, path: file, options: PNGOptions(dotsPerInch: 300, texts: [versionText])))
    return (placed, Int(((ContinuousClock.now - start) / .milliseconds(1)).rounded()))
  }

  /// Puts the finished picture in the draft's place, and prepares the next draft.
  ///
  /// Throws `StippleError` as `writePreview` does.
  public mutating func finish(_ opened: OpenedDesign) throws(StippleError) {
    let after = path(of: "after.png", in: String(file.dropLast("live.png".count)))
    try write(OutputFile(path: file, bytes: try readInput(after, limit: 1 << 30)))
    if portrait == nil {
      portrait = try LivePortrait(opened, size: min(Self.draftSize, opened.design.pictures.size))
    }
  }

  private func write(_ picture: OutputFile) throws(StippleError) { try writeFiles([picture], writing) }
}

/// The main view of the healed work, labelled.
private func healedPicture(_ opened: OpenedDesign) throws(StippleError) -> RasterImage {
  let portrait = try Portrait(opened)
  let moment = PictureMoment(
    file: "", title: "After", caption: "healed, a month after the last session", years: healedAge,
    pace: opened.design.client.pace)
  return try portrait.series([moment], portrait.marks([moment])) { _ in }.pictures[0].image
}

extension OpenedDesign {
  /// The files beside the document that decide what is drawn: its scan, what such files name, its masks, the clinic's logo.
  public var watchedFiles: [String] {
    var files: [String] = []
    func add(_ file: String) {
      let place = folder.isEmpty || folder.hasSuffix("/") ? folder + file : folder + "/" + file
      if !files.contains(place) { files.append(place) }
    }
    if case .scan(let scan) = written.head {
      add(scan.file)
      // Colours and buffers lie beside the scan under names that only its reader knows.
      for file in beside(files[0]) { if !files.contains(file) { files.append(file) } }
    }
    for layer in written.layers { if case .mask(let mask) = layer { add(mask.file) } }
    if let logo = written.clinic?.logo { add(logo) }
    return files
  }
}

/// Pictures, materials and buffers in the folder of a file, sorted; at most a hundred.
private func beside(_ path: String) -> [String] {
  let folder = folder(of: path)
  guard let listing = opendir(folder.isEmpty ? "." : folder) else { return [] }
  defer { closedir(listing) }
  var found: [String] = []
  while let entry = readdir(listing) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if ["mtl", "png", "jpg", "jpeg", "bin"].contains(where: { name.lowercased().hasSuffix("." + $0) }) {
      found.append(folder + name)
    }
  }
  return Array(found.sorted().prefix(100))
}

/// What tells that files are others than before: sizes and times of change.
public struct FileStamps: Equatable {
  private struct Stamp: Equatable {
    var size: Int64 = -1
    var seconds = 0
    var nanoseconds = 0
    var inode: UInt64 = 0
  }
  private let stamps: [Stamp]

  public init(_ paths: [String]) {
    stamps = paths.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return Stamp() }
      #if canImport(Glibc)
        let time = status.st_mtim
      #else
        let time = status.st_mtimespec
      #endif
      return Stamp(
        size: Int64(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec, inode: UInt64(status.st_ino))
    }
  }

  /// The first file's alone.
  public var first: FileStamps { FileStamps(Array(stamps.prefix(1))) }

  private init(_ stamps: [Stamp]) { self.stamps = stamps }
}
