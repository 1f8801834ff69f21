// Hashes of what the program computes, kept in Tests/GoldenTests/Goldens: one file a case, one line a thing. A change
// that is meant to move code leaves them as they are; a change of what comes out changes them in a commit of its own,
// with a line in CHANGELOG.md. To write them anew:
//
//     STIPPLE_WRITE_GOLDENS=1 swift test -c release --filter GoldenTests
//
// They hold for optimised builds and debug builds, any number of threads, and any machine of the same kind.

import Foundation
import Testing

/// The lines of one case as they are gathered.
struct Golden {
  private let name: String
  private(set) var lines: [String] = []

  init(_ name: String) { self.name = name }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  private static let isWriting = ProcessInfo.processInfo.environment["STIPPLE_WRITE_GOLDENS"] != nil

  mutating func add(_ thing: String, _ hash: Hash) {
    lines.append("\(thing) \(hash.text)")
  }

  /// Holds the lines against the file of the case, or writes the file.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = Golden.folder.appendingPathComponent(name + ".txt")
    if Golden.isWriting {
      try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let kept = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(kept.count == lines.count, sourceLocation: sourceLocation)
    let changed = zip(kept, lines).filter { $0 != $1 }.map { "\($0) is now \($1)" }
    #expect(changed == [], "\(name)", sourceLocation: sourceLocation)
  }
}

/// A 64-bit hash of numbers, taken here so that it does not change with the program's own: FNV-1a over whole words,
/// finished by MurmurHash3's mixer.
struct Hash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325
  private var count: UInt64 = 0

  mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01B3
    // FNV carries upwards only
    state ^= state >> 29
    count &+= 1
  }

  mutating func add(_ value: Float) { add(UInt64(value.bitPattern)) }
  mutating func add(_ value: Double) { add(value.bitPattern) }
  mutating func add(_ point: SIMD3<Float>) {
    for k in 0..<3 { add(point[k]) }
  }

  static func of(_ bytes: [UInt8]) -> Hash {
    var hash = Hash()
    for byte in bytes { hash.add(UInt64(byte)) }
    return hash
  }
  static func of(_ values: [UInt16]) -> Hash {
    var hash = Hash()
    for value in values { hash.add(UInt64(value)) }
    return hash
  }
  static func of(_ values: [Float]) -> Hash {
    var hash = Hash()
    for value in values { hash.add(value) }
    return hash
  }
  static func of(_ values: [Double]) -> Hash {
    var hash = Hash()
    for value in values { hash.add(value) }
    return hash
  }
  static func of(_ points: [SIMD3<Float>]) -> Hash {
    var hash = Hash()
    for point in points { hash.add(point) }
    return hash
  }
  static func of(_ triples: [SIMD3<UInt32>]) -> Hash {
    var hash = Hash()
    for t in triples { for k in 0..<3 { hash.add(UInt64(t[k])) } }
    return hash
  }

  /// How many words went in, and what they gave.
  var text: String {
    var z = state
    z = (z ^ (z >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    z = (z ^ (z >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    z ^= z >> 33
    let hex = String(z, radix: 16)
    return "\(count) " + String(repeating: "0", count: 16 - hex.count) + hex
  }
}
