import Files
import ScalpGeometry

@testable import TreatmentDesign

// Designs at random, for tests. They are made from the key tables, so a new key is filled without a word here; only
// what the tables cannot say, which keys exclude or need each other, is said again.

/// Steele, Lea and Flood's generator: the same numbers for the same seed, everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Text that a careless writer or reader of YAML trips over.
let hostileTexts = [
  "no", "~", "null", "1:30", "0x1F", "1e5", " leading", "trailing ", "a: b", "a #b", "# b", "- a", "? a", "&a",
  "*a", "!a", "|", ">", "%TAG", "@a", "`a`", "{a: b}", "[a, b]", "a, b", "'", "''", "\"", "\\", "\\n",
  "\"quoted\" 'text'", "---", "...", "line\nbreak", "carriage\rreturn\r\n", "\ttab\t", "bell\u{7}", "\u{1B}[31m",
  "del\u{7F}", "next\u{85}line", "\u{A0}hard\u{A0}", "line\u{2028}and\u{2029}paragraph", "mark\u{FEFF}",
  "\u{202E}turned", "\u{301}accent first", "Pfad/zu/Köpfen.obj", "頭皮.png", "👩🏽‍🦲", "e\u{301}", "\u{FFFE}\u{FFFF}",
  "\u{10FFFF}", "\u{E000}", "<<", "$schema", String(repeating: "long ", count: 60),
]

