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

  @Test func aScanOfLooseTrianglesIsSaidToBeThat() throws {
    let scan = MessyScan(try SimpleHead.get(), Mess.all[0])
    var positions: [SIMD3<Float>] = []
    for t in scan.mesh.triangles {
      let corners = (0..<3).map { scan.mesh.positions[Int(t[$0])] }
      let middle = (corners[0] + corners[1] + corners[2]) / 3
      positions += corners.map { middle + ($0 - middle) * 0.6 }
    }
    let triangles = scan.mesh.triangles.indices.map { UInt32(3 * $0) &+ SIMD3<UInt32>(0, 1, 2) }
    let error = #expect(throws: ScanError.self) {
      try prepareScan(TriangleMesh(positions: positions, triangles: triangles), landmarks: scan.landmarks)
    }
    #expect(error?.description.contains("are not joined") == true)
  }

  @Test func whatReachesOffTheSkinIsNamed() throws {
    var scan = MessyScan(try SimpleHead.get(), Mess.all[4])
    let clean = try Scalp(prepareScan(scan.mesh, landmarks: scan.landmarks).head).area
    scan.mesh.positions.append(.zero)
    let places = scan.mesh.positions.map { scan.back($0) }
    var count = 0
    for i in scan.mesh.triangles.indices where places[Int(scan.mesh.triangles[i].x)].y > 70 && i % 40 == 0 {
      scan.mesh.triangles[i].x = UInt32(scan.mesh.positions.count - 1)
      count += 1
    }
    let prepared = try prepareScan(scan.mesh, landmarks: scan.landmarks, origin: SIMD3(10, 0, 0))
    #expect(count > 5)
    #expect(prepared.notes.contains { $0.contains("reach far off the skin, most of them to (10, 0, 0)") })
    #expect(abs(try Scalp(prepared.head).area / clean - 1) < 0.01)
  }
}
