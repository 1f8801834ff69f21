// The surface of a glTF scene: the tree of nodes walked from its roots, every triangle of every mesh put in its place.

import Meshes

/// What the walk collects.
struct GLTFCollection {
  var positions = ExactPositions()
  var triangles: [SIMD3<UInt32>] = []
  /// Linear; as long as `positions` as soon as one primitive has colours.
  var colours: [SIMD3<Float>] = []
  /// Three per triangle; as long as needed for the last triangle with a picture.
  var uv: [SIMD2<Float>] = []
  var materialOfTriangle: [UInt16] = []
  /// Number of each pair of a document's material and whether there are vertex colours.
  var numbers: [Int: Int] = [:]
  var materials: [SurfaceColour.Material] = []
  /// What was read of each material.
  var baseColours: [Int: BaseColour] = [:]
  var shelf = TextureShelf()
  /// Bytes of JSON of the meshes that were added, each as often as it was added.
  var bytesWalked = 0
  /// The sparse texture coordinates read last, by accessor: primitives often share them.
  var coordinates: (accessor: Int, items: [SIMD4<Float>])?
}

extension GLTFDocument {
  /// The scene's surface with its colours.
  mutating func meshFile(_ format: MeshFile.Format, neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
    var collection = GLTFCollection()
    try walk { (document: inout GLTFDocument, mesh, transform) throws(MeshFileError) in
      try document.add(mesh: mesh, transform, to: &collection, neighbour: neighbour)
    }
    if collection.triangles.isEmpty {
      throw MeshFileError(file: json.name, message: "the scene has no triangles")
    }
    var file = MeshFile(format: format, positions: collection.positions, triangles: collection.triangles)
    notes.add(collection.shelf.notes)
    file.notes = notes.sentences
    var colour = SurfaceColour(materials: collection.materials, textures: collection.shelf.textures)
    if collection.materials.count > 1 { colour.materialOfTriangle = collection.materialOfTriangle }
    if collection.materials.contains(where: \.hasVertexColours) {
      colour.vertexColours = collection.colours
      colour.vertexColours += [SIMD3<Float>](
        repeating: SIMD3(repeating: 1), count: collection.positions.count - collection.colours.count)
    }
    if !colour.textures.isEmpty {
      colour.textureCoordinates = collection.uv
      colour.textureCoordinates += [SIMD2<Float>](
        repeating: .zero, count: 3 * collection.triangles.count - collection.uv.count)
    }
    if colour.isColoured { file.colour = colour }
    return file
  }

  /// Visits the mesh of every node of the scene, parents before children, in the document's order.
  private mutating func walk(
    _ visit: (inout GLTFDocument, Int, GLTFTransform) throws(MeshFileError) -> Void
  ) throws(MeshFileError) {
    var parent = [Int](repeating: -1, count: nodes.count)
    var visited = [Bool](repeating: false, count: nodes.count)
    var stack: [(node: Int, transform: GLTFTransform)] = []
    for root in try roots().reversed() { stack.append((root, .identity)) }
    while let (node, outer) = stack.popLast() {
      if visited[node] { throw error("nodes[\(node)]", "the node is listed twice; nodes must form trees") }
      visited[node] = true
      let transform = outer.after(try self.transform(ofNode: node))
      if let mesh = try index(nodes[node], "mesh", "nodes[\(node)]", of: "meshes", count: meshes.count) {
        if json.member(nodes[node], "skin") != nil { note("bones are passed over: the surface is shown at rest") }
        try visit(&self, mesh, transform)
      }
      guard let list = json.member(nodes[node], "children") else { continue }
      let children = json.items(list)
      for k in children.indices.reversed() {
        let place = "nodes[\(node)].children[\(k)]"
        let next = try index(at: children[k], place, of: "nodes", count: nodes.count)
        if visited[next] {
          var above = node
          while above != next && parent[above] >= 0 { above = parent[above] }
          throw error(
            place,
            above == next
              ? "node \(next) is its own ancestor: the nodes form a circle"
              : "node \(next) has two parents; nodes must form trees")
        }
        parent[next] = node
        stack.append((next, transform))
      }
    }
  }

  /// The root nodes of the scene that is shown; without scenes, all nodes that are no child.
  private func roots() throws(MeshFileError) -> [Int] {
    let scenes = json.member(0, "scenes").map { json.items($0) } ?? []
    if !scenes.isEmpty {
      let scene = try index(0, "scene", "document", of: "scenes", count: scenes.count) ?? 0
      let list = json.member(scenes[scene], "nodes").map { json.items($0) } ?? []
      var roots: [Int] = []
      for (k, item) in list.enumerated() {
        roots.append(try index(at: item, "scenes[\(scene)].nodes[\(k)]", of: "nodes", count: nodes.count))
      }
      return roots
    }
    var isChild = [Bool](repeating: false, count: nodes.count)
    for node in nodes {
      for child in json.member(node, "children").map({ json.items($0) }) ?? [] {
        if let value = json.integer(child), value >= 0, value < nodes.count { isChild[value] = true }
      }
    }
    let roots = nodes.indices.filter { !isChild[$0] }
    if roots.isEmpty && !nodes.isEmpty { throw error("nodes", "every node is a child: the nodes form a circle") }
    return roots
  }

  mutating func note(_ text: String) { notes.add(text) }
}
