import Files
import Foundation
import Testing
import TreatmentDesign

@testable import Stipple

private func manifest(_ text: String) throws -> Manifest {
  let scratch = try Scratch()
  let path = try scratch.write(text, "m.jsonl")
  _ = try scratch.write("schemaVersion: 1\n", "a.yaml")
  return try Manifest(path)
}

@Suite struct ManifestLines {
  @Test func aLineSaysAllThatPreviewTakes() throws {
    let jobs = try manifest(
      """
      \u{FEFF}# clients of March\r
      {"id": "c00017", "design": "a.yaml"}\r

        {"design": "sub/b.yaml", "id": "A.b_c-9", "seed": 18446744073709551615, "years": [0.5, 20],
      """
        + #" "outputs": ["timeline", "preview"], "overrides": {"size": 480, "view": "macro", "at": "crown", "light": "harsh", "#
        + #""background": "white", "quality": "final", "oil": 0, "bits": 16, "pace": "p10", "skinColour": "from-design", "#
        + #""orthographic": true}}"# + "\n"
        + #"{"id":"z","design":"a.yaml","overrides":{"seed":3,"camera":"azimuth=30"}}"#
    ).jobs
    #expect(
      jobs.map(\.id) == ["c00017", "A.b_c-9", "z"] && jobs.map(\.line) == [2, 4, 5] && jobs.map(\.number) == [0, 1, 2])
    #expect(jobs[0].outputs == [.preview] && jobs[0].years == [1, 3, 5] && jobs[0].overrides == DesignOverrides())
    var all = DesignOverrides()
    (all.seed, all.size, all.view, all.at, all.light, all.background) = (.max, 480, .macro, .crown, .harsh, .white)
    (all.quality, all.oil, all.bits, all.pace, all.skin, all.orthographic) = (
      .final, 0, 16, Pace("p10"), .fromDesign, true
    )
    #expect(jobs[1].overrides == all && jobs[1].outputs == [.preview, .timeline] && jobs[1].years == [0.5, 20])
    #expect(jobs[2].overrides.seed == 3 && jobs[2].overrides.camera?.azimuth == 30)
  }

  @Test func spacingAndOrderOfKeysMakeNoOtherRequest() throws {
    let jobs = try manifest(
      #"{"id":"a","design":"a.yaml","seed":1}"# + "\n" + #"{ "seed": 1, "design": "a.yaml", "id": "b" }"# + "\n"
        + #"{"id":"c","design":"a.yaml","seed":2}"#
    ).jobs
    let again = try manifest(#" {"seed" : 1,"design":"\u0061.yaml", "id":"a"}"#).jobs
    #expect(again[0].request == jobs[0].request)
    #expect(Set(jobs.map(\.request)).count == 3)
  }

  @Test(arguments: [
    (#"{"id": "../x", "design": "a.yaml"}"#, "'../x' is no file stem"),
    (#"{"id": ".x", "design": "a.yaml"}"#, "no file stem"), (#"{"id": "", "design": "a.yaml"}"#, "no file stem"),
    (#"{"id": "ä", "design": "a.yaml"}"#, "no file stem"),
    (#"{"id": "\#(String(repeating: "x", count: 101))", "design": "a.yaml"}"#, "at most 100"),
    (#"{"id": 7, "design": "a.yaml"}"#, "id: 7 is no text"),
    (#"{"id": "Contact-2.PNG", "design": "a.yaml"}"#, "the batch itself"),
    (#"{"id": "x"}"#, "'design' is missing"), (#"{"design": "a.yaml"}"#, "'id' is missing"),
    (#"{"id": "x", "desing": "a.yaml"}"#, "did you mean 'design'?"),
    (#"{"id": "x", "design": "/etc/hosts"}"#, "leaves the manifest's folder"),
    (#"{"id": "x", "design": "a/../../b.yaml"}"#, "leaves the manifest's folder"),
    (#"{"id": "x", "design": "a.yaml", "seed": -1}"#, "seed: -1 is no whole number"),
    (#"{"id": "x", "design": "a.yaml", "seed": 1, "overrides": {"seed": 1}}"#, "'seed' is there twice"),
    (#"{"id": "x", "design": "a.yaml", "seed": 18446744073709551616}"#, "no whole number"),
    (#"{"id": "x", "design": "a.yaml", "years": [1, 1]}"#, "1 is there twice"),
    (#"{"id": "x", "design": "a.yaml", "years": [21]}"#, "from 0 to 20"),
    (#"{"id": "x", "design": "a.yaml", "outputs": []}"#, "allowed are preview, sheet, timeline"),
    (#"{"id": "x", "design": "a.yaml", "outputs": ["sheets"]}"#, "did you mean 'sheet'?"),
    (#"{"id": "x", "design": "a.yaml", "outputs": ["sheet", "sheet"]}"#, "there twice"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"sise": 64}}"#, "did you mean 'size'?"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"size": 63}}"#, "64 to 8192"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"size": 64.5}}"#, "no whole number"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"light": "hars"}}"#, "did you mean 'harsh'?"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"orthographic": 1}}"#, "neither true nor false"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"pace": "quick"}}"#, "slow, typical, fast"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"bits": 9}}"#, "8 and 16"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"view": "top", "camera": "azimuth=1"}}"#, "exclude each other"),
    (#"{"id": "x", "design": "a.yaml", "overrides": {"camera": "azimuth=nan"}}"#, "not name=number"),
    (#"{"id": "x", "design": "a.yaml", "overrides": []}"#, "no object of options"),
    (#"{"id": "x", "design": "a.yaml", "design": "b.yaml"}"#, "column 33: 'design' is there twice"),
    ("nonsense", "column 1"), ("[1, 2]", "a list of 2 where a job belongs"), (#"{"id": "x""#, "the line ends"),
  ])
  func whatIsWrongIsToldWithItsLine(line: String, message: String) throws {
    let error = #expect(throws: StippleError.self) {
      try manifest(#"{"id": "good", "design": "a.yaml"}"# + "\n# note\n" + line + "\n")
    }
    #expect(error?.kind == .data && error?.message.contains("m.jsonl:3: ") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    // A design that is not there is no design that leaves the folder.
    #expect(error?.message.contains("design ''") == false, "\(error?.message ?? "")")
  }

  @Test func everyBadLineIsTold() throws {
    let error = #expect(throws: StippleError.self) {
      try manifest((0..<9).map { #"{"id": "\#($0 / 2)", "design": "a.yaml"}"# }.joined(separator: "\n"))
    }
    #expect(error?.message.split(separator: "\n").count == 4)
    #expect(error?.message.contains("m.jsonl:8: id '3' is that of line 7 already") == true)
    let empty = #expect(throws: StippleError.self) { try manifest("# nothing\n\n") }
    #expect(empty?.message.contains("holds no job") == true)
    let same = #expect(throws: StippleError.self) {
      try manifest(#"{"id": "a", "design": "a.yaml"}"# + "\n" + #"{"id": "A", "design": "a.yaml"}"#)
    }
    #expect(same?.message.contains("letter case alone") == true)
  }

  @Test func linksStayInTheFolder() throws {
    let scratch = try Scratch()
    let files = FileManager.default
    try files.createDirectory(atPath: scratch.path + "/in/sub", withIntermediateDirectories: true)
    for name in ["out.yaml", "in/sub/own.yaml"] { _ = try scratch.write("schemaVersion: 1\n", name) }
    try files.createSymbolicLink(atPath: scratch.path + "/in/leads-out", withDestinationPath: "../out.yaml")
    try files.createSymbolicLink(atPath: scratch.path + "/in/leads-up", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: scratch.path + "/in/leads-down", withDestinationPath: "sub")
    let folder = scratch.path + "/in"
    for good in ["sub/own.yaml", "leads-down/own.yaml", "none.yaml"] {
      #expect(try pathBeside(folder, good, "design", of: "the manifest's") == folder + "/" + good)
    }
    for bad in ["leads-out", "leads-up/out.yaml", "leads-up"] {
      let error = #expect(throws: StippleError.self) { try pathBeside(folder, bad, "design", of: "the manifest's") }
      #expect(error?.message.contains("a link that leaves") == true)
    }
  }
}

@Suite struct JSONTexts {
  @Test(arguments: [
    (#" {"a" : [1, -2.5e1, true, false, null, "x"]} "#, #"{"a": [1, -25, true, false, null, "x"]}"#),
    (#""\u00e4\ud83d\ude00\n\/""#, "\"ä😀\\n/\""), ("18446744073709551615", "18446744073709551615"), ("{}", "{}"),
    ("[]", "[]"), ("-0", "0"), ("1e2", "100"),
  ])
  func whatIsAllowed(text: String, line: String) throws {
    #expect(try JSONValue(reading: Array(text.utf8)).line == line)
  }

  @Test(arguments: [
    "", " ", "[1,]", "{,}", #"{"a" 1}"#, #"{"a": 1,}"#, #"{"a": 1 "b": 2}"#, "01", "1.", ".5", "+1", "1e", "1e999",
    "nul", "[1", "'a'",
    #""a"#, #""\x""#, #""\u12g4""#, #""\ud800""#, #""\udc00\ud800""#, "\"\u{1}\"", "1 2", "NaN", "{1: 2}",
    String(repeating: "[", count: 100_000), #"{"a": 1, "a": 2}"#,
  ])
  func whatIsRefused(text: String) {
    #expect(throws: JSONProblem.self) { try JSONValue(reading: Array(text.utf8)) }
  }

  @Test func bytesThatAreNoTextAreRefused() {
    #expect(throws: JSONProblem.self) { try JSONValue(reading: [0x22, 0xFF, 0x22]) }
    for byte in UInt8.min...UInt8.max { _ = try? JSONValue(reading: [byte, 0x22, byte]) }
  }
}
