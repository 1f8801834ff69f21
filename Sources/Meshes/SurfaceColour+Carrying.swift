// Colours through repair: every corner of the repaired mesh knows the corner of the file that it came from. What repair
// made anew takes the colours next to it.

extension SurfaceColour {
  /// The colours of a mesh that was made from the one these colours belong to.
  ///
  /// - Parameters:
  ///   - original: the triangles that these colours belong to.
  ///   - mesh: the mesh that is to be coloured.
  ///   - cornerSources: for each corner of each of its triangles `3 * triangle + corner` of the original, -1 for a
  ///     corner that is new.
  ///   - first: the first of the triangles that were not scanned, if any: they come last, and take over colours smoothly.
  public func carried(
    from original: TriangleMesh, to mesh: TriangleMesh, cornerSources: [SIMD3<Int32>], continuedFrom first: Int? = nil
  ) -> SurfaceColour {
    var sources = cornerSources
    spread(&sources, over: mesh, upTo: first ?? mesh.triangles.count)
    var result = SurfaceColour(materials: materials, textures: textures)
    result.continued = first.map { Continued(mesh, first: $0) }
    if !vertexColours.isEmpty {
      var sums = [SIMD4<Float>](repeating: .zero, count: mesh.positions.count)
      for (t, s) in zip(mesh.triangles, sources) {
        for k in 0..<3 where s[k] >= 0 {
          let vertex = original.triangles[Int(s[k]) / 3][Int(s[k]) % 3]
          sums[Int(t[k])] += SIMD4(vertexColours[Int(vertex)], 1)
        }
      }
      result.vertexColours = sums.map { $0.w > 0 ? SIMD3($0.x, $0.y, $0.z) / $0.w : SIMD3(repeating: 1) }
    }
    if !materialOfTriangle.isEmpty {
      result.materialOfTriangle = sources.map { $0.x < 0 ? 0 : materialOfTriangle[Int($0.x) / 3] }
    }
    if !textureCoordinates.isEmpty {
      result.textureCoordinates.reserveCapacity(3 * mesh.triangles.count)
      for s in sources {
        // Corners on different islands of a picture have nothing in common: then one stands for all.
        let one = isOnePiece(s) ? s : SIMD3(repeating: s.x)
        for k in 0..<3 { result.textureCoordinates.append(one[k] < 0 ? .zero : textureCoordinates[Int(one[k])]) }
      }
    }
    return result
  }

  /// Whether three corners of the original lie close together in one picture.
  private func isOnePiece(_ s: SIMD3<Int32>) -> Bool {
    if s.min() < 0 { return false }
    let (a, b, c) = (Int(s.x), Int(s.y), Int(s.z))
    if a / 3 == b / 3 && b / 3 == c / 3 { return true }
    if material(of: a / 3) != material(of: b / 3) || material(of: b / 3) != material(of: c / 3) { return false }
    let (p, q, r) = (textureCoordinates[a], textureCoordinates[b], textureCoordinates[c])
    // Neighbouring triangles of a scan are far smaller than a twentieth of its picture.
    return max(abs(p.x - q.x), abs(q.x - r.x), abs(r.x - p.x)) < 0.05
      && max(abs(p.y - q.y), abs(q.y - r.y), abs(r.y - p.y)) < 0.05
  }

  /// Gives new corners the source of a known corner at the same vertex, or of the nearest vertex that has one.
  private func spread(_ sources: inout [SIMD3<Int32>], over mesh: TriangleMesh, upTo end: Int) {
    if !sources[..<end].contains(where: { $0.min() < 0 }) { return }
    var atVertex = [Int32](repeating: -1, count: mesh.positions.count)
    for (t, s) in zip(mesh.triangles, sources) {
      for k in 0..<3 where s[k] >= 0 && atVertex[Int(t[k])] < 0 { atVertex[Int(t[k])] = s[k] }
    }
    // Rings of vertices, from the rim of what is new inwards
    var open = (0..<end).filter { sources[$0].min() < 0 }
    let new = open
    while true {
      var found: [(vertex: Int, source: Int32)] = []
      open.removeAll { i in
        let t = mesh.triangles[i]
        let known = SIMD3(atVertex[Int(t.x)], atVertex[Int(t.y)], atVertex[Int(t.z)])
        if known.max() < 0 { return false }
        for k in 0..<3 where known[k] < 0 { found.append((Int(t[k]), known.max())) }
        return true
      }
      if found.isEmpty { break }
      for (vertex, source) in found where atVertex[vertex] < 0 { atVertex[vertex] = source }
    }
    for i in new {
      let t = mesh.triangles[i]
      for k in 0..<3 where sources[i][k] < 0 { sources[i][k] = atVertex[Int(t[k])] }
    }
  }
}

extension SurfaceColour.Continued {
  init(_ mesh: TriangleMesh, first: Int) {
    self.first = first
    triangles = Array(mesh.triangles[first...])
    var isNew = [Bool](repeating: false, count: mesh.positions.count)
    for t in triangles { for k in 0..<3 { isNew[Int(t[k])] = true } }
    rim = []
    for (i, t) in mesh.triangles[..<first].enumerated() {
      for k in 0..<3 where isNew[Int(t[k])] { rim.append(Corner(vertex: t[k], corner: Int32(3 * i + k))) }
    }
  }
}
