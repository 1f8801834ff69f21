import Arithmetic
import ImpressionSampling
import Meshes
import PNGImage
import PigmentAging
import ScalpGeometry
import ScalpRendering
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

/// Designs against what is known of heads: not numbers of the code, but what a practitioner would check.
@Suite struct NatureTests {
  typealias Loss = ExistingHair.Loss

  /// Share of the scalp seen between hairs in the top view, over the pixels of the scalp: 1 where no hair shows.
  private func visibleScalp(_ loss: Loss, _ seen: SeenSurface) throws -> Double {
    var bare = Design()
    bare.hair.loss = loss
    let fields = try compile(bare, on: coarseScalp.get())
    var sum = 0.0
    var count = 0.0
    for i in seen.points.indices where seen.coverage[i] > 0.5 {
      let hair = fields.visibleHair(at: seen.points[i])
      if hair.natural < 100 { continue }
      sum += Double(1 - hair.now / hair.natural)
      count += 1
    }
    return sum / count
  }

  @Test(arguments: [
    [Loss.none, .norwoodII, .norwoodIII, .norwoodIV, .norwoodV, .norwoodVI, .norwoodVII, .total],
    // III vertex is a variant of III: its front is no worse, and its crown lies at the far edge of the top view.
    [.norwoodII, .norwoodIIIVertex, .norwoodIV],
    [.norwoodIIa, .norwoodIIIa, .norwoodIVa, .norwoodVa], [.ludwigI, .ludwigII, .ludwigIII],
    [.sinclair1, .sinclair2, .sinclair3, .sinclair4, .sinclair5],
  ])
  func theTopViewShowsMoreScalpWithEachGrade(grades: [Loss]) throws {
    let head = try coarseScalp.get().head
    let seen = SeenSurface(head, camera: ClinicView.top.camera(for: head.landmarks), width: 48, height: 48)
    let shares = try grades.map { try visibleScalp($0, seen) }
    for (a, b) in zip(shares, shares.dropFirst()) { #expect(a < b, "\(shares)") }
  }

  /// The 10 to 90 % width of the density behind a line, from placed dots: the smoothstep that fits their number per mm
  /// of distance behind the line best.
  @Test func thePlacedFeatherIsTheOneAskedFor() throws {
    let asked = 8.0
    let scalp = try coarseScalp.get()
    let fields = try compile(
      design { d in
        var line = HairlineLayer()
        (line.height, line.feather, line.density) = (80, asked, 300)
        d.layers = [.hairline(line)]
        d.hair.loss = .total
      }, on: scalp)
    let middle = try #require(scalp.frame.place(up: 90, side: 0))
    let patch = SkinPatch(scalp.head.mesh, around: middle.position, reach: 34)
    let density = PatchDensity(fields: fields, originals: patch.triangles)
    let pattern = try samplePoissonDisc(on: patch.mesh, density: density, seed: 4)
    func behind(_ point: SurfacePoint) -> Float {
      var whole = point
      whole.triangle = patch.triangles[Int(point.triangle)]
      return fields.distanceBehindHairline(at: whole) ?? -100
    }
    // Dots and area per mm behind the line.
    let bins = -8..<20
    var dots = [Double](repeating: 0, count: bins.count)
    var area = dots
    func bin(_ distance: Float) -> Int? {
      let k = Int((distance + 8).rounded(.down))
      return distance >= -8 && bins.indices.count > k ? k : nil
    }
    for point in pattern.points { if let k = bin(behind(point)) { dots[k] += 1 } }
    for (i, t) in patch.mesh.triangles.enumerated() {
      let p = patch.mesh.positions
      let (a, b, c) = (p[Int(t.x)], p[Int(t.y)], p[Int(t.z)])
      let whole = Double(0.5 * length(cross(b - a, c - a)) / 100)
      let steps = 6
      for j in 0..<steps {
        for k in 0..<steps - j {
          // Middles of 36 equal parts; the two kinds of parts are taken together.
          let v = (Float(j) + 1 / 3) / Float(steps)
          let w = (Float(k) + 1 / 3) / Float(steps)
          let point = SurfacePoint(position: a * (1 - v - w) + b * v + c * w, triangle: UInt32(i), v: v, w: w)
          if let n = bin(behind(point)) { area[n] += whole / Double(steps * (steps + 1) / 2) }
        }
      }
    }
    var best = (width: 0.0, misfit: Double.infinity)
    for width in stride(from: 4.0, through: 14, by: 0.05) {
      for offset in stride(from: -4.0, through: 4, by: 0.1) {
        var misfit = 0.0
        for k in dots.indices where area[k] > 0 {
          let x = Double(k) - 7.5
          let t = min(max((x + offset) / (1.643706 * width) + 0.5, 0), 1)
          let share = dots[k] / area[k] / 300
          // Single dots ahead of the line are not part of the feather.
          if share < 0.07 { continue }
          let error = share - t * t * (3 - 2 * t)
          misfit += error * error
        }
        if misfit < best.misfit { best = (width, misfit) }
      }
    }
    #expect(abs(best.width / asked - 1) < 0.1, "\(best.width) mm")
  }

  /// The strip scar sample, treated, at arm's length: mean luminance inside the scar and in the hair beside it.
  @Test func aCorrectedScarHasNoBorder() throws {
    let scalp = try coarseScalp.get()
    var design = try OpenedDesign(samplesFolder + "/strip-scar.yaml").design
    // The strip alone: extraction scars around it are not what is measured.
    design.layers = Array(design.layers.prefix(1))
    // A scar is smoother than skin, and shine is no matter of pigment.
    design.pictures.oil = 0
    let fields = try compile(design, on: scalp)
    let middle = try #require(fields.macroPlace)
    let patch = SkinPatch(scalp.head.mesh, around: middle.position, reach: 22)
    func placed(_ density: some SurfaceDensity, seed: UInt64, around: [Obstacle] = []) throws -> DotPattern {
      var options = PoissonDiscOptions()
      options.obstacles = around
      return try samplePoissonDisc(on: patch.mesh, density: density, seed: seed, options: options)
    }
    func onHead(_ pattern: DotPattern) -> DotPattern {
      var pattern = pattern
      for i in pattern.points.indices { pattern.points[i].triangle = patch.triangles[Int(pattern.points[i].triangle)] }
      return pattern
    }
    let hair = try placed(PatchHair(fields: fields, originals: patch.triangles), seed: 3)
    let impressions = try placed(
      PatchDensity(fields: fields, originals: patch.triangles), seed: 4,
      around: hair.points.map { Obstacle(point: $0, radius: hairClearance) })
    let plan = Placement(
      design: design, head: scalp.head, fields: fields, hair: onHead(hair), impressions: onHead(impressions))
    let studio = try Portrait(plan, treatedArea: fields.totals().treatedArea, threads: nil)
    let size = 128
    let camera = macroCamera(at: middle.position, normal: scalp.frame.normal(at: middle))
    let seen = SeenSurface(scalp.head, camera: camera, width: size, height: size)
    let dressed = try studio.dress(.macro, size: size)

    func step(_ marks: [Marks]) throws -> Double {
      let light = dressed.light(impressions: marks)
      var inside = SIMD3<Double>.zero
      var beside = inside
      var counts = SIMD2<Double>.zero
      for i in seen.points.indices where seen.coverage[i] > 0.5 {
        let away = length(seen.points[i].position - middle.position)
        if away > 14 { continue }
        if fields.tissue(at: seen.points[i]).scarWeight > 0.95 {
          inside += SIMD3<Double>(light[i])
          counts.x += 1
        } else if (4..<12).contains(distanceAcross(seen.points[i].position)) {
          beside += SIMD3<Double>(light[i])
          counts.y += 1
        }
      }
      return Lab(linearRGB: inside / counts.x).lightness - Lab(linearRGB: beside / counts.y).lightness
    }
    let line = fields.stripScars[0].line
    func distanceAcross(_ p: SIMD3<Float>) -> Float { line.positions.map { length($0 - p) }.min() ?? 0 }
    let before = try step([])
    let after = try step(studio.appearance(atYears: healedAge, pace: .typical))
    #expect(before > 3, "the bare scar shows: \(before) L*")
    // As near as 'check' asks of a scar: the match works with patches wider than this one.
    #expect(abs(after) < 1.8 * visibleDifference, "\(after) L* after, \(before) before")
  }
}

/// Hair on a patch of a head.
private struct PatchHair: SurfaceDensity {
  let fields: CompiledDesign
  let originals: [UInt32]

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count {
      var point = points[i]
      point.triangle = originals[Int(point.triangle)]
      densities[i] = fields.hair(at: point).now
    }
  }
}
