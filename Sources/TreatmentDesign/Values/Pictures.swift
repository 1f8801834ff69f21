// What the pictures of a design show: from where, under which light, before what.

/// What the pictures show.
public struct Pictures: Sendable, Equatable {
  public enum View: String, Sendable, CaseIterable {
    case front, left45, right45, left, right, top, back, macro
  }
  /// Lamps by name.
  public enum Light: String, Sendable, CaseIterable {
    case clinic, studio, daylight, harsh, bathroom
  }
  /// What is behind the head.
  public enum Background: String, Sendable, CaseIterable {
    case clinic, white, grey, dark, transparent
  }
  public enum Quality: String, Sendable, CaseIterable {
    case draft, standard, final
  }
  /// Where the colour of skin comes from.
  public enum SkinSource: String, Sendable, CaseIterable {
    /// The scan's own colours, and the design's skin type where it has none.
    case fromScan = "from-scan"
    /// The optical model, by the design's skin type.
    case fromDesign = "from-design"
  }
  /// Places on the head by name, for close-ups.
  public enum Place: String, Sendable, CaseIterable {
    case hairline
    case templeLeft = "temple-left"
    case templeRight = "temple-right"
    case crown, vertex, back, scar
  }
  /// A camera of one's own in place of a named view.
  public struct OwnCamera: Sendable, Equatable {
    /// Degrees around the head, -360 to 360: 0 from the front, positive from the subject's left.
    public var azimuth: Double = 0
    /// Degrees above the horizontal, -90 to 90.
    public var elevation: Double = 10
    /// Lens to what it looks at, mm, 60 to 20 000.
    public var distance: Double = 1200
    /// Focal length on a frame 24 mm high, mm, 8 to 1200.
    public var focal: Double = 95
    public var orthographic = false

    public init() {}
  }

  /// The view of before, after and the years.
  public var view = View.left45
  /// Instead of `view`.
  public var camera: OwnCamera?
  /// Parallel rays in every picture, true to scale, whatever the view; an own camera's `orthographic` does the same.
  public var orthographic = false
  /// Further views for the contact sheet.
  public var sheetViews: [View] = [.front, .top, .macro]
  /// Where the close-up looks; `nil` takes `at`, or the middle of the first layer.
  public var macroPlace: ScalpPlace?
  /// The same by name; a design with both takes `macroPlace`.
  public var at: Place?
  public var skin = SkinSource.fromScan
  public var light = Light.clinic
  public var background = Background.clinic
  public var quality = Quality.standard
  /// Sebum on the skin, 0 matt to 1 oily.
  public var oil: Double = 0.55
  /// 16 bits per sample instead of 8.
  public var sixteenBit = false
  /// Side of a square picture, pixels, 64 to 8192.
  public var size = 1024

  /// Sizes that can be drawn, pixels.
  public static let sizes = 64...8192

  public init() {}
}

extension Pictures.OwnCamera {
  public static let azimuths: ClosedRange<Double> = -360...360
  public static let elevations: ClosedRange<Double> = -90...90
  public static let distances: ClosedRange<Double> = 60...20_000
  public static let focals: ClosedRange<Double> = 8...1200
}

extension Pictures {
  static let keys: [DesignKey<Pictures>] =
    [
      .choice("view", \.view, "of the before, after and later pictures").written { $0.camera == nil },
      .section("camera", \.camera, over: OwnCamera(), OwnCamera.keys, "a camera of one's own in place of the view"),
      .flag("orthographic", \.orthographic, "parallel rays, for templates"),
      .list(
        "sheetViews", \.sheetViews, of: .choice(View.allCases.map(\.rawValue)), count: 0...8,
        "further views on the contact sheet", item: { node, reader in reader.choice(node, View.self) },
        write: { .plain($0.rawValue) }),
      DesignKey(
        "macro", .section(ScalpPlace.keys.map(\.description)), required: false, help: "where the close-up looks"
      ) { pictures, node, reader in
        if let place = ScalpPlace.read(node, &reader) { pictures.macroPlace = place }
      } write: { pictures, _ in
        pictures.macroPlace?.written
      },
      .optionalChoice("at", \.at, "where the close-up looks, by name, in place of macro")
        .written { $0.macroPlace == nil },
      .choice("skin", \.skin, "colour of skin: a scan's own, or the optical model's by the client's skin"),
      .choice("light", \.light, "lamps: soft and even, a portrait's, the sun, raking, or from above"),
      .choice("background", \.background, "what is behind the head"),
      .choice("quality", \.quality, "how much work a picture is worth"),
      .number("oil", \.oil, 0...1, "", "shine of the skin: 0 matt, 1 oily"),
      .flag("sixteenBit", \.sixteenBit, "16 bits per sample instead of 8"),
      .integer("size", \.size, sizes, "pixels", "side of a square picture"),
    ]
}

extension Pictures.OwnCamera {
  static let keys: [DesignKey<Pictures.OwnCamera>] =
    [
      .number("azimuth", \.azimuth, azimuths, "degrees", "around the head: 0 from the front, positive from the left"),
      .number("elevation", \.elevation, elevations, "degrees", "above the horizontal"),
      .number("distance", \.distance, distances, "mm", "from the lens to what it looks at"),
      .number("focal", \.focal, focals, "mm", "focal length on a frame 24 mm high"),
      .flag("orthographic", \.orthographic, "parallel rays, for templates"),
    ]
}
