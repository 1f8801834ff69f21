// Every number of the ageing model, once: its default, the range that a design may give it, and how well it is
// supported. The README of this folder prints the same table, and a test keeps the two equal.

/// How well a number is supported.
public enum EvidenceGrade: String, Sendable {
  /// Measured on people or tissue, in print; small numbers are said so.
  case a = "A"
  /// One expert's or one clinic's report.
  case b = "B"
  /// What several practitioners say.
  case c = "C"
  /// A design value: chosen so that the whole agrees with A to C.
  case d = "D"
}

/// The ageing model's numbers; `AgingParameter.all` gives each its range, unit and evidence grade.
public struct AgingParameters: Sendable, Equatable {
  // What one impression loses
  public var shedShare = 0.30
  public var settlingShare = 0.15
  public var settlingYears = 0.75
  public var lossRate = 0.10
  public var spread = 3e-4
  public var sheddingDay = 9.0
  public var sheddingWidth = 2.5
  public var healingTime = 1.0
  public var saturation = 1.0

  // Impressions differ
  public var impressionLuck = 0.20
  public var placeLuck = 0.10
  public var impressionClock = 0.10

  // Tissue and depth
  public var scarLoss = 1.75
  public var scarShed = 0.10
  public var scarSettling = 0.05
  public var scarSpread = 3.0
  public var shallowShed = 0.85
  public var deepShed = 0.4
  public var deepSettling = 8.0 / 15
  public var deepLoss = 0.5
  public var deepSpread = 40.0 / 3

  // Pigments
  public var ironOxideLoss = 2.0
  public var azoLoss = 3.0
  public var temporaryLoss = 9.0
  public var temporaryShed = 0.40
  public var temporarySettling = 0.35
  public var temporarySettlingYears = 0.40
  public var temporarySpread = 2e-4
  public var ironOxideRed = 6.0
  public var ironOxideRedYears = 3.0
  public var carbonBlue = 1.5
  public var carbonBlueYears = 5.0

  // The client
  public var oilySkin = 1.3
  public var drySkin = 0.95
  public var heavySun = 1.4
  public var heavySunAzo = 2.5
  public var protectedFromSun = 0.85
  public var smoker = 1.1
  public var chlorine = 1.15
  public var exfoliation = 1.3
  public var over60 = 0.95

  // Later visits
  public var touchUpDarkness = 0.65
  public var lifetimeDose = 1.8
  public var laserCarbon = 0.3
  public var laserIronOxide = 0.6
  public var laserAzo = 0.5
  public var laserTemporary = 0.3

  public init() {}

  public static let standard = AgingParameters()
}

/// One number of the model: where it is kept and what is known of it.
public struct AgingParameter: Sendable {
  /// As in a design's `aging:` section.
  public let name: String
  public let field: any WritableKeyPath<AgingParameters, Double> & Sendable
  /// What a design may give it.
  public let range: ClosedRange<Double>
  /// Empty for shares and factors.
  public let unit: String
  public let grade: EvidenceGrade
  public let meaning: String

