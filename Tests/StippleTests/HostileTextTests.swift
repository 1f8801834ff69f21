import Foundation
import TestSupport
import Testing

@testable import Files
@testable import Stipple

/// Words that would move a terminal's cursor, begin a line of their own, turn the text or fill the screen.
private let hostile = [
  "\u{1b}[2Jx", "a\r\nL4 error: forged", "a\nstipple: forged", "\u{202e}gnp.exe", "\u{9b}31mx", "a\u{2028}b",
  "a\tb\u{7f}",
  "e" + String(repeating: "\u{301}", count: 100_000), String(repeating: "word ", count: 20_000),
]

/// As a double-quoted scalar of YAML, which is JSON's as well.
private func quoted(_ text: String) -> String { JSONValue.quoted(text) }

/// Nothing but what shows itself, and lines of a length that can be read.
private func expectHarmless(_ text: String, _ place: String) {
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    #expect(line.unicodeScalars.allSatisfy(isPrintable), "\(place): \(line.debugDescription.prefix(300))")
    #expect(line.unicodeScalars.count < 1500, "\(place): \(line.unicodeScalars.count) characters")
    #expect(!line.hasPrefix("L4 error: forged") && !line.hasPrefix("stipple: forged"), "\(place)")
  }
}

/// What a person sees of a design: every report that can be made of it, or why not.
private func seen(_ path: String) -> String {
  do {
    let opened = try OpenedDesign(path)
    return try checkDesign(opened).text + checkDesign(opened).json + WorkPlan(opened).text + describe(path).text
  } catch {
    return "\(error)"
  }
}

@Suite struct HostileTextTests {
  @Test(arguments: [
    "$schema: TEXT", "waive: [{rule: L4, reason: TEXT}]", "rates: {currency: TEXT, base: 10}", "head: {scan: TEXT}",
    "clinic: {name: TEXT, contact: TEXT, logo: TEXT}", "clinic: {language: TEXT}",
    "TEXT: 1", "hair: {loss: TEXT}", "hair: {TEXT: 1, TEXT: 2}", "seed: TEXT", "client: {skin: TEXT}",
    "pictures: {at: TEXT}",
    "sessions: [{day: TEXT}]",
  ])
  func designsSayNothingRaw(field: String) throws {
    let scratch = try Scratch()
    for (k, text) in hostile.enumerated() {
      let layers = "\nlayers: [{hairline: {height: 50, density: 150}}]\n"
      let document = "schemaVersion: 1\n" + field.replacingOccurrences(of: "TEXT", with: quoted(text)) + layers
      expectHarmless(seen(try scratch.write(document, "d\(k).yaml")), "\(field) \(k)")
    }
    for (k, text) in hostile.enumerated() {
      let mask = "schemaVersion: 1\nlayers: [{mask: {image: \(quoted(text)), density: 100}}, {\(quoted(text)): {}}]\n"
      expectHarmless(seen(try scratch.write(mask, "m\(k).yaml")), "mask \(k)")
    }
  }

  @Test(arguments: [
    ("a.obj", "mtllib TEXT\nusemtl TEXT\n"), ("a.obj", "mtllib m.mtl\nusemtl TEXT\n"), ("a.obj", "TEXT 1 2\n"),
    ("a.obj", "o TEXT\ng TEXT\nv TEXT 0 0\n"), ("a.obj", "f TEXT 2 3\n"),
    ("a.ply", "ply\nformat TEXT 1.0\n"), ("a.ply", "ply\nformat ascii 1.0\ncomment TextureFile TEXT\nHEAD"),
    ("a.ply", "ply\nformat ascii 1.0\nelement TEXT 3\nproperty float TEXT\nHEAD"),
    ("a.ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty TEXT x\nend_header\n"),
    ("a.stl", "solid TEXT\nTEXT\n"),
    ("a.gltf", "{\"asset\": {\"version\": QUOTED}}"),
    ("a.gltf", "{\"asset\": {\"version\": \"2.0\"}, \"extensionsRequired\": [QUOTED]}"),
    (
      "a.gltf",
      "{\"asset\": {\"version\": \"2.0\"}, \"extensionsUsed\": [QUOTED], \"buffers\": [{\"uri\": QUOTED, \"byteLength\": 4}]}"
    ),
    ("a.gltf", "{\"asset\": {\"version\": \"2.0\"}, QUOTED: 1, QUOTED: 2}"),
  ])
  func meshesSayNothingRaw(name: String, contents: String) throws {
    let scratch = try Scratch()
    let triangle = "v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3/1\n"
    let header =
      "element vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\n"
      + "property list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n"
    for text in hostile {
      var body = contents.replacingOccurrences(of: "TEXT", with: text).replacingOccurrences(
        of: "QUOTED", with: quoted(text)
      )
      .replacingOccurrences(of: "HEAD", with: header)
      if name == "a.obj" { body += triangle }
      let path = try scratch.write(body, name)
      _ = try scratch.write("newmtl \(text)\nmap_Kd \(text)\n", "m.mtl")
      let words: String
      do {
        words = try describe(path).text
      } catch {
        words = "\(error)"
      }
      expectHarmless(words, "\(name) \(contents)")
    }
  }

  /// What a picture carries tells nothing but what decides the picture.
  @Test func picturesCarryNothingPrivate() throws {
    let scratch = try Scratch()
    func canonical(_ more: String) throws -> String {
      let text = """
        $schema: file:///home/jane/clients/schema.json
        schemaVersion: 1
        \(more)
        rates: {currency: EUR, base: 777}
        clinic: {name: Jane's Studio, contact: jane@example.com, logo: jane.png, language: de}
        waive: [{rule: L4, reason: Jane asked for it}]
        layers: [{hairline: {height: 50}}]
        """
      return try OpenedDesign(scratch.write(text, "d.yaml")).canonical
    }
    let plain = try canonical("client: {age: 47}\nhead: {age: 50}")
    for word in ["jane", "Jane", "777", "EUR", "47", "waive", "rates", "schema.json", "clinic", "example"] {
      #expect(!plain.contains(word), "\(word) in \(plain)")
    }
    // A face is drawn by the client's age where it has none of its own; after 60 pigment stays longer.
    #expect(try canonical("client: {age: 47}").contains("age: 47"))
    #expect(try canonical("client: {age: 73}\nhead: {age: 50}").contains("age: 61"))
    // It is enough to draw the same again.
    func picture(_ file: String) throws -> [UInt8] {
      var overrides = DesignOverrides()
      (overrides.size, overrides.quality) = (64, .draft)
      return try preview(OpenedDesign(file, overrides: overrides)).last?.image.pixels ?? []
    }
    let file = try scratch.write(
      "schemaVersion: 1\nclient: {age: 73}\nhead: {age: 50}\nlayers: [{hairline: {height: 70}}]\n", "a.yaml")
    let again = try scratch.write(OpenedDesign(file).canonical, "b.yaml")
    #expect(try picture(file) == picture(again))
  }
}
