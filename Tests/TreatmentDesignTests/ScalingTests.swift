import TestSupport
import Testing
import TreatmentDesign

/// Nothing here grows as a square of its input.
@Suite(.serialized) struct ScalingTests {
  enum Document: String, CaseIterable {
    case unknownKeys
    case repeatedKeys
    case layers
    case places
    case comments
    case itemsOfNoUse
    case oneLine

    func text(_ count: Int) -> String {
      func each(_ text: (Int) -> String) -> String { (0..<count).map(text).joined() }
      let head = "schemaVersion: 1\n"
      return switch self {
      case .unknownKeys: head + each { "k\($0): 1\n" }
      case .repeatedKeys: head + each { "k\($0 % 100): 1\n" }
      case .layers: head + "layers:\n" + each { _ in " - hairline: {height: 60}\n" }
      case .places: head + "layers:\n - hairline: {points: [" + each { "{up: \($0 % 100), side: \($0)}, " } + "]}\n"
      case .comments: head + each { "# \($0)\n" } + "layers: [{hairline: {height: 60}}]\n"
      case .itemsOfNoUse: head + "layers:\n" + each { _ in " - a\n" }
      case .oneLine: "{schemaVersion: 1, " + each { "\"k\($0)\": \"a\", " } + "layers: []}"
      }
    }
  }

  @Test(arguments: Document.allCases)
  func reading(_ document: Document) throws {
    func read(_ count: Int) -> () -> Void {
      let text = document.text(count)
      return { _ = try? readDesign(text, named: "design") }
    }
    #expect(growth(read(2500), read(25_000)) < mostGrowth)
  }
}
