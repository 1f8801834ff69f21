import Arithmetic
import Mannequin
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

/// Scans of part of a head, completed from the mean head and held against the whole one that they were cut from.
struct CompletionTests {
  /// A way in which scanners leave out part of a head.
  struct Cut: Sendable, CustomTestStringConvertible {
    var name: String
    /// Which places, mm in the head frame, are not scanned.
    var isMissing: @Sendable (SIMD3<Float>) -> Bool
    /// Largest median and 95th percentile of the distance from the whole head's skin, mm, down to the nape.
    var median: Float
    var most: Float
    /// Largest difference of the tape around the head, and of the scalp's area, in per cent of the whole head's.
    var circumference: Float
    var area: Float
    var testDescription: String { name }

    // Mannequins are of one family with the mean head: what is measured here is what sizes and proportions leave, and the seam.
    // A head of another maker is off by more (see the guide).
    static let all = [
      Cut(name: "back", isMissing: { $0.z < -25 }, median: 0.9, most: 2.6, circumference: 0.7, area: 1.2),
      Cut(
        name: "little of the back", isMissing: { $0.z < -52 }, median: 0.6, most: 1.8, circumference: 0.4, area: 0.5),
      Cut(name: "behind the ears", isMissing: { $0.z < 4 }, median: 1.3, most: 3.2, circumference: 0.9, area: 1.8),
      Cut(
        name: "slanting", isMissing: { 0.5 * $0.y - 0.87 * $0.z > 60 }, median: 0.8, most: 2.4, circumference: 0.4,
        area: 0.8),
      Cut(
        name: "left side", isMissing: { $0.x > 30 && $0.z < 70 }, median: 1.3, most: 2.8, circumference: 0.6, area: 1.8),
      Cut(
        name: "face and top only", isMissing: { $0.z < 30 && ($0.y < 95 || $0.z < -50) }, median: 1.8, most: 3.8,
        circumference: 1.1, area: 2.6),
      // Teeth of 12 mm cut into the ears as well, where hair begins.
      Cut(
        name: "ragged", isMissing: { $0.z < -25 + 6 * Float(Int(($0.y + 300) * 0.4 + $0.x * 0.3) % 3) }, median: 0.9,
        most: 2.8, circumference: 1.2, area: 6),
      Cut(
        name: "crown and back", isMissing: { length($0 - SIMD3(0, 100, -100)) < 105 }, median: 0.7, most: 2.2,
        circumference: 0.4, area: 0.6),
    ]
  }

  static func cut(_ head: Head, _ isMissing: (SIMD3<Float>) -> Bool) -> (mesh: TriangleMesh, marks: ScanLandmarks) {
    var mesh = head.mesh
    mesh.triangles.removeAll { isMissing(head.mesh.positions[Int($0.x)]) }
    var marks = ScanLandmarks()
    for name in [ScanLandmarks.Name.leftTragion, .rightTragion, .sellion] {
      marks[name] = SIMD3<Double>(head.landmarks[name])
    }
    return (mesh, marks)
  }

  static func template(_ sex: Sex) throws -> Head {
    try (sex == .male ? MeanHeads.man : MeanHeads.woman).get().head
  }

  @Test(arguments: Cut.all, 0..<6) func theWholeHeadIsMet(cut: Cut, index: Int) throws {
    let whole = try MannequinSamples.head(index)
    let (mesh, marks) = Self.cut(whole, cut.isMissing)
    let template = try Self.template(whole.sex ?? .male)
    let plain = try prepareScan(whole.mesh, landmarks: marks).head
    let prepared = try prepareScan(mesh, landmarks: marks, template: { template })
    let head = prepared.head
    // Not the expression itself: a failure would print the head.
    let made = head.completed
    let completed = try #require(made)
    let form = head.mesh.invariants()
    #expect(form.isManifold && form.isConsistentlyOriented && form.isFinite && form.componentCount == 1)
    // Heads that no scanner turns: where the scan's skin is, it is the file's.
    let tree = BoundingVolumeHierarchy(plain.mesh)
    var misses: [Float] = []
    for (i, t) in head.mesh.triangles.enumerated() where completed.contains(i) {
      let p = (head.mesh.positions[Int(t.x)] + head.mesh.positions[Int(t.y)] + head.mesh.positions[Int(t.z)]) / 3
      let isEar = abs(p.x) > 62 && p.y < 45 && p.y > -45 && p.z < 25 && p.z > -45
      if p.y > -40 && !isEar { misses.append(length(tree.closestPoint(to: p).position - p)) }
    }
    misses.sort()
    let median = misses[misses.count / 2]
    let most = misses[misses.count * 95 / 100]
    let a = try #require(HeadMeasurements(of: head))
    let b = try #require(HeadMeasurements(of: plain))
    let around = 100 * (a.headCircumference / b.headCircumference - 1)
    let area = try 100 * (Scalp(head).area / Scalp(plain).area - 1)
    #expect(median < cut.median && most < cut.most && abs(around) < cut.circumference && abs(area) < cut.area)
  }

