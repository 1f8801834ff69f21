import Benchmark
import HeadGeometry

func headBenchmarks() {
  Benchmark("head generation, 100k triangles") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try makeMannequin(MannequinParameters(sex: .male), triangles: 100_000))
    }
  }
}
