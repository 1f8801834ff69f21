import MeshFiles
import TestSupport
import Testing

/// Files that are no mesh that is read: each is called what it is, with what to do about it.
struct OtherFormatsTests {
  static func message(_ bytes: [UInt8], _ name: String = "x") -> String? {
    do throws(MeshFileError) {
      _ = try readMesh(bytes, named: name)
      return nil
    } catch {
      return error.message
    }
  }

  /// An archive with empty files of these names: local headers, the directory, its end.
  static func zip(_ names: [String]) -> [UInt8] {
    func half(_ n: Int) -> [UInt8] { [UInt8(n & 255), UInt8(n >> 8 & 255)] }
    func word(_ n: Int) -> [UInt8] { half(n & 65535) + half(n >> 16) }
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for name in names {
      let text = Array(name.utf8)
      directory += Array("PK\u{01}\u{02}".utf8) + [UInt8](repeating: 0, count: 24) + half(text.count)
      directory += [UInt8](repeating: 0, count: 12) + word(bytes.count) + text
      bytes += Array("PK\u{03}\u{04}".utf8) + [UInt8](repeating: 0, count: 22) + half(text.count) + half(0) + text
    }
    let start = bytes.count
    bytes += directory + Array("PK\u{05}\u{06}".utf8) + [0, 0, 0, 0] + half(names.count) + half(names.count)
    return bytes + word(directory.count) + word(start) + half(0)
  }

