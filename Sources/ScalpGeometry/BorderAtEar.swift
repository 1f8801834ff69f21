// The border where hair grows, beside an ear that was found on the head's own shape.
//
// On the mean head the border runs around the mean ear. Ears differ in place and size by more than hair's distance from
// them: hair begins 5 to 10 mm from the root of the auricle, above and behind it, and none grows on it.
import Arithmetic
import Meshes

/// How far from the root of the auricle the border lies, mm: a little less than where hair is seen, which thins out over it.
private let gap: Float = 6
/// Down to here hair follows the ear, mm below the tragion on the mean man.
private let lowest: Float = -10

/// Lengths along the border between which it runs around one ear: it has left the sideburn at `start`, is at the ear from
/// `startWhole` to `endWhole`, and at the nape from `end` on. Descending on the right side.
struct BorderAtEar {
  var start: Float
  var startWhole: Float
  var endWhole: Float
  var end: Float

  /// 1 beside the ear, 0 elsewhere.
  fileprivate func weight(_ along: Float) -> Float {
    start < end
      ? smoothstep(start, startWhole, along) * (1 - smoothstep(endWhole, end, along))
      : smoothstep(end, endWhole, along) * (1 - smoothstep(startWhole, start, along))
  }
}

/// Distances inside the border, mm, per vertex, with the border around one ear laid around `ear`.
///
/// - Parameters:
///   - inside: distances to the mean head's border, mm, positive inside.
///   - found: how they were found.
///   - part: where that border runs around this ear.
///   - side: 1 for the left ear, -1 for the right.
func laid(
  around ear: Auricle, inside: [Float], found: CurveDistance, part: BorderAtEar, side: Float, on head: Head,
  threads: Int?
) -> [Float] {
  let tragion = side > 0 ? head.landmarks.leftTragion : head.landmarks.rightTragion
  let low = tragion.y + lowest * head.landmarks.vertex.y / 131
  return tabulate(inside.count, initial: 0, threads: threads) { i in
    let p = head.mesh.positions[i]
    let before = inside[i]
    if p.x * side < 20 || length(p - tragion) > 110 { return before }
    if ear.members.contains(Int32(i)) { return min(before, -gap - ear.distance(of: p)) }
    if found.distances[i] >= found.band { return before }
    // An ear may lie lower or further forward than the mean one: what is close behind the tragion belongs to it as well.
    let near = smoothstep(-2, 8, tragion.z - p.z) * (1 - smoothstep(50, 65, length(p - tragion)))
    let weight = max(part.weight(found.alongs[i]), near) * (1 - smoothstep(25, 45, before))
    let away = ear.distance(of: p)
    // In front of the ear the sideburn stays where it is, off the ear.
    let kept = min(before, away - 0.5 * gap)
    return weight > 0 ? mix(kept, min(away - gap, p.y - low), weight) : kept
  }
}
