import Benchmark
import PigmentAging

/// Impressions of three sessions, each with its own luck and clock.
private func deposits(_ count: Int) -> Deposits {
  let random = HashedNoise(seed: 2)
  return Deposits(
    coreDiameter: (0..<count).map { 0.11 + 0.04 * random.uniform(UInt64($0)) },
    needleDepth: (0..<count).map { 0.8 + 0.4 * random.uniform(UInt64($0 + count)) },
    load: [Float](repeating: 1, count: count), session: (0..<count).map { UInt8($0 * 3 / count) },
    tissue: [Tissue](repeating: .skin, count: count),
    luck: (0..<count).map { Float(dotLuck(Double(random.normal(UInt64($0))))) },
    clock: (0..<count).map { random.normal(UInt64($0 + count)) }, sessionDays: [0, 14, 28])
}

func ageingBenchmarks() {
  let some = deposits(20_000)
  Benchmark("ageing, 20k impressions, 5 years") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try age(some, years: 5, pace: .typical)) }
  }
  let many = deposits(100_000)
  Benchmark("ageing, 100k impressions, 5 years") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try age(many, years: 5, pace: .typical)) }
  }
  var renewed = many
  renewed.renewals = [Renewal(years: 4.4, amount: 0.46)]
  Benchmark("ageing, 100k impressions, a week after a touch-up") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try age(renewed, years: 4.42, pace: .typical)) }
  }
}
