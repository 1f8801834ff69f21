// swift-tools-version: 6.1
import PackageDescription

// Makes the meshes of the comparison with other samplers and samples them; see ../peers.py.
let package = Package(
  name: "SampleMesh",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "stipple", path: "../../..")],
  targets: [
    .executableTarget(name: "sample-mesh", dependencies: [.product(name: "Stipple", package: "stipple")])
  ],
  swiftLanguageModes: [.v6]
)