  @Test(arguments: [
    ("OFF\n3 1 0\n", "an OFF file"), ("# made\n\nCOFF\r\n3 1 0\n", "an OFF file"), ("OFF BINARY\n\0\0", "an OFF file"),
    ("\u{FEFF}OFF\n3 1 0\n", "an OFF file"), ("#VRML V2.0 utf8\nShape {}", "a VRML file"),
    ("#VRML V1.0 ascii\n", "a VRML file"), ("#X3D V3.0 utf8\n", "an X3D file"),
    ("<?xml version=\"1.0\"?>\n<!-- a -->\n<X3D profile='Immersive'>", "an X3D file"),
    ("\u{FEFF}<?xml version=\"1.0\"?><COLLADA>", "a COLLADA file"), ("<VTKFile type=\"PolyData\">", "a VTK file"),
    ("<?xml version=\"1.0\"?><unknown/>", "an XML file"),
    ("# vtk DataFile Version 3.0\nhead\nBINARY\n\0", "a VTK file"),
    ("; FBX 7.4.0 project file\n", "an FBX file"), ("\n; a\nFBXHeaderExtension:  {\n", "an FBX file"),
    ("Kaydara FBX Binary  \0", "an FBX file"), ("#usda 1.0\n", "a USD file"), ("PXR-USDC\0", "a USD file"),
    ("Ogawa\u{7F}\0", "an Alembic file"), ("BLENDER-v302", "a Blender file"), ("DRACO\u{02}\u{02}", "a Draco file"),
    ("  0\nSECTION\n", "a DXF drawing"),
  ])
  func meshesOfOtherKindsAreNamedWithWhatToExport(_ text: String, _ what: String) {
    let said = Self.message(Array(text.utf8))
    #expect(
      said?.hasPrefix("this is \(what), which is not read here; export the scan as GLB, glTF, OBJ or PLY") == true)
    // Whatever it is called
    #expect(Self.message(Array(text.utf8), "x.obj") == said && Self.message(Array(text.utf8), "x.gltf") == said)
    #expect(unreadFormat(Array(text.utf8)) == said)
  }

  @Test(arguments: [
    ("ISO-10303-21;\nHEADER;", "a STEP file, which holds curved surfaces"),
    (String(repeating: " ", count: 72) + "S      1\n", "an IGES file, which holds curved surfaces"),
    ("# .PCD v.7\n", "a PCD point cloud, which holds no surface"), ("%PDF-1.4", "a PDF file, not a mesh"),
    ("<!DOCTYPE html><html>", "a web page, not a mesh: fetch the file itself again"),
    ("version https://git-lfs.github.com/spec/v1\n", "a pointer that Git LFS left in place of the file"),
  ])
  func whatHoldsNoMeshIsNamed(_ text: String, _ what: String) {
    let said = Self.message(Array(text.utf8))
    #expect(said?.hasPrefix("this is \(what)") == true)
    #expect(said?.contains("allowed are OBJ, PLY, STL, glTF and GLB") == true)
  }

  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG), not a mesh"), ([0xFF, 0xD8, 0xFF], "a picture (JPEG), not a mesh"),
      ([0x1F, 0x8B, 8], "a gzip archive, not a mesh; unpack it"),
      ([0xFF, 0xFE, 0x76, 0], "text in UTF-16; save it as UTF-8"),
      ([0x4D, 0x4D, 12, 0, 0, 0, 2, 0, 4, 0, 0, 0], "a 3D Studio file"),
      ([0x89, 0x48, 0x44, 0x46, 13, 10], "an HDF5 file (perhaps Alembic)"),
    ] as [([UInt8], String)])
  func binaryFilesAreNamed(_ bytes: [UInt8], _ what: String) {
    #expect(Self.message(bytes)?.hasPrefix("this is \(what)") == true)
  }

  @Test func archivesAreKnownByWhatIsInThem() {
    func what(_ names: [String]) -> String? { Self.message(Self.zip(names)) }
    #expect(what(["0/skin.png", "scan.usdc"])?.hasPrefix("this is a USDZ archive, which is not read here") == true)
    #expect(
      what(["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model"])?.hasPrefix("this is a 3MF archive") == true)
    #expect(
      what(["skin.jpg", "Head.OBJ"])?.hasPrefix(
        "this is a ZIP archive with head.obj in it, not a mesh; unpack it and name the mesh in it") == true)
    #expect(what(["[Content_Types].xml", "word/document.xml"])?.hasPrefix("this is an office document") == true)
    #expect(what(["a.txt"])?.hasPrefix("this is a ZIP archive (perhaps USDZ or 3MF)") == true)
    // Cut anywhere, and with places that lie
    let whole = Self.zip(["0/skin.png", "scan.usdc"])
    for count in 4..<whole.count { #expect(Self.message(Array(whole.prefix(count)))?.hasPrefix("this is a") == true) }
    for k in 4..<whole.count {
      var bytes = whole
      bytes[k] = 0xFF
      #expect(Self.message(bytes) != nil)
    }
  }

  @Test func theEndingTellsWhereTheBytesDoNot() {
    #expect(Self.message(Array("3 1 0\n0 0 0\n".utf8), "a.off")?.hasPrefix("this is an OFF file") == true)
    #expect(Self.message(Array("0.1 0.2 0.3\n".utf8), "a.xyz")?.hasPrefix("this is a list of points") == true)
    // What is an OBJ is read, however it is called.
    #expect(Self.message(Array(MeshFileTests.obj.utf8), "a.off") == nil)
    #expect(unreadFormat(Array(MeshFileTests.obj.utf8)) == nil && unreadFormat([]) == nil)
  }

  @Test func aByteOrderMarkIsPassedOverInText() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for (bytes, format) in [
      (Array(MeshFileTests.obj.utf8), MeshFile.Format.obj), (PLYReaderTests.file(.ascii), .asciiPLY),
      (PLYReaderTests.file(.little), .littleEndianPLY), (Array(STLReaderTests.text.utf8), .asciiSTL),
      (Array(GLTFParts.tetrahedron().gltf.utf8), .gltf),
    ] {
      let file = try readMesh(mark + bytes, named: "a")
      #expect(file.format == format)
      #expect(try file.surface == readMesh(bytes, named: "a").surface)
      #expect(looksLikeMesh(mark + bytes))
    }
  }
}
