import Benchmark
import HeadGeometry
import ImpressionSampling

/// A half ellipsoid with the area of a scalp: 2 × 75 mm across, 2 × 95 mm long, 75 mm high, about 22 000 triangles.
func scalpLikeDome() -> TriangleMesh {
  let (rings, spokes) = (64, 176)
  var positions: [SIMD3<Float>] = [SIMD3(0, 75, 0)]
  var triangles: [SIMD3<UInt32>] = []
  for ring in 1...rings {
    // Rational form of the circle, so that no trigonometry is needed: t = 0 is the top, t = 1 the rim.
    let t = Float(ring) / Float(rings)
    let (up, out) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
    for spoke in 0..<spokes {
      let u = Float(spoke % (spokes / 4)) / Float(spokes / 4)
      let (c, s) = ((1 - u * u) / (1 + u * u), 2 * u / (1 + u * u))
      let (x, z) = [(c, s), (-s, c), (-c, -s), (s, -c)][spoke / (spokes / 4)]
      positions.append(SIMD3(75 * out * x, 75 * up, 95 * out * z))
    }
  }
  for ring in 0..<rings {
    for spoke in 0..<spokes {
      let next = (spoke + 1) % spokes
      func vertex(_ ring: Int, _ spoke: Int) -> UInt32 { ring == 0 ? 0 : UInt32(1 + (ring - 1) * spokes + spoke) }
      let (a, b) = (vertex(ring, spoke), vertex(ring, next))
      let (c, d) = (vertex(ring + 1, spoke), vertex(ring + 1, next))
      if ring > 0 { triangles.append(SIMD3(a, b, d)) }
      triangles.append(SIMD3(a, d, c))
    }
  }
  return TriangleMesh(positions: positions, triangles: triangles)
}

func samplingBenchmarks() {
  let mesh = scalpLikeDome()
  for (name, count) in [("5k", 5000), ("20k", 20_000), ("100k", 100_000)] {
    Benchmark("sampling \(name)") { benchmark in
      var options = PoissonDiscOptions()
      options.count = count
      for i in benchmark.scaledIterations {
        let pattern = try samplePoissonDisc(
          on: mesh, density: UniformDensity(perSquareCentimetre: 40), seed: UInt64(i), options: options)
        blackHole(pattern)
      }
    }
  }
}
