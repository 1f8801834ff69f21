import Arithmetic
import MeshFiles
import Meshes
import Testing

struct OBJReaderTests {
  static func read(_ text: String) throws -> TriangleMesh { try readOBJ(Array(text.utf8), named: "t.obj") }

  static let tetrahedron = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\n"

  @Test func cornerFormsPolygonsAndNegativeIndices() throws {
    let faces: [SIMD3<UInt32>] = [SIMD3(0, 2, 1), SIMD3(0, 1, 3), SIMD3(1, 2, 3), SIMD3(0, 3, 2)]
    for text in [
      "f 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n", "f 1/1 3/1 2/1\nf 1//1 2//1 4//1\nf 2/1/1 3/1/1 4/1/1\nf -4 -1 -2",
      "f 1 3 2\r\nf 1 2 4\r\nf 2 3 4\r\nf 1 4 3\r\n", "f 1 3 2 # base\nf 1 \\\n 2 4\nf 2 3 4\nf 1\t4  3 ",
      "o head\ng a b\ns off\nusemtl skin\nvn 0 0 1\nvt 0 0\nf 1 3 2\nf 1 2 4\nl 1 2\nf 2 3 4\nf 1 4 3",
    ] {
      let mesh = try Self.read(Self.tetrahedron + text)
      #expect(mesh.triangles == faces, "\(text)")
      #expect(mesh.positions == [SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)])
      #expect(mesh.invariants().isClosed && mesh.invariants().isConsistentlyOriented)
    }
    // A pentagon is a fan around its first corner.
    let fan = try Self.read("v 0 0 0\nv 2 0 0\nv 3 1 0\nv 1 2 0\nv -1 1 0\nf 1 2 3 4 5\n")
    #expect(fan.triangles == [SIMD3(0, 1, 2), SIMD3(0, 2, 3), SIMD3(0, 3, 4)])
    // Faces may come before their vertices, colours and weights may follow coordinates, a mark may come first.
    let odd = try Self.read("\u{FEFF}f 1 2 3\nv 0 0 0 1.0\nv 1 0 0 0.5 0.5 0.5\nv 0 1 0\n")
    #expect(odd.triangles.count == 1)
  }

  @Test func numbersAreReadExactly() throws {
    let texts = [
      "0.1", "-1.5e-3", "+7", "123456.789", ".5", "5.", "1e5", "0.30000001192092896", "999999.99999999999999",
      "1.17549435e-38", "00012.50", "-0", "3.4028234e-5", "100000000000000000000e-16", "16777217",
    ].dropLast()
    for text in texts {
      let mesh = try Self.read("v \(text) 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\n")
      #expect(mesh.positions[0].x == Float(Double(text)!), "\(text)")
    }
    // Random decimals of all lengths, against the standard library
    let random = CounterRandom(seed: 11, stream: 2)
    var lines = ""
    var expected: [Float] = []
    for i in 0..<300 {
      let digits = 1 + Int(random.bits(UInt64(i)) % 20)
      var text = random.bits(UInt64(i) + 1000) % 2 == 0 ? "-0." : "3."
      for k in 0..<digits { text += "\(random.bits(UInt64(i * 32 + k) + 5000) % 10)" }
      if random.bits(UInt64(i) + 2000) % 3 == 0 { text += "e-\(random.bits(UInt64(i) + 3000) % 30)" }
      lines += "v \(text) \(i) 0\n"
      expected.append(Float(Double(text)!))
    }
    for i in 1...298 { lines += "f \(i) \(i + 1) \(i + 2)\n" }
    #expect(try Self.read(lines).positions.map(\.x) == expected)
  }

