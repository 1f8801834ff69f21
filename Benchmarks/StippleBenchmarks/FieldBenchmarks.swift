import Benchmark
import ImpressionSampling
import ScalpGeometry
import TreatmentDesign

func fieldBenchmarks(_ sample: SampleDesign) throws {
  Benchmark("field: scalp of a head") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try Scalp(sample.head)) }
  }

  Benchmark("field: design laid on a scalp") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try compile(sample.design, on: sample.scalp)) }
  }

  let points = try sample.impressions(20_000).points
  Benchmark("field: density at 20k points") { benchmark in
    var densities = [Float](repeating: 0, count: points.count)
    for _ in benchmark.scaledIterations {
      var span = densities.mutableSpan
      sample.fields.impressionDensity.evaluate(points.span, into: &span)
    }
    blackHole(densities)
  }
}
