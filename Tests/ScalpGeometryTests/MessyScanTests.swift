import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

struct MessyScanTests {
  @Test(arguments: Mess.all)
  func aMessyScanComesBack(_ mess: Mess) throws {
    let head = try SimpleHead.get()
    let scan = MessyScan(head, mess)
    let found = try prepareScan(scan.mesh, landmarks: scan.landmarks)
    #expect(abs(found.frame.millimetresPerUnit - Double(mess.unit.millimetres)) < 1e-6)
    let form = found.head.mesh.invariants()
    #expect(form.isManifold && form.isConsistentlyOriented && form.isFinite && form.isClosed)
    #expect(form.componentCount == 1 && form.eulerNumber == 2)
    let clean = BoundingVolumeHierarchy(head.mesh)
    #expect(largestGap(from: found.head.mesh, to: clean) < Mess.tolerance + mess.noise)
    #expect(largestGap(from: head.mesh, to: BoundingVolumeHierarchy(found.head.mesh)) < Mess.tolerance + mess.noise)
    #expect(found.report.filledHoles == mess.holes.count)
    #expect(found.report.degenerateTriangles == mess.degenerates)
    #expect(found.report.duplicateTriangles == mess.duplicates)
    // Hair may leave crumbs of its own.
    #expect(mess.cap > 0 || found.report.droppedParts == mess.crumbs + mess.fins)
    // Outward: the signed volume of a head is about 4 litres.
    var volume: Float = 0
    for t in found.head.mesh.triangles {
      let p = found.head.mesh.positions
      volume += dot(p[Int(t.x)], cross(p[Int(t.y)], p[Int(t.z)])) / 6
    }
    #expect(volume > 3e6 && volume < 6e6)
  }
}
