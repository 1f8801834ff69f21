import Benchmark
import ImpressionSampling
import Mannequin
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import SkinOptics
import Stipple
import TreatmentDesign

/// A head with hair and impressions in numbers of one's choice, where the sample design puts them.
struct RenderScene {
  let head: PreparedHead
  let impressions: Marks
  let shafts: Marks
  let strands: Strands
  let look: SkinLook

  init(_ sample: SampleDesign, triangles: Int = 100_000, impressions: Int = 40_000, follicles: Int = 60_000) throws {
    let scalp = try Scalp(makeMannequin(MannequinParameters(sex: .male), triangles: triangles))
    let fields = try compile(sample.design, on: scalp)
    let skin = SkinTone.presets[1]
    func pattern(_ density: some SurfaceDensity, _ count: Int, seed: UInt64) throws -> DotPattern {
      var options = PoissonDiscOptions()
      options.count = count
      return try samplePoissonDisc(on: scalp.head.mesh, density: density, seed: seed, options: options)
    }
    func marks(_ pattern: DotPattern, _ style: LossProfile) -> Marks {
      var marks = Marks(styles: [style], depth: 0.24)
      for (point, normal) in zip(pattern.points, pattern.normals) {
        marks.append(position: point.position, normal: normal, style: 0, strength: 1)
      }
      return marks
    }
    self.impressions = marks(
      try pattern(fields.impressionDensity, impressions, seed: 1),
      lossProfile(PigmentBody(diameter: 0.15, depth: 0.24, opticalDensity: 3), in: skin))
    let hair = try pattern(fields.hairDensity, follicles, seed: 2)
    shafts = marks(hair, lossProfile(HairShaft(diameter: 0.075, absorption: 26), in: skin))
    var grown = Follicles()
    for (point, normal) in zip(hair.points, hair.normals) {
      grown.append(
        position: point.position, normal: normal, vertex: scalp.head.mesh.triangles[Int(point.triangle)].x,
        diameter: 0.075, length: 0.6, colour: SIMD3(0.022, 0.015, 0.011))
    }
    strands = growHair(grown, flow: HairFlow(landmarks: scalp.head.landmarks), seed: 1)
    head = PreparedHead(scalp.head)
    look = SkinLook(tone: skin)
  }

  func dressed(size: Int, quality: PictureQuality = .standard) -> DressedView {
    DressedView(
      prepareView(
        of: head, look: look, camera: ClinicView.left45.camera(for: head.landmarks), quality: quality, width: size,
        height: size), shafts: [shafts], strands: strands)
  }
}

extension RenderScene {
  /// A picture drawn in bands, as `preview` draws it.
  func drawn(size: Int, quality: PictureQuality) -> [RasterImage] {
    let lit = LitView(head, look: look, camera: ClinicView.left45.camera(for: head.landmarks))
    return PictureWindow.bands(size: size, quality: quality).map { window in
      DressedView(lit.planes(window, quality: quality), shafts: [shafts], strands: strands)
        .picture(impressions: [impressions])
    }
  }
}

func renderBenchmarks(_ sample: SampleDesign) throws {
  let scene = try RenderScene(sample)

  Benchmark("render: head made ready") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(PreparedHead(sample.head)) }
  }
  var withMemory = Benchmark.defaultConfiguration
  withMemory.metrics = [.wallClock, .peakMemoryResident]
  Benchmark("render: one 1024x1024 view, 40k + 60k", configuration: withMemory) { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(scene.dressed(size: 1024).picture(impressions: [scene.impressions]))
    }
  }
  var long = Benchmark.defaultConfiguration
  long.warmupIterations = 0
  long.maxIterations = 5
  long.maxDuration = .seconds(10)
  Benchmark("render: one 2048x2048 final, 40k + 60k", configuration: long) { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(scene.drawn(size: 2048, quality: .final))
    }
  }

  // One more year of a view that stands: how it grows with pixels, triangles and dots.
  for size in [256, 512, 1024, 2048] {
    let ready = scene.dressed(size: size)
    Benchmark("frame: \(size) pixels, 100k triangles, 40k + 60k") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(ready.picture(impressions: [scene.impressions])) }
    }
  }
  for dots in [10_000, 20_000, 80_000] {
    let other = try RenderScene(sample, impressions: dots, follicles: 60_000)
    let ready = other.dressed(size: 1024)
    Benchmark("frame: 1024 pixels, 100k triangles, \(dots / 1000)k + 60k") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(ready.picture(impressions: [other.impressions])) }
    }
  }
  for triangles in [30_000, 50_000, 200_000] {
    let other = try RenderScene(sample, triangles: triangles)
    Benchmark("view: 1024 pixels, \(triangles / 1000)k triangles, 40k + 60k") { benchmark in
      for _ in benchmark.scaledIterations {
        blackHole(other.dressed(size: 1024).picture(impressions: [other.impressions]))
      }
    }
  }

  try draftBenchmarks(sample)
}

/// From a moved hairline to pixels: the design laid on the head anew, its impressions chosen, drawn at 512 x 512.
private func draftBenchmarks(_ sample: SampleDesign) throws {
  // Bald over the whole top: some 40,000 impressions.
  var design = sample.design
  design.hair.loss = .norwoodVI
  design.hair.density = 150
  for i in design.layers.indices {
    guard case .hairline(var line) = design.layers[i] else { continue }
    line.reach = nil
    line.density = 190
    design.layers[i] = .hairline(line)
  }
  let opened = try OpenedDesign(design, on: sample.head)
  let placement = try opened.placement()
  let start = try LivePortrait(opened, size: 512)
  Benchmark("draft: hairline moved, \(placement.impressions.count) + \(placement.hair.count), 512 pixels") {
    benchmark in
    var portrait = start
    var moved = design
    for k in benchmark.scaledIterations {
      for i in moved.layers.indices {
        guard case .hairline(var line) = moved.layers[i] else { continue }
        line.height = 68 + Double(k % 16) * 0.5
        moved.layers[i] = .hairline(line)
      }
      blackHole(try portrait.frame(moved))
    }
  }
}
