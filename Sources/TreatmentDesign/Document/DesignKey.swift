import Yams

/// A key of the document together with the field it fills, both ways: a row of the schema table.
///
/// Its closures hold key paths and constants alone, so that a table, made once, serves every thread.
struct DesignKey<Root>: @unchecked Sendable {
  let description: KeyDescription
  /// Reads the value into the root, or reports a problem and leaves the root as it is.
  let read: (inout Root, Node, inout DocumentReader) -> Void
  /// What stands behind the key for this root: `nil` where the key says nothing, or only what `standard` has anyway.
  /// Without a `standard` a default is written too.
  let write: (_ root: Root, _ standard: Root?) -> WrittenValue?

  var name: String { description.name }
}

extension DesignKey {
  init(
    _ name: String, _ shape: ValueShape, required: Bool, help: String,
    read: @escaping (inout Root, Node, inout DocumentReader) -> Void,
    write: @escaping (_ root: Root, _ standard: Root?) -> WrittenValue?
  ) {
    description = KeyDescription(name: name, shape: shape, required: required, help: help)
    self.read = read
    self.write = write
  }

  /// The same row, left out by the writer where `applies` is false: there the reader refuses the key, or it would do
  /// nothing.
  func written(when applies: @escaping (Root) -> Bool) -> Self {
    Self(description: description, read: read) { root, standard in applies(root) ? write(root, standard) : nil }
  }

  /// The same row, written even where its value is the default: there the reader asks for it, though not everywhere.
  func alwaysWritten() -> Self {
    Self(description: description, read: read) { root, _ in write(root, nil) }
  }

