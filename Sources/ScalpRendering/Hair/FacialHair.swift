// Eyebrows and lashes of the mannequin as single hairs, grown where the face is painted for them. A face without them
// reads as a dummy.

import Arithmetic
import Mannequin
import Meshes

/// Brows and lashes of a head with paint coordinates; none for scans, which bring their own.
///
/// - Parameters:
///   - colour: linear albedo of the hair.
///   - grey: share of the brows' hairs, 0...1, that have `greyColour` instead; lashes keep their colour.
public func facialHair(
  of head: PreparedHead, colour: SIMD3<Float>, grey: Float = 0, greyColour: SIMD3<Float> = SIMD3(repeating: 0.24),
  seed: UInt64
) -> Strands {
  var strands = Strands()
  if head.templatePositions.isEmpty { return strands }
  let random = CounterRandom(seed: seed, stream: RandomStream.brows)
  let mesh = head.mesh
  for (index, t) in mesh.triangles.enumerated() {
    let place =
      (head.templatePositions[Int(t.x)] + head.templatePositions[Int(t.y)] + head.templatePositions[Int(t.z)]) / 3
    // Brows and lids lie on the front of the face.
    if place.z < 55 || place.y < -5 || place.y > 50 { continue }
    let paint = facePaint(at: place)
    if paint.brow <= 0.02, paint.lash <= 0.25 { continue }
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    let area = length(cross(b - a, c - a)) / 200  // cm²
    let normal = normalized(cross(b - a, c - a))
    let side: Float = place.x < 0 ? -1 : 1
    let isLash = paint.lash > 0.25
    let wanted = area * (isLash ? 420 * paint.lash : 260 * paint.brow)
    let key = UInt64(index) &* 64
    let count = Int(held(wanted + random.uniform(key), 0, 12))
    for k in 0..<count {
      let pair = random.uniformPair(key &+ UInt64(4 * k + 1))
      let more = random.uniformPair(key &+ UInt64(4 * k + 2))
      let last = random.uniformPair(key &+ UInt64(4 * k + 3))
      let (v, w) = pair.x + pair.y > 1 ? (1 - pair.x, 1 - pair.y) : (pair.x, pair.y)
      let root = a + (b - a) * v + (c - a) * w
      if isLash {
        // Lashes hang from the closed lid, fanning outwards, and curl up.
        let fan = (abs(place.x) - 31) / 15
        let first = normalized(SIMD3(side * (0.35 * fan + 0.2 * (more.x - 0.5)), -0.65, 0.9))
        let second = normalized(SIMD3(side * (0.45 * fan + 0.2 * (more.x - 0.5)), -0.25, 1))
        let reach = 4.5 + 2.5 * more.y
        let middle = root + first * (reach * 0.5)
        strands.append(root: root, tip: middle, normal: normal, diameter: 0.07, colour: colour, vertex: t.x)
        strands.append(
          root: middle, tip: middle + second * (reach * 0.5), normal: normal, diameter: 0.05, colour: colour,
          vertex: t.x)
      } else {
        // Inner brow hairs rise, outer ones lie sideways; upper ones lean down, lower ones up.
        let across = clamp((abs(place.x) - 8) / 40, 0, 1)
        let rise = 0.95 - 1.25 * across + 0.5 * (more.x - 0.5)
        var direction = SIMD3(side * (0.45 + 0.9 * across), rise, 0)
        direction -= normal * dot(direction, normal)
        direction = normalized(normalized(direction) + normal * 0.14)
        let reach = (4 + 3.5 * more.y) * (0.75 + 0.25 * paint.brow)
        let bent = normalized(direction + SIMD3(side * 0.25, -0.15, 0) - normal * 0.18)
        let middle = root + direction * (reach * 0.5)
        let diameter = 0.055 + 0.03 * last.x
        let colour = last.y < grey ? greyColour : colour
        strands.append(root: root, tip: middle, normal: normal, diameter: diameter, colour: colour, vertex: t.x)
        strands.append(
          root: middle, tip: middle + bent * (reach * 0.5), normal: normal, diameter: diameter * 0.7, colour: colour,
          vertex: t.x)
      }
    }
  }
  return strands
}
