import MeshFiles

/// Little pieces from which tests put mesh files together.
package enum MeshBytes {
  package static let positions: [SIMD3<Float>] = [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
  /// A tetrahedron, counter-clockwise from outside.
  package static let triangles: [SIMD3<UInt32>] = [SIMD3(0, 2, 1), SIMD3(0, 1, 3), SIMD3(1, 2, 3), SIMD3(0, 3, 2)]

  package static func bytes<T: FixedWidthInteger>(_ value: T, big: Bool = false) -> [UInt8] {
    withUnsafeBytes(of: big ? value.bigEndian : value.littleEndian) { Array($0) }
  }

  package static func bytes(_ value: Float, big: Bool = false) -> [UInt8] { bytes(value.bitPattern, big: big) }

  package static func bytes(_ value: Double, big: Bool = false) -> [UInt8] { bytes(value.bitPattern, big: big) }

  package static func bytes(_ p: SIMD3<Float>, big: Bool = false) -> [UInt8] {
    bytes(p.x, big: big) + bytes(p.y, big: big) + bytes(p.z, big: big)
  }

  /// The smallest PNG files that matter here: a header that says a size, and nothing of use after it.
  package static func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bytes(UInt32(13), big: true) + Array("IHDR".utf8)
      + bytes(width, big: true) + bytes(height, big: true) + [8, 2, 0, 0, 0, 0, 0, 0, 0]
  }

  /// Neighbours by name, for readers.
  package static func neighbours(_ files: [String: [UInt8]]) -> NeighbourFile {
    { (name) throws(MeshFileError) in files[name] }
  }

  package static func base64(_ data: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: data.count, by: 3) {
      let group = Array(data[start..<min(start + 3, data.count)])
      let word = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
      for k in 0..<4 { text.append(k <= group.count ? letters[word >> (18 - 6 * k) & 63] : "=") }
    }
    return text
  }

  /// A GLB around a JSON text and buffer data.
  package static func glb(_ json: String, _ data: [UInt8] = []) -> [UInt8] {
    let text = Array(json.utf8) + [UInt8](repeating: 32, count: (4 - json.utf8.count % 4) % 4)
    let binary = data + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
    let chunks =
      bytes(UInt32(text.count)) + bytes(UInt32(0x4E4F_534A)) + text
      + (data.isEmpty ? [] : bytes(UInt32(binary.count)) + bytes(UInt32(0x004E_4942)) + binary)
    return Array("glTF".utf8) + bytes(UInt32(2)) + bytes(UInt32(12 + chunks.count)) + chunks
  }
}
