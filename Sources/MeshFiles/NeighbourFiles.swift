// What a mesh file names beside itself: only files in its own folder or below it, and only pictures that can be read.

import Meshes

/// Why a file of this name is not looked for, or `nil` if it may be.
///
/// A mesh may come from someone else: it must not reach files elsewhere, or the network.
func neighbourProblem(_ name: String) -> String? {
  if name.isEmpty { return "the name is empty" }
  if name.utf8.contains(0) { return "the name holds a zero byte" }
  let lower = name.lowercased()
  if lower.hasPrefix("http:") || lower.hasPrefix("https:") || lower.hasPrefix("ftp:") || name.hasPrefix("//") {
    return "nothing is fetched over a network"
  }
  if name.hasPrefix("/") || name.hasPrefix("\\") || name.contains(":") {
    return "only a file in the mesh's folder or below it is read"
  }
  if name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..") { return "it leaves the mesh's folder" }
  return nil
}

/// The one way to write the name of a file beside a mesh: without steps that lead nowhere. A file has one such name, however
/// often and in whatever way it is named.
func plainName(_ name: String) -> String {
  let parts = name.split(separator: "/").filter { $0 != "." }
  return parts.isEmpty ? name : parts.joined(separator: "/")
}

/// A picture for a texture, or why it cannot be used.
enum FoundTexture: Equatable {
  case texture(SurfaceColour.Texture)
  case problem(String)
}

/// Looks at the first bytes of a picture. PNG and JPEG are read.
func texture(named name: String, bytes: [UInt8]) -> FoundTexture {
  let mark: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
  func begins(_ text: String, at offset: Int = 0) -> Bool {
    bytes.count >= offset + text.utf8.count && bytes[offset...].starts(with: text.utf8)
  }
  if bytes.count >= 33 && bytes.starts(with: mark) {
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    return .texture(SurfaceColour.Texture(name: name, bytes: bytes, width: number(16), height: number(20)))
  }
  if bytes.starts(with: [0xFF, 0xD8]) {
    switch jpegFrame(bytes) {
    case nil: return .problem("texture \(name) is a damaged JPEG picture and is left out: it does not say its size")
    case (_, _, components: 4)?:
      return .problem(
        "texture \(name) is a JPEG picture in printing inks (CMYK) and is left out; save it as RGB to keep its colours")
    case (let width, let height, _)?:
      return .texture(SurfaceColour.Texture(name: name, bytes: bytes, width: width, height: height))
    }
  }
  let kind: String
  if begins("RIFF") && begins("WEBP", at: 8) {
    kind = "a WebP picture"
  } else if bytes.starts(with: [0xAB, 0x4B, 0x54, 0x58]) {
    kind = "a KTX picture"
  } else if begins("BM") {
    kind = "a BMP picture"
  } else if begins("II*") || begins("MM\0*") {
    kind = "a TIFF picture"
  } else {
    kind = "no picture that is known"
  }
  return .problem(
    "texture \(name) is \(kind) and is left out; PNG and JPEG are read. Convert it to one of them to keep its colours")
}

/// Size and number of components as a JPEG file's frame header says them (ISO/IEC 10918-1, annex B); `nil` where none is found.
func jpegFrame(_ bytes: [UInt8]) -> (width: Int, height: Int, components: Int)? {
  var at = 2
  while at + 4 <= bytes.count {
    guard bytes[at] == 0xFF else { return nil }
    let marker = bytes[at + 1]
    // Bytes of 0xFF may fill the space before a marker; some markers stand alone.
    if marker == 0xFF {
      at += 1
      continue
    }
    if marker == 1 || (0xD0...0xD8).contains(marker) {
      at += 2
      continue
    }
    let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
    if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
      guard length >= 8, at + 10 <= bytes.count else { return nil }
      let height = Int(bytes[at + 5]) << 8 | Int(bytes[at + 6])
      let width = Int(bytes[at + 7]) << 8 | Int(bytes[at + 8])
      return width > 0 && height > 0 ? (width, height, Int(bytes[at + 9])) : nil
    }
    if length < 2 || marker == 0xDA || marker == 0xD9 { return nil }
    at += 2 + length
  }
  return nil
}

/// Textures of one mesh file, each read once.
struct TextureShelf {
  private(set) var textures: [SurfaceColour.Texture] = []
  private(set) var notes = Notes()
  private var numbers: [String: Int?] = [:]
  /// Numbers of the images of a glTF document, by their index in it.
  var images: [Int: Int?] = [:]

  /// The number of the texture called `name`, whose bytes `read` finds; `nil`, with a note, where it cannot be used.
  mutating func number(
    of name: String, read: (String) throws(MeshFileError) -> [UInt8]?
  ) throws(MeshFileError) -> Int? {
    if let known = numbers[name] { return known }
    var number: Int?
    if let bytes = try read(name) {
      switch texture(named: name, bytes: bytes) {
      case .texture(let texture):
        number = textures.count
        textures.append(texture)
      case .problem(let problem):
        note(problem)
      }
    } else {
      note("texture \(name) is missing beside the mesh and is left out")
    }
    numbers[name] = .some(number)
    return number
  }

  mutating func note(_ text: String) { notes.add(text) }
}
