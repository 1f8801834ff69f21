import MeshFiles
import Meshes
import ScalpGeometry
import TestSupport
import Testing

/// Messy scans through a file of each format, in the spellings that scanners use, and back.
struct WrittenScanTests {
  enum Spelling: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case objWithNegativeIndices, bigEndianPLYWithColours, binarySTL, glbWithNodes
    var testDescription: String { rawValue }
  }

  static func file(_ mesh: TriangleMesh, _ spelling: Spelling) -> [UInt8] {
    switch spelling {
    case .objWithNegativeIndices:
      // Weights, normals, indices from the end, and every other line ending as Windows has it
      var text = "# a scan\r\no head\r\n"
      for p in mesh.positions { text += "v \(p.x) \(p.y) \(p.z) 1.0\r\n" }
      text += "vn 0 0 1\nusemtl none\ns off\n"
      let count = mesh.positions.count
      for (i, t) in mesh.triangles.enumerated() {
        let corners = (0..<3).map { k in i % 2 == 0 ? "\(Int(t[k]) + 1)" : "\(Int(t[k]) - count)//-1" }
        text += "f \(corners.joined(separator: " "))\r\n"
      }
      return Array(text.utf8)
    case .bigEndianPLYWithColours:
      var bytes = Array(
        """
        ply
        format binary_big_endian 1.0
        comment a scan
        element vertex \(mesh.positions.count)
        property float x
        property float y
        property float z
        property uchar red
        property uchar green
        property uchar blue
        property double quality
        element face \(mesh.triangles.count)
        property list uchar int vertex_indices
        property uchar flags
        end_header

        """.utf8)
      for p in mesh.positions {
        bytes += MeshBytes.bytes(p, big: true) + [200, 150, 120] + MeshBytes.bytes(0.5, big: true)
      }
      for t in mesh.triangles {
        bytes.append(3)
        for k in 0..<3 { bytes += MeshBytes.bytes(t[k], big: true) }
        bytes.append(1)
      }
      return bytes
    case .binarySTL:
      var bytes = [UInt8](repeating: 32, count: 80) + MeshBytes.bytes(UInt32(mesh.triangles.count))
      for t in mesh.triangles {
        bytes += MeshBytes.bytes(SIMD3<Float>.zero)
        for k in 0..<3 { bytes += MeshBytes.bytes(mesh.positions[Int(t[k])]) }
        bytes += [0, 0]
      }
      return bytes
    case .glbWithNodes:
      // What the nodes do to the mesh is undone here: a quarter turn about z and twice the size, then a shift.
      let shift = SIMD3<Float>(0.25, -1, 2)
      var parts = GLTFParts()
      let p = parts.floats(
        mesh.positions.map { q in
          let r = (q - shift) / 2
          return SIMD3(r.y, -r.x, r.z)
        })
      let view = parts.view(mesh.triangles.flatMap { t in (0..<3).flatMap { MeshBytes.bytes(t[$0]) } })
      let i = parts.accessor(view: view, type: 5125, "SCALAR", count: 3 * mesh.triangles.count)
      parts.primitives = [#"{"attributes":{"POSITION":\#(p)},"indices":\#(i)}"#]
      parts.nodes = [
        #"{"children":[1],"translation":[0.25,-1,2]}"#, #"{"children":[2],"rotation":[0,0,0.70710678,0.70710678]}"#,
        #"{"mesh":0,"scale":[2,2,2]}"#,
      ]
      return parts.glb
    }
  }

  @Test(arguments: Spelling.allCases)
  func aMessyScanComesBackOutOfItsFile(_ spelling: Spelling) throws {
    let head = try SimpleHead.get()
    // Metres for the GLB as its standard wants, inches for the PLY, and so on
    let mess = [Mess.all[1], Mess.all[2], Mess.all[4], Mess.all[6]][Spelling.allCases.firstIndex(of: spelling) ?? 0]
    let scan = MessyScan(head, mess)
    let read = try readMesh(
      Self.file(scan.mesh, spelling), named: "scan.obj", neighbour: MeshBytes.neighbours([:]))
    #expect(read.surface.triangles.count == scan.mesh.triangles.count)
    #expect((read.colour != nil) == (spelling == .bigEndianPLYWithColours))
    let found = try prepareScan(read.surface, landmarks: scan.landmarks)
    let form = found.head.mesh.invariants()
    #expect(form.isManifold && form.isClosed && form.eulerNumber == 2 && form.componentCount == 1)
    let clean = BoundingVolumeHierarchy(head.mesh)
    #expect(largestGap(from: found.head.mesh, to: clean) < Mess.tolerance + mess.noise)
    #expect(
      largestGap(from: head.mesh, to: BoundingVolumeHierarchy(found.head.mesh)) < Mess.tolerance + mess.noise
    )
  }
}
