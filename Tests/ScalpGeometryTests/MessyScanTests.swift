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
    let found = try prepareScan(scan.mesh, landmarks: scan.landmarks, millimetresPerUnit: mess.perUnit)
    #expect(abs(found.frame.millimetresPerUnit - (mess.perUnit ?? Double(mess.unit.millimetres))) < 1e-6)
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

  /// A scan without a unit is placed by what was measured on the person.
  @Test func aScanOfNoUnitIsScaledByATape() throws {
    let head = try SimpleHead.get()
    let mess = try #require(Mess.all.first { $0.perUnit != nil })
    let scan = MessyScan(head, mess)
    let between = length(head.landmarks.leftTragion - head.landmarks.rightTragion)
    let found = try prepareScan(
      scan.mesh, landmarks: scan.landmarks, measure: .tragionToTragion(Double(between)))
    #expect(abs(found.frame.millimetresPerUnit / 0.1173 - 1) < 1e-3)
    // Without either there is no telling.
    #expect(throws: ScanError.self) { try prepareScan(scan.mesh, landmarks: scan.landmarks) }
  }

  @Test func aMissingBackIsCompleted() throws {
    let head = try SimpleHead.get()
    let scan = MessyScan(head, Mess.partial)
    let template = try MannequinSamples.head(0)
    let found = try prepareScan(scan.mesh, landmarks: scan.landmarks, template: { template })
    let form = found.head.mesh.invariants()
    #expect(form.isManifold && form.isConsistentlyOriented && form.componentCount == 1)
    let completed = found.head.completed
    #expect(try #require(completed).share > 0.15)
    // What was scanned is where it was, the rest near where the whole head has it.
    let clean = BoundingVolumeHierarchy(head.mesh)
    #expect(largestGap(from: found.head.mesh, to: clean) { $0.z > -15 && $0.y > -60 } < Mess.tolerance)
    #expect(largestGap(from: found.head.mesh, to: clean) { $0.y > -40 } < 5)
  }

  @Test func exchangedSidesAreToldApart() throws {
    let scan = MessyScan(try SimpleHead.get(), Mess.exchanged)
    #expect(throws: ScanError.self) { try prepareScan(scan.mesh, landmarks: scan.landmarks) }
  }

  /// The area of a rough scan is that of its smoothed skin, and the roughness is said.
  @Test func roughnessIsMeasured() throws {
    let head = try SimpleHead.get()
    let scan = MessyScan(head, Mess.rough)
    let found = try prepareScan(scan.mesh, landmarks: scan.landmarks)
    #expect(found.head.findings.isEmpty == false || found.notes.isEmpty == false)
    let area = try Scalp(found.head).area / Scalp(head).area
    #expect(abs(area - 1) < 0.06, "\(area)")
  }
}
