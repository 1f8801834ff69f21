import Testing

@testable import HeadGeometry

/// Heads that several tests look at, made once.
enum MannequinSamples {
  #if DEBUG
    // A debug build takes seconds per head.
    static let triangles = 30_000
    static let cases: [(sex: Sex, percentile: Double)] = [(.male, 50), (.female, 95)]
  #else
    static let triangles = 100_000
    static let cases: [(sex: Sex, percentile: Double)] = [
      (.male, 50), (.female, 5), (.male, 95), (.female, 50), (.male, 5), (.female, 95),
    ]
  #endif
  private static let heads: [Result<Head, any Error>] = cases.map { sample in
    Result {
      try makeMannequin(MannequinParameters(sex: sample.sex, percentile: sample.percentile), triangles: triangles)
    }
  }
  static func head(_ index: Int) throws -> Head { try heads[index].get() }
}

struct MannequinTests {
  @Test(arguments: MannequinSamples.cases.indices)
  func meshIsOneClosedSphere(_ index: Int) throws {
    let mesh = try MannequinSamples.head(index).mesh
    let found = mesh.invariants()
    #expect(
      found
        == MeshInvariants(
          isClosed: true, isManifold: true, isConsistentlyOriented: true, eulerNumber: 2, componentCount: 1,
          isFinite: true))
    #expect(abs(Double(mesh.triangles.count) / Double(MannequinSamples.triangles) - 1) < 0.15)
    #expect(mesh.normals.allSatisfy { abs(length($0) - 1) < 1e-4 })
  }

  /// What a tape and a caliper could tell apart.
  static let lengthTolerance: Float = 2

  @Test(arguments: MannequinSamples.cases.indices)
  func meshMeasuresWhatWasAsked(_ index: Int) throws {
    let sample = MannequinSamples.cases[index]
    let asked = MannequinParameters(sex: sample.sex, percentile: sample.percentile)
    let m = try #require(HeadMeasurements(of: MannequinSamples.head(index)))
    #expect(abs(m.headLength - Float(asked.headLength)) < Self.lengthTolerance)
    #expect(abs(m.headBreadth - Float(asked.headBreadth)) < Self.lengthTolerance)
    #expect(abs(m.headCircumference - Float(asked.headCircumference)) < Self.lengthTolerance)
    #expect(abs(m.tragionToVertex - Float(asked.tragionToVertex)) < Self.lengthTolerance)
    #expect(abs(try #require(m.faceHeight) - Float(asked.faceHeight)) < Self.lengthTolerance)
    #expect(abs(try #require(m.bizygomaticBreadth) - Float(asked.bizygomaticBreadth)) < Self.lengthTolerance)
    #expect(abs(try #require(m.coronalArc) - Float(asked.coronalArc)) < Self.lengthTolerance)
  }

  /// All six before meshing, which a debug build does in time; the mesh follows the field to a tenth of a millimetre.
  @Test(arguments: [Sex.male, .female], [5.0, 50, 95])
  func everyPercentileIsSolved(_ sex: Sex, _ percentile: Double) throws {
    let asked = MannequinParameters(sex: sex, percentile: percentile)
    let solved = try solvedMannequin(asked)
    let m = solved.survey.measurements(solved.warp)
    for (found, wanted) in [
      (m.headLength, asked.headLength), (m.headBreadth, asked.headBreadth),
      (m.headCircumference, asked.headCircumference), (m.tragionToVertex, asked.tragionToVertex),
      (m.faceHeight ?? 0, asked.faceHeight), (m.bizygomaticBreadth ?? 0, asked.bizygomaticBreadth),
      (m.coronalArc ?? 0, asked.coronalArc),
    ] {
      #expect(abs(found - Float(wanted)) < 1, "\(found) for \(wanted)")
    }
  }

  /// Middles of triangles lie off the exact surface by the sagitta of a triangle.
  @Test func meshFollowsTheField() throws {
    let solved = try solvedMannequin(MannequinParameters(sex: .male))
    let head = try MannequinSamples.head(0)
    // In debug a sample at 30,000 triangles, in release every triangle at 100,000: there 0.014 mm in the mean, and more
    // than 0.3 mm only in the hollow of the ear, which is sharper than the cells.
    #if DEBUG
      let stride = 23
      let limits: (mean: Float, worst: Float, inEars: Float) = (0.1, 1, 1.5)
    #else
      let stride = 1
      let limits: (mean: Float, worst: Float, inEars: Float) = (0.03, 0.3, 0.5)
    #endif
    var worst: Float = 0
    var worstInEars: Float = 0
    var sum: Float = 0
    var count: Float = 0
    for i in Swift.stride(from: 0, to: head.mesh.triangles.count, by: stride) {
      let t = head.mesh.triangles[i]
      let p = head.templatePositions
      let middle = (p[Int(t.x)] + p[Int(t.y)] + p[Int(t.z)]) / 3
      // The cut through the neck is rounded by hand.
      if middle.y < solved.field.cutHeight + 8 { continue }
      let (value, gradient) = solved.field.valueAndGradient(middle)
      let gap = abs(value) / max(length(gradient), 0.5)
      let ear = MannequinDetail.regions[0]
      let left = SIMD3(abs(middle.x), middle.y, middle.z)
      if all(left .>= ear.low) && all(left .<= ear.high) {
        worstInEars = max(worstInEars, gap)
      } else {
        worst = max(worst, gap)
      }
      sum += gap
      count += 1
    }
    #expect(sum / count < limits.mean, "mean \(sum / count)")
    #expect(worst < limits.worst && worstInEars < limits.inEars, "worst \(worst), in ears \(worstInEars)")
  }

  @Test(arguments: MannequinSamples.cases.indices)
  func landmarksLieOnTheSkinWhereTheyBelong(_ index: Int) throws {
    let head = try MannequinSamples.head(index)
    let l = head.landmarks
    for p in [
      l.glabella, l.sellion, l.leftTragion, l.rightTragion, l.vertex, l.inion, l.leftCanthus, l.rightCanthus,
    ] {
      #expect(length(head.mesh.nearestPoint(to: p, within: 12) - p) < 1e-3 && p != .zero)
    }
    // The frame: origin between the tragions, which lie on the x axis.
    let middle = (l.leftTragion + l.rightTragion) / 2
    #expect(length(middle) < 0.3)
    #expect(l.leftTragion.x > 60 && abs(l.leftTragion.y) < 0.5 && abs(l.leftTragion.z) < 0.5)
    #expect(l.glabella.z > 90 && l.sellion.y < l.glabella.y && l.sellion.y > 10)
    #expect(l.vertex.y > 110 && l.inion.z < -60 && l.leftCanthus.x > 35 && l.rightCanthus.x < -35)
  }

  @Test func trianglesAreWellShaped() throws {
    let mesh = try MannequinSamples.head(0).mesh
    // Smallest angle whose sine is 0.1: 5.7 degrees; most are far better.
    var worst: Float = 1
    var poor = 0
    for t in mesh.triangles {
      let p = [mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)]]
      var sine: Float = 1
      for k in 0..<3 {
        let u = normalized(p[(k + 1) % 3] - p[k])
        let v = normalized(p[(k + 2) % 3] - p[k])
        if dot(u, v) > 0 { sine = min(sine, length(cross(u, v))) }
      }
      worst = min(worst, sine)
      if sine < 0.34 { poor += 1 }
    }
    #expect(worst > 0.1)
    #expect(poor < mesh.triangles.count / 100)
  }

  @Test func asymmetryIsSlight() throws {
    let head = try MannequinSamples.head(0)
    // The template is symmetric vertex by vertex: the second half of the vertices mirrors the first.
    let half = head.mesh.positions.count / 2
    var largest: Float = 0
    for v in 0..<half {
      let a = head.templatePositions[v]
      let b = head.templatePositions[v + half]
      guard a == SIMD3(-b.x, b.y, b.z) else { continue }
      let p = head.mesh.positions[v]
      let q = head.mesh.positions[v + half]
      largest = max(largest, length(p - SIMD3(-q.x, q.y, q.z)))
    }
    // Left and right each move by up to about 1 mm, so they differ by up to about 2.
    #expect(largest > 0.5 && largest < 2.5)
  }

  @Test func threadsDoNotChangeTheHead() throws {
    // A coarse skin has melted ears, but the tiles are shared out in the same way.
    let solved = try solvedMannequin(MannequinParameters(sex: .female, percentile: 30))
    let one = templateMesh(of: solved.field, triangles: 3_000, threads: 1)
    let three = templateMesh(of: solved.field, triangles: 3_000, threads: 3)
    #expect(one.positions == three.positions)
    #expect(one.normals == three.normals)
    #expect(one.triangles == three.triangles)
    #if !DEBUG
      let sample = MannequinSamples.cases[1]
      let asked = MannequinParameters(sex: sample.sex, percentile: sample.percentile)
      #expect(try makeMannequin(asked, triangles: MannequinSamples.triangles, threads: 1) == MannequinSamples.head(1))
    #endif
  }

  @Test func impossibleLengthsAreRefusedWithTheirRange() {
    var asked = MannequinParameters(sex: .male)
    asked.headBreadth = 80
    #expect(throws: MannequinError.outOfRange(name: "head breadth", value: 80, allowed: 120...185)) {
      try makeMannequin(asked)
    }
    #expect(
      MannequinError.outOfRange(name: "head breadth", value: 80, allowed: 120...185).description
        == "head breadth of 80 mm is out of range: 120 to 185 mm")
    asked.headBreadth = .nan
    #expect(throws: MannequinError.self) { try makeMannequin(asked) }
    #expect(throws: MannequinError.triangleCount(10)) {
      try makeMannequin(MannequinParameters(sex: .male), triangles: 10)
    }
  }

  @Test func circumferenceMustSuitLengthAndBreadth() {
    var asked = MannequinParameters(sex: .male)
    asked.headCircumference = 660
    let error = #expect(throws: MannequinError.self) { try makeMannequin(asked, triangles: 30_000) }
    #expect(error?.description.hasPrefix("head circumference of 660 mm does not fit a head 199.5 mm long") == true)
  }

  @Test(arguments: [
    (Sex.male, 5.0, 188.0, 146.0, 548.0), (.male, 95, 211, 163, 601), (.female, 5, 178, 140, 519.4),
    (.female, 95, 202, 156, 582.8),
  ])
  func presetsFollowTheSurvey(
    _ sex: Sex, _ percentile: Double, _ length: Double, _ breadth: Double, _ circumference: Double
  ) {
    let p = MannequinParameters(sex: sex, percentile: percentile)
    // The survey's own percentiles are whole millimetres of a skewed sample: a normal curve misses them a little.
    #expect(abs(p.headLength - length) < 1)
    #expect(abs(p.headBreadth - breadth) < 1.1)
    #expect(abs(p.headCircumference - circumference) < 4)
  }

  @Test func quantilesOfTheNormalCurve() {
    #expect(abs(standardNormalQuantile(0.5)) < 1e-12)
    #expect(abs(standardNormalQuantile(0.975) - 1.959_963_985) < 1e-8)
    #expect(abs(standardNormalQuantile(0.01) + 2.326_347_874) < 1e-8)
  }
}
