import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

private let egg = Result { try SkinGrid(ScalpFrame(EggHead.make(frequency: 40))) }

/// Places on a circle of directions around (row, column), degrees.
private func ring(_ row: Float, _ column: Float, _ radius: Double) -> [SIMD2<Float>] {
  (0...240).map { k in
    let angle = Double(k) * .pi / 120
    return SIMD2(row + Float(radius * cosine(angle)), column + Float(radius * sine(angle)))
  }
}

private func length(_ line: [SIMD2<Double>]) -> Double {
  zip(line, line.dropFirst()).reduce(0) { $0 + (($1.1 - $1.0) * ($1.1 - $1.0)).sum().squareRoot() }
}

@Suite struct ScalpSheetTests {
  @Test func theGridLiesOnTheSkin() throws {
    let grid = try egg.get()
    for place in [SIMD2<Float>(110, 83), SIMD2(178.4, 60.7), SIMD2(240, 120.2), SIMD2(133, 20)] {
      let p = grid.position(at: place)
      // Facets and smoothing are less than 0.1 mm.
      #expect(abs(Arithmetic.length(p) - Arithmetic.length(EggHead.point(p))) < 0.15)
      let back = grid.place(of: p)
      #expect(abs(back.x - place.x) < 0.02 && abs(back.y - place.y) < 0.02)
    }
  }

  /// Contours are closed, turn counter-clockwise around what is above zero, and lie where the value is zero.
  @Test func contoursOfACircle() throws {
    let grid = try egg.get()
    let values = grid.positions.indices.map { n -> Float in
      let d = SIMD2(Float(n / SkinGrid.columns) - 150.3, Float(n % SkinGrid.columns) - 80.1)
      return 20 - (d * d).sum().squareRoot()
    }
    let lines = grid.contours(of: values)
    #expect(lines.count == 1 && lines[0].isClosed)
    var area: Float = 0
    let places = lines[0].places
    for (a, b) in zip(places, places.dropFirst() + [places[0]]) {
      area += 0.5 * ((a.y - 80.1) * (b.x - 150.3) - (b.y - 80.1) * (a.x - 150.3))
    }
    #expect(abs(area - 400 * Float.pi) < 3)
    let other = grid.contours(of: values.map { -$0 })
    #expect(other.count == 1 && Set(other[0].places.map(\.x)) == Set(places.map(\.x)))
    // Nodes that are no numbers cut it open.
    var holed = values
    for i in 0..<SkinGrid.rows { holed[i * SkinGrid.columns + 80] = .nan }
    #expect(grid.contours(of: holed).map(\.isClosed) == [false, false])
  }

  /// A strip along a meridian of an egg lies flat with its line at full length.
  @Test func aStripKeepsItsLine() throws {
    let grid = try egg.get()
    let line = (0...120).map { SIMD2<Float>(110 + Float($0), 83) }
    let sheets = try scalpSheets(for: [SheetLine(places: line)], on: grid, margin: 12, limit: 0.05)
    #expect(sheets.count == 1 && sheets[0].cuts.isEmpty)
    let skin = zip(line, line.dropFirst()).reduce(0.0) {
      $0 + Double(Arithmetic.length(grid.position(at: $1.0) - grid.position(at: $1.1)))
    }
    let drawn = sheets[0].drawn(line)
    #expect(drawn.count == 1)
    #expect(abs(length(drawn[0]) / skin - 1) < 0.004)
    #expect(sheets[0].stretch(along: line) < 0.006 && sheets[0].stretch < 0.03)
    // Twelve millimetres to either side, and around the ends.
    let outline = sheets[0].outline
    #expect(outline.count == 1 && abs(length(outline[0].points) - 2 * skin - 24 * .pi) < 8)
    #expect(outline[0].cuts.allSatisfy { $0 == -1 })
  }

  /// A ring around a large cap is cut, each part holds, and together they hold all of the line.
  @Test func aRingIsCutIntoGores() throws {
    let grid = try egg.get()
    let line = ring(178, 83, 62)
    let sheets = try scalpSheets(for: [SheetLine(places: line)], on: grid, margin: 12, limit: 0.05)
    #expect((2...4).contains(sheets.count))
    #expect(sheets.allSatisfy { $0.stretch <= 0.05 && !$0.cuts.isEmpty })
    let skin = zip(line, line.dropFirst()).reduce(0.0) {
      $0 + Double(Arithmetic.length(grid.position(at: $1.0) - grid.position(at: $1.1)))
    }
    let drawn = sheets.flatMap { $0.drawn(line) }.reduce(0) { $0 + length($1) }
    // Lines stretch by two fifths of the limit at most.
    #expect(abs(drawn / skin - 1) < 0.02)
    // Both sides of a cut bear its number.
    for sheet in sheets {
      #expect(sheet.outline.flatMap(\.cuts).contains { $0 >= 0 })
      for cut in sheet.cuts { #expect(sheets.count { $0.cuts.contains { $0.number == cut.number } } > 1) }
    }
    // A small one is a disc.
    let small = try scalpSheets(for: [SheetLine(places: ring(178, 83, 9))], on: grid, margin: 12, limit: 0.05)
    #expect(small.count == 1 && small[0].outline.count == 1)
  }

  /// Left is right on the page, the vertex is up, on the forehead and on the back of the head.
  @Test(arguments: [(Float(120), false), (235, true)]) func sheetsStandUpright(row: Float, isBack: Bool) throws {
    let grid = try egg.get()
    let line = (0...60).map { SIMD2<Float>(row, 53 + Float($0)) }
    let sheet = try #require(
      try scalpSheets(for: [SheetLine(places: line)], on: grid, margin: 12, limit: 0.05).first)
    #expect(sheet.isBack == isBack)
    let left = try #require(sheet.point(at: line[60])).point
    let right = try #require(sheet.point(at: line[0])).point
    #expect(isBack ? left.x < right.x - 60 : left.x > right.x + 60)
    let towardsVertex = try #require(sheet.point(at: SIMD2(row + (isBack ? -4 : 4), 83))).point
    let middle = try #require(sheet.point(at: SIMD2(row, 83))).point
    #expect(towardsVertex.y > middle.y + 4)
  }

  @Test func nothingTooFlatIsPromised() throws {
    let grid = try egg.get()
    let failure = #expect(throws: UnrollingError.self) {
      try scalpSheets(for: [SheetLine(places: ring(178, 83, 30))], on: grid, margin: 12, limit: 0.0003)
    }
    let error = try #require(failure)
    #expect(error.stretch > 0.0003 && error.stretch < 0.05)
    #expect(try scalpSheets(for: [], on: grid, margin: 12, limit: 0.05).isEmpty)
  }
}
