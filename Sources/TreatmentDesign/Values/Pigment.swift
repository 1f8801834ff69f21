// What is put in. A practitioner does not choose an optical density: they dilute, test, and go over the area until it
// matches the hair beside it. So a design says how the work is to look, and the numbers that it leaves out are found by the
// match; numbers that it states stand.

/// An impression as it is after healing, and how many stand for the hair.
public struct Dose: Sendable, Equatable {
  /// Impressions per cm² that stand for the hair where all of it is lost.
  public var density: Double = 240
  /// How many times as many it would take to be as dark as the hair, 1 to 2: over 1 where `density` is the most that keep
  /// apart. Where some of the hair stands, it takes fewer, and all of them find room.
  public var reach: Double = 1
  /// Optical density along the axis at 550 nm (natural logarithm), 0.1 to 16.
  public var opticalDensity: Double = 4
  /// Diameter of the pigment itself, mm.
  public var coreDiameter: Double = 0.22
  /// Needle depth, mm; the visible pigment rests at about 0.3 of it.
  public var needleDepth: Double = 0.8

  public init() {}
}

/// Numbers of a dose that a design states; `nil` leaves one to the match.
public struct StatedDose: Sendable, Equatable {
  public var opticalDensity: Double?
  public var coreDiameter: Double?
  public var needleDepth: Double?

  public init() {}
}

/// What is put in, and how deep.
public struct Pigment: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case carbon
    case ironOxide = "iron-oxide"
    case azo, temporary
  }
  /// What the work is matched to.
  public enum Match: String, Sendable, CaseIterable {
    /// The hair beside it; on a bald head the shaved hair that the client would have.
    case hair
  }
  public var kind = Kind.carbon
  public var match = Match.hair
  /// How dark the work is to be, times the hair that it is matched to, 0.3 to 1.2.
  public var darkness: Double = 1
  /// What the design states itself.
  public var stated = StatedDose()
  /// What the match found; stands where nothing is stated. It is no part of the document.
  public var found = Dose()
  /// Water per part of pigment, ml per ml, as practitioners number shades; `nil` takes what mixes the optical density. It
  /// is what is mixed; `opticalDensity` is what is drawn.
  public var shade: Double?
  /// Needle behind the first centimetre of a hairline, and elsewhere; `nil` takes the one whose healed core is nearest.
  public var needle: Needle?
  /// Needle on the first centimetre of a hairline.
  public var edgeNeedle = Needle(diameter: 0.18, points: 1)

  public init() {}
}

extension Pigment {
  /// Optical density of a healed impression along its axis at 550 nm (natural logarithm). Dilution sets it; not published for
  /// any product. Setting it states it.
  public var opticalDensity: Double {
    get { stated.opticalDensity ?? found.opticalDensity }
    set { stated.opticalDensity = newValue }
  }
  /// Diameter of the healed pigment itself, mm. Setting it states it.
  public var coreDiameter: Double {
    get { stated.coreDiameter ?? found.coreDiameter }
    set { stated.coreDiameter = newValue }
  }
  /// Needle depth, mm; the visible pigment rests at about 0.3 of it. Setting it states it.
  public var needleDepth: Double {
    get { stated.needleDepth ?? found.needleDepth }
    set { stated.needleDepth = newValue }
  }
}

/// What one layer does differently with the pigment; `nil` takes the design's own.
public struct LayerPigment: Sendable, Equatable {
  /// As in `Pigment`.
  public var opticalDensity: Double?
  public var coreDiameter: Double?
  public var needleDepth: Double?
  public var shade: Double?
  /// What the match found for this layer alone, as for a scar, whose skin is paler and keeps less; no part of the document.
  public var found: Dose?

  public init() {}

  /// Whether anything differs.
  public var isPlain: Bool { self == LayerPigment() }
}

extension Pigment {
  /// This pigment with what a layer changes.
  public func changed(by layer: LayerPigment) -> Pigment {
    var pigment = self
    if let found = layer.found { pigment.found = found }
    if let value = layer.opticalDensity { pigment.opticalDensity = value }
    if let value = layer.coreDiameter { pigment.coreDiameter = value }
    if let value = layer.needleDepth { pigment.needleDepth = value }
    if let value = layer.shade { pigment.shade = value }
    return pigment
  }
}

extension Layer {
  /// What differs from the design's pigment in this layer.
  public var pigment: LayerPigment {
    get {
      switch self {
      case .hairline(let line): line.pigment
      case .zone(let zone): zone.pigment
      case .scar(let scar): scar.pigment
      case .gradient(let gradient): gradient.pigment
      case .mask(let mask): mask.pigment
      }
    }
    set {
      switch self {
      case .hairline(var line):
        line.pigment = newValue
        self = .hairline(line)
      case .zone(var zone):
        zone.pigment = newValue
        self = .zone(zone)
      case .scar(var scar):
        scar.pigment = newValue
        self = .scar(scar)
      case .gradient(var gradient):
        gradient.pigment = newValue
        self = .gradient(gradient)
      case .mask(var mask):
        mask.pigment = newValue
        self = .mask(mask)
      }
    }
  }
}
