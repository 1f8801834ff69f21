import Foundation
import Meshes
import ScalpGeometry
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

/// Designs that go the ways that no sample goes: cameras, deep and transparent pictures, scans in each format.
enum OddDesign: String, CaseIterable, CustomTestStringConvertible {
  case behind, orthographic, macro, transparent, sixteenBit, finalOily
  case obj, ply, stl, gltf, glb

  var testDescription: String { rawValue }

  /// Writes the design and its scan; the design's path.
  func write(into folder: URL) throws -> String {
    let layers = """
      hair: {loss: norwood-3, density: 60, colour: black}
      layers:
        - hairline: {height: 70, density: 60}
        - scar: {strip: {path: [{up: 290, side: -60}, {up: 290, side: 60}], width: 3}}
      laser: [{year: 2, sessions: 1}]
      touchUps: [{year: 4}]
      """
    var pictures = "{size: 64}"
    var head = "{sex: male, age: 55}"
    switch self {
    case .behind: pictures = "{size: 72, camera: {azimuth: 150, elevation: 20, distance: 700, focal: 60}}"
    case .orthographic: pictures = "{size: 64, camera: {azimuth: 30, orthographic: true}, light: harsh}"
    case .macro: pictures = "{size: 64, view: macro, macro: {up: 75, side: -10}, light: studio}"
    case .transparent: pictures = "{size: 64, background: transparent, light: daylight}"
    case .sixteenBit: pictures = "{size: 64, sixteenBit: true, light: bathroom, view: top}"
    case .finalOily: pictures = "{size: 64, quality: final, oil: 1, background: dark, at: crown}"
    case .obj, .ply, .stl, .gltf, .glb:
      let scan = try OddDesign.scan.get()
      try Data(scan.file(self)).write(to: folder.appendingPathComponent("scan." + rawValue))
      func place(_ p: SIMD3<Float>) -> String { "[\(p.x), \(p.y), \(p.z)]" }
      head = """
        {scan: scan.\(rawValue), units: mm, sex: male, landmarks: {glabella: \(place(scan.landmarks.glabella)), \
        leftTragion: \(place(scan.landmarks.leftTragion)), rightTragion: \(place(scan.landmarks.rightTragion))}}
        """
    }
    let file = folder.appendingPathComponent("design.yaml")
    try "schemaVersion: 1\nseed: 5\nhead: \(head)\n\(layers)\npictures: \(pictures)\n".write(
      to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private static let scan = Result {
    try ScanInFormats(MeanHeads.man.get().head)
  }
}

/// A coarse mannequin as a scanner would write it, coloured where the format has colours.
private struct ScanInFormats: Sendable {
  let positions: [SIMD3<Float>]
  let triangles: [SIMD3<UInt32>]
  let landmarks: HeadLandmarks

  init(_ head: Head) {
    positions = head.mesh.positions
    triangles = head.mesh.triangles
    landmarks = head.landmarks
  }

  func file(_ format: OddDesign) -> [UInt8] {
    switch format {
    case .ply: ply
    case .stl: stl
    case .gltf: gltf(buffer: "data:application/octet-stream;base64," + Data(buffer).base64EncodedString())
    case .glb: glb
    default: obj
    }
  }

  private func colour(_ i: Int) -> [UInt8] {
    let p = positions[i]
    return [UInt8(190 + Int(p.x.rounded(.down)) & 15), UInt8(150 + Int(p.y.rounded(.down)) & 15), 120]
  }

  private var obj: [UInt8] {
    var text = "o head\n"
    for (i, p) in positions.enumerated() {
      let c = colour(i).map { "\(Double($0) / 255)" }.joined(separator: " ")
      text += "v \(p.x) \(p.y) \(p.z) \(c)\n"
    }
    for t in triangles { text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n" }
    return Array(text.utf8)
  }

  private var ply: [UInt8] {
    var text = "ply\nformat ascii 1.0\nelement vertex \(positions.count)\n"
    for axis in ["x", "y", "z"] { text += "property float \(axis)\n" }
    for channel in ["red", "green", "blue"] { text += "property uchar \(channel)\n" }
    text += "element face \(triangles.count)\nproperty list uchar int vertex_indices\nend_header\n"
    for (i, p) in positions.enumerated() {
      text += "\(p.x) \(p.y) \(p.z) \(colour(i).map(String.init).joined(separator: " "))\n"
    }
    for t in triangles { text += "3 \(t.x) \(t.y) \(t.z)\n" }
    return Array(text.utf8)
  }

  private var stl: [UInt8] {
    var bytes = [UInt8](repeating: 32, count: 80) + word(UInt32(triangles.count))
    for t in triangles {
      bytes += [UInt8](repeating: 0, count: 12)
      for k in 0..<3 { bytes += place(positions[Int(t[k])]) }
      bytes += [0, 0]
    }
    return bytes
  }

  /// Positions, then indices.
  private var buffer: [UInt8] {
    positions.flatMap(place) + triangles.flatMap { t in (0..<3).flatMap { word(t[$0]) } }
  }

  private func gltf(buffer uri: String?) -> [UInt8] {
    let places = 12 * positions.count
    let indices = 12 * triangles.count
    let source = uri.map { #""uri":"\#($0)","# } ?? ""
    return Array(
      """
      {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
      "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],
      "accessors":[{"bufferView":0,"componentType":5126,"count":\(positions.count),"type":"VEC3"},
      {"bufferView":1,"componentType":5125,"count":\(3 * triangles.count),"type":"SCALAR"}],
      "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":\(places)},
      {"buffer":0,"byteOffset":\(places),"byteLength":\(indices)}],
      "buffers":[{\(source)"byteLength":\(places + indices)}]}
      """.utf8)
  }

  private var glb: [UInt8] {
    var json = gltf(buffer: nil)
    while json.count % 4 != 0 { json.append(32) }
    let binary = buffer
    return Array("glTF".utf8) + word(2) + word(UInt32(28 + json.count + binary.count)) + word(UInt32(json.count))
      + Array("JSON".utf8) + json + word(UInt32(binary.count)) + Array("BIN\0".utf8) + binary
  }

  private func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  private func place(_ p: SIMD3<Float>) -> [UInt8] { (0..<3).flatMap { word(p[$0].bitPattern) } }
}
