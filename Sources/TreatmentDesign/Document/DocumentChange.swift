// A value put in place of a document's from outside it: `layers[0].hairline.height=68`, as the option -D takes it.
//
// The change is made in the document's tree before it is read, so that it is checked as what is written there. What comes
// from a change stands on a line below zero: messages then name the option instead of file and line.

import Files
import Yams

/// One change to a design document.
public struct DocumentChange: Sendable, Equatable {
  enum Step: Equatable {
    case key(String)
    case index(Int)
  }

  /// As it was written.
  public let text: String
  let path: [Step]
  let value: String

  /// A change written as `path=value`: keys joined by points, items of lists by number from 0, such as
  /// `layers[0].hairline.height=68`; the value as a document has it.
  ///
  /// Throws `DesignDocumentError` for text that is no change.
  public init(_ text: String) throws(DesignDocumentError) {
    self.text = text
    func refusal(_ message: String) -> DesignDocumentError {
      DesignDocumentError(
        file: "", problems: [.init(line: Self.line(0), column: 1, message: message)], changes: [text])
    }
    let example = "write it as path=value, such as layers[0].hairline.height=68"
    guard let equals = text.firstIndex(of: "=") else { throw refusal("it has no '='; \(example)") }
    value = String(text[text.index(after: equals)...])
    guard value.contains(where: { $0 != " " }) else { throw refusal("it has no value; \(example)") }
    var steps: [Step] = []
    for part in text[..<equals].split(separator: ".", omittingEmptySubsequences: false) {
      let name = part.prefix { $0 != "[" }
      guard !name.isEmpty else { throw refusal("a key is empty; \(example)") }
      steps.append(.key(String(name)))
      var rest = part[name.endIndex...]
      while !rest.isEmpty {
        guard rest.first == "[", let end = rest.firstIndex(of: "]"), let index = Int(rest[..<end].dropFirst()),
          index >= 0
        else { throw refusal("'\(shown(String(rest)))' is no item of a list; \(example)") }
        steps.append(.index(index))
        rest = rest[rest.index(after: end)...]
      }
    }
    guard steps.count <= deepestNesting else { throw refusal("nested deeper than \(deepestNesting) levels") }
    path = steps
  }

  /// The line on which what comes from the change of this number stands.
  static func line(_ number: Int) -> Int { -1 - number }

  /// Which change stands on a line; `nil` for a line of the document.
  static func number(_ line: Int) -> Int? { line < 0 ? -1 - line : nil }
}

extension Node {
  /// Tags say which nodes come from a change, since places cannot be made up, and a document has no tags of its own.
  private static let tagged = "stipple:change:"

  /// Which change this node comes from; `nil` for one that was written in the document.
  var change: Int? {
    let name =
      switch self {
      case .scalar(let scalar): scalar.tag.description
      case .mapping(let mapping): mapping.tag.description
      case .sequence(let sequence): sequence.tag.description
      case .alias: ""
      }
    return name.hasPrefix(Node.tagged) ? Int(name.dropFirst(Node.tagged.count)) : nil
  }

  /// This document with a change made in it.
  func changed(by change: DocumentChange, number: Int) throws(DesignDocumentError.Problem) -> Node {
    let tag = Tag(.init(rawValue: "\(Node.tagged)\(number)"))
    let value: Node
    do {
      value = try compose(change.value, named: "").root
    } catch {
      throw .init(
        line: DocumentChange.line(number), column: 1, message: error.problems.first?.message ?? "it cannot be read")
    }
    do {
      return try put(value.marked(tag), change.path[...], tag, before: "")
    } catch {
      throw .init(line: DocumentChange.line(number), column: 1, message: error.message)
    }
  }

  private struct NoSuchPlace: Error { let message: String }

  private func put(_ value: Node, _ path: ArraySlice<DocumentChange.Step>, _ tag: Tag, before: String)
    throws(NoSuchPlace) -> Node
  {
    let rest = path.dropFirst()
    switch path.first {
    case nil: return value
    case .key(let name):
      let here = before.isEmpty ? name : "\(before).\(name)"
      guard case .mapping(let mapping) = self else {
        throw NoSuchPlace(
          message: "\(before.isEmpty ? "the document" : shown(before)) has no keys, so none is '\(shown(name))'")
      }
      var pairs = mapping.map { ($0.key, $0.value) }
      if let i = pairs.firstIndex(where: { $0.0.scalar?.string == name }) {
        // A key whose whole value is new is one of the change; others stay where they were written.
        if rest.isEmpty { pairs[i].0 = Node(name, tag) }
        pairs[i].1 = try pairs[i].1.put(value, rest, tag, before: here)
      } else {
        pairs.append((Node(name, tag), try Node([(Node, Node)](), tag).put(value, rest, tag, before: here)))
      }
      return .mapping(Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    case .index(let index):
      guard case .sequence(let sequence) = self else {
        throw NoSuchPlace(message: "\(shown(before)) is no list, so it has no item [\(index)]")
      }
      guard index < sequence.count else {
        throw NoSuchPlace(
          message: "\(shown(before)) has \(sequence.count) \(sequence.count == 1 ? "item" : "items"), counted from [0]")
      }
      var items = Array(sequence)
      items[index] = try items[index].put(value, rest, tag, before: "\(before)[\(index)]")
      return .sequence(Sequence(items, sequence.tag, sequence.style, sequence.mark))
    }
  }

  /// This node and all below it as a change's.
  private func marked(_ tag: Tag) -> Node {
    switch self {
    case .scalar(let scalar): .scalar(Scalar(scalar.string, tag, scalar.style))
    case .mapping(let mapping): Node(mapping.map { ($0.key.marked(tag), $0.value.marked(tag)) }, tag)
    case .sequence(let sequence): Node(sequence.map { $0.marked(tag) }, tag)
    case .alias: self
    }
  }
}
