import ImpressionSampling
import Meshes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct FileFailure: Error, CustomStringConvertible {
  var description: String
}

func readFile(_ path: String) throws(FileFailure) -> [UInt8] {
  guard let file = fopen(path, "rb") else { throw FileFailure(description: "cannot read \(path)") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let size = ftell(file)
  rewind(file)
  guard size >= 0 else { throw FileFailure(description: "cannot tell the size of \(path)") }
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    count = fread(buffer.baseAddress, 1, size, file)
  }
}

func writeFile(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
  guard let file = fopen(path, "wb") else { throw FileFailure(description: "cannot write \(path)") }
  let written = fwrite(bytes, 1, bytes.count, file)
  guard fclose(file) == 0, written == bytes.count else {
    throw FileFailure(description: "writing \(path) failed")
  }
}

/// Coordinates in the fewest digits that give the same `Float` again.
func objBytes(of mesh: TriangleMesh) -> [UInt8] {
  var text = ""
  for p in mesh.positions { text += "v \(p.x) \(p.y) \(p.z)\n" }
  for t in mesh.triangles { text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n" }
  return Array(text.utf8)
}

func pointBytes(of pattern: DotPattern) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(pattern.count * 32)
  for i in 0..<pattern.count {
    let p = pattern.points[i].position
    let n = pattern.normals[i]
    let session = pattern.sessionEnds.firstIndex { i < $0 } ?? pattern.sessionEnds.count
    for value in [p.x, p.y, p.z, n.x, n.y, n.z, pattern.radii[i], Float(session)] {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }
  return bytes
}
