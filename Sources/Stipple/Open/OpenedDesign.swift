// The one door: every job takes its design from here. It is read once, what the caller sets in its place is put there at
// once, and head, density fields and placement are each made when they are first asked for, and once.

import Arithmetic
import Files
import ImpressionSampling
import ScalpGeometry
import ScalpRendering
import Synchronization
import TreatmentDesign

/// A design, ready for any job.
///
/// Made from a document, from a picture that carries its design, or from a `Design` built in code. All results depend on
/// the design alone, not on the order in which they are asked for or on the number of threads. May be used from several
/// threads.
public final class OpenedDesign: Sendable {
  /// The effective design: the document's with the caller's overrides, and with the dose that the match found. Where the
  /// scan's colours show the client's hair, that is what it was matched to.
  public var design: Design {
    if written.hair.source == .drawn || written.pictures.skin == .fromDesign { return written }
    if case .mannequin = written.head, givenHead?.colour == nil { return written }
    let seen = try? madeDesign.get { () throws(StippleError) in try written.matched(to: try head()) }
    // A scan that cannot be read is told by what asks for it.
    return seen ?? written
  }
  /// The same before anybody looked at the scan's colours.
  let written: Design
  /// Where the design's keys were written; `nil` for a design built in code.
  public let locations: DocumentLocations?
  /// Where a scan's relative path starts; "" is the working folder.
  let folder: String
  /// Threads that its stages use; `nil` is one per core.
  public let threads: Int?

  /// The head to lie on in place of the one that the design names.
  private let givenHead: Head?
  private let madeHead: Made<Head>
  /// The scan's own colours, whether or not they are drawn.
  private let madeColours: Made<ScanSkin?>
  private let madeDesign = Made<Design>()
  private let madeFields = Made<CompiledDesign>()
  private let madeTotals = Made<DesignTotals>()
  private let madePlacement = Made<Placement>()

  /// - Parameter other: a design on the same head, whose head and colours this one shares.
  private init(
    _ design: Design, _ locations: DocumentLocations?, folder: String, threads: Int?, on head: Head? = nil,
    sharing other: OpenedDesign? = nil
  ) {
    written = design.matched()
    self.locations = locations
    self.folder = folder
    self.threads = threads
    givenHead = other?.givenHead ?? head
    madeHead = other?.madeHead ?? Made()
    madeColours = other?.madeColours ?? Made()
  }

  /// Opens a design document, YAML or JSON, or a picture that Stipple drew and that carries its design.
  ///
  /// Throws `StippleError`: `noInput` for a file that cannot be read, `data` with file, line and column of each problem,
  /// `usage` for an override outside its range, `limit` for a document over 1 MB.
  ///
  /// - Parameters:
  ///   - path: the document or picture; "-" is standard input.
  ///   - changes: values put in place of the document's, checked as what is written there.
  ///   - overrides: what the caller sets in place of what the design says.
  ///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
  public convenience init(
    _ path: String, changes: [DocumentChange] = [], overrides: DesignOverrides = DesignOverrides(),
    threads: Int? = nil
  ) throws(StippleError) {
    let document = try readDocument(path, changes: changes)
    let design = try document.design.applying(overrides)
    self.init(design, document.locations, folder: Stipple.folder(of: path), threads: threads)
  }

  /// Opens a design that was built in code.
  ///
  /// - Parameters:
  ///   - design: built in code, or changed there.
  ///   - overrides: what the caller sets in place of what the design says.
  ///   - head: the head to lay it on, in place of the one that the design names.
  ///   - folder: where the path of a scan starts.
  ///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
  ///
  /// Throws `StippleError` of kind `data` for a value that a document could not hold, `usage` as above.
  public convenience init(
    _ design: Design, overrides: DesignOverrides = DesignOverrides(), on head: Head? = nil, folder: String = "",
    threads: Int? = nil
  ) throws(StippleError) {
    let effective = try design.applying(overrides)
    do {
      _ = try readDesign(writeDesign(effective), named: "design")
    } catch {
      throw StippleError(.data, error.description)
    }
    self.init(effective, nil, folder: folder, threads: threads, on: head)
  }

  /// The same design with further overrides, on the same head.
  public func applying(_ overrides: DesignOverrides) throws(StippleError) -> OpenedDesign {
    OpenedDesign(try written.applying(overrides), locations, folder: folder, threads: threads, sharing: self)
  }

  /// The same design on a head that is made already.
  func on(_ head: Head) -> OpenedDesign {
    OpenedDesign(written, locations, folder: folder, threads: threads, on: head)
  }

  /// The mannequin at the client's age, or the scan, with the hair that its colours show.
  ///
  /// Throws `StippleError`: `noInput` or `data` for a scan, `data` for a mannequin that cannot be, `limit` for memory.
  public func head() throws(StippleError) -> Head {
    try madeHead.get { () throws(StippleError) in
      var head: Head
      if let givenHead {
        head = givenHead
      } else {
        head = try loadHead(
          written.head, age: written.client.age, folder: folder, locations: locations, threads: threads)
      }
      if written.hair.source == .texture && head.colour == nil {
        throw StippleError(
          .data, place(of: "hair.from") + "the scan has no colours that could show hair; leave the key out")
      }
      // Pictures that cannot be read are told where they are drawn.
      if written.hair.source != .drawn, head.colour != nil, head.photographedHair == nil,
        let colours = try? colours(of: head)
      {
        head.photographedHair = photographedHair(of: head, colours, threads: threads)
      }
      return head
    }
  }

