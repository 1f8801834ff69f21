// swift-tools-version: 6.1
import PackageDescription

// Runs one kernel a given number of times, for callgrind to count. Links the library alone, so that it builds in
// seconds.
let package = Package(
  name: "Counts",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "stipple", path: "../..")],
  targets: [
    .executableTarget(name: "counts", dependencies: [.product(name: "Stipple", package: "stipple")])
  ],
  swiftLanguageModes: [.v6]
)
