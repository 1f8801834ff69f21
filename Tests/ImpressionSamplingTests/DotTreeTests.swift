import Arithmetic
import Testing

@testable import ImpressionSampling

@Suite struct DotTreeTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var place: @Sendable (SIMD3<Float>, Int) -> (SIMD3<Float>, SIMD3<Float>)
    var testDescription: String { name }
  }

  private static let cases: [Case] = [
    Case(name: "a cube") { p, _ in (p * 10, SIMD3(0, 0, 1)) },
    Case(name: "a cluster and a few far away") { p, i in (i % 50 == 0 ? p * 1000 : p * 0.01, SIMD3(0, 1, 0)) },
    Case(name: "two sheets that face away from each other") { p, i in
      let up: Float = i % 2 == 0 ? 1 : -1
      return (SIMD3(p.x * 10, p.y * 10, 0.05 * up), SIMD3(0.1, 0, up))
    },
    Case(name: "a lattice, where many are equally near") { p, _ in
      ((p * 6).rounded(.down), SIMD3(0, 0, 1))
    },
    Case(name: "all in one place") { _, _ in (SIMD3(1, 2, 3), SIMD3(1, 0, 0)) },
    Case(name: "a sphere") { p, _ in
      let n = normalized(p - 0.5)
      return (n * 10, n)
    },
  ]

  /// The nearest dot is the one that comparing all of them finds, to the last bit, with and without a hint.
  @Test(arguments: 0..<6, [1, 7, 9, 500])
  func theNearestIsTheNearest(number: Int, count: Int) {
    let random = CounterRandom(seed: 4, stream: UInt64(number))
    func place(_ i: Int) -> (SIMD3<Float>, SIMD3<Float>) {
      let k = UInt64(3 * i)
      return Self.cases[number].place(
        SIMD3(random.uniform(k), random.uniform(k + 1), random.uniform(k + 2)), i)
    }
    let dots = (0..<count).map(place)
    let tree = DotTree(dots.map(\.0), normals: dots.map(\.1))
    for i in 0..<400 {
      // Every other place is a dot itself, which is not its own neighbour
      let except = i % 2 == 0 && i < count ? i : -1
      let (p, normal) = except >= 0 ? dots[i] : place(1000 + i)
      var best: (squared: Float, label: Int)?
      for (k, dot1) in dots.enumerated() where k != except && dot(dot1.1, normal) >= 0 {
        let squared = dot(dot1.0 - p, dot1.0 - p)
        if squared < best?.squared ?? .infinity { best = (squared, k) }
      }
      for hint in [-1, Int32(i % count)] {
        let found = tree.nearest(to: p, normal: normal, except: Int32(except), hint: hint)
        #expect(found.map { Int($0.label) } == best?.label)
        #expect(found?.squared == best?.squared)
      }
    }
  }
}
