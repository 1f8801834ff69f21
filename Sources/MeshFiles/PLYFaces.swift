// Faces of a PLY file: lists of any integer type, with texture coordinates of their own, and triangle strips.

extension PLYParser {
  mutating func readFaces(
    _ element: PLYHeader.Element, _ names: String..., count vertexCount: Int, strips: Bool = false, _ b: Span<UInt8>
  ) throws(MeshFileError) {
    if element.count == 0 { return }
    guard let list = element.properties.firstIndex(where: { names.contains($0.name) && $0.count != nil }) else {
      throw cursor.error(b, element.offset, "element \(element.name) has no list 'vertex_indices'")
    }
    if !element.properties[list].type.isInteger {
      throw cursor.error(b, element.properties[list].offset, "vertex indices must be integers")
    }
    let texture = strips ? nil : element.properties.firstIndex(where: { $0.name == "texcoord" && $0.count != nil })
    if element.properties.contains(where: { $0.name == "red" }) {
      notes.add("colours of faces are left out; colours of vertices are kept")
    }
    var corners: [UInt32] = []
    var uv: [Float] = []
    for _ in 0..<element.count {
      beginRow(b)
      for (k, property) in element.properties.enumerated() {
        if k == list {
          try readIndices(property, into: &corners, count: vertexCount, strips: strips, b)
        } else if k == texture {
          try readCoordinates(property, into: &uv, b)
        } else {
          try skip(property, b)
        }
      }
      endRow(b)
      if strips {
        addStrips(corners)
      } else if corners.count >= 3 {
        for k in 2..<corners.count { triangles.append(SIMD3(corners[0], corners[k - 1], corners[k])) }
        if texture != nil { addCorners(uv, corners: corners.count) }
      }
    }
  }

  private mutating func readIndices(
    _ property: PLYHeader.Property, into corners: inout [UInt32], count vertexCount: Int, strips: Bool, _ b: Span<UInt8>
  ) throws(MeshFileError) {
    corners.removeAll(keepingCapacity: true)
    let listAt = cursor.i
    let count = try listCount(property.count ?? .uint8, b)
    if header.encoding != .ascii && count > (b.count - cursor.i) / property.type.size {
      throw error(b, listAt, listTooLong(count, b))
    }
    for _ in 0..<count {
      let at = cursor.i
      let index = try value(property.type, b)
      if index >= 0 && index < Double(vertexCount) && index == index.rounded(.towardZero) {
        corners.append(UInt32(index))
      } else if strips && index == -1 {
        corners.append(.max)
      } else {
        let shown = Int(exactly: index).map(String.init) ?? "\(index)"
        throw error(b, at, "vertex index \(shown) is out of range: 0 to \(vertexCount - 1)")
      }
    }
  }

  private mutating func readCoordinates(_ property: PLYHeader.Property, into uv: inout [Float], _ b: Span<UInt8>)
    throws(MeshFileError)
  {
    uv.removeAll(keepingCapacity: true)
    let listAt = cursor.i
    let count = try listCount(property.count ?? .uint8, b)
    if header.encoding != .ascii && count > (b.count - cursor.i) / property.type.size {
      throw error(b, listAt, listTooLong(count, b))
    }
    for _ in 0..<count { uv.append(Float(try value(property.type, b))) }
  }

  /// The texture coordinates of a polygon's fan; zero where the list is too short.
  private mutating func addCorners(_ uv: [Float], corners: Int) {
    func corner(_ k: Int) -> SIMD2<Float> { 2 * k + 1 < uv.count ? SIMD2(uv[2 * k], uv[2 * k + 1]) : .zero }
    for k in 2..<corners { cornerUV += [corner(0), corner(k - 1), corner(k)] }
  }

  /// Strips end at -1; within a strip every other triangle runs the other way round.
  private mutating func addStrips(_ corners: [UInt32]) {
    var start = 0
    for (k, corner) in corners.enumerated() {
      if corner == .max {
        start = k + 1
      } else if k - start >= 2 {
        let (a, b) = (corners[k - 2], corners[k - 1])
        triangles.append((k - start) % 2 == 0 ? SIMD3(a, b, corner) : SIMD3(b, a, corner))
      }
    }
  }
}
