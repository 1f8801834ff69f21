import Files
import MeshFiles
import Meshes

/// Largest mesh file that is read, bytes.
let largestMesh = 1 << 30
/// Most triangles of a mesh.
let mostTriangles = 50_000_000

/// A mesh with its colours from an OBJ, PLY, STL, glTF or GLB file, in its own units and axes, not repaired.
///
/// Materials, textures and buffers that the file names are read beside it.
///
/// Throws `StippleError`: `noInput`; `data` with file and place; `limit` for a mesh of too many triangles.
public func loadMesh(_ path: String) throws(StippleError) -> MeshFile {
  try loadMesh(path) { _ in }
}

/// The same, showing `reading` the bytes of each file that belongs to the mesh, in the order in which they are read.
func loadMesh(_ path: String, reading: ([UInt8]) -> Void) throws(StippleError) -> MeshFile {
  let bytes = try readInput(path, limit: largestMesh)
  reading(bytes)
  let home = folder(of: path)
  let file: MeshFile
  do throws(MeshFileError) {
    file = try readMesh(bytes, named: path) { (name) throws(MeshFileError) in
      do throws(StippleError) {
        let bytes = try readInput(home.isEmpty ? name : home + "/" + name, limit: largestMesh)
        reading(bytes)
        return bytes
      } catch {
        if error.kind == .noInput { return nil }
        throw MeshFileError(file: path, message: error.message)
      }
    }
  } catch {
    throw StippleError(.data, error.description)
  }
  if file.surface.triangles.count > mostTriangles {
    throw StippleError(
      .limit, "\(path) has \(file.surface.triangles.count) triangles; at most \(mostTriangles) are read")
  }
  return file
}
