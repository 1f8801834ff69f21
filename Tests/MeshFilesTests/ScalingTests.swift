import MeshFiles
import TestSupport
import Testing

/// Nothing here grows as a square of its input.
@Suite(.serialized) struct ScalingTests {
  /// A file with very many of one thing, and its neighbours.
  enum Many: String, CaseIterable {
    case missingTextures
    case badNames
    case missingLibraries
    case oneLibraryNamedAgain
    case primitivesWithOneMaterial
    case nodesWithOneMesh

    func file(_ count: Int) -> (bytes: [UInt8], neighbours: [String: [UInt8]]) {
      let vertices = "v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\n"
      let face = "f 1/1 2/1 3/1\n"
      func each(_ text: (Int) -> String) -> String { (0..<count).map(text).joined() }
      switch self {
      case .missingTextures, .badNames:
        let name = self == .badNames ? "../" : ""
        let library = each { "newmtl m\($0)\nmap_Kd \(name)picture\($0).png\n" }
        let faces = each { "usemtl m\($0)\n" + face }
        return (Array(("mtllib a.mtl\n" + vertices + faces).utf8), ["a.mtl": Array(library.utf8)])
      case .missingLibraries:
        return (Array((each { "mtllib l\($0).mtl\n" } + vertices + "usemtl a\n" + face).utf8), [:])
      case .oneLibraryNamedAgain:
        let library = each { "newmtl m\($0)\nmap_Kd p.png\n" }
        let text = each { String(repeating: "./", count: $0 % 3) + "mtllib a.mtl\n" } + vertices + "usemtl a\n" + face
        return (Array(text.utf8), ["a.mtl": Array(library.utf8)])
      case .primitivesWithOneMaterial, .nodesWithOneMesh:
        // A picture in the document that every primitive names
        let picture = String(repeating: "A", count: 4 * count)
        let isNodes = self == .nodesWithOneMesh
        var parts = GLTFParts()
        let position = parts.floats([SIMD3(0, 0, 0), SIMD3(1, 0, 0), SIMD3(0, 1, 0)])
        let points = #"{"attributes":{"POSITION":\#(position)},"mode":0}"#
        let triangle = #"{"attributes":{"POSITION":\#(position),"TEXCOORD_0":\#(position)},"material":0}"#
        parts.primitives = isNodes ? [triangle, points] : [String](repeating: triangle, count: count)
        if isNodes {
          parts.nodes = [String](repeating: #"{"mesh":0}"#, count: count)
          parts.scene = ""
        }
        parts.more =
          #""materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0,"texCoord":1}}}],"#
          + #""textures":[{"source":0}],"images":[{"uri":"data:image/png;base64,\#(picture)"}],"#
        return (parts.glb, [:])
      }
    }
  }

  @Test(arguments: Many.allCases)
  func reading(_ many: Many) throws {
    func read(_ count: Int) -> () throws -> Void {
      let (bytes, files) = many.file(count)
      return {
        let file = try readMesh(bytes, named: "t", neighbour: MeshBytes.neighbours(files))
        // A person reads a few notes, not thousands
        #expect(file.notes.count <= 21)
      }
    }
    #expect(try growth(read(3000), read(30_000)) < mostGrowth)
  }

  @Test func notesSayHowManyThereAre() throws {
    let (bytes, files) = Many.missingTextures.file(100)
    let file = try readMesh(bytes, named: "t.obj", neighbour: MeshBytes.neighbours(files))
    #expect(file.notes.count == 21)
    #expect(file.notes.first == "texture picture0.png is missing beside the mesh and is left out")
    #expect(file.notes.last == "and 80 more notes of this kind")
  }
}
