// swift-tools-version: 6.1
import PackageDescription

// One target per stage; each sees only the stages listed above it. See README.md, "How it is built".
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "stipple",
  platforms: [.macOS("26.0")],
  products: [
    .library(
      name: "Stipple",
      targets: [
        "Stipple", "HeadGeometry", "ImpressionSampling", "TreatmentDesign", "PigmentAging", "SkinOptics",
        "ScalpRendering", "PNGImage",
      ]),
    .executable(name: "stipple", targets: ["StippleCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev", "pkg-config"]), .brew(["libpng"])]),
    .target(name: "CPNGShim", dependencies: ["CLibPNG"]),
    .target(name: "CLanes"),
    .target(name: "PNGImage", dependencies: ["CPNGShim"], swiftSettings: strict),
    .target(name: "Arithmetic", swiftSettings: strict),
    .target(name: "HeadGeometry", dependencies: ["Arithmetic", "CLanes"], swiftSettings: strict),
    .target(name: "ImpressionSampling", dependencies: ["Arithmetic", "HeadGeometry", "CLanes"], swiftSettings: strict),
    .target(name: "PigmentAging", dependencies: ["Arithmetic"], exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "TreatmentDesign", dependencies: ["HeadGeometry", "ImpressionSampling", "PigmentAging", "Yams"],
      swiftSettings: strict),
    .target(
      name: "SkinOptics", dependencies: ["Arithmetic"], exclude: ["ACCURACY.md"], swiftSettings: strict),
    .target(
      name: "ScalpRendering", dependencies: ["Arithmetic", "HeadGeometry", "SkinOptics", "PNGImage", "CLanes"],
      swiftSettings: strict),
    .target(
      name: "Stipple",
      dependencies: [
        "PNGImage", "HeadGeometry", "ImpressionSampling", "TreatmentDesign", "PigmentAging", "SkinOptics",
        "ScalpRendering",
      ], swiftSettings: strict),
    // Makes the tables of SkinOptics; nothing depends on it. See Sources/SkinMonteCarlo/README.md.
    .executableTarget(
      name: "SkinMonteCarlo",
      dependencies: [
        "SkinOptics", "HeadGeometry", .product(name: "RealModule", package: "swift-numerics"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "StippleCommand",
      dependencies: [
        "Stipple", "TreatmentDesign", "PigmentAging", "ImpressionSampling",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PNGImageTests", dependencies: ["PNGImage"], resources: [.copy("PngSuite")], swiftSettings: strict),
    .testTarget(name: "ArithmeticTests", dependencies: ["Arithmetic"], swiftSettings: strict),
    .testTarget(name: "HeadGeometryTests", dependencies: ["HeadGeometry"], swiftSettings: strict),
    .testTarget(
      name: "ImpressionSamplingTests", dependencies: ["ImpressionSampling", "HeadGeometry"], swiftSettings: strict),
    .testTarget(
      name: "TreatmentDesignTests", dependencies: ["TreatmentDesign", "HeadGeometry", "PigmentAging"],
      swiftSettings: strict),
    .testTarget(
      name: "PigmentAgingTests", dependencies: ["Arithmetic", "PigmentAging"], resources: [.copy("Tables")],
      swiftSettings: strict),
    .testTarget(
      name: "SkinOpticsTests", dependencies: ["SkinOptics"], resources: [.copy("Tables")], swiftSettings: strict),
    .testTarget(name: "SkinMonteCarloTests", dependencies: ["SkinMonteCarlo", "SkinOptics"], swiftSettings: strict),
    .testTarget(name: "ScalpRenderingTests", dependencies: ["ScalpRendering", "PNGImage"], swiftSettings: strict),
    .testTarget(
      name: "StippleTests",
      dependencies: [
        "Stipple", "HeadGeometry", "ImpressionSampling", "TreatmentDesign", "PigmentAging", "SkinOptics",
        "ScalpRendering", "PNGImage",
      ],
      swiftSettings: strict),
    .testTarget(name: "StippleCommandTests", dependencies: ["StippleCommand", "PNGImage"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
