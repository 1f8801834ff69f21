import PigmentAging
import ScalpGeometry

/// What a design document says, as plain values with every default filled in.
///
/// Lengths in mm on the skin, densities in impressions (or hairs) per cm², angles in degrees, times in days.
/// `readDesign` makes one from YAML; `compile` turns one into density fields on a given head.
public struct Design: Sendable, Equatable {
  /// Version of the document language; this program knows 1.
  public var schemaVersion = 1
  /// What the design is called on pictures and sheets; pictures do not carry it in their metadata.
  public var title: String?
  /// Seed of every random choice in the pictures. The same seed gives the same pictures.
  public var seed: UInt64 = 1
  public var head = HeadSource.mannequin(MannequinChoice())
  public var client = Client()
  public var hair = ExistingHair()
  public var layers: [Layer] = []
  public var pigment = Pigment()
  public var sessions: [Session] = [
    Session(day: 0, share: 0.3), Session(day: 21, share: 0.7), Session(day: 42, share: 1),
  ]
  /// Later visits that renew the work.
  public var touchUps: [TouchUp] = []
  /// Laser that takes pigment out again.
  public var laser: [LaserVisit] = []
  /// The ageing model's numbers.
  public var aging = AgingParameters.standard
  /// The clinic's own prices, if the plan is to show one.
  public var rates: RateCard?
  /// Who hands the report over, if that is said.
  public var clinic: Clinic?
  /// Rules of good practice that this design sets aside.
  public var waivers: [Waiver] = []
  public var pictures = Pictures()

  public init() {}
}

/// Where the head comes from.
public enum HeadSource: Sendable, Equatable {
  case mannequin(MannequinChoice)
  case scan(ScanChoice)
}

/// The parametric mannequin. Lengths that are `nil` follow from sex and percentile.
public struct MannequinChoice: Sendable, Equatable {
  public enum Sex: String, Sendable, CaseIterable { case male, female }
  public var sex = Sex.male
  /// 1 to 99; head length, breadth and circumference of that percentile.
  public var percentile: Double = 50
  /// Glabella to the back of the head, mm.
  public var headLength: Double?
  /// Greatest breadth above the ears, mm.
  public var headBreadth: Double?
  /// Around the head above the brows, mm.
  public var headCircumference: Double?
  /// Years, 18 to 80; `nil` takes the client's age, or 30.
  public var age: Double?
  /// Long (-) or round (+) head: breadth over length, in population standard deviations, -2 to 2, like the rest.
  public var headShape: Double = 0
  /// Breadth across the wings of the nose.
  public var noseWidth: Double = 0
  /// How far the tip of the nose stands out.
  public var noseProjection: Double = 0
  public var lipFullness: Double = 0
  public var jawWidth: Double = 0
  /// Bone above the eyes.
  public var browRidge: Double = 0
  public var cheekbones: Double = 0
  /// How far the ears stand out.
  public var earProtrusion: Double = 0

  public init() {}
}

/// A scanned head and the landmarks that were read off it, in the scan's own units and axes.
public struct ScanChoice: Sendable, Equatable {
  public enum Units: String, Sendable, CaseIterable {
    case mm, cm, dm, m, inch
    /// Millimetres per unit.
    public var millimetres: Double {
      switch self {
      case .mm: 1
      case .cm: 10
      case .dm: 100
      case .m: 1000
      case .inch: 25.4
      }
    }
  }
  /// How long a unit of the scan is: by name, or a number.
  public enum Scale: Sendable, Equatable {
    case named(Units)
    /// Millimetres per unit.
    case perUnit(Double)

    public var millimetres: Double {
      switch self {
      case .named(let unit): unit.millimetres
      case .perUnit(let length): length
      }
    }
  }
  /// Axes in which landmarks are written where a scan's own lie askew: millimetres from `origin`, to the subject's left, up
  /// and forward.
  public struct Axes: Sendable, Equatable {
    /// In the scan's coordinates.
    public var origin = SIMD3<Double>.zero
    /// Directions in the scan's coordinates, of any length; `up` is taken at right angles to `left`.
    public var left = SIMD3<Double>(1, 0, 0)
    public var up = SIMD3<Double>(0, 1, 0)
    /// Millimetres to one unit of the scan, for these figures alone.
    public var perUnit = 1.0

    public init() {}

