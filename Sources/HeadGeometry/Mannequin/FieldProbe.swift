// Questions to the field along rays and planes: where the skin is, landmarks, and the lengths that the solver
// compares with what was asked for.

extension MannequinField {
  /// First crossing from outside to inside along a ray, or nil within `reach` mm.
  func entry(from origin: SIMD3<Float>, towards direction: SIMD3<Float>, reach: Float, step: Float = 1)
    -> SIMD3<Float>?
  {
    var before: Float = 0
    var t: Float = 0
    while t <= reach {
      let p = origin + direction * t
      if value(p.x, p.y, p.z) < 0 {
        var (outside, inside) = (before, t)
        for _ in 0..<20 {
          let middle = (outside + inside) / 2
          let q = origin + direction * middle
          if value(q.x, q.y, q.z) < 0 { inside = middle } else { outside = middle }
        }
        return origin + direction * inside
      }
      before = t
      t += step
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

  init(_ field: MannequinField) {
    func front(_ x: Float, _ y: Float) -> SIMD3<Float> {
      field.entry(from: SIMD3(x, y, 150), towards: SIMD3(0, 0, -1), reach: 150) ?? SIMD3(x, y, 90)
    }
    func back(_ y: Float) -> SIMD3<Float> {
      field.entry(from: SIMD3(0, y, -150), towards: SIMD3(0, 0, 1), reach: 150) ?? SIMD3(0, y, -90)
    }
    func farthest(_ points: [SIMD3<Float>], by measure: (SIMD3<Float>) -> Float) -> SIMD3<Float> {
      var best = points[0]
      for p in points where measure(p) > measure(best) { best = p }
      return best
    }
    let brows = stride(from: Float(26), through: 44, by: 0.5).map { front(0, $0) }
    let glabella = farthest(brows) { $0.z }
    let root = stride(from: Float(4), through: 26, by: 0.5).map { front(0, $0) }
    let sellion = farthest(root) { -$0.z }
    let tops = stride(from: Float(-60), through: 40, by: 1).map { z in
      field.entry(from: SIMD3(0, 150, z), towards: SIMD3(0, -1, 0), reach: 60) ?? SIMD3(0, 120, z)
    }
    let vertex = farthest(tops) { $0.y }
    let backs = stride(from: Float(10), through: 90, by: 1).map(back)
    opisthocranion = farthest(backs) { dot($0 - glabella, $0 - glabella) }
    let tragion =
      field.entry(from: SIMD3(110, 0, 0), towards: SIMD3(-1, 0, 0), reach: 60, step: 0.25) ?? SIMD3(72.5, 0, 0)
    let canthus = front(45.3, 9.1)
    func mirrored(_ p: SIMD3<Float>) -> SIMD3<Float> { SIMD3(-p.x, p.y, p.z) }
    landmarks = HeadLandmarks(
      glabella: glabella, sellion: sellion, leftTragion: tragion, rightTragion: mirrored(tragion), vertex: vertex,
      inion: back(-12), leftCanthus: canthus, rightCanthus: mirrored(canthus))
    let chin = stride(from: Float(60), through: 100, by: 1).map { z in
      field.entry(from: SIMD3(0, -125, z), towards: SIMD3(0, 1, 0), reach: 60) ?? SIMD3(0, -90, z)
    }
    menton = farthest(chin) { -$0.y }
    var sides: [SIMD3<Float>] = []
    for y in stride(from: Float(44), through: 84, by: 4) {
      for z in stride(from: Float(-52), through: 32, by: 4) {
        let start = SIMD3(0, y, z)
        sides.append(start + SIMD3(field.exitDistance(from: start, towards: SIMD3(1, 0, 0), 30, 110), 0, 0))
      }
    }
    euryon = farthest(sides) { $0.x }

    // The tape lies a little above the glabella and over the opisthocranion.
    let high = front(0, glabella.y + HeadMeasurements.tapeAboveGlabella)
    let middle = (high + opisthocranion) / 2
    let forward = normalized(high - opisthocranion)
    brim = (0...72).map { k in
      let direction = Self.halfCircle(Float(k) / 72, forward: forward)
      return middle + direction * field.exitDistance(from: middle, towards: direction, 40, 140)
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
      faceHeight: length(warp.position(landmarks.sellion) - warp.position(menton)))
  }
}
