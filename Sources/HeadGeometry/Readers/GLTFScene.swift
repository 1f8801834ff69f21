// The surface of a glTF scene: the tree of nodes walked from its roots, every triangle of every mesh put in its place.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the walk collects.
private struct Collection {
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  /// Linear; as long as `positions` as soon as one primitive has colours.
  var colours: [SIMD3<Float>] = []
  /// Three per triangle; as long as needed for the last triangle with a picture.
  var uv: [SIMD2<Float>] = []
  var materialOfTriangle: [UInt16] = []
  /// Number of each pair of a document's material and whether there are vertex colours.
  var numbers: [Int: Int] = [:]
  var materials: [SurfaceColour.Material] = []
  var shelf = TextureShelf()
  /// The texture coordinates read last, by accessor: primitives often share them.
  var coordinates: (accessor: Int, items: [SIMD4<Float>])?
}

/// A material of the document, as far as it colours.
private struct BaseColour {
  var material: SurfaceColour.Material
  var coordinates = 0
  var transform: TextureTransform?
}

/// KHR_texture_transform: scale, turn (seen with v downwards), then move.
private struct TextureTransform {
  var offset = SIMD2<Float>.zero
  var sine: Float = 0
  var cosine: Float = 1
  var scale = SIMD2<Float>.one

  func callAsFunction(_ p: SIMD2<Float>) -> SIMD2<Float> {
    let q = p * scale
    return SIMD2(q.x * cosine + q.y * sine, q.y * cosine - q.x * sine) + offset
  }
}

