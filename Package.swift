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
        "Stipple", "PNGImage", "JPEGImage", "PDFDocument", "Drawing", "Meshes", "MeshFiles", "ScalpGeometry",
        "Mannequin",
        "ImpressionSampling",
        "TreatmentDesign", "PigmentAging", "SkinOptics", "ScalpRendering",
      ]),
    .executable(name: "stipple", targets: ["StippleCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
    .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
    .package(url: "https://github.com/apple/swift-numerics", .upToNextMinor(from: "1.1.1")),
    // Builds the guides (Sources/Stipple/Stipple.docc); no target depends on it.
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", .upToNextMinor(from: "1.5.0")),
  ],
  targets: [
    .systemLibrary(
      name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev", "pkg-config"]), .brew(["libpng"])]),
    .target(name: "CPNGShim", dependencies: ["CLibPNG"]),
    .systemLibrary(
      name: "CLibJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .target(name: "CJPEGShim", dependencies: ["CLibJPEG"]),
    // Debian's libharu has no pkg-config file.
    .systemLibrary(name: "CLibHaru", providers: [.apt(["libhpdf-dev"]), .brew(["libharu"])]),
    .target(name: "CLanes"),
    .target(name: "Arithmetic", swiftSettings: strict),
    .target(name: "Files", swiftSettings: strict),
    .target(name: "PNGImage", dependencies: ["CPNGShim", "Files"], swiftSettings: strict),
    .target(name: "JPEGImage", dependencies: ["CJPEGShim"], swiftSettings: strict),
    .target(name: "PDFDocument", dependencies: ["CLibHaru"], swiftSettings: strict),
    .target(name: "Drawing", dependencies: ["PNGImage"], swiftSettings: strict),
    .target(name: "Meshes", dependencies: ["Arithmetic"], swiftSettings: strict),
    .target(name: "MeshFiles", dependencies: ["Arithmetic", "Files", "Meshes"], swiftSettings: strict),
    .target(name: "ScalpGeometry", dependencies: ["Arithmetic", "Meshes"], swiftSettings: strict),
    .target(name: "Mannequin", dependencies: ["Arithmetic", "Meshes", "ScalpGeometry"], swiftSettings: strict),
    .target(name: "ImpressionSampling", dependencies: ["Arithmetic", "Meshes", "CLanes"], swiftSettings: strict),
    .target(name: "PigmentAging", dependencies: ["Arithmetic"], exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "TreatmentDesign",
      dependencies: ["Arithmetic", "Files", "Meshes", "ScalpGeometry", "ImpressionSampling", "PigmentAging", "Yams"],
      swiftSettings: strict),
    .target(
      name: "SkinOptics", dependencies: ["Arithmetic"], exclude: ["ACCURACY.md"], swiftSettings: strict),
    .target(
      name: "ScalpRendering",
      dependencies: [
        "Arithmetic", "Meshes", "ScalpGeometry", "Mannequin", "SkinOptics", "PNGImage", "JPEGImage", "CLanes",
      ],
      swiftSettings: strict),
    .target(
      name: "Stipple",
      dependencies: [
        "Arithmetic", "Files", "PNGImage", "JPEGImage", "PDFDocument", "Drawing", "Meshes", "MeshFiles",
        "ScalpGeometry",
        "Mannequin", "ImpressionSampling", "TreatmentDesign", "PigmentAging", "SkinOptics", "ScalpRendering",
      ], swiftSettings: strict),
    // Makes the tables of SkinOptics; nothing depends on it. See Sources/SkinMonteCarlo/README.md.
    .executableTarget(
      name: "SkinMonteCarlo",
      dependencies: [
        "SkinOptics", "Arithmetic", .product(name: "RealModule", package: "swift-numerics"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["README.md"], swiftSettings: strict),
    // Runs one kernel a given number of times, for callgrind to count. See Benchmarks/README.md.
    .executableTarget(
      name: "counts",
      dependencies: [
        "Arithmetic", "PNGImage", "Drawing", "Meshes", "ScalpGeometry", "Mannequin", "ImpressionSampling",
        "TreatmentDesign", "PigmentAging", "SkinOptics", "ScalpRendering",
      ], swiftSettings: strict),
    .executableTarget(
      name: "StippleCommand",
      dependencies: [
        "Stipple", "Files", "TreatmentDesign", "PigmentAging", "ImpressionSampling",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // Makes JPEG files for the tests.
    .target(name: "CJPEGMaker", dependencies: ["CLibJPEG"], path: "Tests/CJPEGMaker"),
    .target(
      name: "JPEGSupport", dependencies: ["CJPEGMaker", "PNGImage"], path: "Tests/JPEGSupport", swiftSettings: strict),
    .testTarget(
      name: "JPEGImageTests", dependencies: ["JPEGImage", "JPEGSupport", "PNGImage"],
      swiftSettings: strict),
    .testTarget(
      name: "PNGImageTests", dependencies: ["PNGImage", "Files", "Drawing"], resources: [.copy("PngSuite")],
      swiftSettings: strict),
    .testTarget(name: "PDFDocumentTests", dependencies: ["PDFDocument"], swiftSettings: strict),
    .testTarget(name: "ArithmeticTests", dependencies: ["Arithmetic"], swiftSettings: strict),
    // Heads and meshes that several test targets look at, each made once.
    .target(
      name: "TestSupport",
      dependencies: ["Arithmetic", "Meshes", "MeshFiles", "ScalpGeometry", "Mannequin"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "MeshesTests", dependencies: ["Meshes", "Arithmetic", "ScalpGeometry", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MeshFilesTests",
      dependencies: ["MeshFiles", "Arithmetic", "Meshes", "ScalpGeometry", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ScalpGeometryTests", dependencies: ["ScalpGeometry", "Arithmetic", "Meshes", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MannequinTests", dependencies: ["Mannequin", "Arithmetic", "Meshes", "ScalpGeometry", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ImpressionSamplingTests",
      dependencies: ["ImpressionSampling", "Arithmetic", "Meshes", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TreatmentDesignTests",
      dependencies: [
        "TestSupport",
        "TreatmentDesign", "Arithmetic", "Files", "Meshes", "ScalpGeometry", "Mannequin", "ImpressionSampling",
        "PigmentAging",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PigmentAgingTests", dependencies: ["Arithmetic", "PigmentAging"], resources: [.copy("Tables")],
      swiftSettings: strict),
    .testTarget(
      name: "SkinOpticsTests", dependencies: ["SkinOptics"], resources: [.copy("Tables")], swiftSettings: strict),
    .testTarget(
      name: "SkinMonteCarloTests", dependencies: ["SkinMonteCarlo", "SkinOptics", "Arithmetic"], swiftSettings: strict),
    .testTarget(
      name: "ScalpRenderingTests",
      dependencies: [
        "ScalpRendering", "Arithmetic", "Meshes", "MeshFiles", "ScalpGeometry", "Mannequin", "PNGImage", "SkinOptics",
        "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "StippleTests",
      dependencies: [
        "TestSupport", "JPEGSupport",
        "Stipple", "Arithmetic", "Meshes", "MeshFiles", "ScalpGeometry", "ImpressionSampling", "TreatmentDesign",
        "PigmentAging", "SkinOptics", "ScalpRendering", "PNGImage",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GoldenTests",
      dependencies: [
        "TestSupport",
        "Stipple", "Meshes", "ScalpGeometry", "ImpressionSampling", "TreatmentDesign", "PigmentAging", "SkinOptics",
        "PNGImage",
      ], exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(name: "StippleCommandTests", dependencies: ["StippleCommand", "PNGImage"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
