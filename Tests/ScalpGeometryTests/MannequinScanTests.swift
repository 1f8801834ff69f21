import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing

/// Scans made from the mannequin: scaled, turned and moved, then brought back by three clicks.
struct MannequinScanTests {
  static func scan(_ head: Head, unit: ScanUnit) -> (
    mesh: TriangleMesh, glabella: SIMD3<Float>, SIMD3<Float>, SIMD3<Float>
  ) {
    let q = SIMD4<Float>(0.5, -0.5, 0.5, 0.5)
    func place(_ p: SIMD3<Float>) -> SIMD3<Float> {
      (rotated(p, q) + SIMD3(300, -200, 1700)) / unit.millimetres
    }
    let l = head.landmarks
    return (
      TriangleMesh(
        positions: head.mesh.positions.map(place), triangles: head.mesh.triangles,
        normals: head.mesh.normals.map { rotated($0, q) }), place(l.glabella), place(l.leftTragion),
      place(l.rightTragion)
    )
  }

  @Test(arguments: [ScanUnit.metre, .inch])
  func clicksBringAScanBack(_ unit: ScanUnit) throws {
    let head = try MannequinSamples.head(0)
    let (mesh, glabella, left, right) = Self.scan(head, unit: unit)
    let found = try orientScan(
      mesh, glabella: glabella, leftTragion: left, rightTragion: right, millimetresPerUnit: unit.millimetres)
    // Pitch is a convention worth 0.1 degrees here: 0.2 mm at the vertex. The rest is single precision.
    for (a, b) in zip(found.mesh.positions, head.mesh.positions) where abs(b.x) < 1 { #expect(length(a - b) < 0.6) }
    #expect(length(found.landmarks.glabella - head.landmarks.glabella) < 0.5)
    #expect(length(found.landmarks.sellion - head.landmarks.sellion) < 1.5)
    #expect(abs(found.landmarks.vertex.y - head.landmarks.vertex.y) < 0.5)
    #expect(length(found.landmarks.inion - head.landmarks.inion) < 2)
    #expect(length(found.landmarks.leftCanthus - head.landmarks.leftCanthus) < 3)
    #expect(found.landmarks.rightCanthus.x < -40)
    #expect(found.templatePositions.isEmpty)
  }

  /// A scan in a unit of its own gets its size from a length taken on the client.
  @Test(arguments: [Float(0.0053), 7.1])
  func aLengthOnTheClientGivesTheSize(unit: Float) throws {
    let head = try MannequinSamples.head(0)
    let size = try #require(HeadMeasurements(of: head))
    let mesh = TriangleMesh(
      positions: head.mesh.positions.map { $0 * unit }, triangles: head.mesh.triangles, normals: head.mesh.normals)
    var marks = ScanLandmarks()
    let l = head.landmarks
    for (name, place) in [
      (ScanLandmarks.Name.leftTragion, l.leftTragion), (.rightTragion, l.rightTragion), (.sellion, l.sellion),
      (.inion, l.inion),
    ] { marks[name] = SIMD3<Double>(place * unit) }
    #expect(throws: ScanError.self) { try prepareScan(mesh, landmarks: marks) }
    let stretch = Double(length(l.sellion - l.inion))
    for measure in [
      ScanMeasure.headBreadth(Double(size.headBreadth)), .headCircumference(Double(size.headCircumference)),
      .tragionToTragion(Double(size.bitragionBreadth)), .between(.sellion, .inion, stretch),
    ] {
      let found = try prepareScan(mesh, landmarks: marks, measure: measure)
      #expect(abs(found.frame.millimetresPerUnit * Double(unit) - 1) < 0.003, "\(measure)")
      let again = try #require(HeadMeasurements(of: found.head))
      #expect(abs(again.headLength - size.headLength) < 0.6, "\(measure)")
    }
    #expect(throws: ScanError.missing(.vertex)) {
      try prepareScan(mesh, landmarks: marks, measure: .between(.sellion, .vertex, 120))
    }
    // Twice as large as any head
    #expect(throws: ScanError.self) { try prepareScan(mesh, landmarks: marks, millimetresPerUnit: 2 / Double(unit)) }
  }

  @Test func wrongUnitsAreNamed() throws {
    let (mesh, glabella, left, right) = Self.scan(try MannequinSamples.head(0), unit: .metre)
    let error = #expect(throws: ScanError.self) {
      try orientScan(mesh, glabella: glabella, leftTragion: left, rightTragion: right, millimetresPerUnit: 1)
    }
    #expect(
      error?.description
        == "distance between the tragions, in mm, of 0.15 is impossible for a head: 115.0 to 170.0; the distance between the tragions would fit if the scan were in metres"
    )
    #expect(throws: ScanError.scale(0)) {
      try orientScan(mesh, glabella: glabella, leftTragion: left, rightTragion: right, millimetresPerUnit: 0)
    }
    #expect(throws: ScanError.clicksInLine) {
      try orientScan(
        mesh, glabella: (left + right) / 2, leftTragion: left, rightTragion: right, millimetresPerUnit: 1000)
    }
  }

  @Test func exchangedEarsAndSquashedHeadsAreRefused() throws {
    let head = try MannequinSamples.head(0)
    let l = head.landmarks
    #expect(throws: ScanError.self) {
      try orientScan(
        head.mesh, glabella: l.glabella, leftTragion: l.rightTragion, rightTragion: l.leftTragion,
        millimetresPerUnit: 1)
    }
    // Scaled to a cube, as some converters do: as long as broad.
    var cube = head.mesh
    for i in cube.positions.indices { cube.positions[i].z *= 0.8 }
    let error = #expect(throws: ScanError.self) {
      try orientScan(
        cube, glabella: l.glabella * SIMD3(1, 1, 0.8), leftTragion: l.leftTragion, rightTragion: l.rightTragion,
        millimetresPerUnit: 1)
    }
    #expect(error?.description.contains("head length") == true)
  }
}
