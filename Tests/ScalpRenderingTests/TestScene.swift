import Arithmetic
import Meshes
import ScalpGeometry
import SkinOptics

@testable import ScalpRendering

let testSkin = SkinTone.presets[1]

/// The kind of impression that tests lay.
let testBody = PigmentBody(diameter: 0.15, depth: 0.24, opticalDensity: 2)

/// Dots spread at random, one per `spacing` x `spacing` mm, over the skin within `reach` mm of the middle of the forehead.
func dots(on head: Head, spacing: Float, opticalDensity: Double = 2, reach: Float = .infinity) -> Marks {
  var body = testBody
  body.opticalDensity = opticalDensity
  var marks = Marks(styles: [lossProfile(body, in: testSkin)], depth: Float(body.depth))
  let mesh = head.mesh
  let random = CounterRandom(seed: 1, stream: 1)
  for (i, t) in mesh.triangles.enumerated() {
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    let middle = (a + b + c) / 3
    if middle.z < 50 || length(middle - SIMD3(0, 0, 100)) > reach { continue }
    let area = length(cross(b - a, c - a)) / 2
    let count = Int(area / (spacing * spacing) + random.uniform(UInt64(i)))
    for k in 0..<count {
      let r = random.uniformPair(UInt64(1_000_000 + i * 64 + k))
      let (v, w) = r.x + r.y > 1 ? (1 - r.x, 1 - r.y) : (r.x, r.y)
      let p = a + (b - a) * v + (c - a) * w
      marks.append(position: p, normal: normalized(p / SIMD3(77 * 77, 131 * 131, 100 * 100)), style: 0, strength: 1)
    }
  }
  return marks
}

/// A camera on the forehead of the test head: `tilt` degrees off its normal, showing `field` mm.
func patchCamera(field: Float, tilt: Double = 0) -> Camera {
  Camera(target: SIMD3(0, 0, 100), azimuth: tilt, elevation: 0, distance: 600, fieldHeight: field)
}

/// The middle of a picture of `size` pixels: `share` of its side.
func middleWindow(size: Int, share: Double) -> PictureWindow {
  let side = max(1, Int((Double(size) * share).rounded()))
  return PictureWindow(
    fullWidth: size, fullHeight: size, x: (size - side) / 2, y: (size - side) / 2, width: side, height: side)
}

func mean(_ light: [SIMD3<Float>]) -> SIMD3<Double> {
  light.reduce(SIMD3<Double>.zero) { $0 + SIMD3<Double>($1) } / Double(light.count)
}
