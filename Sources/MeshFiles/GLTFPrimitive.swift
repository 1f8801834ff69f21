// The primitives of a glTF mesh: their vertices put in place, their triangles from lists, strips and fans.

extension GLTFDocument {
  mutating func add(
    mesh: Int, _ transform: GLTFTransform, to collection: inout GLTFCollection, neighbour: NeighbourFile
  ) throws(MeshFileError) {
    // Primitives often share their vertices: each pair of positions and colours is placed once.
    var bases: [SIMD2<Int>: Int] = [:]
    // A mesh without triangles may be named by any number of nodes, and each time all of it is looked at
    collection.bytesWalked += json.length(of: meshes[mesh])
    if collection.bytesWalked > 16 * max(totalBytes, 1 << 16) {
      throw error("meshes[\(mesh)]", "the same mesh is repeated too often for files of \(totalBytes) bytes")
    }
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
      let count = try accessor(position).count
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
  private mutating func addVertices(
    position: Int, colour: Int?, _ transform: GLTFTransform, to collection: inout GLTFCollection
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
    for (i, p) in try vectors(accessor).enumerated() {
      if !isMoved {
        let here = SIMD3(p.x, p.y, p.z)
        try check(here, named: json.name) { "\(accessor.place), item \(i)" }
        collection.positions.append(here)
        continue
      }
      let there = transform(p)
      try check(SIMD3<Float>(there), named: json.name) { "\(accessor.place), item \(i)" }
      collection.positions.append(there)
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
  private mutating func corners(of primitive: Int, _ place: String, mode: Int, vertices: Int) throws(MeshFileError)
    -> [SIMD3<UInt32>]
  {
    var list: [UInt32]?
    if let number = try index(primitive, "indices", place, of: "accessors", count: accessors.count) {
      let accessor = try accessor(number)
      let indices = try self.indices(accessor)
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
}
