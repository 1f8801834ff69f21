import Meshes
import ScalpGeometry

@testable import MeshFiles

/// Reads the input as the mesh format of that name and checks what comes out.
func fuzzMesh(_ input: [UInt8], format: String) {
  // What is no mesh is named by its content first.
  precondition(unreadFormat(input)?.isEmpty != true)
  var bytes = input
  let size = input.count
  // A neighbour of any name holds the end of the input, so that materials and buffers are fuzzed too.
  let tail = Array(bytes.suffix(min(size / 2, 512)))
  func neighbour(_ name: String) throws(MeshFileError) -> [UInt8]? { name.utf8.count % 3 == 0 ? nil : tail }
  do {
    let file: MeshFile
    switch format {
    case "obj": file = try readOBJFile(bytes.span, named: "x", neighbour: neighbour)
    case "ply": file = try readPLY(bytes, named: "x", neighbour: neighbour)
    case "stl": file = try readSTL(bytes.span, named: "x")
    case "gltf": file = try readGLTF(bytes, named: "x", neighbour: neighbour)
    case "glb":
      // The length in the header is set right: mutations would hardly ever pass that check.
      if size >= 12 { for k in 0..<4 { bytes[8 + k] = UInt8(truncatingIfNeeded: size >> (8 * k)) } }
      file = try readGLB(bytes, named: "x", neighbour: neighbour)
    default: fatalError("no mesh format")
    }
    check(file)
  } catch {
    // A message is made without trapping, and says something.
    precondition(!error.description.isEmpty)
  }
}

/// What every mesh that a reader accepts must hold.
private func check(_ file: MeshFile) {
  let mesh = file.surface
  precondition(!mesh.triangles.isEmpty)
  for t in mesh.triangles {
    for k in 0..<3 { precondition(Int(t[k]) < mesh.positions.count, "a corner without a vertex") }
  }
  for p in mesh.positions {
    precondition(abs(p.x) <= 1e6 && abs(p.y) <= 1e6 && abs(p.z) <= 1e6, "a position out of range")
  }
  // As every scan goes: its repair must end, and keep what it is told of.
  let repaired = repairScan(mesh)
  for t in repaired.mesh.triangles {
    for k in 0..<3 { precondition(Int(t[k]) < repaired.mesh.positions.count, "a corner without a vertex") }
  }
  precondition(repaired.cornerSources.count == repaired.mesh.triangles.count)
  // It is hardly ever a head, and must be told so.
  var landmarks = ScanLandmarks()
  (landmarks[.glabella], landmarks[.leftTragion], landmarks[.rightTragion]) = ([0, 30, 100], [72, 0, 0], [-72, 0, 0])
  do throws(ScanError) {
    let head = try prepareScan(mesh, landmarks: landmarks).head
    precondition(!head.mesh.triangles.isEmpty)
  } catch {
    precondition(!error.description.isEmpty)
  }
  guard let colour = file.colour else { return }
  precondition(colour.isColoured)
  precondition(colour.vertexColours.isEmpty || colour.vertexColours.count == mesh.positions.count)
  precondition(colour.textureCoordinates.isEmpty || colour.textureCoordinates.count == 3 * mesh.triangles.count)
  precondition(colour.materialOfTriangle.isEmpty || colour.materialOfTriangle.count == mesh.triangles.count)
  for i in mesh.triangles.indices { precondition(colour.material(of: i) < colour.materials.count) }
  for material in colour.materials {
    precondition(!material.hasVertexColours || !colour.vertexColours.isEmpty)
    if let texture = material.texture {
      precondition(texture < colour.textures.count && !colour.textureCoordinates.isEmpty)
    }
  }
  for c in colour.vertexColours { precondition(c.min() >= 0 && c.max() <= 1, "a colour out of range") }
  for uv in colour.textureCoordinates {
    precondition(abs(uv.x) <= 1e5 && abs(uv.y) <= 1e5, "a coordinate out of range")
  }
  let carried = colour.carried(from: mesh, to: repaired.mesh, cornerSources: repaired.cornerSources)
  precondition(carried.vertexColours.isEmpty || carried.vertexColours.count == repaired.mesh.positions.count)
}
