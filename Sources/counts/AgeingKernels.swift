import Arithmetic
import PigmentAging

func ageingKernels() -> [Kernel] {
  [
    Kernel(name: "age-10000-impressions") {
      let count = 10_000
      let random = CounterRandom(seed: 1, stream: 2)
      let deposits = Deposits(
        coreDiameter: (0..<count).map { 0.11 + 0.04 * random.uniform(UInt64($0)) },
        needleDepth: (0..<count).map { 0.8 + 0.4 * random.uniform(UInt64($0 + count)) },
        load: [Float](repeating: 1, count: count), session: (0..<count).map { UInt8($0 * 3 / count) },
        tissue: [Tissue](repeating: .skin, count: count), luck: [Float](repeating: 1, count: count),
        clock: (0..<count).map { random.normal(UInt64($0 + 3 * count)) },
        sessionDays: [0, 14, 28])
      return { i in try age(deposits, years: Double(1 + i % 5), pace: .typical).retained.count }
    }
  ]
}
