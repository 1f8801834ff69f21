import Yams

/// A key of the document together with the field it fills: a row of the schema table.
struct DesignKey<Root> {
  let description: KeyDescription
  /// Reads the value into the root, or reports a problem and leaves the root as it is.
  let read: (inout Root, Node, inout DocumentReader) -> Void

  var name: String { description.name }
}

extension DesignKey {
  init(
    _ name: String, _ shape: ValueShape, required: Bool, help: String,
    read: @escaping (inout Root, Node, inout DocumentReader) -> Void
  ) {
    description = KeyDescription(name: name, shape: shape, required: required, help: help)
    self.read = read
  }

  static func number(
    _ name: String, _ field: WritableKeyPath<Root, Double>, _ range: ClosedRange<Double>, _ unit: String = "",
    required: Bool = false, _ help: String
  ) -> Self {
    Self(name, .number(range, unit: unit), required: required, help: help) { root, node, reader in
      if let value = reader.number(node, range, unit) { root[keyPath: field] = value }
    }
  }

  /// A number whose absence means something of its own.
  static func optionalNumber(
    _ name: String, _ field: WritableKeyPath<Root, Double?>, _ range: ClosedRange<Double>, _ unit: String = "",
    _ help: String
  ) -> Self {
    Self(name, .number(range, unit: unit), required: false, help: help) { root, node, reader in
      if let value = reader.number(node, range, unit) { root[keyPath: field] = value }
    }
  }

  static func integer(
    _ name: String, _ field: WritableKeyPath<Root, Int>, _ range: ClosedRange<Int>, _ unit: String = "",
    required: Bool = false, _ help: String
  ) -> Self {
    Self(name, .integer(range, unit: unit), required: required, help: help) { root, node, reader in
      if let value = reader.integer(node, range, unit) { root[keyPath: field] = value }
    }
  }

  /// A whole number whose absence means something of its own.
  static func optionalInteger(
    _ name: String, _ field: WritableKeyPath<Root, Int?>, _ range: ClosedRange<Int>, _ unit: String = "", _ help: String
  ) -> Self {
    Self(name, .integer(range, unit: unit), required: false, help: help) { root, node, reader in
      if let value = reader.integer(node, range, unit) { root[keyPath: field] = value }
    }
  }

  static func choice<Name: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ field: WritableKeyPath<Root, Name>, required: Bool = false, _ help: String
  ) -> Self {
    Self(name, .choice(Name.allCases.map(\.rawValue)), required: required, help: help) { root, node, reader in
      if let value = reader.choice(node, Name.self) { root[keyPath: field] = value }
    }
  }

  static func flag(_ name: String, _ field: WritableKeyPath<Root, Bool>, _ help: String) -> Self {
    Self(name, .flag, required: false, help: help) { root, node, reader in
      if let value = reader.flag(node) { root[keyPath: field] = value }
    }
  }

  static func section<Part>(
    _ name: String, _ field: WritableKeyPath<Root, Part>, _ keys: [DesignKey<Part>], required: Bool = false,
    _ help: String
  ) -> Self {
    Self(name, .section(keys.map(\.description)), required: required, help: help) { root, node, reader in
      reader.section(node, into: &root[keyPath: field], keys)
    }
  }

  /// A section that is written over `standard` where there is one, and leaves nothing where there is none.
  static func section<Part>(
    _ name: String, _ field: WritableKeyPath<Root, Part?>, over standard: Part, _ keys: [DesignKey<Part>],
    _ help: String
  ) -> Self {
    Self(name, .section(keys.map(\.description)), required: false, help: help) { root, node, reader in
      var part = standard
      reader.section(node, into: &part, keys)
      root[keyPath: field] = part
    }
  }

  /// A list of sections; a problem inside an item leaves the item out.
  static func list<Item>(
    _ name: String, _ field: WritableKeyPath<Root, [Item]>, of shape: ValueShape, count: ClosedRange<Int>,
    required: Bool = false, _ help: String, item: @escaping (Node, inout DocumentReader) -> Item?
  ) -> Self {
    Self(name, .list(shape, count: count), required: required, help: help) { root, node, reader in
      if let items = reader.list(node, count, item) { root[keyPath: field] = items }
    }
  }

  /// A list of places on the scalp.
  static func places(
    _ name: String, _ field: WritableKeyPath<Root, [ScalpPlace]>, least: Int, required: Bool = false, _ help: String
  ) -> Self {
    list(
      name, field, of: .section(ScalpPlace.keys.map(\.description)), count: least...400, required: required, help,
      item: ScalpPlace.read)
  }
}
