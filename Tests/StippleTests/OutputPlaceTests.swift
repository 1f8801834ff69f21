import Foundation
import Testing

@testable import Stipple

@Suite struct OutputPlaceTests {
  @Test(arguments: [
    ("clients/anna.yaml", "out/anna"), ("anna.b.YML", "out/anna.b"), ("out/x/year-3.png", "out/year-3"),
    ("-", "out/design"), ("..", "out/design"), (".yaml", "out/.yaml"), ("a/", "out/a"), ("scan.glb", "out/scan"),
  ])
  func foldersOfDesigns(design: String, folder: String) { #expect(defaultFolder(of: design) == folder) }

  @Test func oneFileGoesWhereItIsSaid() {
    #expect(outputPath(nil, design: "d.yaml", name: "r.html") == "out/d/r.html")
    #expect(outputPath("x.html", design: "d.yaml", name: "r.html") == "x.html")
    #expect(outputPath("x/", design: "d.yaml", name: "r.html") == "x/r.html")
    #expect(outputPath("/tmp", design: "d.yaml", name: "r.html") == "/tmp/r.html")
    #expect(outputPath("-", design: "d.yaml", name: "r.html") == "-")
  }

  @Test(
    arguments: [
      ("2 March 2026", "2026-03-02"), ("March 2, 2026", "2026-03-02"), ("2nd of mar 2026", nil),
      ("2nd mar 2026", "2026-03-02"),
      ("2026/3/2", "2026-03-02"), ("2.3.2026", "2026-03-02"), ("2/3/2026", nil), ("31.2.2026", nil), ("soon", nil),
      ("25/3/2026", "2026-03-25"), ("", nil),
    ] as [(String, String?)])
  func datesThatAreMeant(written: String, date: String?) {
    #expect(CalendarDate(meantBy: written)?.description == date)
  }

  @Test func refusalsKeepThePlacesOfProblems() {
    let json = refusalJSON("a:b.yaml:3:28: unknown key\nother.yaml:1:2: x: y\nno place", exitCode: 65)
    #expect(
      json.contains("\"file\": \"a:b.yaml\"") && json.contains("\"line\": 3") && json.contains("\"message\": \"x: y\""))
    #expect(json.components(separatedBy: "\"column\"").count == 3)
  }
}