  private func colours(of head: Head) throws(StippleError) -> ScanSkin? {
    try madeColours.get { () throws(StippleError) in try scanColours(head, threads: threads) }
  }

  /// Densities, tissue and curves of the design on its head.
  ///
  /// Throws `StippleError` as `head` does, and `data` for a layer that does not fit the head.
  public func fields() throws(StippleError) -> CompiledDesign {
    try madeFields.get { () throws(StippleError) in
      let head = try head()
      do throws(CompileError) {
        return try compile(self.design, on: head, threads: threads)
      } catch {
        throw located(error, in: written, locations)
      }
    }
  }

  /// What the design asks for, summed over its head.
  ///
  /// Throws `StippleError` as `fields` does.
  public func totals() throws(StippleError) -> DesignTotals {
    try madeTotals.get { () throws(StippleError) in try fields().totals(threads: threads) }
  }

  /// Every hair and every impression in its place.
  ///
  /// Throws `StippleError` as `fields` does, and `limit` for more than `largestPattern` hairs or impressions.
  public func placement() throws(StippleError) -> Placement {
    try madePlacement.get { () throws(StippleError) in try placed(try fields(), threads: threads) }
  }

  /// The scan's own colours, where the design draws them.
  ///
  /// Throws `StippleError` as `head` does, and `data` or `limit` for its pictures.
  func scanSkin() throws(StippleError) -> ScanSkin? {
    written.pictures.skin == .fromScan ? try colours(of: try head()) : nil
  }

  /// How much work the design is: the same figures in every answer.
  public func work() throws(StippleError) -> WorkFigures {
    WorkFigures(impressions: try placement().impressions.count, treatedArea: try totals().treatedArea)
  }

  /// The effective design as a document: what a picture carries so that it can be made again, and nothing else. Not the names
  /// of files, prices, reasons of waivers, or the client's age where it does not shape the head.
  ///
  /// A scan that was read is named by the SHA-256 of its files.
  public var canonical: String {
    var design = design.withoutPrivateText
    let digest: String? = if case .scan = design.head, let head = try? head() { head.digest } else { nil }
    if case .scan(var scan) = design.head {
      scan.file = digest.map { "sha256-" + $0 } ?? "scan"
      design.head = .scan(scan)
    }
    return writeDesign(design, fileNames: false)
  }

  /// Where a key was written, as the beginning of a line; empty for a design built in code.
  func place(of key: String) -> String { locations.map { $0.prefix(key) + ": " } ?? "" }
}

/// How much work a design is.
public struct WorkFigures: Sendable, Equatable {
  /// Impressions that were placed.
  public var impressions: Int
  /// Area with more than 5 impressions per cm², cm².
  public var treatedArea: Double

  /// "7361 impressions over 59 cm2"
  public var text: String { "\(impressions) impressions over \(fixed(treatedArea, 0)) cm2" }

  var members: [(String, JSONValue)] {
    [("impressions", .integer(impressions)), ("treatedArea", .number((treatedArea * 10).rounded() / 10))]
  }
}

extension Layer {
  /// Leaves out why it may lay pigment beyond the scalp: words for people.
  fileprivate mutating func leaveOutReasons() {
    switch self {
    case .hairline(var line):
      line.beyondScalp = nil
      self = .hairline(line)
    case .zone(var zone):
      zone.beyondScalp = nil
      self = .zone(zone)
    case .scar(var scar):
      scar.beyondScalp = nil
      self = .scar(scar)
    case .gradient(var gradient):
      gradient.beyondScalp = nil
      self = .gradient(gradient)
    case .mask(var mask):
      mask.beyondScalp = nil
      self = .mask(mask)
    }
  }
}

/// A value that is made when it is first asked for; whoever else asks meanwhile waits for it. A failure is kept as well:
/// the same input would fail again.
private final class Made<Value: Sendable>: Sendable {
  private let value: Mutex<Result<Value, StippleError>?>

  init(_ value: Value? = nil) { self.value = Mutex(value.map { .success($0) }) }

  func get(_ make: () throws(StippleError) -> Value) throws(StippleError) -> Value {
    try value.withLock { (held) -> Result<Value, StippleError> in
      if let held { return held }
      let made: Result<Value, StippleError>
      do throws(StippleError) {
        made = .success(try make())
      } catch {
        made = .failure(error)
      }
      held = made
      return made
    }.get()
  }
}

extension Design {
  /// This design without what no picture shows.
  fileprivate var withoutPrivateText: Design {
    var design = self
    design.title = nil
    design.rates = nil
    design.clinic = nil
    design.waivers = []
    for i in design.layers.indices { design.layers[i].leaveOutReasons() }
    if case .mannequin(let choice) = head, choice.age == nil { return design }
    // Pigment stays longer after 60: of the age no more is kept than that.
    if let age = client.age { design.client.age = age > 60 ? 61 : nil }
    return design
  }
}
