import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

struct ScanFindingTests {
  @Test func aHoleInTheScalpThatStaysOpenIsReported() throws {
    let head = try SimpleHead.get()
    var scan = MessyScan(head, Mess.all[0])
    let clean = try prepareScan(scan.mesh, landmarks: scan.landmarks)
    #expect(clean.head.findings.isEmpty)
    let places = scan.mesh.positions.map { scan.back($0) }
    let crown = SIMD3<Float>(0, 125, -45)
    scan.mesh.triangles.removeAll { t in length(places[Int(t.x)] - crown) < 78 }
    let open = try prepareScan(scan.mesh, landmarks: scan.landmarks)
    let found = try #require(open.head.findings.first)
    #expect(found.rule == .hole && found.isError && found.measured > 400 && found.advised == 400)
    #expect(found.subject.contains("up ") || found.subject.contains("above the tragions"))
  }
}
