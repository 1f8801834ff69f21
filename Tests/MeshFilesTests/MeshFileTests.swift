import MeshFiles
import Meshes
import TestSupport
import Testing

/// The door, and the colours of OBJ.
struct MeshFileTests {
  static func read(_ bytes: [UInt8], _ name: String, _ files: [String: [UInt8]] = [:]) throws -> MeshFile {
    try readMesh(bytes, named: name, neighbour: MeshBytes.neighbours(files))
  }

  static let obj = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n"

  @Test(arguments: ["a", "a.obj", "a.ply", "a.glb", "a.stl", "a.png"])
  func contentCountsMoreThanTheName(_ name: String) throws {
    #expect(try Self.read(STLReaderTests.binary(), name).format == .binarySTL)
    #expect(try Self.read(Array(STLReaderTests.text.utf8), name).format == .asciiSTL)
    #expect(try Self.read(PLYReaderTests.file(.big), name).format == .bigEndianPLY)
    #expect(try Self.read(GLTFParts.tetrahedron().glb, name).format == .glb)
    #expect(try Self.read(Array(Self.obj.utf8), name).format == .obj)
    #expect(try Self.read(Array(GLTFParts.tetrahedron().gltf.utf8), name).format == .gltf)
  }

  @Test func meshesAreKnownByTheirFirstBytes() {
    #expect(looksLikeMesh(GLTFParts.tetrahedron().glb) && looksLikeMesh(STLReaderTests.binary()))
    #expect(looksLikeMesh(PLYReaderTests.file(.ascii)) && looksLikeMesh(Array(STLReaderTests.text.utf8)))
    #expect(looksLikeMesh(Array(("# made by hand\n" + Self.obj).utf8)))
    #expect(looksLikeMesh(Array(GLTFParts.tetrahedron().gltf.utf8)))
    #expect(!looksLikeMesh(Array("schemaVersion: 1\n".utf8)) && !looksLikeMesh([]))
    #expect(!looksLikeMesh(Array("{\"schemaVersion\": 1}".utf8)) && !looksLikeMesh(Array("{".utf8)))
  }

  @Test(arguments: [
    ([UInt8](), "x: the file is empty; allowed are OBJ, PLY, STL, glTF and GLB"),
    ([1, 2, 0, 4], "x: not a mesh file that is known by its first bytes; allowed are OBJ, PLY, STL, glTF and GLB"),
  ])
  func otherFilesAreNamed(_ bytes: [UInt8], _ message: String) {
    let error = #expect(throws: MeshFileError.self) { try Self.read(bytes, "x") }
    #expect(error?.description == message)
  }

  @Test func objVertexColoursAreFractionsOrBytes() throws {
    let faces = "f 1 2 3\n"
    let half = try Self.read(Array(("v 0 0 0 1 0.5 0\nv 1 0 0 1 0.5 0\nv 0 1 0 1 0.5 0 1\n" + faces).utf8), "x")
    let colour = try #require(half.colour)
    #expect(colour.vertexColours.allSatisfy { $0.x == 1 && abs($0.y - 0.2140) < 1e-4 && $0.z == 0 })
    let bytes = try Self.read(Array(("v 0 0 0 255 128 0\nv 1 0 0 9 9 9\nv 0 1 0 1 0.5 0\n" + faces).utf8), "x")
    #expect(abs((bytes.colour?.vertexColours[0].y ?? 0) - 0.2159) < 1e-4)
    // A weight is no colour, and some coloured vertices are not enough.
    #expect(try Self.read(Array(("v 0 0 0 1\nv 1 0 0 1\nv 0 1 0 1\n" + faces).utf8), "x").colour == nil)
    let some = try Self.read(Array(("v 0 0 0 1 1 1\nv 1 0 0\nv 0 1 0\n" + faces).utf8), "x")
    #expect(some.colour == nil)
    #expect(some.notes == ["vertex colours are left out: only the first 1 of 3 vertices have one"])
  }

