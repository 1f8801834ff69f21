import Benchmark
import HeadGeometry
import ImpressionSampling
import ScalpRendering
import SkinOptics

/// Marks of one kind at the points of a pattern.
private func marks(_ pattern: DotPattern, of body: PigmentBody, in skin: SkinTone) -> Marks {
  var marks = Marks(styles: [lossProfile(body, in: skin)], depth: Float(body.depth))
  for (point, normal) in zip(pattern.points, pattern.normals) {
    marks.append(position: point.position, normal: normal, style: 0, strength: 1)
  }
  return marks
}

func renderBenchmarks(_ sample: SampleDesign) throws {
  let skin = SkinTone.presets[1]
  let impressions = try marks(
    sample.impressions(20_000), of: PigmentBody(diameter: 0.13, depth: 0.3, opticalDensity: 1), in: skin)
  var options = PoissonDiscOptions()
  options.count = 40_000
  let hair = try samplePoissonDisc(
    on: sample.head.mesh, density: sample.fields.hairDensity, seed: 2, options: options)
  let shafts = marks(hair, of: PigmentBody(diameter: 0.07, depth: 0.3, opticalDensity: 2), in: skin)
  let head = PreparedHead(sample.head)
  let camera = ClinicView.left45.camera(for: head.landmarks)
  let look = SkinLook(tone: skin)

  func dressed() -> DressedView {
    DressedView(
      prepareView(of: head, look: look, camera: camera, width: 1024, height: 1024), shafts: [shafts],
      strands: Strands())
  }

  Benchmark("render: head made ready") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(PreparedHead(sample.head)) }
  }

  Benchmark("render: one 1024x1024 view") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(dressed().picture(impressions: [impressions])) }
  }

  let ready = dressed()
  Benchmark("render: one more year of a view") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(ready.picture(impressions: [impressions])) }
  }
}
