import MeshFiles
import Meshes
import TestSupport
import Testing

/// A glTF document put together from parts; each test changes what it is about.
struct GLTFParts {
  var data: [UInt8] = []
  var views: [String] = []
  var accessors: [String] = []
  var primitives: [String] = []
  var nodes = [#"{"mesh":0}"#]
  var more = ""
  var scene = #""scene":0,"scenes":[{"nodes":[0]}],"#
  var bufferURI: String?

  /// Adds bytes as a view of their own and says its number.
  mutating func view(_ bytes: [UInt8], stride: Int? = nil) -> Int {
    while data.count % 4 != 0 { data.append(0) }
    let extra = stride.map { #","byteStride":\#($0)"# } ?? ""
    views.append(#"{"buffer":0,"byteOffset":\#(data.count),"byteLength":\#(bytes.count)\#(extra)}"#)
    data += bytes
    return views.count - 1
  }

  mutating func accessor(
    view: Int?, type: Int, _ shape: String, count: Int, offset: Int = 0, _ more: String = ""
  ) -> Int {
    let source = view.map { #""bufferView":\#($0),"# } ?? ""
    accessors.append(
      #"{\#(source)"byteOffset":\#(offset),"componentType":\#(type),"type":"\#(shape)","count":\#(count)\#(more)}"#)
    return accessors.count - 1
  }

  mutating func floats(_ values: [SIMD3<Float>]) -> Int {
    let view = view(values.flatMap { MeshBytes.bytes($0) })
    return accessor(view: view, type: 5126, "VEC3", count: values.count)
  }

  var json: String {
    let uri = bufferURI.map { #","uri":"\#($0)""# } ?? ""
    return #"{"asset":{"version":"2.0"},"# + scene
      + #""nodes":[\#(nodes.joined(separator: ","))],"meshes":[{"primitives":[\#(primitives.joined(separator: ","))]}],"#
      + #""accessors":[\#(accessors.joined(separator: ","))],"bufferViews":[\#(views.joined(separator: ","))],"#
      + #"\#(more)"buffers":[{"byteLength":\#(data.count)\#(uri)}]}"#
  }

  var glb: [UInt8] { MeshBytes.glb(json, data) }

  /// The same as text, its data within.
  var gltf: String {
    var parts = self
    parts.bufferURI = "data:application/octet-stream;base64," + MeshBytes.base64(data)
    return parts.json
  }

  /// The tetrahedron with 16-bit indices.
  static func tetrahedron() -> GLTFParts {
    var parts = GLTFParts()
    let p = parts.floats(MeshBytes.positions)
    let view = parts.view(MeshBytes.triangles.flatMap { t in (0..<3).flatMap { MeshBytes.bytes(UInt16(t[$0])) } })
    let i = parts.accessor(view: view, type: 5123, "SCALAR", count: 12)
    parts.primitives = [#"{"attributes":{"POSITION":\#(p)},"indices":\#(i)}"#]
    return parts
  }
}

struct GLTFReaderTests {
  static func read(_ bytes: [UInt8], _ files: [String: [UInt8]] = [:]) throws -> MeshFile {
    try readMesh(bytes, named: "t.glb", neighbour: MeshBytes.neighbours(files))
  }

  static func message(_ bytes: [UInt8], _ files: [String: [UInt8]] = [:]) -> String? {
    #expect(throws: MeshFileError.self) { try read(bytes, files) }?.description
  }

  @Test func dataMayBeInTheFileBesideItOrInTheText() throws {
    var parts = GLTFParts.tetrahedron()
    let binary = try Self.read(parts.glb)
    #expect(binary.format == .glb)
    parts.bufferURI = "data:application/octet-stream;base64," + MeshBytes.base64(parts.data)
    let embedded = try Self.read(Array(parts.json.utf8))
    parts.bufferURI = "a%20folder/mesh.bin"
    let beside = try Self.read(Array(("\u{FEFF}" + parts.json).utf8), ["a folder/mesh.bin": parts.data + [9]])
    for file in [binary, embedded, beside] {
      #expect(file.surface.positions == MeshBytes.positions)
      #expect(file.surface.triangles == MeshBytes.triangles)
      #expect(file.colour == nil && file.notes.isEmpty)
    }
    #expect(embedded.format == .gltf)
  }

  @Test(arguments: [5121, 5123, 5125])
  func indicesOfEveryWidth(_ type: Int) throws {
    var parts = GLTFParts()
    let p = parts.floats(MeshBytes.positions)
    let list = MeshBytes.triangles.flatMap { t in (0..<3).map { t[$0] } }
    let bytes = list.flatMap { i in
      type == 5121 ? [UInt8(i)] : type == 5123 ? MeshBytes.bytes(UInt16(i)) : MeshBytes.bytes(i)
    }
    let i = parts.accessor(view: parts.view(bytes), type: type, "SCALAR", count: 12)
    parts.primitives = [#"{"attributes":{"POSITION":\#(p)},"indices":\#(i),"mode":4}"#]
    #expect(try Self.read(parts.glb).surface.triangles == MeshBytes.triangles)
  }

  @Test func stripsAndFansKeepTheirSide() throws {
    var parts = GLTFParts()
    let p = parts.floats((0..<5).map { SIMD3(Float($0), Float($0 % 2), 0) })
    parts.primitives = [#"{"attributes":{"POSITION":\#(p)},"mode":5}"#, #"{"attributes":{"POSITION":\#(p)},"mode":6}"#]
    let file = try Self.read(parts.glb)
    // Both primitives share their vertices.
    #expect(file.surface.positions.count == 5)
    #expect(
      file.surface.triangles == [
        SIMD3(0, 1, 2), SIMD3(1, 3, 2), SIMD3(2, 3, 4), SIMD3(1, 2, 0), SIMD3(2, 3, 0), SIMD3(3, 4, 0),
      ])
    parts.primitives.append(#"{"attributes":{"POSITION":\#(p)},"mode":1}"#)
    #expect(try Self.read(parts.glb).notes == ["points and lines are passed over"])
  }

  @Test func interleavedAttributesAreFound() throws {
    var parts = GLTFParts()
    var rows: [UInt8] = []
    for (i, p) in MeshBytes.positions.enumerated() {
      rows += MeshBytes.bytes(p) + [UInt8(51 * i), 255, 0, 7]
      rows += MeshBytes.bytes(UInt16(65535 / 4 * i)) + MeshBytes.bytes(UInt16(0))
    }
    let view = parts.view(rows, stride: 20)
    let p = parts.accessor(view: view, type: 5126, "VEC3", count: 4)
    let c = parts.accessor(view: view, type: 5121, "VEC4", count: 4, offset: 12, #","normalized":true"#)
    let uv = parts.accessor(view: view, type: 5123, "VEC2", count: 4, offset: 16, #","normalized":true"#)
    let image = parts.view(MeshBytes.pngHeader(width: 2, height: 3))
    parts.primitives = [
      #"{"attributes":{"POSITION":\#(p),"COLOR_0":\#(c),"TEXCOORD_0":\#(uv)},"mode":6,"material":0}"#
    ]
    parts.more =
      #""materials":[{"pbrMetallicRoughness":{"baseColorFactor":[0.5,1,1,1],"baseColorTexture":{"index":0}}}],"#
      + #""textures":[{"source":0,"sampler":0}],"samplers":[{"wrapS":33071,"wrapT":33648}],"#
      + #""images":[{"bufferView":\#(image),"mimeType":"image/png"}],"#
    let file = try Self.read(parts.glb)
    #expect(file.surface.positions == MeshBytes.positions)
    let colour = try #require(file.colour)
    // Vertex colours of glTF are linear.
    #expect(colour.vertexColours == (0..<4).map { SIMD3(Float(51 * $0) / 255, 1, 0) })
    #expect(
      colour.materials == [
        SurfaceColour.Material(
          texture: 0, factor: SIMD3(0.5, 1, 1), wrapU: .clamp, wrapV: .mirror, hasVertexColours: true)
      ])
    #expect(colour.textures.map(\.height) == [3])
    #expect(colour.textureCoordinates.count == 6)
    for (uv, corner) in zip(colour.textureCoordinates, [1, 2, 0, 2, 3, 0]) {
      #expect(uv == SIMD2(Float(65535 / 4 * corner) / 65535, 0))
    }
  }

  @Test func sparseItemsReplaceOthers() throws {
    var parts = GLTFParts.tetrahedron()
    let indices = parts.view([3])
    let values = parts.view(MeshBytes.bytes(SIMD3<Float>(0, 0, 5)))
    let sparse =
      #","sparse":{"count":1,"indices":{"bufferView":\#(indices),"componentType":5121},"values":{"bufferView":\#(values)}}"#
    parts.accessors[0].insert(contentsOf: sparse, at: parts.accessors[0].index(before: parts.accessors[0].endIndex))
    #expect(try Self.read(parts.glb).surface.positions[3] == SIMD3(0, 0, 5))
    // Without a view all other items are zero.
    parts.accessors[0] = #"{"componentType":5126,"type":"VEC3","count":4\#(sparse)}"#
    let file = try Self.read(parts.glb)
    #expect(file.surface.positions == [.zero, .zero, .zero, SIMD3(0, 0, 5)])
    parts.data[parts.data.count - 16] = 4
    #expect(Self.message(parts.glb) == "t.glb: accessors[0].sparse.indices: index 4 at 0 is out of range: 0 to 3")
  }

  @Test func nodesTurnScaleMoveAndMirror() throws {
    var parts = GLTFParts.tetrahedron()
    // Inner: x to y to z by 120 degrees, twice as large; outer: moved, then as a matrix mirrored in x.
    parts.nodes = [
      #"{"children":[1,3],"translation":[10,20,30]}"#, #"{"children":[2]}"#,
      #"{"mesh":0,"rotation":[0.5,0.5,0.5,0.5],"scale":[2,2,2]}"#,
      #"{"mesh":0,"matrix":[-1,0,0,0, 0,1,0,0, 0,0,1,0, 1,2,3,1]}"#,
    ]
    let file = try Self.read(parts.glb)
    let p = file.surface.positions
    #expect(p.count == 8)
    #expect(p[0] == SIMD3(10, 20, 30) && p[1] == SIMD3(10, 22, 30) && p[3] == SIMD3(12, 20, 30))
    #expect(p[4] == SIMD3(11, 22, 33) && p[5] == SIMD3(10, 22, 33))
    // A mirrored surface would be inside out.
    #expect(file.surface.triangles[4] == SIMD3(4, 5, 6))
    #expect(file.surface.repaired().mesh.invariants().isConsistentlyOriented)
    // Without scenes the roots are the nodes that are no child.
    parts.scene = ""
    #expect(try Self.read(parts.glb).surface.positions == p)
  }

  @Test func quantizedPositionsNeedTheirExtension() throws {
    var parts = GLTFParts()
    var bytes: [UInt8] = []
    for p in MeshBytes.positions {
      for k in 0..<3 { bytes += MeshBytes.bytes(Int16(p[k] * 32767)) }
      bytes += [0, 0]
    }
    let p = parts.accessor(view: parts.view(bytes, stride: 8), type: 5122, "VEC3", count: 4, #","normalized":true"#)
    parts.primitives = [#"{"attributes":{"POSITION":\#(p)},"mode":6}"#]
    #expect(Self.message(parts.glb) == "t.glb: accessors[0]: positions must be VEC3 of type 5126")
    parts.more = #""extensionsUsed":["KHR_mesh_quantization"],"extensionsRequired":["KHR_mesh_quantization"],"#
    #expect(try Self.read(parts.glb).surface.positions == MeshBytes.positions)
  }

  @Test func texturesTurnAndPicturesThatAreNoPNGAreLeftOut() throws {
    var parts = GLTFParts.tetrahedron()
    let uv = parts.accessor(
      view: parts.view([Float(0.5), 0.25, 1, 0, 0, 0, 0, 0].flatMap { MeshBytes.bytes($0) }), type: 5126, "VEC2",
      count: 4)
    parts.primitives[0] = #"{"attributes":{"POSITION":0,"TEXCOORD_1":\#(uv)},"indices":1,"material":0}"#
    parts.more =
      #""materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0,"extensions":{"KHR_texture_transform":"#
      + #"{"texCoord":1,"scale":[2,2],"rotation":1.5707963267948966,"offset":[0.125,0]}}}}}],"#
      + #""textures":[{"source":0}],"images":[{"uri":"skin.png"}],"#
    let file = try Self.read(parts.glb, ["skin.png": MeshBytes.pngHeader(width: 9, height: 9)])
    let colour = try #require(file.colour)
    // (0.5, 0.25) doubled is (1, 0.5); a quarter turn seen with v down takes it to (0.5, -1).
    #expect(abs(colour.textureCoordinates[0].x - 0.625) < 1e-6 && abs(colour.textureCoordinates[0].y + 1) < 1e-6)

    // A JPEG up to its frame header: 21 by 5 pixels.
    let frame: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, 8, 0, 5, 0, 21, 3, 1, 0x22, 0]
    let jpeg = try Self.read(parts.glb, ["skin.png": frame])
    #expect(jpeg.colour?.textures.map { [$0.width, $0.height] } == [[21, 5]])
    var inks = frame
    inks[17] = 4
    for (bytes, words) in [(inks, "printing inks (CMYK)"), (Array(frame[..<9]), "a damaged JPEG")] {
      let left = try Self.read(parts.glb, ["skin.png": bytes])
      #expect(left.colour == nil && left.notes.count == 1 && left.notes[0].contains(words))
    }
    let webp = try Self.read(parts.glb, ["skin.png": Array("RIFF0000WEBPVP8 ".utf8)])
    #expect(
      webp.notes == [
        "texture skin.png is a WebP picture and is left out; PNG and JPEG are read. "
          + "Convert it to one of them to keep its colours"
      ])
    // A file that needs WebP or KTX for its colours is read without them, and says so.
    for name in [
      "EXT_texture_webp", "KHR_texture_basisu", "KHR_materials_pbrSpecularGlossiness", "KHR_lights_punctual",
    ] {
      var needing = parts
      needing.more =
        #""extensionsRequired":["\#(name)"],"extensionsUsed":["\#(name)"],"#
        + parts.more.replacing(#"[{"source":0}]"#, with: #"[{"extensions":{"\#(name)":{"source":0}}}]"#)
      let read = try Self.read(needing.glb, [:])
      #expect(read.surface.triangles.count == file.surface.triangles.count && read.colour == nil)
      #expect(read.notes.contains("extensions passed over: \(name)"))
      #expect(read.notes.contains { $0.contains("no PNG or JPEG picture (\(name))") })
    }
    #expect(try Self.read(parts.glb).notes == ["texture skin.png is missing beside the mesh and is left out"])
    parts.more = parts.more.replacing(
      "skin.png", with: "data:image/png;base64," + MeshBytes.base64(MeshBytes.pngHeader(width: 4, height: 1)))
    #expect(try Self.read(parts.glb).colour?.textures.map(\.name) == ["images[0]"])
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var change: @Sendable (inout GLTFParts) -> Void
    var message: String
    var testDescription: String { message }

    init(_ message: String, _ change: @escaping @Sendable (inout GLTFParts) -> Void) {
      self.message = message
      self.change = change
    }
  }

  static let bad = [
    Bad(
      "extensionsRequired: the file needs the extension KHR_draco_mesh_compression, which is not read; export the scan without compression"
    ) {
      $0.more = #""extensionsRequired":["KHR_draco_mesh_compression"],"#
    },
    Bad(
      "extensionsRequired: the file needs the extension EXT_meshopt_compression, which is not read; export the scan without compression"
    ) {
      $0.more = #""extensionsRequired":["EXT_meshopt_compression"],"#
    },
    Bad("extensionsRequired: the file needs the extension ACME_teapot, which is not read") {
      $0.more = #""extensionsRequired":["ACME_teapot"],"#
    },
    Bad(
      "extensionsRequired: the file needs the extensions ACME_teapot, KHR_draco_mesh_compression, which are not read; export the scan without compression"
    ) {
      $0.more =
        #""extensionsRequired":["ACME_teapot","EXT_texture_webp","KHR_draco_mesh_compression","ACME_teapot"],"#
    },
    Bad(
      "meshes[0].primitives[0]: the triangles are compressed by the extension KHR_draco_mesh_compression, which is not read; export the scan without compression"
    ) {
      $0.primitives = [#"{"attributes":{"POSITION":0},"indices":1,"extensions":{"KHR_draco_mesh_compression":{}}}"#]
    },
    Bad("nodes[1].children[0]: node 0 is its own ancestor: the nodes form a circle") {
      $0.nodes = [#"{"children":[1]}"#, #"{"children":[0]}"#]
    },
    Bad("nodes[0].children[1]: node 0 is its own ancestor: the nodes form a circle") {
      $0.nodes = [#"{"children":[1,0]}"#, #"{"mesh":0}"#]
    },
    Bad("nodes: every node is a child: the nodes form a circle") {
      $0.scene = ""
      $0.nodes = [#"{"children":[1]}"#, #"{"children":[0]}"#]
    },
    Bad("nodes[2].children[0]: node 1 has two parents; nodes must form trees") {
      $0.nodes = [#"{"children":[1,2]}"#, #"{"mesh":0}"#, #"{"children":[1]}"#]
    },
    Bad("nodes[0].children[0]: 7 is not allowed: there are 1 nodes, counted from 0") {
      $0.nodes = [#"{"children":[7]}"#]
    },
    Bad("nodes[0].matrix: must be 16 finite numbers") { $0.nodes = [#"{"mesh":0,"matrix":[1,0,0]}"#] },
    Bad("nodes[0].scale: must be 3 finite numbers") { $0.nodes = [#"{"mesh":0,"scale":[1,1e999,1]}"#] },
    Bad("accessors[0], item 1: position (1e+09, 0.0, 0.0) is out of range: finite numbers from -1000000 to 1000000") {
      $0.nodes = [#"{"mesh":0,"scale":[1e9,1,1]}"#]
    },
    Bad("nodes[0].mesh: -1 is not allowed: there are 1 meshes, counted from 0") { $0.nodes = [#"{"mesh":-1}"#] },
    Bad(
      "accessors[0]: 2147483648 items of 12 bytes from byte 0 on, 12 apart, do not fit into bufferViews[0], which has 48 bytes"
    ) {
      $0.accessors[0] = $0.accessors[0].replacing(#""count":4"#, with: #""count":2147483648"#)
    },
    Bad("accessors[0].count: 2147483648 items without data in a file of 652 bytes: at most one per byte is read") {
      $0.accessors[0] = #"{"componentType":5126,"type":"VEC3","count":2147483648}"#
    },
    Bad("accessors[0].count: 0 is not allowed: it must be 1 to 4294967294") {
      $0.accessors[0] = $0.accessors[0].replacing(#""count":4"#, with: #""count":0"#)
    },
    Bad("accessors[0].count: 4.5 is not allowed: it must be 1 to 4294967294") {
      $0.accessors[0] = $0.accessors[0].replacing(#""count":4"#, with: #""count":4.5"#)
    },
    Bad("accessors[0].type: MAT4 is not allowed here: it must be SCALAR, VEC2, VEC3 or VEC4") {
      $0.accessors[0] = $0.accessors[0].replacing("VEC3", with: "MAT4")
    },
    Bad("accessors[0].componentType: 5124 is not allowed: it must be 5120, 5121, 5122, 5123, 5125 or 5126") {
      $0.accessors[0] = $0.accessors[0].replacing("5126", with: "5124")
    },
    Bad("bufferViews[0].byteStride: 8 is less than the 12 bytes of an item of accessors[0]") {
      $0.views[0] = $0.views[0].replacing(#""byteLength":48"#, with: #""byteLength":48,"byteStride":8"#)
    },
    Bad("bufferViews[0]: 9999 bytes from byte 0 on do not fit into buffers[0], which has 72 bytes") {
      $0.views[0] = $0.views[0].replacing(#""byteLength":48"#, with: #""byteLength":9999"#)
    },
    Bad("meshes[0].primitives[0].indices: index 4 at 1 is out of range: 0 to 3") { $0.data[50] = 4 },
    Bad("meshes[0].primitives[0].indices: 5 is not allowed: there are 2 accessors, counted from 0") {
      $0.primitives = [#"{"attributes":{"POSITION":0},"indices":5}"#]
    },
    Bad("meshes[0].primitives[0]: 4 corners are no whole number of triangles") {
      $0.primitives = [#"{"attributes":{"POSITION":0}}"#]
    },
    Bad("buffers[0].uri: 'http://example.org/a.bin' is refused: nothing is fetched over a network") {
      $0.bufferURI = "http://example.org/a.bin"
    },
    Bad("buffers[0].uri: '../a.bin' is refused: it leaves the mesh's folder") { $0.bufferURI = "../a.bin" },
    Bad("buffers[0].uri: 'a/../../b.bin' is refused: it leaves the mesh's folder") {
      $0.bufferURI = "a/%2E%2e/../b.bin"
    },
    Bad("buffers[0].uri: '/etc/passwd' is refused: only a file in the mesh's folder or below it is read") {
      $0.bufferURI = "/etc/passwd"
    },
    Bad("buffers[0].uri: 'file:///etc/passwd' is refused: only a file in the mesh's folder or below it is read") {
      $0.bufferURI = "file:///etc/passwd"
    },
    Bad(#"buffers[0].uri: 'C:\a.bin' is refused: only a file in the mesh's folder or below it is read"#) {
      $0.bufferURI = #"C:\\a.bin"#
    },
    Bad("buffers[0].uri: the file a.bin is missing beside the mesh") { $0.bufferURI = "a.bin" },
    Bad("buffers[0].uri: a data URI must hold base64") { $0.bufferURI = "data:text/plain,hello" },
    Bad("buffers[0].uri: character 3 of the base64 text is not allowed or the text is cut short") {
      $0.bufferURI = "data:;base64,AA!A"
    },
    Bad("buffers[0].byteLength: the document claims 72 bytes, but the buffer has 3") {
      $0.bufferURI = "data:;base64,AAAA"
    },
    Bad("images[0].uri: 'https://example.org/skin.png' is refused: nothing is fetched over a network") {
      let uv = $0.accessor(view: 0, type: 5126, "VEC2", count: 4)
      $0.primitives[0] = #"{"attributes":{"POSITION":0,"TEXCOORD_0":\#(uv)},"indices":1,"material":0}"#
      $0.more =
        #""materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}],"textures":[{"source":0}],"#
        + #""images":[{"uri":"https://example.org/skin.png"}],"#
    },
    Bad("accessors[2]: 4 colours for 3 vertices") {
      $0.accessors[0] = $0.accessors[0].replacing(#""count":4"#, with: #""count":3"#)
      let c = $0.accessor(view: 0, type: 5126, "VEC3", count: 4)
      $0.primitives = [#"{"attributes":{"POSITION":0,"COLOR_0":\#(c)}}"#]
    },
  ]

  @Test(arguments: bad)
  func badInputIsRefusedWithItsPlace(_ input: Bad) {
    var parts = GLTFParts.tetrahedron()
    input.change(&parts)
    // A size in a message depends on the length of the document, which tests need not know.
    let size = String(parts.glb.count)
    #expect(Self.message(parts.glb)?.replacing(size, with: "652") == "t.glb: " + input.message)
  }

  @Test func containersMustBeWhole() throws {
    let whole = GLTFParts.tetrahedron().glb
    for count in 4..<whole.count { _ = Self.message(Array(whole[..<count])) }
    #expect(
      Self.message(Array(whole.dropLast(8)))
        == "t.glb: byte 8: the header says that the file has \(whole.count) bytes, but it has \(whole.count - 8): it is cut short or damaged"
    )
    func changed(_ at: Int, _ value: UInt32) -> [UInt8] {
      var bytes = whole
      bytes.replaceSubrange(at..<at + 4, with: MeshBytes.bytes(value))
      return bytes
    }
    // What follows, or a header that counts wrongly, hides nothing of what is whole.
    let surface = try Self.read(whole).surface
    for (bytes, note) in [
      (
        whole + [UInt8](repeating: 0, count: 5),
        "the header says that the file has \(whole.count) bytes, but it has \(whole.count + 5): 5 bytes after its last part are passed over"
      ),
      (
        changed(8, UInt32(whole.count + 4)),
        "the header says that the file has \(whole.count + 4) bytes, but it has \(whole.count): its parts are whole and are read"
      ),
      (
        changed(8, 20),
        "the header says that the file has 20 bytes, but it has \(whole.count): its parts are whole and are read"
      ),
    ] {
      let file = try Self.read(bytes)
      #expect(file.surface == surface && file.notes == [note])
    }
    #expect(Self.message(changed(4, 1)) == "t.glb: byte 4: GLB version 1 is not read; allowed is 2")
    #expect(
      Self.message(changed(12, 0xFFFF_FFFF))
        == "t.glb: byte 12: a chunk of 4294967295 bytes does not fit into the \(whole.count - 20) bytes that are left")
    #expect(Self.message(changed(16, 5)) == "t.glb: byte 16: the first chunk of a GLB must be JSON")
  }

  @Test(arguments: [
    ("{\"asset\": {\"version\": \"2.0\"},\n  \"nodes\": [1, 2,,]}", "t.glb:2:18: found ',' where a value is expected"),
    ("{\"asset\": {\"version\": \"2.0\"}", "t.glb:1:29: the JSON ends where ',' or '}' is expected"),
    ("{\"asset\": {\"version\": \"2.0", "t.glb:1:23: the string that begins here has no end"),
    ("{asset: 1}", "t.glb:1:2: found 'a' where a name in quotes is expected"),
    ("{\"a\": 01}", "t.glb:1:7: a number begins with a needless zero"),
    ("{\"a\": tru}", "t.glb:1:7: found 't' where a value is expected"),
    ("{} {}", "t.glb:1:4: found '{' after the end of the JSON"),
    ("{\"a\": 1}", "t.glb: no glTF: a glTF file is a JSON object with a member 'asset'"),
    ("{\"asset\": {\"version\": \"1.0\"}}", "t.glb: asset.version: glTF version 1.0 is not read; allowed is 2.x"),
    ("{\"asset\": {\"version\": \"2.0\"}}", "t.glb: the scene has no triangles"),
  ])
  func jsonErrorsHaveLineAndColumn(_ text: String, _ message: String) {
    #expect(Self.message(Array(text.utf8)) == message)
  }

  @Test func deepNestingIsRefused() {
    let text = "{\"asset\": " + String(repeating: "[", count: 100_000)
    #expect(Self.message(Array(text.utf8)) == "t.glb:1:139: nested deeper than 128 levels")
  }

  /// A mesh listed by ever more nodes would grow without bound.
  @Test func repetitionIsBoundedByTheSizeOfTheFile() {
    var parts = GLTFParts.tetrahedron()
    let zeros = parts.accessor(view: nil, type: 5126, "VEC3", count: 600)
    parts.primitives = [#"{"attributes":{"POSITION":\#(zeros)}}"#]
    parts.nodes = (0..<8).map { _ in #"{"mesh":0}"# }
    parts.scene = ""
    let size = parts.glb.count
    #expect(
      Self.message(parts.glb)
        == "t.glb: accessors[2]: more vertices than the files have bytes (\(size)): the same mesh is repeated too often"
    )
  }

  @Test func escapesInNamesAreResolved() throws {
    var parts = GLTFParts.tetrahedron()
    parts.bufferURI = #"\u0061\/b\ud83d\ude00.bin"#
    let file = try Self.read(Array(parts.json.utf8), ["a/b😀.bin": parts.data])
    #expect(file.surface.triangles.count == 4)
  }
}