  @Test func objMaterialsBringPictures() throws {
    let text =
      "mtllib my head.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nvt 0 0\nvt 1 0 0\nvt 0.25 0.75\n"
      + "f 1 3 2\nusemtl skin \nf 1/1 2/2 4/3\nusemtl plain\nf 2/-3 3/-2 4/-1\nusemtl skin\nf 1//1 4/1/1 3/2\n"
    let mtl =
      "# made\nnewmtl skin\r\nKd 0.1 0.1 0.1\nmap_Kd -clamp on -o 0 0 -s 1 1 1 tex\\skin 1.png\nnewmtl plain\nKd 1 1 1\nnewmtl other\nmap_Kd other.png\n"
    let png = MeshBytes.pngHeader(width: 3, height: 2)
    let file = try Self.read(Array(text.utf8), "x.obj", ["my head.mtl": Array(mtl.utf8), "tex/skin 1.png": png])
    let colour = try #require(file.colour)
    #expect(colour.materialOfTriangle == [0, 1, 2, 1])
    #expect(colour.materials.map(\.texture) == [nil, 0, nil])
    #expect(colour.materials[1].wrapU == .clamp)
    #expect(colour.textures.map(\.name) == ["tex/skin 1.png"])
    #expect(Array(colour.textureCoordinates[3..<6]) == [SIMD2(0, 1), SIMD2(1, 1), SIMD2(0.25, 0.25)])
    #expect(Array(colour.textureCoordinates[9...]) == [SIMD2(0, 1), SIMD2(0, 1), SIMD2(1, 1)])
    #expect(file.notes.isEmpty)
  }

  @Test(arguments: [
    (
      "map_Kd C:\\me\\skin.png",
      "texture C:\\me\\skin.png is left out: only a file in the mesh's folder or below it is read"
    ),
    ("map_Kd ../skin.png", "texture ../skin.png is left out: it leaves the mesh's folder"),
    ("map_Kd http://a.b/skin.png", "texture http://a.b/skin.png is left out: nothing is fetched over a network"),
    ("map_Kd gone.png", "texture gone.png is missing beside the mesh and is left out"),
    (
      "map_Kd skin.jpg",
      "texture skin.jpg is a damaged JPEG picture and is left out: it does not say its size"
    ),
  ])
  func objPicturesThatCannotBeUsedAreSaid(_ line: String, _ note: String) throws {
    let text = "mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nusemtl m\nf 1/1 2/1 3/1\n"
    let file = try Self.read(
      Array(text.utf8), "x.obj", ["a.mtl": Array("newmtl m\n\(line)\n".utf8), "skin.jpg": [0xFF, 0xD8, 0xFF, 0xE1]])
    #expect(file.notes == [note])
    #expect(file.colour == nil)
    #expect(try Self.read(Array(text.utf8), "x.obj").notes == ["material file a.mtl is missing beside the mesh"])
  }

  @Test func objTextureIndicesAreChecked() {
    for (corner, message) in [
      ("3/3", "texture coordinate index 3 is out of range: 1 to 2, or -1 to -2"),
      ("3/-3", "texture coordinate index -3 is out of range: 1 to 2, or -1 to -2"),
      ("3/0", "texture coordinate index 0 is out of range: 1 to 2, or -1 to -2"),
    ] {
      let text = "v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 1\nf 1/1 2/2 \(corner)\n"
      let error = #expect(throws: MeshFileError.self) { try Self.read(Array(text.utf8), "x.obj") }
      #expect(error?.description == "x.obj:6:11: \(message)")
    }
  }

  @Test(arguments: [
    ("# a\nvertices 0 0 0\n", "it begins with '#'"),
    ("[]", "it begins with '[]'"), (" \n", "it holds only blanks"),
  ])
  func whatIsCalledGLTFAndIsNoneIsSaidToBeThat(_ text: String, _ found: String) {
    let error = #expect(throws: MeshFileError.self) { try readMesh(Array(text.utf8), named: "scan.gltf") }
    #expect(error?.description.hasPrefix("scan.gltf: not glTF: a glTF file is JSON and begins with '{'") == true)
    #expect(error?.description.contains(found) == true)
  }
}
