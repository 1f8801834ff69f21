import Benchmark
import Mannequin
import Meshes
import ScalpGeometry

func headBenchmarks() throws {
  Benchmark("head generation, 100k triangles") { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try makeMannequin(MannequinParameters(sex: .male), triangles: 100_000))
    }
  }

  let scalp = try Scalp(makeMannequin(MannequinParameters(sex: .male), triangles: 100_000))
  let places = [(112, -90), (92, -72), (80, -50), (72, -28), (69, 0), (72, 28), (80, 50), (92, 72), (112, 90)]
    .compactMap {
      scalp.frame.place(up: $0.0, side: $0.1)?.position
    }
  let hairline = SurfaceCurve(through: places, on: scalp.frame)
  Benchmark("distance to a 200 mm hairline, 100k") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(scalp.distance(to: hairline, band: 45)) }
  }

  // A scan in metres with nothing wrong but its corners written three times over
  let skin = scalp.head.mesh
  let scan = TriangleMesh(
    positions: skin.triangles.flatMap { t in
      (0..<3).map { skin.positions[Int(t[$0])] / 1000 }
    }, triangles: skin.triangles.indices.map { UInt32(3 * $0) &+ SIMD3(0, 1, 2) })
  var landmarks = ScanLandmarks()
  landmarks[.leftTragion] = SIMD3<Double>(scalp.head.landmarks.leftTragion) / 1000
  landmarks[.rightTragion] = SIMD3<Double>(scalp.head.landmarks.rightTragion) / 1000
  landmarks[.glabella] = SIMD3<Double>(scalp.head.landmarks.glabella) / 1000
  let marks = landmarks
  Benchmark("scan repaired and oriented, 100k") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try prepareScan(scan, landmarks: marks)) }
  }
}