  static func number(
    _ name: String, _ field: WritableKeyPath<Root, Double>, _ range: ClosedRange<Double>, _ unit: String = "",
    required: Bool = false, _ help: String
  ) -> Self {
    Self(name, .number(range, unit: unit), required: required, help: help) { root, node, reader in
      if let value = reader.number(node, range, unit) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, required ? nil : standard, field, WrittenValue.number)
    }
  }

  /// A number whose absence means something of its own.
  static func optionalNumber(
    _ name: String, _ field: WritableKeyPath<Root, Double?>, _ range: ClosedRange<Double>, _ unit: String = "",
    _ help: String
  ) -> Self {
    Self(name, .number(range, unit: unit), required: false, help: help) { root, node, reader in
      if let value = reader.number(node, range, unit) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, standard, field) { $0.map(WrittenValue.number) }
    }
  }

  static func integer(
    _ name: String, _ field: WritableKeyPath<Root, Int>, _ range: ClosedRange<Int>, _ unit: String = "",
    required: Bool = false, _ help: String
  ) -> Self {
    Self(name, .integer(range, unit: unit), required: required, help: help) { root, node, reader in
      if let value = reader.integer(node, range, unit) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, required ? nil : standard, field, WrittenValue.whole)
    }
  }

  /// A whole number whose absence means something of its own.
  static func optionalInteger(
    _ name: String, _ field: WritableKeyPath<Root, Int?>, _ range: ClosedRange<Int>, _ unit: String = "", _ help: String
  ) -> Self {
    Self(name, .integer(range, unit: unit), required: false, help: help) { root, node, reader in
      if let value = reader.integer(node, range, unit) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, standard, field) { $0.map(WrittenValue.whole) }
    }
  }

  static func choice<Name: RawRepresentable<String> & CaseIterable & Equatable>(
    _ name: String, _ field: WritableKeyPath<Root, Name>, required: Bool = false, _ help: String
  ) -> Self {
    Self(name, .choice(Name.allCases.map(\.rawValue)), required: required, help: help) { root, node, reader in
      if let value = reader.choice(node, Name.self) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, required ? nil : standard, field) { .plain($0.rawValue) }
    }
  }

  /// A name whose absence means something of its own.
  static func optionalChoice<Name: RawRepresentable<String> & CaseIterable & Equatable>(
    _ name: String, _ field: WritableKeyPath<Root, Name?>, _ help: String
  ) -> Self {
    Self(name, .choice(Name.allCases.map(\.rawValue)), required: false, help: help) { root, node, reader in
      if let value = reader.choice(node, Name.self) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, standard, field) { $0.map { .plain($0.rawValue) } }
    }
  }

  /// Anyone's words, which must be given.
  static func text(_ name: String, _ field: WritableKeyPath<Root, String>, _ help: String) -> Self {
    Self(name, .text, required: true, help: help) { root, node, reader in
      if let text = reader.text(node) { root[keyPath: field] = text }
    } write: { root, _ in
      .text(root[keyPath: field])
    }
  }

  static func optionalText(_ name: String, _ field: WritableKeyPath<Root, String?>, _ help: String) -> Self {
    Self(name, .text, required: false, help: help) { root, node, reader in
      if let text = reader.text(node) { root[keyPath: field] = text }
    } write: { root, _ in
      root[keyPath: field].map(WrittenValue.text)
    }
  }

  static func flag(_ name: String, _ field: WritableKeyPath<Root, Bool>, _ help: String) -> Self {
    Self(name, .flag, required: false, help: help) { root, node, reader in
      if let value = reader.flag(node) { root[keyPath: field] = value }
    } write: { root, standard in
      unlessDefault(root, standard, field) { .plain($0 ? "true" : "false") }
    }
  }

  static func section<Part>(
    _ name: String, _ field: WritableKeyPath<Root, Part>, _ keys: [DesignKey<Part>], required: Bool = false,
    _ help: String
  ) -> Self {
    Self(name, .section(keys.map(\.description)), required: required, help: help) { root, node, reader in
      reader.section(node, into: &root[keyPath: field], keys)
    } write: { root, standard in
      let fields = writtenFields(of: root[keyPath: field], over: standard?[keyPath: field], keys)
      return fields.isEmpty && !required ? nil : .section(fields)
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
    } write: { root, _ in
      root[keyPath: field].map { .section(writtenFields(of: $0, over: standard, keys)) }
    }
  }

  /// A section that is read into a draft, for what is no field but a case of an enumeration.
  static func draft<Draft>(
    _ name: String, over standard: Draft, _ keys: [DesignKey<Draft>], _ help: String,
    take: @escaping (inout Root, Draft) -> Void, give: @escaping (Root) -> Draft?
  ) -> Self {
    Self(name, .section(keys.map(\.description)), required: false, help: help) { root, node, reader in
      var draft = standard
      reader.section(node, into: &draft, keys)
      take(&root, draft)
    } write: { root, _ in
      give(root).map { .section(writtenFields(of: $0, over: standard, keys)) }
    }
  }

  /// A list of sections; a problem inside an item leaves the item out.
  static func list<Item: Equatable>(
    _ name: String, _ field: WritableKeyPath<Root, [Item]>, of shape: ValueShape, count: ClosedRange<Int>,
    required: Bool = false, _ help: String, item: @escaping (Node, inout DocumentReader) -> Item?,
    write: @escaping (Item) -> WrittenValue
  ) -> Self {
    Self(name, .list(shape, count: count), required: required, help: help) { root, node, reader in
      if let items = reader.list(node, count, item) { root[keyPath: field] = items }
    } write: { root, standard in
      unlessDefault(root, required ? nil : standard, field) { .list($0.map(write)) }
    }
  }

  /// A list of places on the scalp.
  static func places(
    _ name: String, _ field: WritableKeyPath<Root, [ScalpPlace]>, least: Int, required: Bool = false, _ help: String
  ) -> Self {
    list(
      name, field, of: .section(ScalpPlace.keys.map(\.description)), count: least...400, required: required, help,
      item: ScalpPlace.read, write: \.written)
  }
}

/// The value of a field as it is written; `nil` where it is the standard's.
private func unlessDefault<Root, Value: Equatable>(
  _ root: Root, _ standard: Root?, _ field: KeyPath<Root, Value>, _ value: (Value) -> WrittenValue?
) -> WrittenValue? {
  if let standard, standard[keyPath: field] == root[keyPath: field] { return nil }
  return value(root[keyPath: field])
}
