import Benchmark
import ImpressionSampling

func samplingBenchmarks(_ sample: SampleDesign) {
  for (name, count) in [("5k", 5000), ("20k", 20_000), ("100k", 100_000)] {
    Benchmark("sampling \(name)") { benchmark in
      var options = PoissonDiscOptions()
      options.count = count
      for i in benchmark.scaledIterations {
        let pattern = try samplePoissonDisc(
          on: sample.head.mesh, density: sample.fields.impressionDensity, seed: UInt64(i), options: options)
        blackHole(pattern)
      }
    }
  }
}