  /// Where the scan has skin, the head has the scan's: every vertex of a repaired scan is there, unmoved.
  @Test func theScansOwnSkinIsNotMoved() throws {
    let whole = try MannequinSamples.head(2)
    let (mesh, marks) = Self.cut(whole, Cut.all[0].isMissing)
    let template = try Self.template(.male)
    let prepared = try prepareScan(mesh, landmarks: marks, template: { template })
    let made = prepared.head.completed
    let completed = try #require(made)
    var own = 0
    for (v, source) in prepared.vertexSources.enumerated() where source >= 0 {
      own += 1
      let moved = prepared.frame.place(mesh.positions[Int(source)]) - prepared.head.mesh.positions[v]
      #expect(length(moved) < 1e-4)
    }
    #expect(own > 30_000)
    #expect(prepared.cornerSources[completed.firstTriangle...].allSatisfy { $0.max() < 0 })
    #expect(!prepared.head.findings.contains { $0.rule == .hole })
  }

  /// The skin runs over the seam without a step or an edge.
  @Test(arguments: [0, 2, 4, 5]) func theSeamDoesNotShow(cut: Int) throws {
    let whole = try MannequinSamples.head(4)
    let (mesh, marks) = Self.cut(whole, Cut.all[cut].isMissing)
    let template = try Self.template(.male)
    let head = try prepareScan(mesh, landmarks: marks, template: { template }).head
    let made = head.completed
    let first = try #require(made).firstTriangle
    var angles: [(angle: Float, area: Float)] = []
    for (i, n) in head.mesh.triangleNeighbours().enumerated() where i >= first {
      for k in 0..<3 where n[k] >= 0 && Int(n[k]) < first {
        let p = head.mesh.positions[Int(head.mesh.triangles[i].x)]
        let isEar = abs(p.x) > 58 && p.y < 50 && p.y > -50
        if p.y < 0 || isEar { continue }
        let (a, b) = (doubledNormal(head.mesh, i), doubledNormal(head.mesh, Int(n[k])))
        let angle = arcTangent(length(cross(a, b)), dot(a, b)) * 180 / .pi
        angles.append((angle, min(length(a), length(b))))
      }
    }
    angles.sort { $0.angle < $1.angle }
    let all = angles.reduce(0) { $0 + $1.area }
    let sharp = angles.reduce(0) { $0 + ($1.angle > 25 ? $1.area : 0) } / all
    // A sphere of a head's size has 2 degrees between triangles of 3 mm. Slivers in the teeth of a rim may stand askew.
    #expect(angles.count > 60)
    #expect(angles[angles.count / 2].angle < 4 && sharp < 0.06, "\(angles[angles.count / 2].angle) degrees, \(sharp)")
  }

  private func doubledNormal(_ mesh: TriangleMesh, _ i: Int) -> SIMD3<Float> {
    let t = mesh.triangles[i]
    let a = mesh.positions[Int(t.x)]
    return cross(mesh.positions[Int(t.y)] - a, mesh.positions[Int(t.z)] - a)
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    let (mesh, marks) = Self.cut(try MannequinSamples.head(1), Cut.all[5].isMissing)
    let template = try Self.template(.female)
    let one = try prepareScan(mesh, landmarks: marks, template: { template }, threads: 1).head
    let three = try prepareScan(mesh, landmarks: marks, template: { template }, threads: 3).head
    let isSame = one == three
    #expect(isSame)
  }

  /// A whole scan asks for no mean head, and is what it was without one.
  @Test func wholeScansAreLeftAlone() throws {
    for mess in [Mess.all[0], Mess.all[2], Mess.all[6]] {
      let scan = MessyScan(try SimpleHead.get(), mess)
      var asked = 0
      let head = try prepareScan(
        scan.mesh, landmarks: scan.landmarks,
        template: {
          asked += 1
          return nil
        }
      ).head
      let made = head.completed
      #expect(asked == 0 && made == nil)
      let plain = try prepareScan(scan.mesh, landmarks: scan.landmarks).head
      let isSame = head == plain
      #expect(isSame)
    }
  }

