// What a line of a manifest may say, key by key.

import Arithmetic
import Files
import PigmentAging
import TreatmentDesign

/// The job of one line; `nil` where too little of it can be read to know which job it is. Everything that is wrong is added
/// to `problems`.
func readJob(_ bytes: [UInt8], problems: inout [String]) -> BatchJob? {
  let value: JSONValue
  do throws(JSONProblem) {
    value = try JSONValue(reading: bytes)
  } catch {
    problems.append("column \(error.column): \(error.message)")
    return nil
  }
  guard case .object(let members) = value else {
    problems.append("\(value.described) where a job belongs; a job is an object such as \(Manifest.example)")
    return nil
  }
  var job = BatchJob(id: "", design: "")
  read(members, jobKeys, into: &job, what: "key", problems: &problems)
  for name in ["id", "design"] where value[name] == nil { problems.append("'\(name)' is missing") }
  if value["seed"] != nil, value["overrides"]?["seed"] != nil {
    problems.append("'seed' is there twice, of its own and among the overrides")
  }
  // However it is spaced, and in whatever order its keys are.
  job.request = SHA256.hex(
    Array(JSONValue.object(members.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }).line.utf8))
  return job.id.isEmpty ? nil : job
}

/// One key of a line: what its value becomes.
private struct LineKey<Root>: Sendable {
  var name: String
  /// Throws what is allowed.
  var read: @Sendable (JSONValue, inout Root) throws(LineProblem) -> Void
}

/// What is wrong with a value: "'x' is no ...; allowed are ...".
private struct LineProblem: Error {
  var message: String
  init(_ message: String) { self.message = message }
}

private func read<Root>(
  _ members: [(String, JSONValue)], _ keys: [LineKey<Root>], into root: inout Root, what: String,
  problems: inout [String]
) {
  for (name, value) in members {
    guard let key = keys.first(where: { $0.name == name }) else {
      problems.append(unknown(what, name, among: keys.map(\.name)))
      continue
    }
    do throws(LineProblem) {
      try key.read(value, &root)
    } catch {
      problems.append("\(name): \(error.message)")
    }
  }
}

