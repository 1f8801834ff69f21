import ImpressionSampling
import Meshes

/// A gently curved patch of 60 × 60 mm, 24 × 24 × 2 triangles.
private func patch() -> TriangleMesh {
  let side = 25
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  for j in 0..<side {
    for i in 0..<side {
      let x = Float(i) * 2.5 - 30
      let z = Float(j) * 2.5 - 30
      positions.append(SIMD3(x, -(x * x + z * z) / 180, z))
    }
  }
  for j in 0..<side - 1 {
    for i in 0..<side - 1 {
      let a = UInt32(j * side + i)
      let b = a + UInt32(side)
      triangles.append(SIMD3(a, b, a + 1))
      triangles.append(SIMD3(a + 1, b, b + 1))
    }
  }
  return TriangleMesh(positions: positions, triangles: triangles)
}

func samplingKernels() -> [Kernel] {
  [
    Kernel(name: "sample-500-dots", units: 4) {
      let sampler = try PoissonDiscSampler(on: patch())
      var options = PoissonDiscOptions()
      options.count = 500
      options.threads = 1
      // Other seeds need other numbers of darts: count the same one each time.
      return { _ in
        try sampler.sample(density: UniformDensity(perSquareCentimetre: 14), seed: 7, options: options).count
      }
    }
  ]
}
