// The body that libFuzzer calls with one input after another: reads it as the mesh format named by STIPPLE_FUZZ and
// checks what comes out. A trap, an overrun or a broken promise is a finding. Built by fuzz.sh together with the
// sources of MeshFiles.

import Meshes

#if canImport(Glibc)
  import Glibc
#endif

private let format = getenv("STIPPLE_FUZZ").map { String(cString: $0) } ?? ""

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: data, count: size))
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
    default: file = try readMesh(bytes, named: "x", neighbour: neighbour)
    }
    check(file)
  } catch {
    // A message is made without trapping, and says something.
    precondition(!error.description.isEmpty)
  }
  return 0
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
  let (repaired, _) = mesh.repaired()
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
  precondition(repaired.triangles.count <= mesh.triangles.count)
}
