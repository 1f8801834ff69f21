import Foundation
import ScalpGeometry
import Testing
import TreatmentDesign

@testable import Stipple

/// Messages name what is wrong, not the step that noticed.
@Suite struct RightCauseTests {
  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StippleError)?.message
    }
  }

  @Test func whatIsNoDesignIsCalledWhatItIs() throws {
    let scratch = try Scratch()
    for (name, text, what) in [
      ("scan.off", "OFF\n3 1 0\n0 0 0\n", "this is an OFF file"),
      ("scan.wrl", "#VRML V2.0 utf8\n", "this is a VRML file"),
      ("scan.yaml", "<?xml version=\"1.0\"?><X3D>", "this is an X3D file"),
      ("scan", "#usda 1.0\n", "this is a USD file"),
      ("scan.obj", "# vtk DataFile Version 3.0\n", "this is a VTK file"),
    ] {
      let file = try scratch.write(text, name)
      for said in [
        message { _ = try describe(file) }, message { _ = try writeLandmarkSheet(of: file, to: file + ".png") },
        message { _ = try OpenedDesign(file) },
      ] {
        #expect(said?.contains(what) == true, "\(said ?? "")")
        #expect(said?.contains("allowed are OBJ, PLY, STL, glTF and GLB") == true)
      }
    }
  }

  @Test func contentCountsMoreThanTheName() throws {
    let scratch = try Scratch()
    let obj = "v 0 0 0\nv 9 0 0\nv 0 9 0\nv 0 0 9\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n"
    let design = "# mine\nschemaVersion: 1\nlayers: [{zone: {area: scalp, density: 20}}]\nhair: {density: 30}\n"
    for name in ["a.obj", "a.yaml", "a.json", "a.gltf", "a.stl", "a"] {
      #expect(try describe(scratch.write(obj, "mesh-" + name)).title == "Mesh", "\(name)")
      #expect(try describe(scratch.write(design, "design-" + name)).title == "Design", "\(name)")
    }
    let mesh = try scratch.write(obj, "scan.yaml")
    #expect(message { _ = try OpenedDesign(mesh) }?.contains("is a mesh, not a design") == true)
    let large = try scratch.write(obj + String(repeating: "# filled\n", count: 120_000), "large.obj")
    #expect(message { _ = try OpenedDesign(large) }?.contains("is a mesh, not a design") == true)
  }

  @Test func exchangedSidesAreCalledThat() throws {
    let scratch = try Scratch()
    let head = try coarseHead.get()
    var text = ""
    for p in head.mesh.positions { text += "v \(p.x) \(p.y) \(p.z)\n" }
    for t in head.mesh.triangles { text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n" }
    _ = try scratch.write(text, "scan.obj")
    func place(_ p: SIMD3<Float>) -> String { "[\(p.x), \(p.y), \(p.z)]" }
    func design(left: SIMD3<Float>, right: SIMD3<Float>) throws -> String {
      try scratch.write(
        """
        schemaVersion: 1
        head:
          scan: scan.obj
          landmarks:
            glabella: \(place(head.landmarks.glabella))
            rightTragion: \(place(right))
            leftTragion: \(place(left))
        layers: [{zone: {area: scalp, density: 20}}]
        """, "design.yaml")
    }
    let l = head.landmarks
    let said = message { _ = try OpenedDesign(design(left: l.rightTragion, right: l.leftTragion)).head() }
    #expect(said?.contains("design.yaml:7:5: scan.obj: left and right are exchanged") == true, "\(said ?? "")")
    #expect(message { _ = try OpenedDesign(design(left: l.leftTragion, right: l.rightTragion)).head() } == nil)
    let other = message { _ = try OpenedDesign(design(left: l.rightTragion, right: l.rightTragion + 1)).head() }
    #expect(other?.contains("exchanged") == false)
  }
}
