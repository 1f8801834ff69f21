import Benchmark
import Mannequin
import MeshFiles
import Meshes
import ScalpGeometry

/// A scan from its bytes to a head in the head frame, repaired, coloured and with its search tree.
func scanBenchmarks() throws {
  for thousands in [100, 500] {
    let head = try makeMannequin(MannequinParameters(sex: .male), triangles: thousands * 1000)
    var landmarks = ScanLandmarks()
    landmarks[.glabella] = SIMD3<Double>(head.landmarks.glabella)
    landmarks[.leftTragion] = SIMD3<Double>(head.landmarks.leftTragion)
    landmarks[.rightTragion] = SIMD3<Double>(head.landmarks.rightTragion)
    let marks = landmarks
    for (format, bytes) in [("OBJ", objBytes(head.mesh)), ("GLB", glbBytes(head.mesh))] {
      Benchmark("scan made ready, \(thousands)k triangles, \(format)") { benchmark in
        for _ in benchmark.scaledIterations {
          let file = try readMesh(bytes, named: "scan")
          let scan = try prepareScan(file.surface, landmarks: marks, millimetresPerUnit: 1)
          blackHole(file.colour?.carried(from: file.surface, to: scan.head.mesh, cornerSources: scan.cornerSources))
          blackHole(BoundingVolumeHierarchy(scan.head.mesh))
        }
      }
    }
  }
}

/// With vertex colours, as phone scanners write it.
private func objBytes(_ mesh: TriangleMesh) -> [UInt8] {
  var bytes: [UInt8] = []
  for p in mesh.positions { bytes += "v \(p.x) \(p.y) \(p.z) 0.8 0.6 0.5\n".utf8 }
  for t in mesh.triangles { bytes += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n".utf8 }
  return bytes
}

/// Positions, normalised byte colours and 32-bit indices.
private func glbBytes(_ mesh: TriangleMesh) -> [UInt8] {
  func little(_ word: UInt32) -> [UInt8] { withUnsafeBytes(of: word.littleEndian) { Array($0) } }
  var data: [UInt8] = []
  for p in mesh.positions { for k in 0..<3 { data += little(p[k].bitPattern) } }
  let colours = data.count
  for _ in mesh.positions { data += [204, 153, 128, 255] }
  let indices = data.count
  for t in mesh.triangles { for k in 0..<3 { data += little(t[k]) } }
  let vertices = mesh.positions.count
  var json = Array(
    (#"{"asset":{"version":"2.0"},"nodes":[{"mesh":0}],"#
      + #""meshes":[{"primitives":[{"attributes":{"POSITION":0,"COLOR_0":1},"indices":2}]}],"accessors":["#
      + #"{"bufferView":0,"componentType":5126,"type":"VEC3","count":\#(vertices)},"#
      + #"{"bufferView":1,"componentType":5121,"normalized":true,"type":"VEC4","count":\#(vertices)},"#
      + #"{"bufferView":2,"componentType":5125,"type":"SCALAR","count":\#(3 * mesh.triangles.count)}],"bufferViews":["#
      + #"{"buffer":0,"byteLength":\#(colours)},"#
      + #"{"buffer":0,"byteOffset":\#(colours),"byteLength":\#(indices - colours)},"#
      + #"{"buffer":0,"byteOffset":\#(indices),"byteLength":\#(data.count - indices)}],"#
      + #""buffers":[{"byteLength":\#(data.count)}]}"#).utf8)
  while json.count % 4 != 0 { json.append(32) }
  return Array("glTF".utf8) + little(2) + little(UInt32(28 + json.count + data.count)) + little(UInt32(json.count))
    + Array("JSON".utf8) + json + little(UInt32(data.count)) + Array("BIN\0".utf8) + data
}
