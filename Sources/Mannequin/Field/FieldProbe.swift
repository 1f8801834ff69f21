// Questions to the field along rays and planes: where the skin is, landmarks, and the lengths that the solver
// compares with what was asked for.

import Arithmetic
import ScalpGeometry

extension MannequinField {
  /// First crossing from outside to inside along a ray, or nil within `reach` mm.
  func entry(from origin: SIMD3<Float>, towards direction: SIMD3<Float>, reach: Float) -> SIMD3<Float>? {
    var before: Float = 0
    var t: Float = 0
    while t <= reach {
      let p = origin + direction * t
      let f = value(p.x, p.y, p.z)
      if f < 0 {
        var (outside, inside) = (before, t)
        for _ in 0..<16 {
          let middle = (outside + inside) / 2
          let q = origin + direction * middle
          if value(q.x, q.y, q.z) < 0 { inside = middle } else { outside = middle }
        }
        return origin + direction * inside
      }
      before = t
      // The field rises by less than 3 per millimetre except in fine creases.
      t += max(0.5, f / 3)
    }
    return nil
  }

  /// Distance from a point inside to the skin along a ray, by bisection of `low...high`.
  func exitDistance(from origin: SIMD3<Float>, towards direction: SIMD3<Float>, _ low: Float, _ high: Float) -> Float {
    var (inside, outside) = (low, high)
    for _ in 0..<16 {
      let middle = (inside + outside) / 2
      let p = origin + direction * middle
      if value(p.x, p.y, p.z) < 0 { inside = middle } else { outside = middle }
    }
    return (inside + outside) / 2
  }
}

/// Places and lengths of a head measured on its field, in the template frame.
struct TemplateSurvey: Sendable {
  var landmarks: HeadLandmarks
  var menton: SIMD3<Float>
  var opisthocranion: SIMD3<Float>
  var euryon: SIMD3<Float>
  /// Half of the section above the brows, from front to back.
  var brim: [SIMD3<Float>]
  /// Widest place of the left zygomatic arch.
  var zygion: SIMD3<Float>
  /// Half of the section over the vertex in the plane of the tragions, upwards from above the ear.
  var coronal: [SIMD3<Float>]

  init(_ field: MannequinField) {
    // Each group of rays asks only the part of the field that reaches it.
    let face = field.reduced(to: FieldBox(low: SIMD3(0, -30, 75), high: SIMD3(50, 50, 135)))
    let skull = field.reduced(to: FieldBox(low: SIMD3(0, 36, -150), high: SIMD3(140, 150, 45)))
    let nape = field.reduced(to: FieldBox(low: SIMD3(0, -14, -150), high: SIMD3(1, 90, -50)))
    let jaw = field.reduced(to: FieldBox(low: SIMD3(0, -125, 58), high: SIMD3(1, -90, 105)))
    let side = field.reduced(to: FieldBox(low: SIMD3(60, -1, -1), high: SIMD3(112, 1, 1)))

    func front(_ x: Float, _ y: Float) -> SIMD3<Float> {
      face.entry(from: SIMD3(x, y, 135), towards: SIMD3(0, 0, -1), reach: 100) ?? SIMD3(x, y, 90)
    }
    func back(_ y: Float) -> SIMD3<Float> {
      nape.entry(from: SIMD3(0, y, -120), towards: SIMD3(0, 0, 1), reach: 100) ?? SIMD3(0, y, -90)
    }
    func farthest(_ points: [SIMD3<Float>], by measure: (SIMD3<Float>) -> Float) -> SIMD3<Float> {
      var best = points[0]
      for p in points where measure(p) > measure(best) { best = p }
      return best
    }
    // The skin between the brows is flat, so its foremost place is sought in two steps.
    let near = farthest(stride(from: Float(26), through: 44, by: 0.5).map { front(0, $0) }) { $0.z }.y
    let glabella = farthest(stride(from: near - 0.5, through: near + 0.51, by: 0.1).map { front(0, $0) }) { $0.z }
    let sellion = farthest(stride(from: Float(4), through: 26, by: 0.5).map { front(0, $0) }) { -$0.z }
    let vertex = farthest(
      stride(from: Float(-40), through: 20, by: 2).map { z in
        skull.entry(from: SIMD3(0, 145, z), towards: SIMD3(0, -1, 0), reach: 60) ?? SIMD3(0, 120, z)
      }
    ) { $0.y }
    opisthocranion = farthest(stride(from: Float(14), through: 80, by: 2).map(back)) {
      dot($0 - glabella, $0 - glabella)
    }
    let tragion = side.entry(from: SIMD3(110, 0, 0), towards: SIMD3(-1, 0, 0), reach: 60) ?? SIMD3(72.5, 0, 0)
    let canthus = front(45.3, 9.1)
    func mirrored(_ p: SIMD3<Float>) -> SIMD3<Float> { SIMD3(-p.x, p.y, p.z) }
    landmarks = HeadLandmarks(
      glabella: glabella, sellion: sellion, leftTragion: tragion, rightTragion: mirrored(tragion), vertex: vertex,
      inion: back(-12), leftCanthus: canthus, rightCanthus: mirrored(canthus))
    menton = farthest(
      stride(from: Float(60), through: 104, by: 2).map { z in
        jaw.entry(from: SIMD3(0, -125, z), towards: SIMD3(0, 1, 0), reach: 60) ?? SIMD3(0, -90, z)
      }
    ) { -$0.y }
    zygion = .zero
    euryon = .zero
    brim = []
    coronal = []
    measureSides(of: field)
  }

