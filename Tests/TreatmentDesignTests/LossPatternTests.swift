import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite("Loss patterns")
struct LossPatternTests {
  /// Bald or thin area on the mean man, cm², in the range practitioners plan with.
  @Test(
    arguments: [
      (ExistingHair.Loss.norwoodII, 5.0...25.0), (.norwoodIII, 25...60), (.norwoodIIIVertex, 40...90),
      (.norwoodIV, 60...120), (.norwoodV, 100...170), (.norwoodVI, 150...240), (.norwoodVII, 220...330),
      // The A variants lose about what their grade does, all of it in front.
      (.norwoodIIa, 5...25), (.norwoodIIIa, 25...60), (.norwoodIVa, 60...120), (.norwoodVa, 100...170),
      // An ellipse of about 9 by 14 cm.
      (.ludwigII, 80...120), (.sinclair4, 80...120), (.sinclair1, 0...0),
      // Patches of 1 to 5 cm; a band of 2 to 4 cm along nape and ears; bands of 1 to 3 cm at the front.
      (.areataSingle, 5...20), (.areataMultiple, 25...60), (.ophiasis, 60...160), (.traction, 25...80),
      (.diffuse, 0...0),
    ] as [(ExistingHair.Loss, ClosedRange<Double>)])
  func areaOfTheGrade(loss: ExistingHair.Loss, range: ClosedRange<Double>) throws {
    #expect(range.contains(Double(try compiled([], loss: loss).lossArea)))
  }

  /// Share of natural hair that is left at (s, t).
  static func left(_ design: CompiledDesign, s: Float, t: Float) throws -> Float {
    let tape = design.scalp.frame.tape(s: s, t: t)
    let point = try #require(design.scalp.frame.place(up: tape.up, side: tape.side))
    let hair = design.hair(at: point)
    return hair.now / hair.natural
  }

  @Test func noneLosesNothingAndTotalEverything() throws {
    let none = try compiled([], loss: .none)
    let total = try compiled([], loss: .total)
    for (_, point) in someVertices {
      #expect(none.hair(at: point).now == none.hair(at: point).natural)
      #expect(total.hair(at: point).now == 0)
    }
    #expect(none.lossArea == 0)
    #expect(total.lossArea == total.scalp.area)
  }

