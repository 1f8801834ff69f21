import Arithmetic
import ScalpGeometry
import TestSupport
import Testing

@testable import Mannequin

struct FieldCheckPoint: Sendable, CustomTestStringConvertible {
  var name: String
  var x: Float
  var y: Float
  var z: Float
  var field: Float

  init(_ name: String, _ x: Float, _ y: Float, _ z: Float, _ field: Float) {
    self.name = name
    self.x = x
    self.y = y
    self.z = z
    self.field = field
  }

  var testDescription: String { name }

  /// Values of the plain recipe from an evaluator written independently of this one.
  static let all = [
    FieldCheckPoint("crown, outside", 10, 128, -40, -0.69), FieldCheckPoint("vertex", 0, 131.2, -19, 0.008),
    FieldCheckPoint("forehead", 20, 70, 90, 0.593), FieldCheckPoint("temple", 66, 40, 40, -0.076),
    FieldCheckPoint("euryon, inside", 75, 57, -20, -2.09), FieldCheckPoint("occiput", 0, 40, -102, 0.194),
    FieldCheckPoint("nape", 12, -50, -78, 3.5), FieldCheckPoint("mastoid", 60, -28, -24, -5.348),
    FieldCheckPoint("glabella", 0, 33, 98.4, 0.106), FieldCheckPoint("brow", 24, 34, 94, -0.813),
    FieldCheckPoint("upper lid", 31, 14, 82, -0.466), FieldCheckPoint("below the lash line", 31, 3, 82, 1.827),
    FieldCheckPoint("inner corner", 16, 9, 85, 3.522), FieldCheckPoint("nose bridge", 0, 0, 101, -3.246),
    FieldCheckPoint("nose tip", 0, -19, 118.8, 0.005), FieldCheckPoint("nostril", 6.2, -28.5, 104.6, 2.309),
    FieldCheckPoint("alar crease", 19, -22, 96, 1.581), FieldCheckPoint("philtrum", 0, -41, 101, 0.78),
    FieldCheckPoint("upper lip", 8, -49, 102, -1.303), FieldCheckPoint("mouth line", 3, -54.5, 101, 0.102),
    FieldCheckPoint("lip corner", 25, -54, 86, -2.233), FieldCheckPoint("chin", 0, -88, 97, -0.606),
    FieldCheckPoint("cheek", 50, -15, 70, -3.724), FieldCheckPoint("jaw angle", 55, -62, 10, -3.878),
    FieldCheckPoint("larynx", 0, -122, 33, 1.735), FieldCheckPoint("neck side", 50, -90, -20, -4.428),
    FieldCheckPoint("base", 30, -159, -20, 1), FieldCheckPoint("tragus", 71.4, -2.1, -1, -0.179),
    FieldCheckPoint("helix rim", 83, 15, -35, -1.204), FieldCheckPoint("concha", 73.5, -2, -12, 2.583),
    FieldCheckPoint("antihelix", 79, 5, -22, -1.207), FieldCheckPoint("lobule", 77, -22, -8, 0.15),
    FieldCheckPoint("behind the ear", 70, 5, -38, 1.245), FieldCheckPoint("far", 150, 100, 100, 85.568),
  ]
}

struct MannequinFieldTests {
  static let plain = MannequinField(.plain)

  /// Two evaluators differ by their tables of the section columns: 0.05 mm at most.
  static let tableTolerance: Float = 0.06

  @Test(arguments: FieldCheckPoint.all)
  func plainRecipeAgreesWithItsCheckPoints(_ point: FieldCheckPoint) {
    let field = Self.plain.value(point.x, point.y, point.z)
    #expect(abs(field - point.field) <= Self.tableTolerance, "field \(field), expected \(point.field)")
  }
}

struct MannequinFieldReductionTests {
  /// Boxes around skin all over the head: what is left out of the field must not matter inside them.
  @Test(arguments: 0..<12)
  func reducedFieldIsTheSameInItsBox(_ seed: Int) throws {
    let field = MannequinField(.mended, morph: seed % 2 == 0 ? .male : .female, fullness: 0.1)
    let random = CounterRandom(seed: UInt64(seed), stream: 1)
    var draw: UInt64 = 0
    func uniform(_ low: Float, _ high: Float) -> Float {
      draw += 1
      return low + (high - low) * random.uniform(draw)
    }
    var checked = 0
    while checked < 12 {
      let direction = normalized(SIMD3(uniform(0, 1), uniform(-1, 1), uniform(-1, 1)))
      let inside = SIMD3<Float>(0, uniform(-60, 40), uniform(-20, 30))
      let reach = field.exitDistance(from: inside, towards: direction, 0, 180)
      let centre = inside + direction * reach
      if centre.x < 0 || centre.y < -150 { continue }
      checked += 1
      let half = SIMD3<Float>(repeating: uniform(1, 6))
      var box = FieldBox(low: centre - half, high: centre + half)
      box.low.x = max(box.low.x, 0)
      let reduced = field.reduced(to: box)
      for _ in 0..<12 {
        let p = SIMD3(
          uniform(box.low.x, box.high.x), uniform(box.low.y, box.high.y), uniform(box.low.z, box.high.z))
        let whole = field.value(p.x, p.y, p.z)
        #expect(reduced.value(p.x, p.y, p.z) == whole, "at \(p) in \(box)")
      }
    }
  }

  @Test func meshVerticesLieOnTheField() throws {
    let solved = try solvedMannequin(MannequinParameters(sex: .male))
    let skin = try MannequinSamples.head(0).templatePositions
    var worst: Float = 0
    var off = 0
    var index = 0
    for p in skin where p.y > solved.field.cutHeight {
      index += 1
      if index % 7 != 0 { continue }
      let (value, gradient) = solved.field.valueAndGradient(p)
      let distance = abs(value) / max(length(gradient), 0.5)
      worst = max(worst, distance)
      if distance > 0.05 { off += 1 }
    }
    // Newton converges but for a few vertices in creases narrower than a coarse cell.
    #expect(worst < 1)
    #expect(off < index / 7 / 200)
  }

  @Test func turnsRunOnceAround() {
    var before: Float = -1
    for k in 0..<400 {
      // Around a square, starting at +x
      let t = Float(k) / 100
      let s = t - Float(Int(t)) - 0.5
      let (x, y): (Float, Float) =
        switch k / 100 {
        case 0: (1, s + 0.5)
        case 1: (0.5 - s, 1)
        case 2: (-1, 0.5 - s)
        default: (s - 0.5, -1)
        }
      let angle = turns(y, x)
      #expect(angle >= before - 1e-6 && angle < 1.000_001 || k == 0, "step \(k)")
      before = angle
      if k % 100 != 0 { continue }
    }
    #expect(abs(turns(1, 1) - 0.125) < 1e-6)
    #expect(abs(turns(1, -1) - 0.375) < 1e-6)
    #expect(abs(turns(-2, 0) - 0.75) < 1e-6)
  }
}
