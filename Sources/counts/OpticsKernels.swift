import Arithmetic
import SkinOptics

func opticsKernels() -> [Kernel] {
  [
    Kernel(name: "appearance-10000-impressions") {
      let count = 10_000
      let random = CounterRandom(seed: 1, stream: 3)
      let skin = SkinTone.presets[1]
      let diameters = (0..<count).map { [Float(0.13), 0.137, 0.145][$0 * 3 / count] }
      let depths = [Float](repeating: 0.24, count: count)
      let densities = (0..<count).map { max(0.4, 2 + 0.4 * random.normal(UInt64($0))) }
      return { _ in DotClasses(diameters: diameters, depths: depths, densities: densities, in: skin).profiles.count }
    }
  ]
}