  /// A cut that was closed with a flat lid has no rim; the lid is taken for none of the head.
  @Test func aLidIsTakenOff() throws {
    let whole = try MannequinSamples.head(3)
    let (mesh, marks) = Self.cut(whole, { $0.z < -20 })
    var lidded = mesh
    for loop in mesh.borderLoops() where loop.count > 100 {
      let middle = loop.reduce(SIMD3<Float>.zero) { $0 + mesh.positions[Int($1)] } / Float(loop.count)
      lidded.positions.append(middle)
      let tip = UInt32(lidded.positions.count - 1)
      for (i, v) in loop.enumerated() { lidded.triangles.append(SIMD3(v, loop[(i + 1) % loop.count], tip)) }
    }
    lidded = TriangleMesh(positions: lidded.positions, triangles: lidded.triangles)
    let template = try Self.template(.female)
    let head = try prepareScan(lidded, landmarks: marks, template: { template }).head
    let a = try #require(HeadMeasurements(of: head))
    let b = try #require(HeadMeasurements(of: whole))
    let made = head.completed
    #expect(made != nil && abs(a.headLength - b.headLength) < 4)
  }

  /// A reading of the inion, which the scan does not show, bends the completed skin to itself.
  @Test func aKnownInionIsMet() throws {
    let whole = try MannequinSamples.head(1)
    var (mesh, marks) = Self.cut(whole, { $0.z < 4 })
    marks[.inion] = SIMD3<Double>(whole.landmarks.inion + SIMD3(0, 0, -5))
    let template = try Self.template(.female)
    let head = try prepareScan(mesh, landmarks: marks, template: { template }).head
    #expect(length(head.landmarks.inion - SIMD3<Float>(marks[.inion] ?? .zero)) < 2.5)
    mesh.triangles.removeAll()
  }

  /// Half of a face is too little, and is called that; so is what no head fits.
  @Test func tooLittleIsRefusedWithItsCause() throws {
    let whole = try MannequinSamples.head(0)
    let template = try Self.template(.male)
    for (part, isMissing) in [
      ("forehead", { (p: SIMD3<Float>) in p.y > 50 || p.z < -10 }),
      ("face", { (p: SIMD3<Float>) in p.z < -20 || (p.y < 12 && p.z > 30 && abs(p.x) < 60) }),
    ] {
      let (mesh, marks) = Self.cut(whole, isMissing)
      let error = #expect(throws: ScanError.self) {
        try prepareScan(mesh, landmarks: marks, template: { template })
      }
      #expect(
        error?.description.contains("% of the \(part): the rest is completed") == true, "\(error?.description ?? "")")
    }
  }

  /// A head is found in part of one, in the unit that it has.
  @Test(arguments: [0, 2, 4, 5]) func aHeadIsGuessedFromPartOfOne(cut: Int) throws {
    let whole = try MannequinSamples.head(2)
    let (part, _) = Self.cut(whole, Cut.all[cut].isMissing)
    let turn = SIMD4<Float>(0.182_574_2, 0.365_148_4, 0.547_722_6, 0.730_296_7)
    let mesh = TriangleMesh(
      positions: part.positions.map { rotated($0, turn) * 0.1 + SIMD3(4, 55, 6) }, triangles: part.triangles)
    var options = RepairOptions()
    options.holeLimit = 0
    var repaired = repairScan(mesh, options)
    let guess = try #require(
      FrameGuess(partOf: repaired.mesh, template: try MannequinSamples.head(0)))
    #expect(guess.unit == .centimetre)
    for name in [ScanLandmarks.Name.leftTragion, .rightTragion, .sellion] {
      let place = SIMD3<Double>(rotated(whole.landmarks[name], turn) * 0.1 + SIMD3(4, 55, 6))
      let miss = try #require(guess.landmarks[name]) - place
      #expect((miss * miss).sum().squareRoot() * 10 < 8, "\(name)")
    }
    let made = try #require(
      completeScan(
        &repaired, frame: guess.frame, landmarks: guess.landmarks, template: try MannequinSamples.head(0)))
    #expect(made.notShown.contains(.inion) == (cut != 4))
  }

  /// A few triangles that are no head, wherever they lie about the landmarks, are refused.
  @Test(arguments: [
    SIMD3<Float>(0, 0, 0), [0, 40, 90], [0, 120, 0],
  ])
  func crumbsAreNoHead(place: SIMD3<Float>) throws {
    var marks = ScanLandmarks()
    marks[.glabella] = [0, 30, 100]
    marks[.leftTragion] = [72, 0, 0]
    marks[.rightTragion] = [-72, 0, 0]
    let template = try Self.template(.male)
    let corners = [SIMD3<Float>(0, 0, 0), [9, 0, 0], [0, 9, 0], [0, 0, 9]].map { $0 + place }
    for triangles in [[SIMD3<UInt32>(0, 1, 2)], [[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]]] {
      let mesh = TriangleMesh(positions: corners, triangles: triangles, normals: [])
      #expect(throws: ScanError.self) { try prepareScan(mesh, landmarks: marks, template: { template }) }
    }
  }
}