    /// The frame; `nil` for directions that are none, or nearly the same.
    public var frame: ScanFrame? {
      func unit(_ v: SIMD3<Double>) -> SIMD3<Double>? {
        let length = (v * v).sum().squareRoot()
        return length > 1e-9 && length.isFinite ? v / length : nil
      }
      guard let x = unit(left), let above = unit(up), let y = unit(above - x * (above * x).sum()) else { return nil }
      guard abs((above * x).sum()) < 0.9 else { return nil }
      let z = SIMD3(x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x)
      return ScanFrame(origin: origin, left: x, up: y, forward: z, millimetresPerUnit: perUnit)
    }
  }
  /// Path as written, relative to the document's folder.
  public var file = ""
  /// `nil`: found from `measure`, or from the distance between the tragions.
  public var units: Scale?
  /// A length taken on the client, which gives an unscaled scan its size.
  public var measure: ScanMeasure?
  /// Decides where hair grows; `nil`: not told.
  public var sex: MannequinChoice.Sex?
  /// As they are written: in the scan's own coordinates, or by `axes`.
  public var landmarks = ScanLandmarks()
  /// What `landmarks` are written by; `nil`: the scan's own coordinates.
  public var axes: Axes?

  public init() {}

  /// The landmarks in the scan's own coordinates.
  public var scanLandmarks: ScanLandmarks {
    guard let frame = axes?.frame else { return landmarks }
    var found = ScanLandmarks()
    for (name, place) in landmarks.all {
      let q = place / frame.millimetresPerUnit
      found[name] = frame.origin + frame.left * q.x + frame.up * q.y + frame.forward * q.z
    }
    return found
  }
}

/// What must be known of the client to draw skin and to age pigment in it. No name, no date of birth.
public struct Client: Sendable, Equatable {
  /// Fitzpatrick skin type.
  public enum SkinType: String, Sendable, CaseIterable {
    case i = "I"
    case ii = "II"
    case iii = "III"
    case iv = "IV"
    case v = "V"
    case vi = "VI"
  }
  public enum Oiliness: String, Sendable, CaseIterable { case normal, oily, dry }
  public enum Sun: String, Sendable, CaseIterable {
    case average, heavy
    /// Hat or sunscreen outdoors.
    case protected
  }
  public var skin = SkinType.ii
  /// Step of the Monk scale, 1 to 10. Setting it sets `skin` to the type it belongs to, for advice and shades.
  public var monk: Int? {
    didSet {
      if let monk, (1...10).contains(monk) { skin = [.i, .i, .ii, .iii, .iii, .iv, .v, .v, .vi, .vi][monk - 1] }
    }
  }
  /// Volume fraction of melanosomes in the epidermis, 0 to 1, instead of the skin type's; scalps have 0.003 to 0.2.
  public var melanin: Double?
  /// Volume fraction of blood in the dermis, 0 to 0.1, instead of the skin type's; scalps have 0.005 to 0.02.
  public var blood: Double?
  /// Share of haemoglobin that carries oxygen, 0 to 1, instead of 0.7.
  public var oxygenation: Double?
  /// How much the sun has tanned what hair does not cover, 0 to 1: below the hair that is shaved for the pictures, skin is
  /// paler by that, with a line where the hair began.
  public var tan: Double = 0
  /// Age in years, if given: for advice, for the mannequin if it is given none, and pigment stays a little longer after 60.
  public var age: Double?
  /// How fast the client's work fades, where it is known from earlier work.
  public var pace = Pace.typical
  public var oiliness = Oiliness.normal
  public var sun = Sun.average
  public var smoker = false
  /// Swims in chlorinated water regularly.
  public var chlorine = false
  /// Retinoids or acids on the scalp.
  public var exfoliation = false

  public init() {}
}

