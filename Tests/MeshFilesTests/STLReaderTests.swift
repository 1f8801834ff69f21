import MeshFiles
import Meshes
import TestSupport
import Testing

struct STLReaderTests {
  static func read(_ bytes: [UInt8]) throws -> MeshFile { try readMesh(bytes, named: "t.stl") }

  static func binary(header: String = "solid, though binary", attribute: UInt16 = 0, count: UInt32 = 4) -> [UInt8] {
    var bytes = Array(header.utf8) + [UInt8](repeating: 32, count: 80 - header.utf8.count)
    bytes += MeshBytes.bytes(count)
    for t in MeshBytes.triangles {
      bytes += MeshBytes.bytes(SIMD3<Float>(0, 0, 0))
      for k in 0..<3 { bytes += MeshBytes.bytes(MeshBytes.positions[Int(t[k])]) }
      bytes += MeshBytes.bytes(attribute)
    }
    return bytes
  }

  static let text: String =
    "solid head of a client\n"
    + MeshBytes.triangles.map { t in
      "facet normal nan 0 0\n outer loop\n"
        + (0..<3).map { k in
          let p = MeshBytes.positions[Int(t[k])]
          return "  vertex \(p.x) \(p.y) \(p.z)\n"
        }.joined() + " endloop\nendfacet\n"
    }.joined() + "endsolid head of a client\n"

  @Test func textAndBinaryGiveTheSameSurface() throws {
    let files = [
      try Self.read(Array(Self.text.utf8)),
      try Self.read(Array(Self.text.uppercased().replacing("\n", with: "\r\n").utf8)),
      try Self.read(Self.binary()), try Self.read(Self.binary(header: "", attribute: 0x7FFF)),
    ]
    for file in files {
      #expect(file.surface.positions.count == 12)
      let (mesh, report) = file.surface.repaired()
      #expect(mesh.positions.count == 4 && mesh.triangles.count == 4)
      #expect(report.weldedVertices == 8)
      #expect(mesh.invariants().isClosed && mesh.invariants().isConsistentlyOriented)
      #expect(file.colour == nil)
    }
    #expect(files.map(\.format) == [.asciiSTL, .asciiSTL, .binarySTL, .binarySTL])
    #expect(files[2].notes.isEmpty)
    #expect(files[3].notes == ["the colours of 4 facets are left out: STL has no agreed colours"])
  }

  @Test func bytesAfterTheLastFacetArePassedOver() throws {
    let file = try Self.read(Self.binary(header: "COLOR=") + [1, 2, 3])
    #expect(file.surface.triangles.count == 4)
    #expect(file.notes == ["3 bytes after the last facet are passed over"])
  }

  @Test func damageNamesItsPlace() {
    func message(_ bytes: [UInt8]) -> String? {
      #expect(throws: MeshFileError.self) { try Self.read(bytes) }?.description
    }
    #expect(
      message(Self.binary(count: 2_147_483_648))
        == "t.stl: byte 80: the header claims 2147483648 facets of 50 bytes, but the file of 284 bytes ends after 4")
    #expect(
      message(Array(Self.binary()[..<200]))
        == "t.stl: byte 80: the header claims 4 facets of 50 bytes, but the file of 200 bytes ends after 2")
    #expect(message(Array(Self.binary()[..<83]))?.contains("ends within the header of 84 bytes") == true)
    var infinite = Self.binary()
    infinite.replaceSubrange(84 + 50 + 24..<84 + 50 + 28, with: MeshBytes.bytes(-Float.infinity))
    #expect(
      message(infinite)
        == "t.stl: byte 158: position (-inf, 0.0, 0.0) is out of range: finite numbers from -1000000 to 1000000")
    #expect(message(Self.binary(count: 0)) == "t.stl: byte 80: the file has no facets")

    func text(_ change: (String) -> String) -> String? { message(Array(change(Self.text).utf8)) }
    #expect(
      text { String($0.prefix(61)) }
        == "t.stl:4:3: found 'ver' where 'vertex' is expected within a facet, which has three")
    #expect(
      text { $0.replacing("endloop", with: "vertex 1 1 1\n endloop") }
        == "t.stl:7:2: found 'vertex' where 'endloop' is expected after the three corners of a facet")
    #expect(
      text { $0.replacing("vertex 0.0 1.0 0.0", with: "vertex 0.0 x 0.0") }
        == "t.stl:5:14: 'x' is not a number; allowed are finite decimals such as 12.5 or -3e-2")
    #expect(text { _ in "solid\nendsolid\n" } == "t.stl: the file has no facets")
    #expect(
      text { _ in "solid\nfacets\n" } == "t.stl:2:1: found 'facets' where 'facet', 'endsolid' or 'solid' is expected")
    #expect(text { _ in "solid\nfacet normal 0 0 1" }?.contains("the file ends where 'outer' is expected") == true)
  }
}
