// What one key's range cannot say: keys that exclude or need each other, orders, and sums.

/// Checks of one layer that was read without problems. `written` are the keys it was given.
func checkLayer(_ layer: Layer, written: [String], _ reader: inout DocumentReader) {
  switch layer {
  case .hairline(let line):
    if line.density == 0 && line.blend.takesDensity { reportZeroDensity(&reader) }
    checkBlend(line.blend, written: written, line.factor, &reader)
    if written.contains("points") {
      let shaping = ["height", "shape", "temples", "templeRecession", "widowsPeak", "asymmetry"].filter(
        written.contains)
      if let first = shaping.first {
        reader.report(
          below: first,
          "'points' draws the line itself, so \(list(shaping)) would do nothing; leave one or the other out")
      }
      checkPath(line.points, key: "points", &reader)
    } else if !written.contains("height") {
      reader.report(
        "'height' is missing in 'hairline'; mid-frontal point above the glabella, 40 to 120 mm, or 'points'")
    }
  case .zone(let zone):
    if zone.density == 0 && zone.blend.takesDensity { reportZeroDensity(&reader) }
    checkBlend(zone.blend, written: written, zone.factor, &reader)
    checkArea(zone.area, written: written, &reader)
  case .scar(let scar):
    if scar.density == 0 { reader.report(below: "density", "density 0 leaves the scar bare; write 'treat: false'") }
    let shapes = ["strip", "extractions", "patch"].filter(written.contains)
    if shapes.count != 1 {
      reader.report(
        shapes.isEmpty
          ? "a scar needs its shape: exactly one of strip, extractions, patch"
          : "one scar with \(list(shapes)); make a layer of each")
    }
    if case .strip(let path, _) = scar.shape { checkPath(path, key: "strip.path", &reader) }
  case .gradient(let gradient):
    let courses = ["along", "line"].filter(written.contains)
    if courses.count != 1 {
      reader.report("a gradient takes exactly one of along, line")
      return
    }
    if !gradient.blend.takesDensity || gradient.blend == .multiply {
      reader.report(below: "blend", "a gradient joins by fill, add, maximum or set")
    }
    if gradient.from == 0 && gradient.to == 0 { reader.report(below: "to", "a gradient from 0 to 0 puts nothing in") }
    switch gradient.course {
    case .along(let from, let to):
      if (from.up - to.up) * (from.up - to.up) + (from.side - to.side) * (from.side - to.side) < 4 {
        reader.report(below: "along", "the gradient's ends are less than 2 mm apart")
      }
    case .line(let path, _): checkPath(path, key: "line.path", &reader)
    }
    let ways = ZoneLayer.Area.names.filter(written.contains)
    if !ways.isEmpty { checkArea(gradient.area, written: written, &reader) }
  case .mask(let mask):
    if mask.density == 0 && mask.blend.takesDensity { reportZeroDensity(&reader) }
    checkBlend(mask.blend, written: written, mask.factor, &reader)
  }
}

extension Blend {
  /// Whether the layer's density decides; it does not for `exclude` and `multiply`.
  var takesDensity: Bool { self != .exclude && self != .multiply }
}

/// Keys that contradict how a layer joins.
private func checkBlend(_ blend: Blend, written: [String], _ factor: Double?, _ reader: inout DocumentReader) {
  if written.contains("density") && written.contains("fillTo") {
    reader.report(below: "fillTo", "'density' and 'fillTo' both give a density; keep one")
  }
  if !blend.takesDensity, let first = ["density", "fillTo"].first(where: written.contains) {
    reader.report(
      below: first,
      blend == .exclude
        ? "'blend: exclude' takes impressions away, so a density would do nothing; leave it out"
        : "'blend: multiply' multiplies what is there by 'factor', so a density would do nothing; leave it out")
  }
  if blend == .multiply && factor == nil {
    reader.report("'factor' is missing; what 'blend: multiply' multiplies by, 0 to 4")
  }
  if blend != .multiply && written.contains("factor") {
    reader.report(below: "factor", "'factor' belongs to 'blend: multiply' and would do nothing here; leave it out")
  }
}

/// Checks that an area was written exactly once and encloses something.
func checkArea(_ area: ZoneLayer.Area, written: [String], _ reader: inout DocumentReader) {
  let ways = ZoneLayer.Area.names.filter(written.contains)
  if ways.isEmpty {
    reader.report("the area is missing; write 'area: scalp' or one of ellipse, polygon, band")
  } else if ways.count > 1 {
    reader.report(below: ways[1], "\(list(ways)) each give an area; keep one, or make a layer of each")
  }
  switch area {
  case .polygon(let places):
    checkPath(places, key: "polygon", &reader)
    if doubledArea(places).magnitude < 2 { reader.report(below: "polygon", "these places enclose no area") }
  case .band(let path, _):
    checkPath(path, key: "band.path", &reader)
  case .scalp, .ellipse:
    break
  }
}

