import Foundation
import PNGImage
import PigmentAging
import Testing
import TreatmentDesign

@testable import Stipple

/// A design's timeline at a usual density.
private func timeline(_ pace: PigmentPace? = nil, _ change: (inout Design) -> Void = { _ in }) throws -> Timeline {
  var design = try OpenedDesign(samplesFolder + "/norwood-3.yaml").design
  change(&design)
  return try Timeline(design, densest: 215, pace: pace, start: CalendarDate("2026-03-02"))
}

@Suite struct TimelineTests {
  @Test(arguments: [
    ("0d", 0.0), ("7d", 7.0 / 365.25), ("30d", 30.0 / 365.25), ("6mo", 0.5), ("1y", 1.0), ("2.5y", 2.5), ("20y", 20.0),
  ])
  func timesAreReadAsWritten(text: String, years: Double) throws {
    #expect(abs(try TimelineMoment(text).years - years) < 1e-12)
  }

  @Test(arguments: [
    "-1d", "-0.5y", "21y", "20.01y", "7306d", "241mo", "5", "y", "", "1w", "1 y", "1e1y", "nany", "infy", "0x1y", "..y",
    "1.2.3y",
  ])
  func otherTimesAreRefusedWithWhatIsAllowed(text: String) {
    let error = #expect(throws: StippleError.self) { try TimelineMoment(text) }
    #expect(error?.kind == .usage && error?.message.contains("0d to 20y") == true)
  }

  @Test func listsAreSortedAndWithoutRepetition() throws {
    #expect(try TimelineMoment.list("5y,0d, 30d,5y").map(\.label) == ["0d", "30d", "5y"])
    #expect(throws: StippleError.self) { try TimelineMoment.list("1y,,2y") }
    #expect(try Pace.list("slow,p10,slow").map(\.name) == ["slow", "p10"])
    let error = #expect(throws: StippleError.self) { try Pace.list("slow,quick") }
    #expect(error?.message.contains("slow, typical, fast") == true)
  }

  /// With one session the curve is the published table's.
  @Test func oneSessionGivesTheTablesDarkness() throws {
    let rows = try timeline { $0.sessions = [Session(day: 0, share: 1)] }.rows
    for (label, slow, typical, fast) in [
      ("30d", 1.0, 1.0, 1.0), ("1y", 0.93, 0.87, 0.73), ("3y", 0.85, 0.72, 0.48), ("5y", 0.79, 0.62, 0.35),
      ("10y", 0.66, 0.42, 0.17),
    ] {
      let row = try #require(rows.first { $0.label == label })
      // The table has two decimals here.
      #expect(abs(row.slow - slow) < 0.006 && abs(row.typical - typical) < 0.006 && abs(row.fast - fast) < 0.006)
    }
  }

  @Test func spacingIsThatOfTheDensestSkin() throws {
    let fields = try compile(try OpenedDesign(samplesFolder + "/norwood-3.yaml").design, on: coarseHead.get())
    // Hairs between them take a few of what is asked for.
    let asked = meanSpacing(density: fields.design.pigment.found.density)
    #expect((0.98 * asked...1.12 * asked).contains(try Timeline(fields).spacing))
  }

