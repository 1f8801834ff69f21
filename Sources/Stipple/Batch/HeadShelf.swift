// Heads that several jobs lie on, kept while they are wanted. Making one takes longer than placing a design on it.

import Arithmetic
import Files
import Mannequin
import ScalpGeometry
import TreatmentDesign

/// The heads of the last few designs. Not for several threads at a time.
final class HeadShelf {
  /// What makes two heads the same.
  private enum Key: Equatable {
    case mannequin(MannequinParameters)
    /// A scan by what its files hold, however they are called, and whether its colours are searched for hair.
    case scan(ScanChoice, digest: String, findsHair: Bool)
  }

  /// A head takes some 10 MB, one with photographs on it up to a few hundred.
  static let most = 4

  /// Newest last.
  private var heads: [(key: Key, head: Head)] = []
  private var digests: [String: String] = [:]
  private let make: (OpenedDesign) throws(StippleError) -> Head
  /// How many were made, for tests.
  private(set) var made = 0

  /// - Parameter make: makes the head of a design that is not on the shelf.
  init(
    make: @escaping (OpenedDesign) throws(StippleError) -> Head = { (opened) throws(StippleError) in try opened.head() }
  ) {
    self.make = make
  }

  /// The design on its head, which is made if it is not on the shelf.
  ///
  /// Throws `StippleError` as `OpenedDesign.head` does.
  func placed(_ opened: OpenedDesign) throws(StippleError) -> OpenedDesign {
    let key = try key(of: opened)
    if let place = heads.firstIndex(where: { $0.key == key }) {
      heads.append(heads.remove(at: place))
    } else {
      // Room first: the new head is never one too many.
      if heads.count == HeadShelf.most { heads.removeFirst() }
      heads.append((key, try make(opened)))
      made += 1
    }
    return opened.on(heads[heads.count - 1].head)
  }

  private func key(of opened: OpenedDesign) throws(StippleError) -> Key {
    switch opened.written.head {
    case .mannequin(let choice): return .mannequin(mannequinParameters(choice, age: opened.written.client.age))
    case .scan(let choice):
      return .scan(
        choice, digest: try meshDigest(of: opened) ?? "", findsHair: opened.written.hair.source != .drawn)
    }
  }

  /// Digest of a design's scan with the materials, pictures and buffers that belong to it; `nil` for a mannequin. A file is
  /// read for it once in a run.
  func meshDigest(of opened: OpenedDesign) throws(StippleError) -> String? {
    guard case .scan(let choice) = opened.written.head else { return nil }
    let path = try pathBeside(opened.folder, choice.file, "head.scan:")
    if let digest = digests[path] { return digest }
    var hash = SHA256()
    _ = try loadMesh(path) { hash.addFile($0) }
    let digest = hash.hex()
    digests[path] = digest
    return digest
  }
}
