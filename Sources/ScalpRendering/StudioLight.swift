// Lamps as a sky of 128 directions around the camera: a dome that is brighter above, and softboxes. Skin is lit by the
// sum over the directions that its vertex can see, so that soft shadows and ambient occlusion come from one place.
// Light scattered inside the skin is a blur of that irradiance over the mesh, widest in red.

import HeadGeometry

/// A named set of lamps. Directions are in the camera's frame: the client turns, the lamps stay.
public struct StudioLight: Sendable, Equatable {
  /// A soft lamp: radiance falls off as exp(sharpness (cos - 1)) around its direction.
  public struct Softbox: Sendable, Equatable {
    /// Unit vector towards the lamp: right, up, towards the camera.
    public var direction: SIMD3<Float>
    /// 1 for a wide bank, 10 for a small box.
    public var sharpness: Float
    /// Linear Rec.709 radiance at its centre.
    public var radiance: SIMD3<Float>
  }
  /// Up to three.
  public var softboxes: [Softbox]
  /// Radiance of the room from above and from below.
  public var above: SIMD3<Float>
  public var below: SIMD3<Float>

  /// A treatment room: a large soft key from above left, a fill, a rim from behind. Before and after alike.
  public static let clinic = StudioLight(
    softboxes: [
      Softbox(direction: normalized(SIMD3(-0.55, 0.60, 0.58)), sharpness: 7, radiance: SIMD3(4.3, 4.1, 3.85)),
      Softbox(direction: normalized(SIMD3(0.90, 0.20, 0.35)), sharpness: 4, radiance: SIMD3(0.75, 0.79, 0.86)),
      Softbox(direction: normalized(SIMD3(0.45, 0.60, -0.66)), sharpness: 6, radiance: SIMD3(1.5, 1.54, 1.6)),
    ],
    above: SIMD3(0.34, 0.35, 0.37), below: SIMD3(0.17, 0.155, 0.14))
}

/// Light arriving at each vertex for one view.
struct VertexLight {
  /// Diffuse irradiance over pi, linear Rec.709: what a white matt surface would send out.
  var irradiance: [SIMD3<Float>]
  /// How irradiance (luminance) changes when the normal tilts: its gradient by the normal.
  var gradient: [SIMD3<Float>]
  /// Share of each softbox that is visible (x, y, z) and of the open sky (w).
  var visible: [SIMD4<Float>]
}

/// Sums the lamps over what each vertex sees, then spreads the light inside the skin.
func lightVertices(_ head: PreparedHead, _ light: StudioLight, camera: Camera, threads: Int?) -> VertexLight {
  let directions = SkyVisibility.directions
  let solidAngle: Float = 4 / Float(SkyVisibility.directionCount)  // 4 pi / n, over pi
  let back = -camera.forward

  // Radiance of every direction, whole and per softbox.
  var radiance: [SIMD3<Float>] = []
  var lobes: [SIMD4<Float>] = []
  for d in directions {
    let local = SIMD3(dot(d, camera.right), dot(d, camera.up), dot(d, back))
    let t = 0.5 + 0.5 * local.y
    var sum = light.below + (light.above - light.below) * t
    var lobe = SIMD4<Float>(0, 0, 0, 1)
    for (j, box) in light.softboxes.prefix(3).enumerated() {
      let w = fastExp(box.sharpness * (dot(local, box.direction) - 1))
      sum += box.radiance * w
      lobe[j] = w
    }
    radiance.append(sum)
    lobes.append(lobe)
  }

  let count = head.mesh.positions.count
  var result = VertexLight(
    irradiance: [SIMD3<Float>](repeating: .zero, count: count),
    gradient: [SIMD3<Float>](repeating: .zero, count: count),
    visible: [SIMD4<Float>](repeating: .zero, count: count))
  let chunk = 4096
  result.irradiance.withUnsafeMutableBufferPointer { irradianceBuffer in
    result.gradient.withUnsafeMutableBufferPointer { gradientBuffer in
      result.visible.withUnsafeMutableBufferPointer { visibleBuffer in
        nonisolated(unsafe) let irradiance = irradianceBuffer
        nonisolated(unsafe) let gradient = gradientBuffer
        nonisolated(unsafe) let visible = visibleBuffer
        let (radiance, lobes) = (radiance, lobes)
        parallelTiles((count + chunk - 1) / chunk, threads: threads) { tile in
          for i in (tile * chunk)..<min(count, (tile + 1) * chunk) {
            let n = head.mesh.normals[i]
            let bits = head.sky.bits[i]
            var e = SIMD3<Float>.zero
            var g = SIMD3<Float>.zero
            var open = SIMD4<Float>.zero
            var all = SIMD4<Float>(repeating: 1e-6)
            for k in 0..<SkyVisibility.directionCount {
              let d = directions[k]
              let facing = dot(n, d)
              if facing <= 0 { continue }
              let weight = lobes[k] * facing
              all += weight
              let word = k < 64 ? bits.x : bits.y
              if (word >> UInt64(k & 63)) & 1 == 0 { continue }
              open += weight
              let l = radiance[k]
              e += l * facing
              g += d * (0.2126 * l.x + 0.7152 * l.y + 0.0722 * l.z)
            }
            irradiance[i] = e * solidAngle
            gradient[i] = g * solidAngle
            visible[i] = open / all
          }
        }
      }
    }
  }
  diffuse(&result, over: head)
  return result
}

/// Spreads irradiance over the mesh: twice for every channel (which also evens out the 128 directions), then more for
/// green and most for red, as far as light travels in the dermis. Shadow edges turn soft and warm.
private func diffuse(_ light: inout VertexLight, over head: PreparedHead) {
  let rounds: [SIMD3<Float>] = [
    SIMD3(0.6, 0.6, 0.6), SIMD3(0.6, 0.6, 0.4), SIMD3(0.6, 0.35, 0), SIMD3(0.5, 0, 0),
  ]
  for (round, amount) in rounds.enumerated() {
    light.irradiance = head.smoothed(light.irradiance, amount: amount)
    if round < 2 {
      light.gradient = head.smoothed(light.gradient, amount: SIMD3(repeating: 0.5))
      let old = light.visible
      for i in light.visible.indices {
        let range = head.neighbourRange(i)
        if range.isEmpty { continue }
        var sum = SIMD4<Float>.zero
        for k in range { sum += old[Int(head.neighbours[k])] }
        light.visible[i] += 0.5 * (sum / Float(range.count) - old[i])
      }
    }
  }
}
