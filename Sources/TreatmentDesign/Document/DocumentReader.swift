import Files
import PigmentAging
import Yams

/// Walks the tree with the type that the schema expects at each place, collects every problem, and remembers where
/// each key was written.
struct DocumentReader {
  private(set) var problems: [DesignDocumentError.Problem] = []
  private(set) var locations: DocumentLocations
  /// Key path of the value being read.
  private(set) var keyPath = ""
  /// Where the value being read was announced: its key, or the item itself. A block's own mark is its first child.
  private(set) var place = DocumentLocations.Place(line: 1, column: 1)

  /// First letters that stand in for those of keys written twice, which are reported already.
  private let maskingStamps: [Unicode.Scalar]
  private let places: JoinedPlaces

  init(
    file: String, maskingStamps: [Unicode.Scalar] = [], places: JoinedPlaces = JoinedPlaces([]), changes: [String] = []
  ) {
    self.maskingStamps = maskingStamps
    self.places = places
    locations = DocumentLocations(file: file, changes: changes)
    locations.record("", at: place)
  }

  // MARK: Problems

  mutating func report(_ message: String) { report(at: place, message) }

  mutating func report(at place: DocumentLocations.Place, _ message: String) {
    problems.append(.init(line: place.line, column: place.column, message: message))
  }

  /// Reports at a value: at the value itself if it is written on its own, else at its key.
  mutating func report(_ node: Node, _ message: String) {
    if case .scalar(let scalar) = node, !scalar.string.isEmpty {
      report(at: placeOf(node), message)
    } else {
      report(message)
    }
  }

  /// Reports at the place of a key below the value being read.
  mutating func report(below key: String, _ message: String) {
    report(at: locations[keyPath.isEmpty ? key : "\(keyPath).\(key)"], message)
  }

  private func placeOf(_ node: Node) -> DocumentLocations.Place {
    if let change = node.change { return .init(line: DocumentChange.line(change), column: 1) }
    return node.mark.map { .init(line: $0.line, column: places.column($0.line, $0.column)) } ?? place
  }

  // MARK: Mappings and lists

  /// Reads a mapping whose allowed keys are `keys`. Unknown, missing and empty keys are problems.
  mutating func section<Root>(_ node: Node, into root: inout Root, _ keys: [DesignKey<Root>]) {
    guard let mapping = mapping(node, expecting: ValueShape.section(keys.map(\.description)).allowed) else { return }
    for (keyNode, value) in mapping {
      guard let name = keyName(keyNode) else { continue }
      guard let key = keys.first(where: { $0.name == name }) else {
        reportUnknown(keyNode, name, among: keys.map(\.name))
        continue
      }
      within(name, at: placeOf(keyNode)) { reader in
        if !reader.isEmpty(value, name) { key.read(&root, value, &reader) }
      }
    }
    for key in keys where key.description.required && !has(mapping, key.name) {
      report(
        "'\(key.name)' is missing\(section(of: keyPath)); \(key.description.help), \(key.description.shape.allowed)")
    }
  }

  /// Reads a list of `count` items.
  mutating func list<Item>(
    _ node: Node, _ count: ClosedRange<Int>, _ item: (Node, inout DocumentReader) -> Item?
  ) -> [Item]? {
    guard case .sequence(let sequence) = node else {
      report(node, "\(described(node)) is not a list; put each item on its own line behind '- '")
      return nil
    }
    guard count.contains(sequence.count) else {
      let allowed = sequence.count < count.lowerBound ? "at least \(count.lowerBound)" : "at most \(count.upperBound)"
      report("\(sequence.count) \(sequence.count == 1 ? "item" : "items") in '\(lastKey)'; allowed is \(allowed)")
      return nil
    }
    let found = problems.count
    var items: [Item] = []
    for (index, value) in sequence.enumerated() {
      within("[\(index)]", at: placeOf(value)) { reader in
        if !reader.isEmpty(value, "item \(index + 1)"), let read = item(value, &reader) { items.append(read) }
      }
    }
    return problems.count == found ? items : nil
  }