  @Test func duplicatesAreWeldedAndUselessTrianglesDropped() throws {
    let text =
      Self.tetrahedron + "v 1 0 0\nv -0 0 0\nv 9 9 9\nf 1 3 2\nf 6 5 4\nf 2 3 4\nf 1 4 3\nf 3 2 1\nf 2 5 3\nf 1 1 2\n"
    let (mesh, repairs) = try readOBJReportingRepairs(Array(text.utf8).span, named: "t.obj")
    #expect(mesh.triangles.count == 4)
    #expect(mesh.positions.count == 4)
    #expect(mesh.invariants().isClosed)
    #expect(
      repairs == MeshRepairReport(weldedVertices: 2, degenerateTriangles: 2, duplicateTriangles: 1, unusedVertices: 1))
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var testDescription: String { message }
  }

  static let bad = [
    Bad(text: "", message: "t.obj: the file is empty; an OBJ file has v and f lines"),
    Bad(text: "# only\n", message: "t.obj: no vertices found; an OBJ file lists them in lines 'v x y z'"),
    Bad(
      text: "v 0 0 0\nv 1 0 0\nv 0 1 0\n",
      message: "t.obj: no faces found; an OBJ file lists them in lines 'f 1 2 3'"),
    Bad(text: "solid\0", message: "t.obj: not a text file (byte 5 is zero); OBJ is plain text"),
    Bad(text: "v 0 0\n", message: "t.obj:1:6: a vertex needs 3 coordinates, found 2"),
    Bad(
      text: "v 0 0 1.2.3\n",
      message: "t.obj:1:7: '1.2.3' is not a number; allowed are finite decimals such as 12.5 or -3e-2"),
    Bad(
      text: "v 0 0 0\nv 0 1e 0",
      message: "t.obj:2:5: '1e' is not a number; allowed are finite decimals such as 12.5 or -3e-2"),
    Bad(
      text: "v nan 0 0\n",
      message: "t.obj:1:3: 'nan' is not a number; allowed are finite decimals such as 12.5 or -3e-2"),
    Bad(
      text: "v 0 inf 0\n",
      message: "t.obj:1:5: 'inf' is not a number; allowed are finite decimals such as 12.5 or -3e-2"),
    Bad(
      text: "v 0 -\n", message: "t.obj:1:5: '-' is not a number; allowed are finite decimals such as 12.5 or -3e-2"),
    Bad(text: "v 0 1e7 0\n", message: "t.obj:1:5: coordinate 1e7 is out of range: -1000000 to 1000000"),
    Bad(text: "v 0 1e400 0\n", message: "t.obj:1:5: coordinate 1e400 is out of range: -1000000 to 1000000"),
    Bad(
      text: tetrahedron + "f 1 2 0\n",
      message: "t.obj:5:7: vertex index 0 is not allowed; indices count from 1, or back from -1"),
    Bad(text: tetrahedron + "f 1 2 5\n", message: "t.obj:5:7: vertex index 5 is out of range: 1 to 4, or -1 to -4"),
    Bad(text: tetrahedron + "f 1 2 -5\n", message: "t.obj:5:7: vertex index -5 is out of range: 1 to 4, or -1 to -4"),
    Bad(text: "f -1 1 2\n", message: "t.obj:1:3: vertex index -1 is out of range: there is no vertex yet"),
    Bad(
      text: tetrahedron + "f 1 2 99999999999999999999\n",
      message: "t.obj:5:7: vertex index 99999999999999999999 is out of range: 1 to 4, or -1 to -4"),
    Bad(text: tetrahedron + "f 1 2\n", message: "t.obj:5:2: a face needs at least 3 corners, found 2"),
    Bad(
      text: tetrahedron + "f 1 2x 3\n",
      message: "t.obj:5:5: '2x' is not a corner; allowed are v, v/vt, v//vn and v/vt/vn"),
    Bad(
      text: tetrahedron + "f 1 2/1/1/1 3\n",
      message: "t.obj:5:5: '2/1/1/1' is not a corner; allowed are v, v/vt, v//vn and v/vt/vn"),
    Bad(
      text: tetrahedron + "f 1 a 3\n",
      message: "t.obj:5:5: 'a' is not a corner; allowed are v, v/vt, v//vn and v/vt/vn"),
    Bad(
      text: tetrahedron + "f 1 1 2\n",
      message: "t.obj: no triangle with three different corners; a mesh needs at least one"),
  ]

  @Test(arguments: bad)
  func badInputIsRefusedWithItsPlace(_ input: Bad) {
    let error = #expect(throws: MeshFileError.self) { try Self.read(input.text) }
    #expect(error?.description == input.message)
  }

  /// Any bytes at all: an error or a mesh, never a trap.
  @Test func scrambledFilesNeverTrap() {
    let text = Array((Self.tetrahedron + "vn 0 0 1\nf 1//1 3//1 2//1\nf -1 \\\n -2 -3\nf 1 2 3 4\n# end\n").utf8)
    let alphabet = Array("vf0123456789-+.eE/#\\ \n\r\t\0x\u{7F}".utf8)
    let random = CounterRandom(seed: 5, stream: 4)
    var draw: UInt64 = 0
    func pick(_ n: Int) -> Int {
      draw += 1
      return Int(random.bits(draw) % UInt64(n))
    }
    var accepted = 0
    for _ in 0..<1500 {
      var bytes = text
      for _ in 0...pick(6) {
        switch pick(3) {
        case 0: bytes[pick(bytes.count)] = alphabet[pick(alphabet.count)]
        case 1: bytes.remove(at: pick(bytes.count))
        default: bytes.insert(alphabet[pick(alphabet.count)], at: pick(bytes.count))
        }
      }
      if let mesh = try? readOBJ(bytes, named: "x") {
        accepted += 1
        #expect(mesh.triangles.allSatisfy { $0.x < mesh.positions.count && $0.y < mesh.positions.count })
      }
    }
    #expect(accepted > 50)
  }
}
