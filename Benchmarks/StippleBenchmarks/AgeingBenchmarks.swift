import Benchmark
import HeadGeometry
import PigmentAging

func ageingBenchmarks() {
  let count = 20_000
  let random = CounterRandom(seed: 1, stream: 2)
  let deposits = Deposits(
    coreDiameter: (0..<count).map { 0.11 + 0.04 * random.uniform(UInt64($0)) },
    needleDepth: (0..<count).map { 0.8 + 0.4 * random.uniform(UInt64($0 + count)) },
    load: [Float](repeating: 1, count: count), session: (0..<count).map { UInt8($0 * 3 / count) },
    tissue: [Tissue](repeating: .skin, count: count),
    luck: (0..<count).map { Float(dotLuck(Double(random.normal(UInt64($0))))) }, sessionDays: [0, 14, 28])
  Benchmark("ageing, 20k impressions, 5 years") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try age(deposits, years: 5, pace: .typical)) }
  }
}
