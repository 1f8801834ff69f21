import Benchmark
import SkinOptics

/// Appearance: from what each impression is to the profiles and factors that are drawn.
func opticsBenchmarks() {
  let count = 100_000
  let random = HashedNoise(seed: 3)
  let skin = SkinTone.presets[1]
  // Three sessions, a fifth of spread in load, as after ageing.
  let diameters = (0..<count).map { [Float(0.13), 0.137, 0.145][$0 * 3 / count] }
  let depths = [Float](repeating: 0.24, count: count)
  let densities = (0..<count).map { 2 * dotLoad(random.normal(UInt64($0))) }
  Benchmark("appearance, 100k impressions") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(DotClasses(diameters: diameters, depths: depths, densities: densities, in: skin))
    }
  }
  let ownDiameters = (0..<count).map { 0.12 + 0.05 * random.uniform(UInt64($0)) }
  let ownDepths = (0..<count).map { 0.24 + 0.12 * random.uniform(UInt64($0 + count)) }
  Benchmark("appearance, 100k impressions, no two alike") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(DotClasses(diameters: ownDiameters, depths: ownDepths, densities: densities, in: skin))
    }
  }
}

private func dotLoad(_ normal: Float) -> Float { max(0.2, 1 + 0.2 * normal) }
