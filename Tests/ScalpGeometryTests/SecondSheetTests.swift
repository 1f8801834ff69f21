import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

/// A head with a second sheet, in the head frame.
private struct Doubled {
  let head: Head
  var mesh: TriangleMesh
  var landmarks = ScanLandmarks()

  init(_ head: Head) {
    self.head = head
    mesh = head.mesh
    landmarks[.glabella] = SIMD3<Double>(head.landmarks.glabella)
    landmarks[.leftTragion] = SIMD3<Double>(head.landmarks.leftTragion)
    landmarks[.rightTragion] = SIMD3<Double>(head.landmarks.rightTragion)
  }

  /// Adds the triangles that `isChosen` accepts by their first corner, moved along the normals.
  mutating func add(offset: Float, turned: Bool, where isChosen: (SIMD3<Float>) -> Bool = { _ in true }) {
    let base = UInt32(mesh.positions.count)
    let skin = head.mesh
    mesh.positions += zip(skin.positions, skin.normals).map { $0 + $1 * offset }
    for t in skin.triangles where isChosen(skin.positions[Int(t.x)]) {
      let u = t &+ SIMD3(repeating: base)
      mesh.triangles.append(turned ? SIMD3(u.x, u.z, u.y) : u)
    }
    mesh = TriangleMesh(positions: mesh.positions, triangles: mesh.triangles)
  }

  func prepared() throws -> PreparedScan { try prepareScan(mesh, landmarks: landmarks, millimetresPerUnit: 1) }
}

struct SecondSheetTests {
  /// How far the scalp's area may lie from the clean head's, as a share.
  static let tolerance: Float = 0.03

  private func areas(_ scan: Doubled) throws -> (found: Float, clean: Float) {
    (try Scalp(scan.prepared().head).area, try Scalp(Doubled(scan.head).prepared().head).area)
  }

  @Test(arguments: [-15, -6, -2.5, -1, 0.3] as [Float])
  func aSecondWallIsLeftOut(_ offset: Float) throws {
    var scan = Doubled(try SimpleHead.get())
    scan.add(offset: offset, turned: offset < 0)
    let prepared = try scan.prepared()
    #expect(prepared.notes.count == 1 && prepared.notes[0].contains("% of the triangles"))
    #expect(prepared.notes.first?.contains("50 %") == true)
    let (found, clean) = try areas(scan)
    #expect(abs(found / clean - 1) < Self.tolerance, "\(found) \(clean)")
  }

  @Test(arguments: [6, 12, 25] as [Float])
  func aCapOverTheScalpIsLeftOutAndNamed(_ offset: Float) throws {
    var scan = Doubled(try SimpleHead.get())
    scan.add(offset: offset, turned: false) { $0.y > 60 || ($0.z < -20 && $0.y > 10) }
    let prepared = try scan.prepared()
    let finding = try #require(prepared.head.findings.first)
    #expect(finding.rule == .sheets && abs(finding.measured - Double(offset)) < 2)
    #expect(prepared.head.findings.count == 1)
    let (found, clean) = try areas(scan)
    #expect(abs(found / clean - 1) < Self.tolerance)
  }

  @Test func aWallThatHangsTogetherWithTheSkinIsLeftOut() throws {
    var scan = Doubled(try SimpleHead.get())
    let n = UInt32(scan.mesh.positions.count)
    scan.add(offset: -5, turned: true)
    // Open both at the neck and join the rims.
    let low = scan.head.mesh.positions.map(\.y).min() ?? 0
    let positions = scan.mesh.positions
    scan.mesh.triangles.removeAll { t in
      (0..<3).contains { positions[Int(t[$0] % n)].y < low + 25 }
    }
    var rim: [SIMD2<UInt32>] = []
    let neighbours = scan.mesh.triangleNeighbours()
    for (i, t) in scan.mesh.triangles.enumerated() where t.x < n {
      for k in 0..<3 where neighbours[i][k] < 0 { rim.append(SIMD2(t[k], t[(k + 1) % 3])) }
    }
    for e in rim { scan.mesh.triangles += [SIMD3(e.y, e.x, e.x + n), SIMD3(e.y, e.x + n, e.y + n)] }
    let prepared = try scan.prepared()
    #expect(prepared.report.sheets.first?.wasHidden == true)
    let (found, clean) = try areas(scan)
    #expect(abs(found / clean - 1) < Self.tolerance)
  }

  @Test func oneSkinLosesNothing() throws {
    for mess in Mess.all where mess.wall == 0 && mess.cap == 0 {
      let scan = MessyScan(try SimpleHead.get(), mess)
      #expect(
        try prepareScan(scan.mesh, landmarks: scan.landmarks, millimetresPerUnit: mess.perUnit).report.sheets.isEmpty,
        "\(mess)")
    }
  }
}
