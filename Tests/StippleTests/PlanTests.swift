import Foundation
import SkinOptics
import Testing
import TreatmentDesign

@testable import Stipple

@Suite struct PlanTests {
  private func sheet(_ change: @escaping (inout Design) -> Void, start: String? = nil) throws -> WorkPlan {
    try WorkPlan(OpenedDesign(design(change), on: coarseHead.get()), start: start.flatMap { CalendarDate($0) })
  }

  @Test func zonesAndSessionsAddUp() throws {
    let sheet = try sheet { d in
      var scar = ScarLayer()
      scar.shape = .strip(
        path: [.init(up: 335, side: -70), .init(up: 350, side: 0), .init(up: 335, side: 70)], width: 8)
      (scar.surface, scar.pigment.shade, scar.density) = (.hypertrophic, 8, 220)
      d.layers.append(.scar(scar))
      (d.client.skin, d.hair.colour) = (.iii, .black)
    }
    var same = design()
    (same.client.skin, same.hair.colour) = (.iii, .black)
    let found = matchedDose(MatchQuery(same))
    let dots = sheet.zones.reduce(0) { $0 + $1.dots }
    #expect(dots == sheet.work.impressions)
    #expect(sheet.sessions.reduce(0) { $0 + $1.dots } == dots)
    #expect(sheet.sessions.map(\.share) == [0.3, 0.7, 1])
    #expect(
      sheet.zones.map(\.name) == [
        "hairline, first centimetre", "core", "blend ring", "hypertrophic scar, layer 2 (scar)",
      ])
    // Beside a scar the skin is as elsewhere, and so is the mixture.
    #expect(sheet.zones[2].shade == sheet.zones[1].shade && sheet.zones[2].take == 1)
    // What mixes the optical density that was found; the edge is lighter, the scar as written.
    let shade = Ink.shade(opticalDensity: found.opticalDensity)
    #expect(abs(sheet.zones[1].shade - shade) < 1e-9)
    #expect(sheet.zones[0].shade > 1.1 * shade && sheet.zones[0].needle.points == 1)
    #expect(sheet.zones[3].shade == 8 && sheet.zones[3].take < 1)
    #expect(abs(sheet.zones[1].pigmentShare - 0.15 / (1 + shade)) < 1e-9)
    // 1.3 dots a second
    #expect(abs(sheet.sessions[0].hours - Double(sheet.sessions[0].dots) / 4680) < 1e-9)
  }

  @Test func pricesAreTheClinicsOwn() throws {
    #expect(try sheet { _ in }.price.isEmpty)
    let sheet = try sheet { d in
      var rates = RateCard()
      (rates.currency, rates.perSession, rates.base, rates.perTouchUp) = ("EUR", 250, 99.5, 180)
      d.rates = rates
      d.touchUps = [.year(4)]
    }
    #expect(sheet.total == 1029.5)
    #expect(sheet.text.contains("total 1029.50 EUR"))
  }

  @Test func datesFollowTheSessions() throws {
    let sheet = try sheet(
      { $0.sessions = [Session(day: 0, share: 0.4), Session(day: 21, share: 1)] }, start: "2028-02-10")
    #expect(sheet.sessions.map { $0.date?.description } == ["2028-02-10", "2028-03-02"])
    let object = try JSONSerialization.jsonObject(with: Data(sheet.json.utf8)) as? [String: Any]
    let sessions = try #require(object?["sessions"] as? [[String: Any]])
    #expect(sessions.last?["date"] as? String == "2028-03-02")
    #expect((object?["price"] as? NSNull) != nil)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-01", "tomorrow", "2026-04-31", "-026-01-01",
  ])
  func daysThatAreNoneAreRefused(text: String) { #expect(CalendarDate(text) == nil) }

  @Test func everyDayComesBack() throws {
    var date = try #require(CalendarDate("1999-12-30"))
    for _ in 0..<1500 {
      date = date.adding(days: 1)
      #expect(CalendarDate(date.description) == date)
    }
    #expect(date.description == "2004-02-07")
  }
}
