// Wall times of the stages and of the whole job, release build:
//
//     cd Benchmarks
//     swift package --disable-sandbox --allow-writing-to-package-directory benchmark
//
// They are for people at a desk. The gate is an instruction count: see gate.py.

import Benchmark

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], timeUnits: .microseconds, warmupIterations: 1, maxDuration: .seconds(1),
    maxIterations: 1000)
  do {
    let sample = try SampleDesign()
    try headBenchmarks()
    try scanBenchmarks()
    try fieldBenchmarks(sample)
    samplingBenchmarks(sample)
    ageingBenchmarks()
    opticsBenchmarks()
    try renderBenchmarks(sample)
    pngBenchmarks()
    previewBenchmarks()
  } catch {
    fatalError("\(error)")
  }
}
