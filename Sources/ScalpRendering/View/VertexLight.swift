// Light arriving at each vertex of a head for one view.
//
// What dome and lamps send to an unshadowed surface is known in closed form or from a table (StudioLight.swift). What
// the head hides of each is the share of the 128 directions of SkyVisibility that are open, weighed by the lamp's lobe
// and the cosine: sampling touches shadows only, so that an unshadowed surface has no sampling error at all. Light
// scattered inside the skin is a blur of the sum over the mesh, widest in red, and lamps seem wider to red light; where
// the head is thin, as ears are, light from the other side comes through.

import Arithmetic
import Meshes
import ScalpGeometry

/// Light arriving at each vertex for one view.
struct VertexLight {
  /// Diffuse irradiance over pi, linear Rec.709: what a white matt surface would send out.
  var irradiance: [SIMD3<Float>]
  /// How irradiance (luminance) changes when the normal tilts: its gradient by the normal.
  var gradient: [SIMD3<Float>]
  /// Share of each lamp that is visible (x, y, z) and of the open sky (w).
  var visible: [SIMD4<Float>]
  /// Share of the irradiance (luminance) that comes from the first lamp.
  var key: [Float]
}

/// A lamp in the head's frame with its tables.
private struct PlacedLamp {
  var direction: SIMD3<Float>
  /// Irradiance over pi per unit of mean cosine.
  var strength: SIMD3<Float>
  /// One table per channel.
  var tables: [LampTable]
}

/// How far light seems to come around a terminator because it wanders in the skin, radians per channel.
private let terminatorWidth = SIMD3<Float>(0.17, 0.085, 0.05)

/// Sums the lamps over what each vertex sees, then spreads the light inside the skin.
func lightVertices(_ head: PreparedHead, _ light: StudioLight, camera: Camera, threads: Int?) -> VertexLight {
  let back = -camera.forward
  let lamps = light.softboxes.prefix(3).map { box in
    PlacedLamp(
      direction: normalized(
        camera.right * box.direction.x + camera.up * box.direction.y + back * box.direction.z),
      strength: box.radiance * (box.flux / Float.pi),
      tables: (0..<3).map { c in
        LampTable(sharpness: box.sharpness / (1 + box.sharpness * terminatorWidth[c] * terminatorWidth[c]))
      })
  }
  let count = head.mesh.positions.count
  let visible = head.smoothed(
    visibleShares(head, light, lamps: lamps.map(\.direction), threads: threads), rounds: 2, threads: threads)

  var result = VertexLight(
    irradiance: [SIMD3<Float>](repeating: .zero, count: count),
    gradient: [SIMD3<Float>](repeating: .zero, count: count), visible: visible,
    key: [Float](repeating: 0, count: count))
  let chunk = 4096
  let up = camera.up
  result.irradiance.withUnsafeMutableBufferPointer { irradianceBuffer in
    result.gradient.withUnsafeMutableBufferPointer { gradientBuffer in
      result.key.withUnsafeMutableBufferPointer { keyBuffer in
        nonisolated(unsafe) let irradiance = irradianceBuffer
        nonisolated(unsafe) let gradient = gradientBuffer
        nonisolated(unsafe) let key = keyBuffer
        parallelTiles((count + chunk - 1) / chunk, threads: threads) { tile in
          for i in (tile * chunk)..<min(count, (tile + 1) * chunk) {
            let n = head.mesh.normals[i]
            let open = visible[i]
            // The cosine-weighted mean of a linear dome is its value at two thirds of the normal's height.
            let rise = (light.above - light.below) * (1 / 3 as Float)
            var e = light.dome(dot(n, up) * (2 / 3 as Float)) * open.w
            var g = up * (luminance(rise) * open.w)
            for (j, lamp) in lamps.enumerated() {
              let c = dot(n, lamp.direction)
              let cosine = SIMD3(
                lamp.tables[0].meanCosine(c), lamp.tables[1].meanCosine(c), lamp.tables[2].meanCosine(c))
              e += lamp.strength * cosine * open[j]
              g += lamp.direction * (luminance(lamp.strength) * lamp.tables[1].slope(c) * open[j])
            }
            irradiance[i] = e
            gradient[i] = g
            if let lamp = lamps.first {
              let c = lamp.tables[1].meanCosine(dot(n, lamp.direction))
              key[i] = luminance(lamp.strength) * c * open.x / max(luminance(e), 1e-6)
            }
          }
        }
      }
    }
  }
  // Red travels farthest in the dermis: shadow edges turn soft and warm.
  for amount in [SIMD3<Float>(0.55, 0.45, 0.3), SIMD3(0.55, 0.3, 0), SIMD3(0.5, 0, 0)] {
    result.irradiance = head.smoothed(result.irradiance, amount: amount, threads: threads)
  }
  let direct = result.irradiance
  for passage in head.thinPlaces {
    var through = SIMD3<Float>.zero
    for c in 0..<3 { through[c] = 0.4 * exponential(-passage.thickness * throughThinSkin[c]) }
    result.irradiance[Int(passage.vertex)] += direct[Int(passage.exit)] * through
  }
  return result
}

/// What thin skin and cartilage take from light that passes through, per mm and channel: the inverse of the diffuse mean
/// free paths of skin (H. W. Jensen and others. A practical model for subsurface light transport. 2001), red least.
private let throughThinSkin = SIMD3<Float>(0.28, 0.75, 1.45)

@inline(__always)
func luminance(_ c: SIMD3<Float>) -> Float { 0.2126 * c.x + 0.7152 * c.y + 0.0722 * c.z }

/// Per vertex: which share of each lamp's light, and of the sky's, the head lets through.
private func visibleShares(_ head: PreparedHead, _ light: StudioLight, lamps: [SIMD3<Float>], threads: Int?)
  -> [SIMD4<Float>]
{
  let directions = SkyVisibility.directions
  let sharpness = light.softboxes.prefix(3).map { min($0.sharpness, 16) }
  // 128 directions cannot show a lamp narrower than this; a narrower one gets the shadow of a wider one.
  let weights = directions.map { d -> SIMD4<Float> in
    var lobe = SIMD4<Float>(0, 0, 0, 1)
    for (j, lamp) in lamps.enumerated() {
      lobe[j] = exponential(sharpness[j] * (dot(d, lamp) - 1))
    }
    return lobe
  }
  return tabulate(head.mesh.positions.count, initial: SIMD4<Float>.zero, threads: threads) { i in
    let n = head.mesh.normals[i]
    let bits = head.sky.bits[i]
    var open = SIMD4<Float>.zero
    var all = SIMD4<Float>(repeating: 1e-12)
    for k in 0..<SkyVisibility.directionCount {
      let facing = dot(n, directions[k])
      if facing <= 0 { continue }
      let weight = weights[k] * facing
      all += weight
      let word = k < 64 ? bits.x : bits.y
      if (word >> UInt64(k & 63)) & 1 != 0 { open += weight }
    }
    return open / all
  }
}