  /// Every parameter, in the order in which the documentation lists them.
  public static let all: [AgingParameter] = [
    .init("shedShare", \.shedShare, 0.15...0.50, .d, "of the deposit, in epidermis and scab, gone within weeks"),
    .init("settlingShare", \.settlingShare, 0.05...0.30, .d, "of the deposit, gone within the first year or so"),
    .init("settlingYears", \.settlingYears, 0.4...1.5, .d, unit: "years", "time constant of the settling share"),
    .init("lossRate", \.lossRate, 0.04...0.25, .d, unit: "per year", "slow loss of what lasts"),
    .init("spread", \.spread, 1e-4...2e-3, .d, unit: "mm2 per year", "lateral diffusion; the least supported number"),
    .init("sheddingDay", \.sheddingDay, 7...12, .d, unit: "days", "half of the shed share is gone"),
    .init("sheddingWidth", \.sheddingWidth, 1.5...4, .d, unit: "days", "width of the shedding in time"),
    .init("healingTime", \.healingTime, 0.7...1.4, .c, "factor on the days of the healing curve"),
    .init("saturation", \.saturation, 0.7...1.6, .d, "how much slower darkness falls than mass"),
    .init("impressionLuck", \.impressionLuck, 0...0.4, .d, "deviation of the logarithm of what an impression takes"),
    .init("placeLuck", \.placeLuck, 0...0.3, .d, "the same between places some centimetres apart"),
    .init("impressionClock", \.impressionClock, 0...0.3, .d, "deviation of the logarithm of an impression's pace"),
    .init("scarLoss", \.scarLoss, 1.5...2.0, .a, "factor on the slow loss in scars (ten patients)"),
    .init("scarShed", \.scarShed, 0...0.2, .d, "added to the shed share in scars"),
    .init("scarSettling", \.scarSettling, 0...0.15, .d, "added to the settling share in scars"),
    .init("scarSpread", \.scarSpread, 1...5, .d, "factor on the spread in scars"),
    .init("shallowShed", \.shallowShed, 0.6...0.95, .d, "shed share above 0.5 mm of needle depth"),
    .init("deepShed", \.deepShed, 0.2...0.7, .d, "factor on the shed share beyond 1.5 mm of needle depth"),
    .init("deepSettling", \.deepSettling, 0.3...0.8, .d, "factor on the settling share beyond 1.5 mm"),
    .init("deepLoss", \.deepLoss, 0.3...0.8, .d, "factor on the slow loss beyond 1.5 mm"),
    .init("deepSpread", \.deepSpread, 20.0 / 3...20, .d, "factor on the spread beyond 1.5 mm: blow-out"),
    .init("ironOxideLoss", \.ironOxideLoss, 1.3...3, .d, "factor on the slow loss of iron-oxide blends"),
    .init("azoLoss", \.azoLoss, 1.5...5, .d, "factor on the slow loss of azo blends"),
    .init("temporaryLoss", \.temporaryLoss, 4...15, .d, "factor on the slow loss of pigments made to clear"),
    .init("temporaryShed", \.temporaryShed, 0.15...0.6, .d, "shed share of pigments made to clear"),
    .init("temporarySettling", \.temporarySettling, 0.1...0.5, .d, "settling share of pigments made to clear"),
    .init(
      "temporarySettlingYears", \.temporarySettlingYears, 0.2...1, .d, unit: "years", "and its time constant"),
    .init("temporarySpread", \.temporarySpread, 1e-4...2e-3, .d, unit: "mm2 per year", "and its lateral diffusion"),
    .init("ironOxideRed", \.ironOxideRed, 0...12, .d, unit: "a*", "drift of iron oxide: its yellow leaves first"),
    .init("ironOxideRedYears", \.ironOxideRedYears, 1...10, .d, unit: "years", "time constant of that drift"),
    .init("carbonBlue", \.carbonBlue, 0...4, .d, unit: "b*", "drift of carbon to blue that years add"),
    .init("carbonBlueYears", \.carbonBlueYears, 1...15, .d, unit: "years", "time constant of that drift"),
    .init("oilySkin", \.oilySkin, 1.1...1.6, .d, "factor on the slow loss"),
    .init("drySkin", \.drySkin, 0.85...1, .d, "factor on the slow loss"),
    .init("heavySun", \.heavySun, 1.1...1.8, .d, "factor on the slow loss of all pigments but azo"),
    .init("heavySunAzo", \.heavySunAzo, 1.5...4, .d, "factor on the slow loss of azo, which light breaks up"),
    .init("protectedFromSun", \.protectedFromSun, 0.7...1, .d, "factor on the slow loss under hat or sunscreen"),
    .init("smoker", \.smoker, 1...1.3, .d, "factor on the slow loss"),
    .init("chlorine", \.chlorine, 1...1.4, .d, "factor on the slow loss of regular swimmers"),
    .init("exfoliation", \.exfoliation, 1...1.6, .d, "factor on the slow loss under retinoids and acids"),
    .init("over60", \.over60, 0.85...1, .d, "factor on the slow loss"),
    .init("touchUpDarkness", \.touchUpDarkness, 0.55...0.75, .d, "darkness at which clients come back, healed = 1"),
    .init("lifetimeDose", \.lifetimeDose, 1.4...2.2, .d, "pigment over the years, first treatment = 1, that smears"),
    .init("laserCarbon", \.laserCarbon, 0.2...0.5, .c, "of carbon left by one laser session"),
    .init("laserIronOxide", \.laserIronOxide, 0.4...0.9, .d, "of iron oxide left; it may darken first"),
    .init("laserAzo", \.laserAzo, 0.3...0.8, .d, "of azo blends left by one laser session"),
    .init("laserTemporary", \.laserTemporary, 0.2...0.5, .d, "of pigments made to clear left by one laser session"),
  ]

  private init(
    _ name: String, _ field: any WritableKeyPath<AgingParameters, Double> & Sendable, _ range: ClosedRange<Double>,
    _ grade: EvidenceGrade, unit: String = "", _ meaning: String
  ) {
    (self.name, self.field, self.range, self.grade) = (name, field, range, grade)
    (self.unit, self.meaning) = (unit, meaning)
  }
}
