// PLY (Turk. The PLY polygon file format. 1994), text or binary of either byte order: what becomes of the elements that
// PLYParser reads.

import Meshes

/// Reads a PLY file: vertices with colours and texture coordinates, faces with lists of any integer type and texture
/// coordinates of their own, triangle strips; other properties and elements are passed over.
func readPLY(_ bytes: [UInt8], named name: String, neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
  let header = try PLYHeader(bytes.span, named: name)
  var parser = PLYParser(header, named: name)
  var problem: MeshFileError?
  do {
    try parser.parse(bytes.span)
  } catch {
    problem = error
  }
  if header.encoding == .ascii, problem != nil || !parser.isAtEnd(bytes.span), parser.hasALinePerRow(bytes.span) {
    // MeshLab writes rows with more values than it declares: where each row is a line, they can be told apart
    var byLine = PLYParser(header, named: name, isByLine: true)
    if (try? byLine.parse(bytes.span)) != nil { return try byLine.finish(neighbour: neighbour) }
  }
  if let problem { throw problem }
  return try parser.finish(neighbour: neighbour)
}

extension PLYParser {
  func finish(neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
    let format: MeshFile.Format =
      switch header.encoding {
      case .ascii: .asciiPLY
      case .little: .littleEndianPLY
      case .big: .bigEndianPLY
      }
    var file = MeshFile(format: format, positions: positions, triangles: triangles)
    var colour = SurfaceColour()
    if !colours.isEmpty {
      colour.vertexColours = linearVertexColours(colours)
      colour.materials[0].hasVertexColours = true
    }
    let hasCorners = cornerUV.count == 3 * triangles.count
    var notes = notes
    if let name = header.textureFile, hasCorners || !vertexUV.isEmpty {
      var shelf = TextureShelf()
      if let problem = neighbourProblem(name) {
        shelf.note("texture \(name) is left out: \(problem)")
      } else if let number = try shelf.number(of: plainName(name), read: neighbour) {
        // A picture is finer than the colours of vertices.
        colour.materials = [SurfaceColour.Material(texture: number)]
        colour.textures = shelf.textures
        // v points up in PLY.
        colour.textureCoordinates =
          (hasCorners ? cornerUV : triangles.flatMap { t in (0..<3).map { vertexUV[Int(t[$0])] } })
          .map { usable(SIMD2($0.x, 1 - $0.y)) }
      }
      notes.add(shelf.notes)
    }
    file.notes = notes.sentences
    if colour.isColoured { file.colour = colour }
    return file
  }
}