extension GLTFDocument {
  /// The scene's surface with its colours.
  mutating func meshFile(_ format: MeshFile.Format, neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
    var collection = Collection()
    try walk { (document: inout GLTFDocument, mesh, transform) throws(MeshFileError) in
      try document.add(mesh: mesh, transform, to: &collection, neighbour: neighbour)
    }
    if collection.triangles.isEmpty {
      throw MeshFileError(file: json.name, message: "the scene has no triangles")
    }
    var file = MeshFile(
      format: format,
      surface: TriangleMesh(positions: collection.positions, triangles: collection.triangles, normals: []))
    file.notes = notes + collection.shelf.notes
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

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  // MARK: Meshes

  private mutating func add(
    mesh: Int, _ transform: GLTFTransform, to collection: inout Collection, neighbour: NeighbourFile
  ) throws(MeshFileError) {
    // Primitives often share their vertices: each pair of positions and colours is placed once.
    var bases: [SIMD2<Int>: Int] = [:]
    guard let list = json.member(meshes[mesh], "primitives") else { return }
    for (k, primitive) in json.items(list).enumerated() {
      let place = "meshes[\(mesh)].primitives[\(k)]"
      if let extensions = json.member(primitive, "extensions"),
        let name = json.keys(extensions).first(where: { $0.lowercased().contains("draco") })
      {
        throw error(
          place,
          "the triangles are compressed by the extension \(name.prefix(64)), which is not read; export the scan "
            + "without compression")
      }
      if json.member(primitive, "targets") != nil { note("morph targets are passed over") }
      let mode = try integer(primitive, "mode", place, 0...6, fallback: 4)
      if mode < 4 {
        note("points and lines are passed over")
        continue
      }
      guard let attributes = json.member(primitive, "attributes"),
        let position = try index(
          attributes, "POSITION", place + ".attributes", of: "accessors", count: accessors.count)
      else {
        note("triangles without positions are passed over")
        continue
      }
      let colour = try index(attributes, "COLOR_0", place + ".attributes", of: "accessors", count: accessors.count)
      let pair = SIMD2(position, colour ?? -1)
      let base: Int
      if let known = bases[pair] {
        base = known
      } else {
        base = try addVertices(position: position, colour: colour, transform, to: &collection)
        bases[pair] = base
      }
      let count = try self.accessor(position).count
      let corners = try self.corners(of: primitive, place, mode: mode, vertices: count)
      if corners.count > max(totalBytes, 64) - collection.triangles.count {
        throw error(
          place, "more triangles than the files have bytes (\(totalBytes)): the same mesh is repeated too often")
      }
      let base32 = UInt32(base)
      let mirrors = transform.mirrors
      for t in corners {
        collection.triangles.append((mirrors ? SIMD3(t.x, t.z, t.y) : t) &+ SIMD3(repeating: base32))
      }
      try addMaterial(
        of: primitive, place, attributes: attributes, hasColours: colour != nil, corners: corners, mirrors: mirrors,
        vertices: count, to: &collection, neighbour: neighbour)
    }
  }

  /// Adds the vertices of a primitive, in their place; gives the number of the first.
  private func addVertices(
    position: Int, colour: Int?, _ transform: GLTFTransform, to collection: inout Collection
  ) throws(MeshFileError) -> Int {
    let base = collection.positions.count
    let accessor = try accessor(position)
    if accessor.width != 3 || (accessor.component != .float && !isQuantized) {
      throw error(accessor.place, "positions must be VEC3 of type 5126")
    }
    if accessor.count > max(totalBytes, 64) - base {
      throw error(
        accessor.place, "more vertices than the files have bytes (\(totalBytes)): the same mesh is repeated too often")
    }
    let isMoved = transform != .identity
    collection.positions.reserveCapacity(base + accessor.count)
    for (i, p) in try vectors(accessor).enumerated() {
      let placed = isMoved ? transform(p) : SIMD3(p.x, p.y, p.z)
      try check(placed, named: json.name) { "\(accessor.place), item \(i)" }
      collection.positions.append(placed)
    }
    guard let colour else { return base }
    let colours = try self.accessor(colour)
    if colours.width < 3 || colours.component == .uint32 || (colours.component != .float && !colours.isNormalized) {
      throw error(colours.place, "colours must be VEC3 or VEC4 of type 5126, or normalised 5121 or 5123")
    }
    if colours.count != accessor.count {
      throw error(colours.place, "\(colours.count) colours for \(accessor.count) vertices")
    }
    while collection.colours.count < base { collection.colours.append(SIMD3(repeating: 1)) }
    for c in try vectors(colours) { collection.colours.append(SIMD3(unitRange(c.x), unitRange(c.y), unitRange(c.z))) }
    return base
  }

  /// The triangles of a primitive over its own vertices.
  private func corners(of primitive: Int, _ place: String, mode: Int, vertices: Int) throws(MeshFileError)
    -> [SIMD3<UInt32>]
  {
    var list: [UInt32]?
    if let number = try index(primitive, "indices", place, of: "accessors", count: accessors.count) {
      let indices = try self.indices(try accessor(number))
      for (k, i) in indices.enumerated() where Int(i) >= vertices {
        throw error(place + ".indices", "index \(i) at \(k) is out of range: 0 to \(vertices - 1)")
      }
      list = indices
    }
    let count = list?.count ?? vertices
    func corner(_ k: Int) -> UInt32 { list.map { $0[k] } ?? UInt32(k) }
    switch mode {
    case 4:
      if count % 3 != 0 { throw error(place, "\(count) corners are no whole number of triangles") }
      return (0..<count / 3).map { SIMD3(corner(3 * $0), corner(3 * $0 + 1), corner(3 * $0 + 2)) }
    case 5:
      // Every other triangle of a strip runs the other way round.
      return (0..<max(0, count - 2)).map { SIMD3(corner($0), corner($0 + 1 + $0 % 2), corner($0 + 2 - $0 % 2)) }
    default:
      return (0..<max(0, count - 2)).map { SIMD3(corner($0 + 1), corner($0 + 2), corner(0)) }
    }
  }

  // MARK: Colours

  private mutating func addMaterial(
    of primitive: Int, _ place: String, attributes: Int, hasColours: Bool, corners: [SIMD3<UInt32>], mirrors: Bool,
    vertices: Int, to collection: inout Collection, neighbour: NeighbourFile
  ) throws(MeshFileError) {
    let number = try index(primitive, "material", place, of: "materials", count: materials.count)
    var base = BaseColour(material: SurfaceColour.Material())
    if let number { base = try baseColour(number, &collection.shelf, neighbour: neighbour) }
    var uv: [SIMD4<Float>] = []
    if base.material.texture != nil {
      if let coordinates = try textureCoordinates(
        base.coordinates, attributes, place, vertices: vertices, &collection)
      {
        uv = coordinates
      } else {
        base.material.texture = nil
        note("a picture is left out where vertices have no texture coordinates")
      }
    }
    base.material.hasVertexColours = hasColours

    let key = 4 * (number ?? -1) + (hasColours ? 1 : 0) + (uv.isEmpty ? 0 : 2)
    let slot: Int
    if let known = collection.numbers[key] {
      slot = known
    } else {
      slot = collection.materials.count
      if slot >= Int(UInt16.max) { throw error(place, "more than \(UInt16.max) materials") }
      collection.numbers[key] = slot
      collection.materials.append(base.material)
    }
    for _ in corners { collection.materialOfTriangle.append(UInt16(slot)) }

    if uv.isEmpty { return }
    let before = 3 * (collection.triangles.count - corners.count)
    while collection.uv.count < before { collection.uv.append(.zero) }
    for t in corners {
      for k in mirrors ? [0, 2, 1] : [0, 1, 2] {
        let p = uv[Int(t[k])]
        let q = SIMD2(p.x, p.y)
        collection.uv.append(usable(base.transform?(q) ?? q))
      }
    }
  }

  private func textureCoordinates(
    _ set: Int, _ attributes: Int, _ place: String, vertices: Int, _ collection: inout Collection
  ) throws(MeshFileError) -> [SIMD4<Float>]? {
    let key: StaticString
    switch set {
    case 0: key = "TEXCOORD_0"
    case 1: key = "TEXCOORD_1"
    case 2: key = "TEXCOORD_2"
    case 3: key = "TEXCOORD_3"
    default: return nil
    }
    guard let number = try index(attributes, key, place + ".attributes", of: "accessors", count: accessors.count) else {
      return nil
    }
    let accessor = try accessor(number)
    if accessor.width != 2 { throw error(accessor.place, "texture coordinates must be VEC2") }
    if accessor.count != vertices {
      throw error(accessor.place, "\(accessor.count) texture coordinates for \(vertices) vertices")
    }
    if let last = collection.coordinates, last.accessor == number { return last.items }
    let items = try vectors(accessor)
    collection.coordinates = (number, items)
    return items
  }

  /// The base colour of a material: a factor and a picture. A factor alone is no record of a person's skin.
  private func baseColour(
    _ number: Int, _ shelf: inout TextureShelf, neighbour: NeighbourFile
  ) throws(MeshFileError) -> BaseColour {
    var base = BaseColour(material: SurfaceColour.Material())
    let place = "materials[\(number)].pbrMetallicRoughness"
    guard let rough = json.member(materials[number], "pbrMetallicRoughness") else { return base }
    if let factor = try numbers(rough, "baseColorFactor", place, count: 4) {
      base.material.factor = SIMD3(
        unitRange(Float(factor[0])), unitRange(Float(factor[1])), unitRange(Float(factor[2])))
    }
    guard let info = json.member(rough, "baseColorTexture") else { return base }
    let infoPlace = place + ".baseColorTexture"
    guard let texture = try index(info, "index", infoPlace, of: "textures", count: textures.count) else {
      throw error(infoPlace, "'index' is missing")
    }
    base.coordinates = try integer(info, "texCoord", infoPlace, 0...Int.max, fallback: 0)
    if let extensions = json.member(info, "extensions"), let turn = json.member(extensions, "KHR_texture_transform") {
      base.transform = try textureTransform(turn, infoPlace + ".extensions.KHR_texture_transform")
      base.coordinates = try integer(turn, "texCoord", infoPlace, 0...Int.max, fallback: base.coordinates)
    }
    let texturePlace = "textures[\(texture)]"
    if let sampler = try index(
      textures[texture], "sampler", texturePlace, of: "samplers", count: samplers.count)
    {
      base.material.wrapU = try wrap(samplers[sampler], "wrapS", "samplers[\(sampler)]")
      base.material.wrapV = try wrap(samplers[sampler], "wrapT", "samplers[\(sampler)]")
    }
    guard let image = try index(textures[texture], "source", texturePlace, of: "images", count: images.count) else {
      shelf.note("\(texturePlace) has no PNG picture and is left out")
      return base
    }
    base.material.texture = try picture(image, &shelf, neighbour: neighbour)
    return base
  }

  private func textureTransform(_ node: Int, _ place: String) throws(MeshFileError) -> TextureTransform {
    var transform = TextureTransform()
    if let v = try numbers(node, "offset", place, count: 2) { transform.offset = SIMD2(Float(v[0]), Float(v[1])) }
    if let v = try numbers(node, "scale", place, count: 2) { transform.scale = SIMD2(Float(v[0]), Float(v[1])) }
    if let angle = json.member(node, "rotation").flatMap({ json.number($0) }), abs(angle) < 1e6 {
      (transform.sine, transform.cosine) = (Float(sin(angle)), Float(cos(angle)))
    }
    return transform
  }

  private func wrap(_ sampler: Int, _ key: StaticString, _ place: String) throws(MeshFileError) -> SurfaceColour.Wrap {
    switch try integer(sampler, key, place, 0...Int.max, fallback: 10497) {
    case 10497: return .repeat
    case 33071: return .clamp
    case 33648: return .mirror
    default: throw error("\(place).\(key)", "it must be 10497, 33071 or 33648")
    }
  }

  /// The number of an image on the shelf, or `nil`, with a note, if it is no PNG.
  private func picture(_ number: Int, _ shelf: inout TextureShelf, neighbour: NeighbourFile) throws(MeshFileError)
    -> Int?
  {
    let node = images[number]
    let place = "images[\(number)]"
    if let uri = json.member(node, "uri") {
      switch MeshURI(try bytes(uri, place + ".uri")) {
      case .problem(let problem): throw error(place + ".uri", problem)
      case .neighbour(let name): return try shelf.number(of: name, read: neighbour)
      case .base64(let start):
        return try shelf.number(of: place) { (_) throws(MeshFileError) in
          try base64(uri, from: start, place + ".uri")
        }
      }
    }
    guard let view = try index(node, "bufferView", place, of: "buffer views", count: bufferViews.count) else {
      throw error(place, "'uri' or 'bufferView' is missing")
    }
    return try shelf.number(of: place) { (_) throws(MeshFileError) in
      let (buffer, range) = try range(ofView: view)
      return Array(buffers[buffer].bytes[range])
    }
  }
}
