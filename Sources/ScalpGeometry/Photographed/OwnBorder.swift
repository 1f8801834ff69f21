// The mean head's border of hair moved to where a scan's colours show the client's own.

import Arithmetic

/// A border that was moved.
struct OwnBorder {
  var border: SurfaceCurve
  /// Places of it for each place of the mean border, so that its parts keep their names.
  static let between = 2
}

extension SurfaceCurve {
  /// This border, which was told by `places` places, moved across itself.
  func moved(_ shift: BorderShift, places: Int, on frame: ScalpFrame) -> OwnBorder {
    let radius = skullRadius(frame.head.landmarks)
    var moved: [SIMD3<Float>] = []
    for k in 0..<places {
      let next = k + 1 < places ? controlArcs[k + 1] : length
      for j in 0..<OwnBorder.between {
        let along = mix(controlArcs[k], next, Float(j) / Float(OwnBorder.between))
        let corner = step(at: along).corner
        let place = position(at: along)
        // The border runs with the scalp on its left, seen from outside.
        let inward = cross(normals[corner], tangent(at: corner))
        // On the round of the skull a step along the tangent ends short.
        let angle = shift.shift(at: along) / radius
        moved.append(place + inward * (radius * angle * (1 + angle * angle / 3)))
      }
    }
    return OwnBorder(border: SurfaceCurve(through: moved, closed: true, on: frame))
  }
}