  /// The mapping of a node, or a problem.
  mutating func mapping(_ node: Node, expecting: String) -> Node.Mapping? {
    if case .mapping(let mapping) = node { return mapping }
    report(node, "\(described(node)) where \(expecting) belongs")
    return nil
  }

  /// Whether a mapping has `name` with nothing behind it.
  func hasNoValue(_ node: Node, _ name: String) -> Bool {
    guard case .mapping(let mapping) = node else { return false }
    return mapping.contains { $0.key.scalar?.string == name && $0.value.scalar?.string == "" }
  }

  /// The names of a mapping's keys, in the order written.
  func names(_ node: Node) -> [String] {
    guard case .mapping(let mapping) = node else { return [] }
    return mapping.compactMap { $0.key.scalar?.string }
  }

  mutating func within(_ name: String, at newPlace: DocumentLocations.Place, _ body: (inout DocumentReader) -> Void) {
    let outer = (keyPath, place)
    keyPath += name.hasPrefix("[") || keyPath.isEmpty ? name : ".\(name)"
    place = newPlace
    locations.record(keyPath, at: newPlace)
    body(&self)
    (keyPath, place) = outer
  }

  mutating func reportUnknown(_ keyNode: Node, _ name: String, among names: [String]) {
    let place = placeOf(keyNode)
    if name == "<<" {
      report(at: place, "merge keys (<<) are not allowed in a design; write the keys out")
    } else if problems.count >= 4 * DesignDocumentError.listed {
      // Nobody reads this one: it is only counted.
      report(at: place, "unknown key '\(shown(name))'")
    } else if let near = nearestName(to: name, among: names) {
      report(at: place, "unknown key '\(shown(name))'; did you mean '\(near)'?")
    } else {
      report(at: place, "unknown key '\(shown(name))'; allowed are \(names.joined(separator: ", "))")
    }
  }

  /// The text of a key; a problem if the key is a list or a mapping.
  mutating func keyName(_ node: Node) -> String? {
    if case .scalar(let scalar) = node {
      if let first = scalar.string.unicodeScalars.first, maskingStamps.contains(first) { return nil }
      return scalar.string
    }
    report(at: placeOf(node), "a key must be a word, not \(described(node))")
    return nil
  }

  private func has(_ mapping: Node.Mapping, _ name: String) -> Bool {
    mapping.contains { $0.key.scalar?.string == name }
  }

  private var lastKey: String { keyPath.split(separator: ".").last.map(String.init) ?? "document" }

  private func section(of path: String) -> String { path.isEmpty ? "" : " in '\(lastKey)'" }

  // MARK: Scalars

  mutating func number(_ node: Node, _ range: ClosedRange<Double>, _ unit: String) -> Double? {
    guard let text = plainText(node, expecting: "a number") else { return nil }
    var found = readNumber(text)
    var length: Double?
    if case .refused = found, unit == "mm", let value = readLength(text) { (length, found) = (value, .number(value)) }
    switch found {
    case .refused(let reason):
      report(node, "\(lastKey): '\(shown(text))' \(reason); allowed is \(ValueShape.number(range, unit: unit).allowed)")
      return nil
    case .number(let value):
      guard range.contains(value) else {
        let inMillimetres = length == nil || text.hasSuffix("mm") ? "" : ", \(plain(value)) mm,"
        report(
          node, "\(lastKey) \(text)\(inMillimetres) is outside \(ValueShape.number(range, unit: unit).allowed)")
        return nil
      }
      return value
    }
  }

  mutating func integer(_ node: Node, _ range: ClosedRange<Int>, _ unit: String) -> Int? {
    guard let text = plainText(node, expecting: "a whole number") else { return nil }
    let allowed = ValueShape.integer(range, unit: unit).allowed
    guard let value = readWhole(text, as: Int.self) else {
      report(node, "\(lastKey): '\(shown(text))' \(notWhole(text)); allowed is \(allowed)")
      return nil
    }
    guard range.contains(value) else {
      report(
        node,
        "\(lastKey) \(text) is outside \(range.lowerBound) to \(range.upperBound)\(unit.isEmpty ? "" : " \(unit)")")
      return nil
    }
    return value
  }

