import Arithmetic
import Foundation
import ScalpGeometry
import Testing
import TreatmentDesign

@testable import Stipple

/// What a design says of the way to its own line, mm; `nil` where no hairline of it is told by its height.
private func statedHeight(_ design: Design) -> Double? {
  for layer in design.layers {
    if case .hairline(let line) = layer, line.points.isEmpty { return line.height }
  }
  return nil
}

private func made(_ sample: String, _ options: TemplateOptions = TemplateOptions(), threads: Int? = nil) throws
  -> MadeTemplate
{
  try template(OpenedDesign(samplesFolder + "/\(sample).yaml", threads: threads), options: options)
}

/// A template of a small design on a coarse head.
private func small(
  _ options: TemplateOptions = TemplateOptions(), threads: Int? = nil, _ change: (inout Design) -> Void = { _ in }
) throws -> MadeTemplate {
  try template(OpenedDesign(design(change), on: coarseHead.get(), threads: threads), options: options)
}

/// Width and height of each page, mm.
private func pages(_ bytes: [UInt8]) -> [SIMD2<Double>] {
  let text = String(decoding: bytes, as: UTF8.self)
  return text.matches(of: try! Regex("/MediaBox \\[ *0 0 ([0-9.]+) ([0-9.]+) *\\]")).map { match in
    SIMD2(
      Double(match.output[1].substring ?? "") ?? 0, Double(match.output[2].substring ?? "") ?? 0) * (25.4 / 72)
  }
}

private func message(_ body: () throws -> Void) -> StippleError? {
  do {
    try body()
    return nil
  } catch { return error as? StippleError }
}

@Suite struct TemplateTests {
  /// The way from the glabella to the line is the design's, by tape and on paper; what stretches says how much.
  @Test(arguments: [
    "norwood-3", "norwood-6", "buzz-edge-up", "norwood-4a-gradient", "strip-scar", "part-width", "painted-crown",
    "alopecia-areata",
  ])
  func samplesAreTrueToScale(sample: String) throws {
    let made = try made(sample)
    #expect(!made.pieces.isEmpty && made.pages >= 1)
    for piece in made.pieces {
      #expect(piece.stretch <= greatestTemplateStretch && piece.stretchOfLines <= piece.stretch + 0.001)
      // What is drawn counts most.
      #expect(piece.stretchOfLines < 0.02, "\(piece)")
      #expect(!piece.name.isEmpty)
    }
    let stretch = made.pieces.map(\.stretch).max() ?? 0
    for tape in made.tapes {
      // A tape to the end of a scar may run off the paper at the ear by a few millimetres.
      #expect(abs(tape.paper - tape.skin) <= stretch * tape.skin + 0.2, "\(tape)")
    }
    if let height = statedHeight(try OpenedDesign(samplesFolder + "/\(sample).yaml").design) {
      let tape = try #require(made.tapes.first { $0.name.contains("glabella") })
      #expect(abs(tape.skin - height) < 1 && abs(tape.paper - height) < 1, "\(tape) \(height)")
      #expect(made.tapes.contains { $0.name.contains("temple to temple") })
    }
  }

  @Test(arguments: HairlineLayer.Style.allCases) func everyHairlineStyle(style: HairlineLayer.Style) throws {
    let made = try small { d in
      var line = HairlineLayer()
      (line.style, line.height, line.widowsPeak) = (style, 66, 6)
      d.layers = [.hairline(line)]
    }
    #expect(made.pieces.count == 1 && made.pieces[0].name == "hairline")
    #expect(abs(made.tapes[0].paper - 66) < 1)
  }

