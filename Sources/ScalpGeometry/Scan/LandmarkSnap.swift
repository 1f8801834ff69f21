// From where the mean head puts the landmarks to where this head has them: the nasal root is the hollow of the midline
// profile, the glabella the foremost skin above it, and the ears and eyes, which stand a centimetre higher, lower or farther
// back on one head than on another, are laid in by themselves, by closest points of the mean head's own.

import Arithmetic
import Meshes

/// The landmarks of a head that was laid into a scan, on the scan's skin, in its coordinates; and whether the profile has a
/// nasal root at all.
func snappedLandmarks(_ fit: HeadFit, template: Head, tree: BoundingVolumeHierarchy)
  -> (places: ScanLandmarks, hasNose: Bool)
{
  func onSkin(_ p: SIMD3<Float>) -> SIMD3<Float> { tree.closestPoint(to: p, effort: FrameGuess.effort).position }
  let marks = template.landmarks
  var found = ScanLandmarks()
  func put(_ name: ScanLandmarks.Name, _ place: SIMD3<Float>) { found[name] = SIMD3<Double>(onSkin(place)) }
  put(.vertex, fit.map(marks.vertex))
  put(.inion, fit.map(marks.inion))
  put(.trichion, fit.map(SIMD3<Float>(ScanLandmarks.Name.trichion.template)))

  // Ears may lie 20 mm from the mean place, eye corners 8.
  for (name, place, radius, step, reach) in [
    (ScanLandmarks.Name.leftTragion, marks.leftTragion, Float(36), Float(9), Float(24)),
    (.rightTragion, marks.rightTragion, 36, 9, 24), (.leftCanthus, marks.leftCanthus, 24, 5, 9),
    (.rightCanthus, marks.rightCanthus, 24, 5, 9),
  ] {
    // The cheek before the ear is smooth: it would only hold the ear where it is.
    let patch = LocalPatch(around: place, radius: radius, of: template) { abs(place.x) < 60 || $0.z < place.z + 6 }
    put(name, patch.place(in: fit, step: step, reach: reach, nearest: onSkin) ?? fit.map(place))
  }

  // The profile in the middle between the eyes, from the brow to the bridge of the nose
  let middle = Profile(fit, from: marks.sellion.y + 40, to: marks.sellion.y - 36, tree: tree)
  let hollow = middle.hollow(near: marks.sellion.y, reach: 16)
  let sellion = hollow.map { fit.map($0) } ?? fit.map(marks.sellion)
  put(.sellion, sellion)
  let brow = middle.foremost(above: hollow?.y ?? marks.sellion.y)
  put(.glabella, brow.map { fit.map($0) } ?? fit.map(marks.glabella))
  return (found, hollow != nil)
}

/// Part of the mean head that is laid in by itself.
private struct LocalPatch {
  let centre: SIMD3<Float>
  let points: [SIMD3<Float>]

  init(around centre: SIMD3<Float>, radius: Float, of head: Head, where isMeant: (SIMD3<Float>) -> Bool) {
    self.centre = centre
    var taken: Set<SIMD3<Int32>> = []
    var points: [SIMD3<Float>] = []
    for p in head.mesh.positions where length(p - centre) < radius && isMeant(p) {
      if taken.insert(SIMD3<Int32>((p / (radius / 6)).rounded(.down))).inserted { points.append(p) }
    }
    self.points = points
  }

  /// The scan's place of the centre, or `nil` where the patch fits nowhere within `reach` mm.
  func place(in fit: HeadFit, step: Float, reach: Float, nearest: (SIMD3<Float>) -> SIMD3<Float>) -> SIMD3<Float>? {
    var best: (place: SIMD3<Float>, cost: Float)?
    let scale = fit.scale * fit.meanStretch
    let middle = fit.map(centre)
    let from = points.enumerated().map { TemplatePoint(index: $0, position: fit.map($1) - middle) }
    for start in 0..<9 {
      // Up and down, forward and back: across, the skin decides.
      var shift =
        fit.direction(SIMD3(0, Float(start % 3 - 1) * step, Float(start / 3 - 1) * step)) * scale
      var turn = Rotation(taking: [])
      var gap = Float.infinity
      for _ in 0..<14 {
        let (turned, shifted) = (turn, shift)
        guard
          let found = TrimmedPairs(
            from, scale: scale, here: { middle + SIMD3<Float>(turned(SIMD3<Double>($0))) + shifted }, nearest: nearest)
        else { return nil }
        let (pairs, fromMiddle, toMiddle) = (found.pairs, found.fromMiddle, found.toMiddle)
        gap = found.gap
        turn = Rotation(
          taking: pairs.map {
            (from: SIMD3<Double>($0.from - fromMiddle), to: SIMD3<Double>($0.to - toMiddle), weight: 1)
          })
        shift = toMiddle - middle - SIMD3<Float>(turn(SIMD3<Double>(fromMiddle)))
      }
      let moved = length(shift) / scale
      // An ear lies in some way on every head: turned by more than 25 degrees, it is something else.
      let cosine = (turn.x.x + turn.y.y + turn.z.z - 1) / 2
      guard moved < reach, cosine > 0.906 else { continue }
      let cost = gap + 0.02 * moved
      if cost < best?.cost ?? .infinity { best = (middle + shift, cost) }
    }
    return best?.place
  }
}

/// The midline as seen from the side, in the mean head's frame: height and how far the skin stands out, every half millimetre.
private struct Profile {
  var points: [SIMD3<Float>] = []

  init(_ fit: HeadFit, from top: Float, to bottom: Float, tree: BoundingVolumeHierarchy) {
    let inward = fit.direction(SIMD3(0, 0, -1))
    for step in 0..<Int((top - bottom) * 2) {
      let y = top - 0.5 * Float(step)
      guard let hit = tree.firstHit(origin: fit.map(SIMD3(0, y, 400)), direction: inward) else { continue }
      points.append(fit.unmap(hit.point.position))
    }
  }

  /// The deepest point between brow and nose; `nil` where there is no hollow.
  func hollow(near y: Float, reach: Float) -> SIMD3<Float>? {
    var best: SIMD3<Float>?
    for p in points where abs(p.y - y) < reach {
      // The foremost above and below, within which it must lie deeper.
      guard let above = points.filter({ $0.y > p.y + 3 && $0.y < p.y + 22 }).max(by: { $0.z < $1.z }),
        let below = points.filter({ $0.y < p.y - 3 && $0.y > p.y - 22 }).max(by: { $0.z < $1.z }),
        p.z < min(above.z, below.z) - 0.7
      else { continue }
      if p.z < best?.z ?? .infinity { best = p }
    }
    return best
  }

  /// The foremost skin 6 to 26 mm above the nasal root.
  func foremost(above y: Float) -> SIMD3<Float>? {
    points.filter { $0.y > y + 6 && $0.y < y + 26 }.max { $0.z < $1.z }
  }
}

extension HeadFit {
  /// A direction of the head frame in the scan's coordinates.
  func direction(_ v: SIMD3<Float>) -> SIMD3<Float> {
    let q = SIMD3<Double>(v)
    return SIMD3<Float>(left * q.x + up * q.y + forward * q.z)
  }

  /// The mean of the three factors.
  var meanStretch: Float { stretch.sum() / 3 }
}