  /// A seed: every unsigned 64-bit number, exactly.
  mutating func seed(_ node: Node) -> UInt64? {
    guard let text = plainText(node, expecting: "a whole number") else { return nil }
    guard let value = readWhole(text, as: UInt64.self) else {
      report(node, "\(lastKey): '\(shown(text))' \(notWhole(text)); allowed is \(ValueShape.seed.allowed)")
      return nil
    }
    return value
  }

  mutating func flag(_ node: Node) -> Bool? {
    guard let text = plainText(node, expecting: "true or false") else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default:
      report(node, "\(lastKey): '\(shown(text))' is neither true nor false")
      return nil
    }
  }

  mutating func choice<Name: RawRepresentable<String> & CaseIterable>(_ node: Node, _ type: Name.Type) -> Name? {
    let names = Name.allCases.map(\.rawValue)
    guard let text = text(node) else { return nil }
    if let value = Name(rawValue: text) { return value }
    let near = meantName(by: text, among: names).map { "did you mean '\($0)'? " } ?? ""
    report(node, "unknown \(lastKey) '\(shown(text))'; \(near)allowed are \(names.joined(separator: ", "))")
    return nil
  }

  /// A pace of fading by name or percentile.
  mutating func pace(_ node: Node) -> Pace? {
    guard let text = text(node) else { return nil }
    if let pace = Pace(text) { return pace }
    report(node, "unknown \(lastKey) '\(shown(text))'; allowed is \(Pace.allowed)")
    return nil
  }

  /// Text, plain or in quotes, not empty.
  mutating func text(_ node: Node) -> String? {
    guard case .scalar(let scalar) = node else {
      report("\(described(node)) where '\(lastKey)' takes text")
      return nil
    }
    guard !scalar.string.isEmpty else {
      report("\(lastKey) is empty text")
      return nil
    }
    return scalar.string
  }

  /// Exactly `count` finite numbers within ±`limit`.
  mutating func coordinates(_ node: Node, count: Int, limit: Double) -> [Double]? {
    guard case .sequence(let sequence) = node, sequence.count == count else {
      report(node, "\(described(node)) where '\(lastKey)' takes a list of \(count) numbers, such as [0, 31.5, 96]")
      return nil
    }
    var values: [Double] = []
    for item in sequence {
      if let value = number(item, -limit...limit, "") { values.append(value) }
    }
    return values.count == count ? values : nil
  }

  /// Unquoted text; quotes make a number into text.
  private mutating func plainText(_ node: Node, expecting: String) -> String? {
    guard case .scalar(let scalar) = node else {
      report("\(described(node)) where '\(lastKey)' takes \(expecting)")
      return nil
    }
    if scalar.style == .singleQuoted || scalar.style == .doubleQuoted {
      report(
        node,
        "\(lastKey): \"\(shown(scalar.string, atMost: 40))\" in quotes is text, not \(expecting); leave the quotes out")
      return nil
    }
    return scalar.string
  }

  private mutating func isEmpty(_ node: Node, _ name: String) -> Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
    guard ["", "~", "null", "Null", "NULL"].contains(scalar.string) else { return false }
    report("'\(name)' has no value; leave it out to take the default")
    return true
  }

  private func notWhole(_ text: String) -> String {
    switch readNumber(text) {
    case .refused(let reason): reason
    case .number: readWhole(text, as: Int.self) == nil ? "is not a whole number that fits" : "is out of range"
    }
  }

  private func described(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(shown(scalar.string, atMost: 40))'"
    case .sequence(let sequence): "a list of \(sequence.count)"
    case .mapping: "a section of keys"
    case .alias: "an alias"
    }
  }
}