  @Test func scarsAndDrawnLines() throws {
    let made = try small { d in
      var line = HairlineLayer()
      line.points = [ScalpPlace(up: 80, side: 50), ScalpPlace(up: 68, side: 0), ScalpPlace(up: 78, side: -52)]
      var scar = ScarLayer()
      scar.shape = .strip(path: [ScalpPlace(up: 300, side: -60), ScalpPlace(up: 305, side: 40)], width: 3)
      var patch = ScarLayer()
      patch.shape = .patch(.ellipse(centre: ScalpPlace(up: 200, side: 40), length: 25, width: 15, turn: 20))
      d.layers = [.hairline(line), .scar(scar), .scar(patch)]
    }
    let names = made.pieces.map(\.name).joined(separator: " | ")
    for name in ["hairline", "strip scar, layer 2", "scar, layer 3"] { #expect(names.contains(name), "\(names)") }
    let scar = try #require(made.tapes.first { $0.name.contains("strip scar") })
    #expect(abs(scar.skin - 101) < 6 && abs(scar.paper - scar.skin) < 1)
  }

  @Test func theSameBytesEveryTime() throws {
    let once = try small(threads: 1).bytes
    #expect(try small().bytes == once)
    #expect(try small(threads: 3).bytes == once)
    #expect(try small { $0.seed = 9 }.bytes != once)
  }

  @Test func papersAndFilm() throws {
    let a4 = try small()
    var options = TemplateOptions()
    options.paper = .letter
    let letter = try small(options)
    #expect(pages(a4.bytes).count == a4.pages && pages(letter.bytes).count == letter.pages)
    for (made, sides) in [(a4, SIMD2(210, 297)), (letter, SIMD2(215.9, 279.4))] {
      for page in pages(made.bytes) {
        #expect(abs(min(page.x, page.y) - sides.x) < 0.01 && abs(max(page.x, page.y) - sides.y) < 0.01)
      }
    }
    // The skin does not know the paper.
    #expect(letter.pieces == a4.pieces && letter.tapes == a4.tapes)
    options = TemplateOptions()
    options.isMirrored = true
    let film = try small(options)
    #expect(film.bytes != a4.bytes && film.pieces == a4.pieces && film.pages == a4.pages)
  }

  /// No name, no path and no clock; a day where it is given.
  @Test func itNamesNobody() throws {
    var options = TemplateOptions()
    let plain = String(decoding: try small { $0.clinic = Clinic() }.bytes, as: UTF8.self)
    for word in ["/home", "/work", NSUserName() + "@", "CreationDate"] { #expect(!plain.contains(word), "\(word)") }
    options.date = CalendarDate("2026-03-02")
    #expect(String(decoding: try small(options).bytes, as: UTF8.self).contains("D:20260302"))
    #expect(CalendarDate(secondsSince1970: 1_772_409_600) == CalendarDate("2026-03-02"))
    #expect(CalendarDate(secondsSince1970: -1) == nil && CalendarDate(secondsSince1970: .max) == nil)
  }

  @Test func withoutALineThereIsNoTemplate() throws {
    // A factor on the whole scalp has no border, and puts nothing in.
    let none = message {
      _ = try small { d in
        var zone = ZoneLayer()
        (zone.blend, zone.factor) = (.multiply, 0.5)
        d.layers = [.zone(zone)]
      }
    }
    #expect(none?.kind == .data && none?.message.contains("no line to trace") == true)
  }

  @Test func aFileOrNone() throws {
    let folder = try Scratch()
    let opened = try OpenedDesign(design { _ in }, on: coarseHead.get())
    let result = try writeTemplate(of: opened, to: folder.path + "/t.pdf")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/t.pdf")).count == result.bytes)
    #expect(result.text.contains("print at 100 %") && result.text.contains("greatest stretch"))
    let object = try #require(JSONSerialization.jsonObject(with: Data(result.json.utf8)) as? [String: Any])
    #expect((object["pieces"] as? [Any])?.count == result.pieces.count && object["pages"] as? Int == result.pages)
    #expect(message { _ = try writeTemplate(of: opened, to: folder.path) }?.kind == .cannotCreate)
    #expect(message { _ = try writeTemplate(of: opened, to: folder.path + "/t.pdf/t.pdf") }?.kind == .cannotCreate)
    // One of its own is replaced, another's is not, and a rehearsal writes nothing.
    #expect(try writeTemplate(of: opened, to: folder.path + "/t.pdf") == result)
    let foreign = try folder.write("%PDF-1.4 by hand", "f.pdf")
    #expect(message { _ = try writeTemplate(of: opened, to: foreign) }?.kind == .cannotCreate)
    var options = TemplateOptions()
    options.writing.isRehearsal = true
    #expect(try writeTemplate(of: opened, to: folder.path + "/r.pdf", options: options).bytes == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/r.pdf"))
  }

  /// Boxes fill a page before the next, and what is larger than a page goes over several that overlap.
  @Test func piecesFindTheirPages() {
    func box(_ width: Double, _ height: Double) -> TemplateBox {
      TemplateBox([([.zero, SIMD2(width, 0), SIMD2(width, height), SIMD2(0, height)], [-1, -1, -1, -1])], title: "")
    }
    for paper in TemplatePaper.allCases {
      let boxes = [box(60, 60), box(60, 40), box(90, 60), box(300, 400), box(20, 20)]
      let made = canvases(for: boxes, on: paper)
      #expect(made.flatMap { $0.placed.map(\.sheet) }.sorted() == [0, 1, 2, 3, 4])
      #expect(made.count { $0.columns * $0.rows == 1 && $0.placed.count == 3 } == 1)
      for canvas in made {
        for (k, placed) in canvas.placed.enumerated() {
          let low = placed.origin + boxes[placed.sheet].low
          let high = placed.origin + boxes[placed.sheet].high
          #expect(low.x >= 0 && low.y >= 0 && high.x <= canvas.size.x && high.y <= canvas.size.y)
          for other in canvas.placed[..<k] {
            let (a, b) = (other.origin + boxes[other.sheet].low, other.origin + boxes[other.sheet].high)
            #expect(high.x < a.x || b.x < low.x || high.y < a.y || b.y < low.y)
          }
        }
        // Neighbours show the same 15 mm.
        let step = canvas.corner(column: 1, row: 0) - canvas.corner(column: 0, row: 0)
        #expect(abs(step.x + TemplateFrame.overlap - canvas.frame.window.x) < 1e-9)
      }
    }
  }

  @Test func dashesKeepTheirLength() {
    let line = (0...50).map { SIMD2(Double($0) * 1.7, 3) }
    let pieces = dashed(line, [4, 1.5])
    #expect(pieces.dropLast().allSatisfy { abs(pathLength($0) - 4) < 1e-9 })
    #expect(abs(pieces[1][0].x - 5.5) < 1e-9)
    #expect(dashed(line, []).count == 1)
  }
}
