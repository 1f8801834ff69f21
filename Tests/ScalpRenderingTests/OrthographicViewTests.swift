import Meshes
import PNGImage
import ScalpRendering
import Testing

@Suite struct OrthographicViewTests {
  /// Every pixel whose middle lies in a triangle is drawn, and none beyond a pixel of it, however thin and slanted the triangle.
  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7] as [UInt64])
  func thinTrianglesAreDrawnWhole(seed: UInt64) {
    let size = 120
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24) * 130 - 65
    }
    let view = OrthographicView(
      right: SIMD3(1, 0, 0), up: SIMD3(0, 1, 0), centre: .zero, pixelsPerUnit: 1, width: size, height: size)
    for _ in 0..<40 {
      let a = SIMD3(next(), next(), 0)
      let b = SIMD3(next(), next(), 0)
      // A third corner some pixels beside the line between the first two.
      let along = b - a
      let c = a + along * 0.4 + SIMD3(-along.y, along.x, 0) * (next() / 3000)
      let isTurned = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) < 0
      let t: SIMD3<UInt32> = isTurned ? SIMD3(0, 2, 1) : SIMD3(0, 1, 2)
      let mesh = TriangleMesh(
        positions: [a, b, c], triangles: [t], normals: [SIMD3<Float>](repeating: SIMD3(0, 0, 1), count: 3))
      let image = view.drawn(mesh, paper: SIMD3(7, 0, 7))
      for y in 0..<size {
        for x in 0..<size {
          let p = SIMD3<Float>(Float(x) + 0.5 - 60, 60 - Float(y) - 0.5, 0)
          let inside =
            [(a, b), (b, c), (c, a)].map { from, to -> Double in
              let d = SIMD2(Double(to.x - from.x), Double(to.y - from.y))
              let q = SIMD2(Double(p.x - from.x), Double(p.y - from.y))
              let length = max((d * d).sum().squareRoot(), 1e-9)
              return (isTurned ? -1 : 1) * (d.x * q.y - d.y * q.x) / length
            }.min() ?? 0
          let isDrawn = image[x, y] != SIMD3(7, 0, 7)
          if inside > 0.02 { #expect(isDrawn, "\(x), \(y) in \(a) \(b) \(c)") }
          if inside < -1 { #expect(!isDrawn, "\(x), \(y) beside \(a) \(b) \(c)") }
        }
      }
    }
  }
}