private func unknown(_ what: String, _ name: String, among names: [String]) -> String {
  let near = nearestName(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
  return "unknown \(what) \(JSONValue.text(name).described); \(near)allowed are \(names.joined(separator: ", "))"
}

// MARK: - Keys

private let jobKeys: [LineKey<BatchJob>] = [
  LineKey(name: "id") { (value, job) throws(LineProblem) in job.id = try stem(value) },
  LineKey(name: "design") { (value, job) throws(LineProblem) in
    guard let text = value.text, !text.isEmpty, !text.utf8.contains(0) else {
      throw LineProblem("\(value.described) is no path of a design")
    }
    job.design = text
  },
  LineKey(name: "seed") { (value, job) throws(LineProblem) in job.overrides.seed = try seed(value) },
  LineKey(name: "overrides") { (value, job) throws(LineProblem) in job.overrides.merge(try overrides(value)) },
  LineKey(name: "outputs") { (value, job) throws(LineProblem) in job.outputs = try outputs(value) },
  LineKey(name: "years") { (value, job) throws(LineProblem) in job.years = try years(value) },
]

/// The names are those of the options of `stipple preview`.
private let overrideKeys: [LineKey<DesignOverrides>] = [
  LineKey(name: "size") { (value, into) throws(LineProblem) in into.size = try whole(value) },
  LineKey(name: "view") { (value, into) throws(LineProblem) in into.view = try choice(value) },
  LineKey(name: "camera") { (value, into) throws(LineProblem) in into.camera = try camera(value) },
  LineKey(name: "orthographic") { (value, into) throws(LineProblem) in into.orthographic = try flag(value) },
  LineKey(name: "at") { (value, into) throws(LineProblem) in into.at = try choice(value) },
  LineKey(name: "light") { (value, into) throws(LineProblem) in into.light = try choice(value) },
  LineKey(name: "background") { (value, into) throws(LineProblem) in into.background = try choice(value) },
  LineKey(name: "oil") { (value, into) throws(LineProblem) in into.oil = try real(value) },
  LineKey(name: "quality") { (value, into) throws(LineProblem) in into.quality = try choice(value) },
  LineKey(name: "bits") { (value, into) throws(LineProblem) in into.bits = try whole(value) },
  LineKey(name: "pace") { (value, into) throws(LineProblem) in into.pace = try pace(value) },
  LineKey(name: "skinColour") { (value, into) throws(LineProblem) in into.skin = try choice(value) },
  LineKey(name: "seed") { (value, into) throws(LineProblem) in into.seed = try seed(value) },
]

private func overrides(_ value: JSONValue) throws(LineProblem) -> DesignOverrides {
  guard case .object(let members) = value else { throw LineProblem("\(value.described) is no object of options") }
  var problems: [String] = []
  var read = DesignOverrides()
  Stipple.read(members, overrideKeys, into: &read, what: "option", problems: &problems)
  if read.view != nil, read.camera != nil { problems.append("view and camera exclude each other") }
  // Ranges are those of any design.
  do throws(StippleError) {
    _ = try Design().applying(read)
  } catch {
    problems.append(error.message)
  }
  if !problems.isEmpty { throw LineProblem(problems.joined(separator: "; ")) }
  return read
}

extension DesignOverrides {
  /// Takes what `others` set; a seed of the line itself stays.
  fileprivate mutating func merge(_ others: DesignOverrides) {
    let own = seed
    self = others
    seed = others.seed ?? own
  }
}

// MARK: - Values

/// Names of files that a batch makes beside the jobs' folders.
private func isReserved(_ id: String) -> Bool {
  let name = id.lowercased()
  return name.hasPrefix("contact") && name.hasSuffix(".png") || name.hasPrefix("jobs") && name.hasSuffix(".jsonl")
    || name == "manifest.jsonl"
}

private func stem(_ value: JSONValue) throws(LineProblem) -> String {
  guard let id = value.text else { throw LineProblem("\(value.described) is no text") }
  let isPlain = id.utf8.allSatisfy { byte in
    byte < 128 && (Character(Unicode.Scalar(byte)).isLetter || (48...57).contains(byte) || [45, 46, 95].contains(byte))
  }
  guard isPlain, (1...100).contains(id.utf8.count), id.first != "." else {
    throw LineProblem(
      "\(value.described) is no file stem; allowed are letters of ASCII, digits, '.', '_' and '-', at most 100, the first no "
        + "'.'")
  }
  if isReserved(id) { throw LineProblem("'\(id)' is the name of a file that the batch itself writes") }
  return id
}

private func outputs(_ value: JSONValue) throws(LineProblem) -> [BatchOutput] {
  let names = BatchOutput.allCases.map(\.rawValue)
  guard let texts = value.texts, !texts.isEmpty else {
    throw LineProblem("\(value.described) is no list of outputs; allowed are \(names.joined(separator: ", "))")
  }
  var read: Set<BatchOutput> = []
  for text in texts {
    guard let output = BatchOutput(rawValue: text) else { throw LineProblem(unknown("output", text, among: names)) }
    if !read.insert(output).inserted { throw LineProblem("'\(text)' is there twice") }
  }
  return BatchOutput.allCases.filter(read.contains)
}

private func years(_ value: JSONValue) throws(LineProblem) -> [Double] {
  guard case .list(let items) = value, items.count <= 20 else {
    throw LineProblem("\(value.described) is no list of at most 20 years")
  }
  var read: [Double] = []
  for item in items {
    guard let year = item.number, (0...20).contains(year) else {
      throw LineProblem("\(item.described) is no number of years from 0 to 20")
    }
    if read.contains(year) { throw LineProblem("\(item.described) is there twice") }
    read.append(year)
  }
  return read
}

private func seed(_ value: JSONValue) throws(LineProblem) -> UInt64 {
  switch value {
  case .integer(let value) where value >= 0: return UInt64(value)
  case .unsigned(let value): return value
  default: throw LineProblem("\(value.described) is no whole number from 0 to \(UInt64.max)")
  }
}

private func whole(_ value: JSONValue) throws(LineProblem) -> Int {
  guard let whole = value.integer else { throw LineProblem("\(value.described) is no whole number") }
  return whole
}

private func real(_ value: JSONValue) throws(LineProblem) -> Double {
  guard let number = value.number else { throw LineProblem("\(value.described) is no number") }
  return number
}

private func flag(_ value: JSONValue) throws(LineProblem) -> Bool {
  guard case .flag(let flag) = value else { throw LineProblem("\(value.described) is neither true nor false") }
  return flag
}

private func choice<Name: RawRepresentable<String> & CaseIterable>(_ value: JSONValue) throws(LineProblem) -> Name {
  let names = Name.allCases.map(\.rawValue)
  guard let text = value.text else {
    throw LineProblem("\(value.described) is no text; allowed are \(names.joined(separator: ", "))")
  }
  guard let name = Name(rawValue: text) else { throw LineProblem(unknown("name", text, among: names)) }
  return name
}

private func pace(_ value: JSONValue) throws(LineProblem) -> Pace {
  guard let text = value.text, let pace = Pace(text) else {
    throw LineProblem("\(value.described) is no pace; allowed is \(Pace.allowed)")
  }
  return pace
}

private func camera(_ value: JSONValue) throws(LineProblem) -> Pictures.OwnCamera {
  guard let text = value.text else {
    throw LineProblem("\(value.described) is no text such as 'azimuth=30,elevation=10,distance=900,focal=85'")
  }
  do throws(StippleError) {
    return try Pictures.OwnCamera(parsing: text)
  } catch {
    throw LineProblem(error.message)
  }
}
