import Benchmark
import Foundation
import Stipple

func previewBenchmarks() {
  var long = Benchmark.defaultConfiguration
  long.warmupIterations = 0
  long.maxIterations = 3
  long.maxDuration = .seconds(10)
  Benchmark("whole preview, six pictures", configuration: long) { benchmark in
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    for _ in benchmark.scaledIterations { blackHole(try writePreview(of: OpenedDesign(SampleDesign.path), to: folder)) }
    try FileManager.default.removeItem(atPath: folder)
  }
}
