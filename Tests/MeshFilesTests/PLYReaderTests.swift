import MeshFiles
import Meshes
import TestSupport
import Testing

struct PLYReaderTests {
  enum Encoding: String, CaseIterable {
    case ascii
    case little = "binary_little_endian"
    case big = "binary_big_endian"
  }

  static func read(_ bytes: [UInt8], _ files: [String: [UInt8]] = [:]) throws -> MeshFile {
    try readMesh(bytes, named: "t.ply", neighbour: MeshBytes.neighbours(files))
  }

  static func read(_ text: String) throws -> MeshFile { try read(Array(text.utf8)) }

  /// The tetrahedron with a property of every type, a list among the vertex properties and an element in between.
  static func file(_ encoding: Encoding, lineEnd: String = "\n") -> [UInt8] {
    let header = [
      "ply", "format \(encoding.rawValue) 1.0", "comment made for a test", "obj_info nothing", "element vertex 4",
      "property double x", "property list uchar short extra", "property float y", "property char quality",
      "property float z", "property uchar red", "property uchar green", "property uchar blue", "property ushort w",
      "element camera 2", "property float view", "element face 4", "property uint flags",
      "property list ushort int vertex_indices", "end_header", "",
    ].joined(separator: lineEnd)
    let big = encoding == .big
    var bytes = Array(header.utf8)
    func add<T: FixedWidthInteger>(_ v: T) {
      bytes += encoding == .ascii ? Array("\(v) ".utf8) : MeshBytes.bytes(v, big: big)
    }
    func add(_ v: Float) { bytes += encoding == .ascii ? Array("\(v) ".utf8) : MeshBytes.bytes(v, big: big) }
    func add(_ v: Double) { bytes += encoding == .ascii ? Array("\(v) ".utf8) : MeshBytes.bytes(v, big: big) }
    for (i, p) in MeshBytes.positions.enumerated() {
      add(Double(p.x))
      add(UInt8(i))
      for k in 0..<i { add(Int16(-k)) }
      add(p.y)
      add(Int8(-5))
      add(p.z)
      add(UInt8(255))
      add(UInt8(188))
      add(UInt8(i))
      add(UInt16(65535))
      if encoding == .ascii { bytes += Array(lineEnd.utf8) }
    }
    add(Float(1.5))
    add(Float(-1e-3))
    for t in MeshBytes.triangles {
      add(UInt32(7))
      add(UInt16(3))
      for k in 0..<3 { add(Int32(t[k])) }
      if encoding == .ascii { bytes += Array(lineEnd.utf8) }
    }
    return bytes
  }

