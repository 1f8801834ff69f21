// Wavefront OBJ: vertices, polygons, and what colours them: numbers after the coordinates, or pictures named in a
// material file. Everything else is passed over.
//
// The lines are read by OBJParser; here is what becomes of them.

import Meshes

/// Reads a Wavefront OBJ file: `v` and `f` lines, polygons as fans, negative indices, all four corner forms,
/// comments, line continuations, CRLF.
///
/// Coordinates are taken as they are (the format has no unit). Exact duplicates are welded and degenerate or
/// duplicate triangles dropped; `readOBJReportingRepairs` says how many.
/// - Parameter name: how the file is called in errors.
/// - Throws: `MeshFileError` with line and column.
public func readOBJ(_ bytes: Span<UInt8>, named name: String) throws(MeshFileError) -> TriangleMesh {
  try readOBJReportingRepairs(bytes, named: name).mesh
}

/// Reads a Wavefront OBJ file from an array of bytes.
public func readOBJ(_ bytes: [UInt8], named name: String) throws(MeshFileError) -> TriangleMesh {
  try readOBJReportingRepairs(bytes.span, named: name).mesh
}

/// Reads a Wavefront OBJ file and says what had to be repaired.
public func readOBJReportingRepairs(_ bytes: Span<UInt8>, named name: String) throws(MeshFileError)
  -> (mesh: TriangleMesh, repairs: MeshRepairReport)
{
  let raw = try readOBJFile(bytes, named: name, neighbour: { (_) throws(MeshFileError) in nil }).surface
  let (mesh, repairs) = raw.repaired()
  if mesh.triangles.isEmpty {
    throw MeshFileError(file: name, message: "no triangle with three different corners; a mesh needs at least one")
  }
  return (mesh, repairs)
}

/// Reads an OBJ file with the colours of its vertices and the pictures (PNG, JPEG) of its materials.
func readOBJFile(_ bytes: Span<UInt8>, named name: String, neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
  var parser = OBJParser(name: name)
  try parser.parse(bytes)
  return try parser.finish(neighbour: neighbour)
}

extension OBJParser {
  /// Puts the colours together: pictures of the materials that faces use, else the numbers after the coordinates.
  func finish(neighbour: NeighbourFile) throws(MeshFileError) -> MeshFile {
    var file = MeshFile(format: .obj, positions: positions, triangles: triangles)
    var colour = SurfaceColour(materialOfTriangle: materialOfTriangle)
    var notes = Notes()
    if !colours.isEmpty && colours.count < positions.count {
      notes.add(
        "vertex colours are left out: only the first \(colours.count) of \(positions.count) vertices have one")
    } else if !colours.isEmpty {
      colour.vertexColours = linearVertexColours(colours)
    }
    let hasVertexColours = !colour.vertexColours.isEmpty
    colour.materials = [SurfaceColour.Material](
      repeating: SurfaceColour.Material(hasVertexColours: hasVertexColours), count: max(1, materialNames.count))
    if !cornerCoordinates.isEmpty && !materialNames.isEmpty {
      try hang(&colour, &notes, neighbour: neighbour)
    }
    if !colour.textures.isEmpty {
      // Corners without a coordinate take the picture's corner; v points up in OBJ.
      colour.textureCoordinates.reserveCapacity(3 * triangles.count)
      for t in cornerCoordinates {
        for k in 0..<3 {
          let uv = t[k] == .max ? SIMD2(0, 0) : textureCoordinates[Int(t[k])]
          colour.textureCoordinates.append(usable(SIMD2(uv.x, 1 - uv.y)))
        }
      }
    }
    file.notes = notes.sentences
    if colour.isColoured { file.colour = colour }
    return file
  }

  /// Finds the pictures of the materials that faces use.
  private func hang(
    _ colour: inout SurfaceColour, _ notes: inout Notes, neighbour: NeighbourFile
  ) throws(MeshFileError) {
    var pictures: [String: MaterialPicture] = [:]
    // A file that is named again says nothing new
    var read: Set<String> = []
    for library in libraries where read.insert(plainName(library)).inserted {
      if let problem = neighbourProblem(library) {
        notes.add("material file \(library) is not read: \(problem)")
      } else if let bytes = try neighbour(library) {
        // A name with blanks stays one name; the first statement about a material counts.
        for (material, picture) in readMaterialLibrary(bytes.span) where pictures[material] == nil {
          pictures[material] = picture
        }
      } else {
        notes.add("material file \(library) is missing beside the mesh")
      }
    }
    var shelf = TextureShelf()
    for (index, name) in materialNames.enumerated() {
      guard let picture = pictures[name], !picture.file.isEmpty else { continue }
      let file = picture.file.replacing("\\", with: "/")
      if let problem = neighbourProblem(file) {
        shelf.note("texture \(picture.file) is left out: \(problem)")
        continue
      }
      guard let number = try shelf.number(of: plainName(file), read: neighbour) else { continue }
      // A picture is finer than the colours of vertices.
      colour.materials[index] = SurfaceColour.Material(texture: number)
      if picture.isClamped { (colour.materials[index].wrapU, colour.materials[index].wrapV) = (.clamp, .clamp) }
    }
    colour.textures = shelf.textures
    notes.add(shelf.notes)
  }
}
