import ScalpGeometry

/// The keys of `head.measure`, of which one is written.
struct MeasureDraft: Equatable {
  var headBreadth: Double?
  var headCircumference: Double?
  var tragionToTragion: Double?
  var between: Stretch?

  /// A straight length from one landmark to another.
  struct Stretch: Equatable {
    var from = ScanLandmarks.Name.sellion
    var to = ScanLandmarks.Name.vertex
    var length = 0.0

    static let keys: [DesignKey<Stretch>] = [
      .choice("from", \.from, required: true, "a landmark of this scan"),
      .choice("to", \.to, required: true, "another one"),
      .number("length", \.length, ScanMeasure.stretches, "mm", required: true, "straight from one to the other"),
    ]
  }

  static let keys: [DesignKey<MeasureDraft>] = [
    .optionalNumber("headBreadth", \.headBreadth, ScanMeasure.breadths, "mm", "greatest breadth above the ears"),
    .optionalNumber(
      "headCircumference", \.headCircumference, ScanMeasure.circumferences, "mm", "around the head above the brows"),
    .optionalNumber("tragionToTragion", \.tragionToTragion, 115...170, "mm", "straight from ear to ear, by caliper"),
    .section("between", \.between, over: Stretch(), Stretch.keys, "two landmarks and the straight length between them"),
  ]
}

extension MeasureDraft {
  init(_ measure: ScanMeasure) {
    switch measure {
    case .headBreadth(let length): headBreadth = length
    case .headCircumference(let length): headCircumference = length
    case .tragionToTragion(let length): tragionToTragion = length
    case .between(let from, let to, let length): between = Stretch(from: from, to: to, length: length)
    }
  }

  /// What was written, if it is one thing.
  var measure: ScanMeasure? {
    if let headBreadth { return .headBreadth(headBreadth) }
    if let headCircumference { return .headCircumference(headCircumference) }
    if let tragionToTragion { return .tragionToTragion(tragionToTragion) }
    return between.flatMap { $0.from == $0.to ? nil : .between($0.from, $0.to, $0.length) }
  }
}