  @Test(arguments: Encoding.allCases, ["\n", "\r\n", "\r"])
  func aTetrahedronComesBack(_ encoding: Encoding, lineEnd: String) throws {
    let file = try Self.read(Self.file(encoding, lineEnd: lineEnd))
    #expect(file.surface.positions == MeshBytes.positions)
    #expect(file.surface.triangles == MeshBytes.triangles)
    #expect(
      file.format
        == [.ascii: .asciiPLY, .little: .littleEndianPLY, .big: .bigEndianPLY][encoding])
    let colour = try #require(file.colour)
    #expect(colour.materials == [SurfaceColour.Material(hasVertexColours: true)])
    // sRGB 188 is half the light; the linear part below 0.04045 is code / 255 / 12.92.
    #expect(colour.vertexColours[3].x == 1)
    #expect(abs(colour.vertexColours[3].y - 0.5029) < 1e-4)
    #expect(abs(colour.vertexColours[3].z - 3 / 255 / 12.92) < 1e-7)
    #expect(
      file.notes == ["vertex properties passed over: extra, quality, w", "2 of element camera are passed over"])
  }

  @Test func polygonsAreFansAndStripsAlternate() throws {
    let vertices = (0..<5).map { "\($0) \($0 * $0) 0\n" }.joined()
    let head = "ply\nformat ascii 1.0\nelement vertex 5\nproperty float x\nproperty float y\nproperty float z\n"
    let fan = try Self.read(
      head + "element face 2\nproperty list uchar uint vertex_index\nend_header\n" + vertices + "5 0 1 2 3 4\n2 0 1\n")
    #expect(fan.surface.triangles == [SIMD3(0, 1, 2), SIMD3(0, 2, 3), SIMD3(0, 3, 4)])
    let strip = try Self.read(
      head + "element tristrips 1\nproperty list int int vertex_indices\nend_header\n" + vertices
        + "9 0 1 2 3 -1 2 3 4 -1\n")
    #expect(strip.surface.triangles == [SIMD3(0, 1, 2), SIMD3(2, 1, 3), SIMD3(2, 3, 4)])
  }

  @Test func facesMayComeFirstAndFloatColoursAreFractions() throws {
    let file = try Self.read(
      """
      ply
      format ascii 1.0
      element face 1
      property list char short vertex_indices
      element vertex 3
      property float32 x
      property float32 y
      property float32 z
      property float diffuse_red
      property float diffuse_green
      property float diffuse_blue
      end_header
      3 2 1 0
      0 0 0 1 0 0.5
      1 0 0 1 0 0.5
      0 1 0 1 0 0.5
      """)
    #expect(file.surface.triangles == [SIMD3(2, 1, 0)])
    #expect(abs((file.colour?.vertexColours[0].z ?? 0) - 0.2140) < 1e-4)
  }

  @Test(arguments: [true, false])
  func picturesHangOnVerticesOrOnCorners(onCorners: Bool) throws {
    let text = """
      ply
      format ascii 1.0
      comment TextureFile my skin.png
      element vertex 3
      property float x
      property float y
      property float z
      \(onCorners ? "" : "property float s\nproperty float t")
      element face 1
      property list uchar int vertex_indices
      \(onCorners ? "property list uchar float texcoord" : "")
      end_header
      0 0 0 \(onCorners ? "" : "0.25 0.75")
      1 0 0 \(onCorners ? "" : "1 1")
      0 1 0 \(onCorners ? "" : "0 0")
      3 0 1 2 \(onCorners ? "6 0.25 0.75 1 1 0 0" : "")
      """.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\n")
    let png = MeshBytes.pngHeader(width: 7, height: 5)
    let file = try Self.read(Array(text.utf8), ["my skin.png": png])
    let colour = try #require(file.colour)
    #expect(colour.textureCoordinates == [SIMD2(0.25, 0.25), SIMD2(1, 0), SIMD2(0, 1)])
    #expect(colour.textures == [SurfaceColour.Texture(name: "my skin.png", bytes: png, width: 7, height: 5)])
    // Without the picture the mesh is there all the same.
    let bare = try Self.read(Array(text.utf8))
    #expect(bare.colour == nil)
    #expect(bare.notes == ["texture my skin.png is missing beside the mesh and is left out"])
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var testDescription: String { message }
  }

  static let head = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
  static let faces = "element face 1\nproperty list uchar int vertex_indices\nend_header\n"
  static let three = "0 0 0\n1 0 0\n0 1 0\n"

  static let bad = [
    Bad(
      text: "ply\nformat ascii 1.0\n", message: "t.ply:3:1: the file ends within the header: 'end_header' is missing"),
    Bad(
      text: "ply\nformat binary_middle_endian 1.0\nend_header\n",
      message:
        "t.ply:2:1: format 'binary_middle_endian' is not known; allowed are ascii, binary_little_endian and binary_big_endian"
    ),
    Bad(text: "ply\nend_header\n", message: "t.ply:2:1: the header has no format line"),
    Bad(text: "ply\nformat ascii 1.0\nend_header\n", message: "t.ply: the header has no element 'vertex'"),
    Bad(
      text: "ply\nformat ascii 1.0\nelement vertex -1\n",
      message: "t.ply:3:1: an element line must be 'element name count', with a count from 0"),
    Bad(
      text: "ply\nformat ascii 1.0\nelement vertex 1\nproperty half x\n",
      message:
        "t.ply:4:1: property type 'half' is not known; allowed are char, uchar, short, ushort, int, uint, float, double"
    ),
    Bad(
      text: "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nend_header\n1 2\n",
      message: "t.ply:3:1: element vertex has no property 'z'"),
    Bad(
      text: head.replacing("vertex 3", with: "vertex 2147483648") + faces + three,
      message:
        "t.ply:3:1: 2147483648 of element vertex need at least 6 bytes each, but only 19 bytes of the file are left for them"
    ),
    Bad(
      text: head.replacing("vertex 3", with: "vertex 9223372036854775807") + faces + three,
      message:
        "t.ply:3:1: 9223372036854775807 of element vertex need at least 6 bytes each, but only 19 bytes of the file are left for them"
    ),
    Bad(text: head + faces + three + "3 0 1 3\n", message: "t.ply:13:7: vertex index 3 is out of range: 0 to 2"),
    Bad(text: head + faces + three + "3 0 -1 2\n", message: "t.ply:13:5: vertex index -1 is out of range: 0 to 2"),
    Bad(text: head + faces + three + "3 0 1.5 2\n", message: "t.ply:13:5: vertex index 1.5 is out of range: 0 to 2"),
    Bad(
      text: head + faces + three + "-3 0 1 2\n",
      message: "t.ply:13:1: -3.0 is not the length of a list; it must be a whole number from 0"),
    Bad(text: head + faces + three + "3 0 1", message: "t.ply:13:6: the file ends early: a number is missing"),
    Bad(
      text: head + faces + "0 0 0\n1 nan 0\n0 1 0\n3 0 1 2\n",
      message: "t.ply:11:3: 'nan' is not a number; allowed are finite decimals such as 12.5 or -3e-2"),
    Bad(
      text: head + faces + "0 0 0\n1 2e6 0\n0 1 0\n3 0 1 2\n",
      message: "t.ply:11:1: vertex 1: (1.0, 2000000.0, 0.0) is out of range: finite numbers from -1000000 to 1000000"),
    Bad(
      text: head + "end_header\n" + three,
      message: "t.ply: the file has no faces: a cloud of points is no surface; mesh it before"),
    Bad(
      text: head + "element face 1\nproperty list float int vertex_indices\nend_header\n" + three,
      message: "t.ply:8:1: the count of a list must be an integer, not float"),
    Bad(
      text: head + "element face 1\nproperty list uchar float vertex_indices\nend_header\n" + three + "3 0 1 2\n",
      message: "t.ply:8:1: vertex indices must be integers"),
    Bad(
      text: head + "element face 1\nproperty int vertex_indices\nend_header\n" + three + "3 0 1 2\n",
      message: "t.ply:7:1: element face has no list 'vertex_indices'"),
    Bad(
      text: head + "element face 3\nend_header\n" + three,
      message: "t.ply:7:1: element face has no properties"),
    Bad(
      text: "ply\nformat ascii 1.0\nvertices 3\n",
      message:
        "t.ply:3:1: 'vertices' is not known in a header; allowed are format, comment, obj_info, element, property and end_header"
    ),
  ]

  @Test(arguments: bad)
  func badInputIsRefusedWithItsPlace(_ input: Bad) {
    let error = #expect(throws: MeshFileError.self) { try Self.read(input.text) }
    #expect(error?.description == input.message)
  }

  @Test(arguments: [Encoding.little, .big])
  func aFileThatEndsAnywhereIsRefused(_ encoding: Encoding) {
    let whole = Self.file(encoding)
    for count in 4..<whole.count {
      #expect(throws: MeshFileError.self) { try Self.read(Array(whole[..<count])) }
    }
  }

  @Test func binaryDamageNamesItsByte() throws {
    let header =
      "ply\nformat binary_little_endian 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list int int vertex_indices\nend_header\n"
    let start = header.utf8.count
    func file(_ p: [SIMD3<Float>], _ face: [Int32]) -> [UInt8] {
      Array(header.utf8) + p.flatMap { MeshBytes.bytes($0) } + face.flatMap { MeshBytes.bytes($0) }
    }
    let corners = Array(MeshBytes.positions[..<3])
    func message(_ bytes: [UInt8]) -> String? {
      #expect(throws: MeshFileError.self) { try Self.read(bytes) }?.description
    }
    #expect(
      message(file([corners[0], SIMD3(0, .nan, 0), corners[2]], [3, 0, 1, 2]))
        == "t.ply: byte \(start + 12): vertex 1: (0.0, nan, 0.0) is out of range: finite numbers from -1000000 to 1000000"
    )
    #expect(
      message(file(corners, [3, 0, 1, 3])) == "t.ply: byte \(start + 48): vertex index 3 is out of range: 0 to 2")
    #expect(
      message(file(corners, [2_147_483_647, 0, 1, 2]))
        == "t.ply: byte \(start + 36): a list of 2147483647 items does not fit into the 12 bytes that are left")
  }

  /// A text file as MeshLab writes it: rows with more values than the header declares.
  private func rows(_ vertexEnd: String, _ faceEnd: String, between: String = "\n", lineEnd: String = "\n") -> String {
    let header = [
      "ply", "format ascii 1.0", "element vertex 4", "property float x", "property float y", "property float z",
      "element face 2", "property list uchar int vertex_indices", "end_header",
    ]
    let vertices = ["0 0 0", "1 0 0", "0 1 0", "0 0 1"].map { $0 + vertexEnd }
    let faces = ["3 0 1 2", "3 0 2 3"].map { $0 + faceEnd }
    return (header + vertices + faces).joined(separator: lineEnd) + between
  }

  @Test(
    arguments: [(" 255 255 255 255", ""), ("", " 3 0.1 0.2 0.3"), (" 0.5", " 6 0 0 1 0 0 1")], ["\n", "\r\n", "\r"])
  func moreValuesThanDeclaredArePassedOverWhereRowsAreLines(ends: (String, String), lineEnd: String) throws {
    let plain = try Self.read(rows("", "", lineEnd: lineEnd))
    let long = try Self.read(rows(ends.0, ends.1, lineEnd: lineEnd))
    #expect(long.surface == plain.surface)
    #expect(plain.notes == [])
    #expect(long.notes.count == 1 && long.notes[0].contains("more values than the header declares"))
  }

  /// Values may be laid out in any way where the number of lines is not that of rows; then more of them is an error.
  @Test func moreValuesThanDeclaredAreRefusedWhereRowsAreNotLines() throws {
    let spread = rows("", "").replacing("0 1 0\n", with: "0\n1 0\n")
    #expect(try Self.read(spread).surface == Self.read(rows("", "")).surface)
    let long = rows(" 0.5", "").replacing("0 1 0 0.5\n", with: "0\n1 0 0.5\n")
    #expect(throws: MeshFileError.self) { try Self.read(long) }
  }

  @Test(arguments: Encoding.allCases)
  func aByteOrderMarkMayComeFirst(_ encoding: Encoding) throws {
    let bytes = Self.file(encoding)
    #expect(try Self.read([0xEF, 0xBB, 0xBF] + bytes).surface == Self.read(bytes).surface)
  }
}