/// The hair that is there before treatment, shaved or cut short.
public struct ExistingHair: Sendable, Equatable {
  public enum Colour: String, Sendable, CaseIterable {
    case black
    case darkBrown = "dark-brown"
    case brown
    case lightBrown = "light-brown"
    case blonde, red, grey, white
  }
  /// Loss pattern of the before state: Norwood-Hamilton for men, Ludwig or Sinclair for women, and patterns of either.
  public enum Loss: String, Sendable, CaseIterable {
    case none
    case norwoodII = "norwood-2"
    case norwoodIIa = "norwood-2a"
    case norwoodIII = "norwood-3"
    case norwoodIIIa = "norwood-3a"
    case norwoodIIIVertex = "norwood-3-vertex"
    case norwoodIV = "norwood-4"
    case norwoodIVa = "norwood-4a"
    case norwoodV = "norwood-5"
    case norwoodVa = "norwood-5a"
    case norwoodVI = "norwood-6"
    case norwoodVII = "norwood-7"
    case crown
    case ludwigI = "ludwig-1"
    case ludwigII = "ludwig-2"
    case ludwigIII = "ludwig-3"
    case sinclair1 = "sinclair-1"
    case sinclair2 = "sinclair-2"
    case sinclair3 = "sinclair-3"
    case sinclair4 = "sinclair-4"
    case sinclair5 = "sinclair-5"
    case areataSingle = "areata-single"
    case areataMultiple = "areata-multiple"
    case ophiasis
    case totalis
    case traction
    case diffuse
    case total
  }
  /// What shows where hair is, on a head whose colours may show it.
  public enum Source: String, Sendable, CaseIterable {
    /// The scan's colours where they show hair without doubt, else the design.
    case detect
    /// The scan's colours, whatever doubt there is: where they show none, none is drawn.
    case texture
    /// The design: what the colours show is skin.
    case drawn
  }
  /// What shows where it is. On a mannequin it is drawn.
  public var source = Source.detect
  /// Minus the logarithm of the luminance that the scan's colours show hair to have over that of the skin beside it, where
  /// hair is full; `nil` where hair is drawn. Found on the head, no key of the document.
  public var seenDarkness: Double?
  public var colour = Colour.darkBrown
  /// Share of grey or white hairs, 0 to 1.
  public var grey: Double = 0
  /// Hairs per cm² where nothing is lost.
  public var density: Double = 200
  /// Hairs of one follicular unit behind the front, in the mean: about 1.9 in Asian hair, 2.2 in European, 2.7 in African.
  public var perUnit: Double = 2.2
  /// Shaft diameter, mm.
  public var calibre: Double = 0.075
  /// Visible length above the skin, mm: 0.2 (razor) to 6 (short cut).
  public var length: Double = 0.6
  public var loss = Loss.none
  /// Width of a woman's parting, mm; `nil` takes the loss pattern's own.
  public var partWidth: Double?

  public init() {}
}

/// A place on the scalp as a practitioner measures it with a tape on the skin.
///
/// `up` runs from the glabella along the midline over the vertex towards the inion, mm. `side` leaves the midline
/// there at a right angle, mm, positive to the subject's left.
public struct ScalpPlace: Sendable, Equatable {
  public var up: Double
  public var side: Double

  public init(up: Double, side: Double) {
    self.up = up
    self.side = side
  }
}

/// One contribution to the density of impressions.
public enum Layer: Sendable, Equatable {
  case hairline(HairlineLayer)
  case zone(ZoneLayer)
  case scar(ScarLayer)
  case gradient(GradientLayer)
  case mask(MaskLayer)
}

/// How a layer joins what the layers before it asked for.
public enum Blend: String, Sendable, CaseIterable {
  /// Hair and impressions together reach the layer's density; never fewer than before.
  case fill
  /// Impressions are added to those before.
  case add
  /// The greater of the two.
  case maximum
  /// The layer's density replaces the one before, weighted by the layer's feather.
  case set
  /// What is there is multiplied by the layer's factor, weighted by the layer's feather.
  case multiply
  /// Takes impressions away: the one before is multiplied by 1 - weight.
  case exclude
}

/// A front hairline with everything behind it.
public struct HairlineLayer: Sendable, Equatable {
  /// Heights that a line can have, mm.
  public static let heights: ClosedRange<Double> = 40...120
  public enum Style: String, Sendable, CaseIterable {
    case edgeUp = "edge-up"
    case medium, natural, soft, broken, female
  }
  /// Courses of the front, middle to temple corner, by name; of Japanese men 46 % have a linear one, 43 % M, 11 % round,
  /// 1 % triangular, of women 36, 18, 39 and 7 % (Kashiyama et al. 2021).
  public enum Shape: String, Sendable, CaseIterable {
    /// Nearly straight across, turning back close to the corners.
    case linear
    /// Bowed back on both sides of the middle.
    case m
    /// Rounded into the temples, without corners.
    case round
    /// Straight from the middle back to the corners.
    case triangular
  }
  /// How the temporal peaks stand (Mayer's classes N, T, P, R).
  public enum Temples: String, Sendable, CaseIterable {
    /// As nature has them.
    case normal
    /// A little withdrawn.
    case thinning
    /// Gone: the edge runs straight down, parallel to the sideburn.
    case parallel
    /// Behind the sideburn.
    case reversed
  }
  /// `nil` takes the style's: M, round for the female style.
  public var shape: Shape?
  public var temples = Temples.normal
  /// Mid-frontal point above the glabella along the skin, mm.
  public var height: Double = 72
  public var style = Style.natural
  /// 10 to 90 % of the density, mm; `nil` takes the style's.
  public var feather: Double?
  /// Density at the edge over the density of the core, 0 to 1; `nil` takes the style's.
  public var edgeShare: Double?
  /// How far the frontotemporal point lies behind the mid-frontal point, mm.
  public var templeRecession: Double = 22
  /// Height of a widow's peak, mm; 0 for none.
  public var widowsPeak: Double = 0
  /// Amplitude of slow undulation along the line, mm; `nil` takes the style's.
  public var undulation: Double?
  /// Standard deviation of the fine irregularity, mm; `nil` takes the style's.
  public var jitter: Double?
  /// How far the left side sits behind the right at the temples, mm.
  public var asymmetry: Double = 1.5
  /// Impressions per cm² behind the feather (hair counted in, when `blend` is `fill`); `nil` puts in as many as stand for
  /// the hair that is missing, as the match finds them (`Dose.density`).
  public var density: Double?
  /// How far hair and impressions together are to look like what nature plants at each place, 0 to 1, instead of `density`.
  public var fillTo: Double?
  /// What `blend: multiply` multiplies by.
  public var factor: Double?
  /// How far behind the line the layer reaches, mm; `nil` is the whole scalp.
  public var reach: Double?
  /// The line itself, left to right or right to left, instead of the shape above; at least three places.
  public var points: [ScalpPlace] = []
  public var blend = Blend.fill
  /// What differs from the design's pigment in this layer.
  public var pigment = LayerPigment()
  /// Why it may lay pigment beyond the scalp, where no hair grows; `nil`: it may not (L20).
  public var beyondScalp: BeyondScalpReason?