  @Test func gradesLookAsTheyAreDrawn() throws {
    let two = try compiled([], loss: .norwoodII)
    let three = try compiled([], loss: .norwoodIII)
    let vertex = try compiled([], loss: .norwoodIIIVertex)
    let four = try compiled([], loss: .norwoodIV)
    let five = try compiled([], loss: .norwoodV)
    let six = try compiled([], loss: .norwoodVI)
    let seven = try compiled([], loss: .norwoodVII)
    // The corner of the temple goes first, the forelock stays to III.
    #expect(try Self.left(two, s: 0.27, t: 0.3) < 0.5)
    #expect(try Self.left(three, s: 0.33, t: 0.3) < 0.2)
    #expect(try Self.left(two, s: 0.36, t: 0.3) > 0.9)
    #expect(try Self.left(three, s: 0.25, t: 0) > 0.85)
    // Crown: III vertex and on
    let crown = try Self.left(three, s: 0.725, t: 0)
    // All of it, but for rounding where weights of a triangle's corners are summed
    #expect(crown > 0.999_99, "\(crown)")
    #expect(try Self.left(vertex, s: 0.725, t: 0) < 0.6)
    // The band between front and crown: full in III vertex, thinner in IV, sparse in V, gone in VI
    let band = try [vertex, four, five, six].map { try Self.left($0, s: 0.55, t: 0) }
    #expect(band[0] > 0.95 && band[1] > 0.6 && band[1] < 0.85 && band[2] > 0.25 && band[2] < 0.55 && band[3] < 0.1)
    // The sides stay; in VII they are thinner and lower.
    for design in [two, three, vertex, four, five, six] { #expect(try Self.left(design, s: 0.6, t: 0.6) > 0.9) }
    #expect(try Self.left(seven, s: 0.6, t: 0.6) > 0.6)
    #expect(try Self.left(seven, s: 0.6, t: 0.6) < 0.8)
    #expect(try Self.left(seven, s: 0.6, t: 0.28) < 0.1)
    #expect(try Self.left(six, s: 0.6, t: 0.4) > 0.8)
  }

  @Test func theFringeOfSevenIsAHandsBreadthHigh() throws {
    let seven = try compiled([], loss: .norwoodVII)
    let frame = seven.scalp.frame
    // Down the back of the head: from where half of the fringe's hair stands to the nape line.
    var top: Float?
    var nape: Float?
    for up in stride(from: frame.vertexUp + 60, to: frame.upRange.upperBound, by: 0.5) {
      guard let point = frame.place(up: up, side: 0) else { continue }
      if top == nil, seven.hair(at: point).now > 0.36 * 200 { top = up }
      if FieldCorners(point, seven.scalp.head.mesh).value(seven.scalp.region.distances) > 0 { nape = up }
    }
    let height = try #require(nape) - (try #require(top))
    #expect(height > 50 && height < 85)
  }

  @Test(arguments: [(ExistingHair.Loss.ludwigI, 3.0), (.ludwigII, 8), (.ludwigIII, 20)])
  func aWomansPartingHasItsWidth(loss: ExistingHair.Loss, width: Double) throws {
    let design = try compiled([], loss: loss)
    let frame = design.scalp.frame
    let tape = frame.tape(s: 0.25, t: 0.012)
    // Behind the hairline's border zone, before it narrows: where hair falls below half of what stands 25 mm aside.
    func hair(_ side: Float) throws -> Float {
      design.hair(at: try #require(frame.place(up: tape.up, side: tape.side + side))).now
    }
    let aside = try hair(25)
    let bare = try stride(from: -20, through: 20, by: 0.1).map { try hair(Float($0)) }.count { $0 < 0.5 * aside }
    #expect(abs(0.1 * Double(bare) - width) < 0.2 * width + 0.8)
    // The front of 1 cm is kept, the top behind it thins with the grade.
    #expect(try Self.left(design, s: 0.44, t: 0.12) < 0.85)
    #expect(try Self.left(design, s: 0.5, t: 0.6) > 0.95)
  }

  @Test func partWidthOfTheDesignWins() throws {
    guard let meanMan else { throw ScalpError.noMidline }
    var design = Design()
    design.hair.partWidth = 6
    let compiled = try compile(design, on: meanMan)
    let tape = meanMan.frame.tape(s: 0.3, t: 0.012)
    let point = try #require(meanMan.frame.place(up: tape.up, side: tape.side))
    #expect(compiled.hair(at: point).now < 0.2 * compiled.hair(at: point).natural)
    design.hair.partWidth = 500
    #expect(throws: CompileError.self) { try compile(design, on: meanMan) }
  }

  @Test func calibreShrinksWithLoss() throws {
    let four = try compiled([], loss: .norwoodIV)
    let crown = try #require(four.scalp.frame.place(up: four.scalp.frame.tape(s: 0.725, t: 0).up, side: 0))
    let back = try #require(four.scalp.frame.place(up: four.scalp.frame.tape(s: 0.93, t: 0).up, side: 0))
    #expect(four.hairCalibre(at: crown) < 0.65)
    #expect(four.hairCalibre(at: back) > 0.95)
  }

  @Test func naturalHairStaysOnTheScalp() throws {
    let none = try compiled([], loss: .none)
    let scalp = none.scalp
    for (i, point) in someVertices {
      let d = scalp.region.distances[i]
      if d < -12 { #expect(none.hair(at: point).now == 0) }
      if d > 14 { #expect(none.hair(at: point).now > 175) }
    }
  }
}
