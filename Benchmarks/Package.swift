// swift-tools-version: 6.1
import PackageDescription

// Wall-clock benchmarks, in a package of their own so that users of the library do not fetch what they need.
// `traits: []` leaves out jemalloc.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS("26.0")],
  dependencies: [
    .package(name: "stipple", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", .upToNextMinor(from: "1.38.1"), traits: []),
  ],
  targets: [
    .executableTarget(
      name: "StippleBenchmarks",
      dependencies: [
        .product(name: "Stipple", package: "stipple"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "StippleBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