  /// Finds again what depends on the fullness of the brain case: nothing on the midline does.
  mutating func measureSides(of field: MannequinField) {
    // In front of the ear the temple blends into the arch, so its own fullness shows here.
    let arch = field.reduced(to: FieldBox(low: SIMD3(40, -20, 28), high: SIMD3(100, 6, 56)))
    zygion = .zero
    for y in stride(from: Float(-16), through: 4, by: 5) {
      for z in stride(from: Float(30), through: 54, by: 6) {
        let x = arch.exitDistance(from: SIMD3(0, y, z), towards: SIMD3(1, 0, 0), 45, 95)
        if x > zygion.x { zygion = SIMD3(x, y, z) }
      }
    }
    let skull = field.reduced(to: FieldBox(low: SIMD3(0, 36, -150), high: SIMD3(140, 86, 45)))
    euryon = .zero
    for y in stride(from: Float(44), through: 84, by: 5) {
      for z in stride(from: Float(-52), through: 32, by: 6) {
        let x = skull.exitDistance(from: SIMD3(0, y, z), towards: SIMD3(1, 0, 0), 40, 100)
        if x > euryon.x { euryon = SIMD3(x, y, z) }
      }
    }
    let dome = field.reduced(to: FieldBox(low: SIMD3(0, 36, -60), high: SIMD3(140, 150, 30)))
    let top = normalized(SIMD3(0, landmarks.vertex.y, landmarks.vertex.z))
    coronal = (0...28).map { k in
      // From 32 degrees above the horizontal: clear of the ear on every head
      let share = Float(k) / 28
      let direction = normalized(SIMD3(1 - share, 0, 0) + top * (0.625 + 0.375 * share))
      return direction * dome.exitDistance(from: .zero, towards: direction, 50, 170)
    }
    // The tape lies a little above the glabella and over the opisthocranion.
    let band = field.reduced(to: FieldBox(low: SIMD3(0, 30, -150), high: SIMD3(140, 60, 140)))
    let y = landmarks.glabella.y + HeadMeasurements.tapeAboveGlabella
    let high = band.entry(from: SIMD3(0, y, 135), towards: SIMD3(0, 0, -1), reach: 100) ?? landmarks.glabella
    let middle = (high + opisthocranion) / 2
    let forward = normalized(high - opisthocranion)
    brim = (0...48).map { k in
      let direction = Self.halfCircle(Float(k) / 48, forward: forward)
      return middle + direction * band.exitDistance(from: middle, towards: direction, 40, 130)
    }
  }

  /// Unit directions from `forward` over +x to backward, for `t` in 0...1.
  private static func halfCircle(_ t: Float, forward: SIMD3<Float>) -> SIMD3<Float> {
    let u = 1 - 2 * t
    return normalized(forward * u + SIMD3(1 - u * u, 0, 0) * 1.2)
  }

  /// Lengths once the template is mapped by `warp`, mm.
  func measurements(_ warp: HeadWarp) -> HeadMeasurements {
    let points =
      brim.map(warp.position)
      + brim.dropFirst().dropLast().reversed().map {
        warp.position(SIMD3(-$0.x, $0.y, $0.z))
      }
    let glabella = warp.position(landmarks.glabella)
    return HeadMeasurements(
      headLength: length(glabella - warp.position(opisthocranion)),
      headBreadth: warp.position(euryon).x - warp.position(SIMD3(-euryon.x, euryon.y, euryon.z)).x,
      headCircumference: perimeterOfHull(points),
      tragionToVertex: warp.position(landmarks.vertex).y,
      bitragionBreadth: warp.position(landmarks.leftTragion).x - warp.position(landmarks.rightTragion).x,
      faceHeight: length(warp.position(landmarks.sellion) - warp.position(menton)),
      bizygomaticBreadth: warp.position(zygion).x - warp.position(SIMD3(-zygion.x, zygion.y, zygion.z)).x,
      coronalArc: coronalArc(
        over: coronal.map(warp.position) + coronal.map { warp.position(SIMD3(-$0.x, $0.y, $0.z)) },
        between: warp.position(landmarks.leftTragion), warp.position(landmarks.rightTragion)))
  }
}
