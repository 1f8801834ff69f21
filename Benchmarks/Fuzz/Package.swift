// swift-tools-version: 6.1
import PackageDescription

// The readers under libFuzzer, in a package of its own: every module below is built for it. See fuzz.sh.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "stipple", path: "../..")],
  targets: [
    .executableTarget(
      name: "Harness", dependencies: [.product(name: "Stipple", package: "stipple")], path: "Harness")
  ],
  swiftLanguageModes: [.v6]
)
