// What a tape and a caliper would read on a head.

/// Lengths of a head, mm, as anthropometric surveys define them.
public struct HeadMeasurements: Sendable, Equatable {
  /// Glabella to the farthest point of the back of the head on the midline.
  public var headLength: Float
  /// Greatest breadth above the ears.
  public var headBreadth: Float
  /// Tape around the head over the opisthocranion and just above the brows: the perimeter of the convex hull of
  /// that plane section.
  public var headCircumference: Float
  /// Height of the vertex above the tragions.
  public var tragionToVertex: Float
  /// Distance between the tragions.
  public var bitragionBreadth: Float
  /// Nasal root to the lowest point of the chin (menton-sellion), or nil where it cannot be found.
  public var faceHeight: Float?

  /// How far above the glabella the tape crosses the midline of the forehead, mm.
  static let tapeAboveGlabella: Float = 5

  public init(
    headLength: Float, headBreadth: Float, headCircumference: Float, tragionToVertex: Float, bitragionBreadth: Float,
    faceHeight: Float? = nil
  ) {
    self.headLength = headLength
    self.headBreadth = headBreadth
    self.headCircumference = headCircumference
    self.tragionToVertex = tragionToVertex
    self.bitragionBreadth = bitragionBreadth
    self.faceHeight = faceHeight
  }
}

/// Perimeter of the convex hull of points that lie in one plane, mm.
///
/// The plane must not contain the y axis: points are ordered by their x and z.
func perimeterOfHull(_ points: [SIMD3<Float>]) -> Float {
  // A. M. Andrew's monotone chain. 1979.
  let sorted = points.sorted { ($0.x, $0.z) < ($1.x, $1.z) }
  func chain(_ points: [SIMD3<Float>]) -> [SIMD3<Float>] {
    var hull: [SIMD3<Float>] = []
    for p in points {
      while hull.count >= 2 {
        let a = hull[hull.count - 2]
        let b = hull[hull.count - 1]
        if (b.x - a.x) * (p.z - a.z) - (b.z - a.z) * (p.x - a.x) > 0 { break }
        hull.removeLast()
      }
      hull.append(p)
    }
    return hull
  }
  let hull = chain(sorted).dropLast() + chain(sorted.reversed())
  var sum: Float = 0
  for (a, b) in zip(hull, hull.dropFirst()) { sum += length(b - a) }
  return sum
}
