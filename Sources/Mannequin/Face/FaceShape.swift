// How a face differs from the mean face of its sex. Each number is one feature in population standard deviations: no
// set of them stands for an ancestry, and any person is somewhere between -2 and 2 in most.
//
// Standard deviations in mm: nose, jaw and ear from the NIOSH survey of 2003 (Zhuang, Bradtmiller) and ANSUR II; lips
// from L. G. Farkas. Anthropometry of the head and face. 1994 (about a sixth of the vermilion's height). Brow ridge and
// cheekbone are measured by no survey: theirs are set by eye (grade D).

import ScalpGeometry

/// Features of a mannequin's face, each in population standard deviations from the mean of its sex, -2...2.
///
/// They leave the lengths of `MannequinParameters` as asked.
public struct FaceShape: Sendable, Equatable {
  /// Breadth across the wings of the nose; 4.8 mm each.
  public var noseWidth = 0.0
  /// How far the tip of the nose stands out from the upper lip; 2.7 mm each.
  public var noseProjection = 0.0
  /// Height and fullness of the red of the lips; a sixth each.
  public var lipFullness = 0.0
  /// Breadth of the lower jaw; 10 mm each.
  public var jawWidth = 0.0
  /// Height of the bone above the eyes and between the brows; 0.7 mm each, by eye.
  public var browRidge = 0.0
  /// Height of the cheekbone under the eye; 1 mm each, by eye.
  public var cheekbones = 0.0
  /// How far the ears stand out; 3 mm each.
  public var earProtrusion = 0.0

  public init() {}

  /// What `MannequinParameters.validate` checks.
  public static let range = -2.0...2.0

  var named: [(name: String, value: Double)] {
    [
      ("nose width", noseWidth), ("nose projection", noseProjection), ("lip fullness", lipFullness),
      ("jaw width", jawWidth), ("brow ridge", browRidge), ("cheekbones", cheekbones), ("ear protrusion", earProtrusion),
    ]
  }
}

extension MannequinRecipe {
  /// Puts a face's own features into the numbers of a head of the given sex.
  mutating func take(_ face: FaceShape, sex: Sex) {
    if face == FaceShape() { return }
    let isMale = sex == .male
    // Nose: 37.8 mm broad and 20.8 mm deep in men, 35.8 and 18.9 in women
    nose.widen(by: 1 + face.noseWidth * (isMale ? 4.8 / 37.8 : 4.92 / 35.8))
    nose.push(forward: face.noseProjection * (isMale ? 2.75 : 2.68), down: 0)
    lips.scale(by: 1 + face.lipFullness / 6)

    // Jaw: the sides of the face from the mouth's corner downwards
    let jaw = face.jawWidth * (isMale ? 10.7 : 9.27) / 2
    for i in self.face.sections.indices {
      let share = min(max((-18 - self.face.sections[i].y) / 40, 0), 1)
      self.face.sections[i].halfWidth *= 1 + jaw / 55 * share * share * (3 - 2 * share)
    }

    raise(brush: "glabella", by: 0.4 * face.browRidge)
    raise(stroke: "superciliary arch", by: 0.7 * face.browRidge)
    raise(stroke: "supraorbital rim", by: 0.35 * face.browRidge)
    raise(brush: "cheekbone", by: face.cheekbones)
    // An auricle 36 mm broad that stands out by 29 degrees moves its rim by 0.55 mm a degree.
    ear.flare += face.earProtrusion * (isMale ? 3.0 : 2.66) / 0.55
  }

  mutating func raise(brush name: String, by rise: Double) {
    for i in brushes.indices where brushes[i].name == name { brushes[i].height += rise }
  }

  mutating func raise(stroke name: String, by rise: Double) {
    for i in strokes.indices where strokes[i].name == name { strokes[i].height += rise }
  }
}

extension NoseShape {
  /// Scales the breadth of the lower nose; the root keeps its own.
  mutating func widen(by factor: Double) {
    func share(_ y: Double) -> Double { min(max((4 - y) / 22, 0), 1) }
    func scale(_ y: Double) -> Double { 1 + (factor - 1) * share(y) }
    for i in cones.indices {
      cones[i].from[0] *= scale(cones[i].from[1])
      cones[i].to[0] *= scale(cones[i].to[1])
    }
    for i in lobes.indices {
      lobes[i].centre[0] *= factor
      lobes[i].radii[0] *= lobes[i].centre[0] == 0 ? factor.squareRoot() : factor
    }
    nostril.centre[0] *= factor
    nostril.radii[0] *= factor
    for i in crease.indices { crease[i][0] *= factor }
  }

  /// Moves the tip, and what lies between it and the root by its share of the way.
  mutating func push(forward: Double, down: Double) {
    func moved(_ p: [Double]) -> [Double] {
      let height = min(max((20 - p[1]) / 40, 0), 1)
      // Where the nose meets the lip and the cheek nothing moves.
      let depth = min(max((p[2] - 92) / 14, 0), 1)
      return [p[0], p[1] - down * height * depth, p[2] + forward * height * depth]
    }
    for i in cones.indices {
      cones[i].from = moved(cones[i].from)
      cones[i].to = moved(cones[i].to)
    }
    for i in lobes.indices { lobes[i].centre = moved(lobes[i].centre) }
    nostril.centre = moved(nostril.centre)
  }
}

extension LipShape {
  /// Scales the height of the red and its fullness about the line between the lips.
  mutating func scale(by factor: Double) {
    let middle = line[0][1]
    for i in upper.indices {
      upper[i][1] = middle + (upper[i][1] - middle) * factor
      upper[i][3] *= factor
    }
    for i in lower.indices {
      lower[i][1] = middle + (lower[i][1] - middle) * factor
      lower[i][3] *= factor
    }
    for i in line.indices { line[i][1] = middle + (line[i][1] - middle) * factor }
    redScale *= factor
  }
}

extension EarShape {
  /// Scales the auricle about its middle, so that it grows up and down.
  mutating func scale(length: Double, breadth: Double) {
    let middle = 1.0
    func v(_ value: Double) -> Double { middle + (value - middle) * length }
    outline = outline.map { [$0[0] * breadth, v($0[1])] }
    func stretched(_ tube: [[Double]]) -> [[Double]] { tube.map { [$0[0] * breadth, v($0[1]), $0[2], $0[3]] } }
    helix = stretched(helix)
    antihelix = stretched(antihelix)
    superiorCrus = stretched(superiorCrus)
    inferiorCrus = stretched(inferiorCrus)
    tragus = stretched(tragus)
    antitragus = stretched(antitragus)
    func stretched(_ e: EllipsoidShape) -> EllipsoidShape {
      EllipsoidShape(
        e.x * Float(breadth), Float(v(Double(e.y))), e.z, radii: e.rx * Float(breadth), e.ry * Float(length), e.rz)
    }
    lobule = stretched(lobule)
    conchaOuter = stretched(conchaOuter)
    conchaInner = stretched(conchaInner)
    lengthScale *= length
  }
}