  @Test func everyRowCarriesItsRange() throws {
    for pace in [PigmentPace.slow, .typical, .fast, try #require(PigmentPace("p25"))] {
      let rows = try timeline(pace) { $0.touchUps = [.below(0.65)] }.rows
      #expect(rows.map(\.years) == rows.map(\.years).sorted())
      for row in rows {
        #expect(row.least <= row.darkness && row.darkness <= row.greatest)
        #expect(row.leastDose <= row.dose && row.dose <= row.greatestDose)
        #expect(row.leastWidth <= row.width && row.width <= row.greatestWidth)
      }
      for row in rows where row.years >= 0.4 && row.years < 1.2 { #expect(row.greatest - row.least > 0.05) }
    }
  }

  @Test func touchUpsAddAndComeWhenDue() throws {
    let plain = try timeline()
    let line = try timeline { $0.touchUps = [.below(0.65), .year(9)] }
    let due = try #require(line.touchUps[0].years)
    #expect(abs(due - 4.4) < 0.2 && line.dates[0] != nil)
    #expect(try #require(line.touchUps[0].earliest) < due && due < #require(line.touchUps[0].latest))
    func darkness(_ line: Timeline, _ years: Double) -> Double { line.own.darkness(at: years) }
    #expect(darkness(line, due - 0.01) == darkness(plain, due - 0.01))
    #expect(abs(darkness(line, due + healedAge) - 1) < 0.02)
    // Wider than fresh work: nothing is reset.
    #expect(line.own.width(core: 0.17, at: due + healedAge) > 1.03 * plain.own.width(core: 0.17, at: healedAge))
    #expect(line.rows.contains { $0.label == "touch-up 1, healed" })
  }

  @Test func laserTakesAndTheClientsHabitsCount() throws {
    let plain = try timeline().own
    let lasered = try timeline { $0.laser = [LaserVisit(year: 3, sessions: 2)] }.own
    #expect(abs(lasered.dose(at: 4) - 0.09 * plain.dose(at: 4)) < 1e-9)
    let sun = try timeline {
      ($0.client.sun, $0.client.smoker, $0.client.oiliness) = (.heavy, true, .oily)
    }.own
    #expect(sun.darkness(at: 5) < plain.darkness(at: 5) - 0.05)
    let own = try timeline { $0.aging.lossRate = 0.2 }.own
    #expect(own.darkness(at: 5) < plain.darkness(at: 5) - 0.05)
  }

  @Test func wideDotsCloseTogetherMerge() throws {
    let fine = try timeline { $0.pigment.coreDiameter = 0.1 }
    let wide = try timeline { $0.pigment.coreDiameter = 0.26 }
    let (own, fast) = (try #require(wide.merging.own), try #require(wide.merging.fast))
    #expect(own < 8 && fast < own)
    #expect(fine.merging.own == nil)
    #expect(wide.text.contains("dots run together"))
  }

  @Test func jsonAndTextShowTheRange() throws {
    let line = try timeline { $0.touchUps = [.below(0.65)] }
    let json = try #require(JSONSerialization.jsonObject(with: Data(line.json.utf8)) as? [String: Any])
    let times = try #require(json["times"] as? [[String: Any]])
    #expect(times.count == line.rows.count)
    for time in times {
      for key in ["darkness", "slow", "typical", "fast", "least", "greatest", "widthOverSpacing"] {
        #expect(time[key] is NSNumber, "\(key)")
      }
    }
    let touchUp = try #require((json["touchUps"] as? [[String: Any]])?.first)
    #expect(touchUp["earliest"] is NSNumber && touchUp["latest"] is NSNumber && touchUp["date"] is String)
    #expect((json["note"] as? String)?.contains("no study") == true)
    let text = try timeline().text
    #expect(text.contains("62 (36-") && text.contains("no study"))
  }

  @Test func thePlotIsDrawnToAnyWidth() throws {
    let line = try timeline {
      $0.touchUps = [.below(0.65), .below(0.65)]
      $0.laser = [LaserVisit(year: 12)]
    }
    let plot = try timelinePlot(line, width: 480)
    #expect((plot.width, plot.height) == (480, 300))
    // The typical line is there, in its colour, and the page is not full of it.
    let lines = (0..<plot.height).reduce(0) { sum, y in
      sum + (0..<plot.width).count { x in plot[x, y].z > 90 && plot[x, y].x < 60 }
    }
    #expect((100...6000).contains(lines))
    #expect(throws: StippleError.self) { try timelinePlot(line, width: 100) }
  }

  /// Pictures at listed times: fresh work is darker, years fade it.
  @Test func picturesAtListedTimes() throws {
    var overrides = DesignOverrides()
    overrides.size = 96
    let opened = try PictureFadeTests.opened.get().applying(overrides)
    var options = TimelineOptions()
    options.moments = try TimelineMoment.list("0d,30d,10y")
    options.paces = [.typical, .fast]
    let (pictures, made) = try timelinePictures(opened, options: options)
    #expect(
      pictures.map(\.name) == [
        "0d-typical", "30d-typical", "10y-typical", "0d-fast", "30d-fast", "10y-fast", "timeline",
      ])
    for picture in made {
      #expect(picture.least <= picture.darkness && picture.darkness <= picture.greatest)
    }
    // Without the label along the foot.
    func mean(_ image: RasterImage) -> Double { image.pixels.prefix(96 * 80 * 3).reduce(0) { $0 + Double($1) } }
    #expect(mean(pictures[0].image) < mean(pictures[1].image) && mean(pictures[1].image) < mean(pictures[2].image))
    overrides.size = 20
    #expect(throws: StippleError.self) { try opened.applying(overrides) }
  }
}
