import Testing

@testable import HeadGeometry

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
