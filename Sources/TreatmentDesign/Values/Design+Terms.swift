// What a design says beside its layers: needles, later visits, prices, and the rules it sets aside.

import PigmentAging

/// A needle by its diameter and the number of its points.
public struct Needle: Sendable, Equatable {
  /// Of one point, mm: 0.15 to 0.20 for hairlines, 0.20 to 0.30 elsewhere (clinics' figures, grade C).
  public var diameter: Double
  /// 1 on hairlines, 3 elsewhere in the one published protocol (Liu et al. 2025); 1 to 7.
  public var points: Int

  public init(diameter: Double, points: Int) {
    self.diameter = diameter
    self.points = points
  }
}

/// A later visit that renews the work.
public enum TouchUp: Sendable, Equatable {
  /// Years after the last session.
  case year(Double)
  /// When the darkness falls to this share of the healed work's, 0.3 to 0.95.
  case below(Double)
}

/// Laser sessions at one time that break up what is in the skin.
public struct LaserVisit: Sendable, Equatable {
  /// After the last session.
  public var year: Double = 0
  /// How many, one after the other.
  public var sessions = 1

  public init(year: Double = 0, sessions: Int = 1) {
    self.year = year
    self.sessions = sessions
  }
}

extension Client {
  /// What makes this client's pigment leave faster or slower.
  public var lossFactors: [LossFactor] {
    var factors: [LossFactor] = []
    switch oiliness {
    case .normal: break
    case .oily: factors.append(.oilySkin)
    case .dry: factors.append(.drySkin)
    }
    switch sun {
    case .average: break
    case .heavy: factors.append(.heavySun)
    case .protected: factors.append(.protectedFromSun)
    }
    if smoker { factors.append(.smoker) }
    if chlorine { factors.append(.regularChlorine) }
    if exfoliation { factors.append(.exfoliation) }
    if let age, age > 60 { factors.append(.over60) }
    return factors
  }
}

/// The clinic's own prices. Whatever is given is multiplied out and added; nothing is built in.
public struct RateCard: Sendable, Equatable {
  /// As printed behind amounts: a code such as EUR, or a sign.
  public var currency = ""
  /// For the whole treatment.
  public var base: Double = 0
  public var perSession: Double = 0
  public var perHour: Double = 0
  public var perThousandDots: Double = 0
  public var perSquareCentimetre: Double = 0
  public var perTouchUp: Double = 0
  /// For the whole treatment of a loss pattern; where there are any, the design's own pattern must be among them.
  public var stages: [ExistingHair.Loss: Double] = [:]
  /// What is paid when the first session is booked, part of the total.
  public var deposit: Double = 0

  public init() {}
}

/// Who hands a report over. Nothing of it reaches a picture.
public struct Clinic: Sendable, Equatable {
  /// Languages of the report.
  public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case german = "de"
    case spanish = "es"
    case french = "fr"
    case turkish = "tr"
    case portuguese = "pt"
  }
  public var name: String?
  /// Path of a PNG or JPEG, relative to the document's folder.
  public var logo: String?
  /// Telephone, address, page: as it is to be printed.
  public var contact: String?
  public var language = Language.english

  public init() {}
}

/// A rule that a design sets aside, and why.
public struct Waiver: Sendable, Equatable {
  public var rule: LintRule
  /// In the words of whoever answers for it.
  public var reason: String

  public init(rule: LintRule, reason: String) {
    self.rule = rule
    self.reason = reason
  }
}

/// That a layer is meant to lay pigment where no hair grows, and why.
public struct BeyondScalpReason: Sendable, Equatable {
  public var reason: String

  public init(reason: String) { self.reason = reason }
}

/// Numbers of the rules of good practice; the same in every version.
public enum LintRule: String, Sendable, CaseIterable {
  case l1 = "L1"
  case l2 = "L2"
  case l3 = "L3"
  case l4 = "L4"
  case l5 = "L5"
  case l6 = "L6"
  case l7 = "L7"
  case l8 = "L8"
  case l9 = "L9"
  case l10 = "L10"
  case l11 = "L11"
  case l12 = "L12"
  case l13 = "L13"
  case l14 = "L14"
  case l15 = "L15"
  case l16 = "L16"
  case l17 = "L17"
  case l18 = "L18"
  case l19 = "L19"
  case l20 = "L20"
}