private func reportZeroDensity(_ reader: inout DocumentReader) {
  reader.report(
    below: "density",
    "density 0 puts nothing in; leave the layer out, or write 'blend: exclude' without a density to take impressions away"
  )
}

private func checkPath(_ places: [ScalpPlace], key: String, _ reader: inout DocumentReader) {
  for i in places.indices.dropFirst() where places[i] == places[i - 1] {
    reader.report(below: "\(key)[\(i)]", "this place repeats the one before it")
    return
  }
}

/// Twice the signed area that the places enclose on the unrolled scalp, mm².
private func doubledArea(_ places: [ScalpPlace]) -> Double {
  var sum = 0.0
  for (i, a) in places.enumerated() {
    let b = places[(i + 1) % places.count]
    sum += a.side * b.up - b.side * a.up
  }
  return sum
}

private func list(_ names: [String]) -> String {
  names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
}

/// Fewer days between two sessions than this and the skin has not closed; clinics' minimum.
let leastSessionInterval: Double = 7

/// Pairs of keys of which one would be dropped without a word. Each is reported where the second one stands.
private func checkTwoWays(_ reader: inout DocumentReader) {
  for (section, first, second, told) in [
    ("client", "skin", "monk", "the skin is told by one of them"),
    ("pictures", "view", "camera", "the pictures are taken from one of them"),
    ("pictures", "macro", "at", "the close-up looks at one of them"),
    ("pigment", "match", "opticalDensity", "the match finds the optical density, or you state it"),
    ("pigment", "darkness", "opticalDensity", "the match finds the optical density, or you state it"),
  ] {
    let (one, other) = ("\(section).\(first)", "\(section).\(second)")
    guard reader.locations.isWritten(one), reader.locations.isWritten(other) else { continue }
    let (a, b) = (reader.locations[one], reader.locations[other])
    let later = (a.line, a.column) < (b.line, b.column) ? other : one
    reader.report(below: later, "both '\(first)' and '\(second)' are given; \(told)")
  }
}

/// Checks between sections.
func checkAgreement(of design: Design, _ reader: inout DocumentReader) {
  checkTwoWays(&reader)
  if case .mannequin = design.head, design.hair.source == .texture {
    reader.report(
      below: "hair.from", "a mannequin has no colours that could show hair; leave it out, or give a scan under 'head'")
  }
  for (i, waiver) in design.waivers.enumerated() {
    if design.waivers[..<i].contains(where: { $0.rule == waiver.rule }) {
      reader.report(below: "waive[\(i)].rule", "\(waiver.rule.rawValue) is waived already")
    }
  }
  var before = 0.0
  for (i, touchUp) in design.touchUps.enumerated() {
    guard case .year(let year) = touchUp else { continue }
    if year <= before {
      reader.report(
        below: "touchUps[\(i)].year",
        "year \(plain(year)) does not come after year \(plain(before)); write them in order")
    }
    before = year
  }
  before = 0
  for (i, visit) in design.laser.enumerated() {
    if visit.year <= before {
      reader.report(
        below: "laser[\(i)].year",
        "year \(plain(visit.year)) does not come after year \(plain(before)); write them in order")
    }
    before = visit.year
  }
  let sessions = design.sessions
  guard let first = sessions.first, let last = sessions.last else { return }
  if first.day != 0 {
    reader.report(
      below: "sessions[0].day", "days are counted from the first session, so its day is 0, not \(plain(first.day))")
  }
  for i in sessions.indices.dropFirst() {
    let (before, after) = (sessions[i - 1], sessions[i])
    if after.day - before.day < leastSessionInterval {
      let found =
        after.day <= before.day
        ? "day \(plain(after.day)) does not come after day \(plain(before.day))"
        : "day \(plain(after.day)) is \(plain(after.day - before.day)) days after the session before"
      reader.report(
        below: "sessions[\(i)].day",
        "\(found); the skin needs at least \(plain(leastSessionInterval)) days to close")
    }
    if after.share <= before.share {
      reader.report(
        below: "sessions[\(i)].share",
        "share \(plain(after.share)) does not rise from \(plain(before.share)); shares count everything in place so far"
      )
    }
  }
  if last.share != 1 {
    reader.report(
      below: "sessions[\(sessions.count - 1)].share",
      "the last session's share is 1, the whole design, not \(plain(last.share))")
  }
}

extension Client.SkinType {
  /// Shaft diameter of the hair that mostly goes with the skin, mm, for designs that state none: 0.077 of European heads, 0.067
  /// to 0.086 of Asian, 0.12 of African ones (measured means, grade A; which skin type has which is by judgement, grade D).
  public var usualCalibre: Double {
    switch self {
    case .i, .ii, .iii: 0.075
    case .iv: 0.085
    case .v: 0.10
    case .vi: 0.12
    }
  }
}