  public init() {}
}

/// An area of the scalp.
public struct ZoneLayer: Sendable, Equatable {
  public enum Area: Sendable, Equatable {
    /// Every place inside the adult hair boundary.
    case scalp
    /// `length` runs front to back, `width` side to side, mm; `turn` in degrees, clockwise seen from above.
    case ellipse(centre: ScalpPlace, length: Double, width: Double, turn: Double)
    /// At least three places, in order around the area.
    case polygon([ScalpPlace])
    /// A band of `width` mm along a line of at least two places.
    case band(path: [ScalpPlace], width: Double)
  }
  public var area = Area.scalp
  /// Impressions per cm² (hair counted in, when `blend` is `fill`); `nil` puts in as many as stand for the hair that is
  /// missing, as the match finds them (`Dose.density`).
  public var density: Double?
  /// How far hair and impressions together are to look like what nature plants at each place, 0 to 1, instead of `density`.
  public var fillTo: Double?
  /// What `blend: multiply` multiplies by.
  public var factor: Double?
  /// 10 to 90 % of the density across the border, mm.
  public var feather: Double = 15
  public var blend = Blend.fill
  /// What differs from the design's pigment in this layer.
  public var pigment = LayerPigment()
  /// Why it may lay pigment beyond the scalp, where no hair grows; `nil`: it may not (L20).
  public var beyondScalp: BeyondScalpReason?

  public init() {}
}

/// A scar: how it looks bare, and how it is treated.
public struct ScarLayer: Sendable, Equatable {
  public enum Surface: String, Sendable, CaseIterable { case flat, hypertrophic, atrophic }
  public enum Shape: Sendable, Equatable {
    /// A linear donor scar, `width` mm wide on average, along at least two places; its borders wander and are notched.
    case strip(path: [ScalpPlace], width: Double)
    /// `count` round extraction scars of `diameter` mm, scattered over an area of the scalp.
    case extractions(area: ZoneLayer.Area, count: Int, diameter: Double)
    /// A round or free-form scar: an ellipse or a polygon.
    case patch(ZoneLayer.Area)
  }
  public var shape = Shape.strip(path: [], width: 2)
  public var surface = Surface.flat
  /// Impressions per cm² in the scar; `nil` takes 1.15 times what stands for the hair around it.
  public var density: Double?
  /// Blend ring beyond the border, mm; `nil` is the greater of 8 and twice the width for a strip, 10 for a patch, and none for
  /// round scars, between which the hair goes on: there the skin beside each gets what its missing hair was worth.
  public var ring: Double?
  /// False draws the scar and leaves it bare.
  public var treat = true
  /// Months since the scar was made, if known: young scars are drawn pink, others white; and for advice.
  public var age: Double?
  /// Whether the client forms keloids; for advice only.
  public var keloid = false
  /// What differs from the design's pigment in this layer.
  public var pigment = LayerPigment()
  /// Why it may lay pigment beyond the scalp, where no hair grows; `nil`: it may not (L20).
  public var beyondScalp: BeyondScalpReason?

  public init() {}
}

/// One visit.
public struct Session: Sendable, Equatable {
  /// Days after the first session.
  public var day: Double
  /// Share of all impressions that are in place after this session, 0 to 1; the last is 1.
  public var share: Double

  public init(day: Double, share: Double) {
    self.day = day
    self.share = share
  }
}