/// Makes documents that the reader takes, with every kind of key in them.
struct DesignGenerator {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(state: seed) }

  /// A document as a tree; `documentText` writes it.
  mutating func fields() -> [WrittenField] { section(Design.keys.map(\.description), "") }

  private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

  private mutating func one<T>(of items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &random)] }

  // MARK: Sections

  private mutating func section(_ keys: [KeyDescription], _ name: String) -> [WrittenField] {
    var chosen = Set(keys.filter { $0.required || chance(0.6) }.map(\.name))
    chosen.remove("$schema")
    var fixed: [String: WrittenValue] = [:]
    keepOne(of: ["skin", "monk"], "client", name, &chosen)
    keepOne(of: ["view", "camera"], "pictures", name, &chosen)
    keepOne(of: ["macro", "at"], "pictures", name, &chosen)
    let areas = keys.map(\.name).filter(ZoneLayer.Area.names.contains)
    if !areas.isEmpty {
      chosen.subtract(areas)
      if name != "gradient" || chance(0.7) { chosen.insert(one(of: areas)) }
    }
    switch name {
    case "hairline", "zone", "mask":
      if name == "hairline" { chooseLine(&chosen) }
      fixed["blend"] = join(&chosen)
    case "gradient":
      chosen.insert(one(of: ["along", "line"]))
      keepOne(of: ["along", "line"], name, name, &chosen)
      if chosen.contains("blend") { fixed["blend"] = .plain(one(of: ["fill", "add", "maximum", "set"])) }
    case "scar":
      let shapes = ["strip", "extractions", "patch"]
      chosen.subtract(shapes)
      chosen.insert(one(of: shapes))
    case "landmarks":
      if chosen.isDisjoint(with: ["glabella", "sellion"]) { chosen.insert("glabella") }
    case "head": keepOne(of: ["units", "measure"], name, name, &chosen)
    case "between":
      let names = ScanLandmarks.Name.allCases.map(\.rawValue)
      let from = one(of: names)
      (fixed["from"], fixed["to"]) = (.plain(from), .plain(one(of: names.filter { $0 != from })))
    case "axes":
      let x = Double.random(in: 0.1...1, using: &random)
      fixed["left"] = .list([x, -0.5, 0].map(WrittenValue.number))
      fixed["up"] = .list([0.5, x, 1].map(WrittenValue.number))
    case "polygon": chosen.insert("side")
    case "pigment": if chosen.contains("opticalDensity") { chosen.subtract(["match", "darkness"]) }
    default: break
    }
    return keys.filter { chosen.contains($0.name) }.map { key in
      WrittenField(name: key.name, value: fixed[key.name] ?? value(key, in: name))
    }
  }

  private mutating func keepOne(of pair: [String], _ section: String, _ name: String, _ chosen: inout Set<String>) {
    if section == name, chosen.isSuperset(of: pair) { chosen.remove(one(of: pair)) }
  }

  /// Either the places of a line or what shapes it.
  private mutating func chooseLine(_ chosen: inout Set<String>) {
    if chance(0.4) {
      chosen.insert("points")
      chosen.subtract(["height", "shape", "temples", "templeRecession", "widowsPeak", "asymmetry"])
    } else {
      chosen.insert("height")
      chosen.remove("points")
    }
  }

  /// How a layer joins, with the keys that this needs and without those that it excludes.
  private mutating func join(_ chosen: inout Set<String>) -> WrittenValue {
    let blend = chosen.contains("blend") ? one(of: Blend.allCases) : .fill
    chosen.subtract(["density", "fillTo", "factor"])
    if blend.takesDensity, chance(0.8) { chosen.insert(one(of: ["density", "fillTo"])) }
    if blend == .multiply { chosen.insert("factor") }
    return .plain(blend.rawValue)
  }

  // MARK: Values

  private mutating func value(_ key: KeyDescription, in section: String) -> WrittenValue {
    switch key.name {
    case "layers":
      guard case .list(let kind, _) = key.shape else { break }
      return .list((0..<Int.random(in: 1...8, using: &random)).map { _ in value(kind, "layer") })
    case "sessions" where section.isEmpty: return sessions()
    case "touchUps": return touchUps()
    case "laser":
      return .list(
        years().map { .section([field("year", $0), .init(name: "sessions", value: .whole(2 + Int($0) % 11))]) })
    case "waive": return waivers()
    case "currency": return .text(one(of: hostileTexts.filter { $0.unicodeScalars.count <= 8 && shown($0) == $0 }))
    // Every digit, so that no two places fall together and polygons enclose something.
    case "up": return number(0...450, short: false)
    case "side" where section == "polygon": return number(-250...250, short: false)
    case "density" where section != "hair": return number(0.5...400)
    // A mannequin has no colours to take hair from.
    case "from" where section == "hair": return .plain(one(of: ["detect", "drawn"]))
    case "to" where section == "gradient": return number(1...400)
    default: break
    }
    return value(key.shape, key.name)
  }

  private mutating func value(_ shape: ValueShape, _ name: String) -> WrittenValue {
    switch shape {
    case .number(let range, _): return number(range)
    case .integer(let range, _): return .whole(Int.random(in: range, using: &random))
    case .seed: return .plain("\(random.next())")
    case .flag: return .plain(chance(0.5) ? "true" : "false")
    case .text: return .text(one(of: hostileTexts))
    case .choice(let names): return .plain(one(of: names))
    case .choiceOrNumber(let names, let range, _): return chance(0.5) ? .plain(one(of: names)) : number(range)
    case .pace: return .plain(one(of: ["slow", "typical", "fast", "p1", "p50", "p99", "p12.5", "p33.333333333333336"]))
    case .coordinates(let count): return .list((0..<count).map { _ in number(-1e7...1e7) })
    case .list(let item, let count):
      // Now and then so many that they share lines.
      let most = chance(0.1) ? 60 : count.lowerBound + 4
      let length = Int.random(in: count.lowerBound...min(most, count.upperBound), using: &random)
      return .list((0..<length).map { _ in value(item, name) })
    case .section(let keys), .nameOrSection(_, let keys): return .section(section(keys, name))
    case .oneOf(let keys):
      let key = one(of: keys)
      return .section([WrittenField(name: key.name, value: value(key, in: name))])
    case .either(let a, let b): return .section(section(chance(0.5) ? a : b, name))
    }
  }

  /// A number with every digit, a short one, or an end of the range.
  private mutating func number(_ range: ClosedRange<Double>, short: Bool = true) -> WrittenValue {
    let value = Double.random(in: range, using: &random)
    guard short else { return .number(value) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .number(range.lowerBound)
    case 1: return .number(range.upperBound)
    case 2, 3: return .number(min(max((value * 100).rounded() / 100, range.lowerBound), range.upperBound))
    case 4: return .number(range.contains(0) ? value * 1e-9 : value)
    default: return .number(value)
    }
  }

  // MARK: Lists with an order

  private func field(_ name: String, _ value: Double) -> WrittenField { .init(name: name, value: .number(value)) }

  private mutating func sessions() -> WrittenValue {
    let count = Int.random(in: 1...12, using: &random)
    var day = 0.0
    return .list(
      (1...count).map { i in
        let share = i == count ? 1 : (Double(i) - Double.random(in: 0..<0.5, using: &random)) / Double(count)
        defer { day += Double.random(in: 7...60, using: &random) }
        return .section([field("day", day), field("share", share)])
      })
  }

  private mutating func years() -> [Double] {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in Double.random(in: 0.1...20, using: &random) }.sorted()
  }

  private mutating func touchUps() -> WrittenValue {
    .list(
      years().map { year in
        let share = Double.random(in: 0.3...0.95, using: &random)
        return .section([chance(0.6) ? field("year", year) : field("below", share)])
      })
  }

  private mutating func waivers() -> WrittenValue {
    let rules = LintRule.allCases.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
    return .list(
      rules.map { rule in
        .section([
          .init(name: "rule", value: .plain(rule.rawValue)), .init(name: "reason", value: .text(one(of: hostileTexts))),
        ])
      })
  }
}
