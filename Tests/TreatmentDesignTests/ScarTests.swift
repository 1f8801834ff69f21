import Arithmetic
import Meshes
import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite("Scars")
struct ScarTests {
  static func strip(width: Double = 3, ring: Double? = nil, treat: Bool = true) -> ScarLayer {
    var scar = ScarLayer()
    scar.shape = .strip(
      path: [
        ScalpPlace(up: 318, side: -70), ScalpPlace(up: 330, side: 0), ScalpPlace(up: 318, side: 70),
      ], width: width)
    scar.ring = ring
    scar.treat = treat
    return scar
  }

  /// Down the back across the middle of the strip.
  static func across(_ design: CompiledDesign, _ value: (SurfacePoint) -> Float) -> [(way: Float, value: Float)] {
    stride(from: Float(270), through: 390, by: 0.1).compactMap { up in
      design.scalp.frame.place(up: up, side: 0).map { (up, value($0)) }
    }
  }

  /// A scar narrower than the triangles keeps its width.
  @Test(arguments: [1.0, 3, 8])
  func aStripIsBareOverItsWidth(width: Double) throws {
    let design = try compiled([.scar(Self.strip(width: width))], loss: .none)
    let hair = Self.across(design) { design.hair(at: $0).now }
    let bare = 0.1 * Double(hair.count { $0.way > 310 && $0.way < 350 && $0.value < 100 })
    // The width swings by a fifth along the scar (one standard deviation), held within a half.
    #expect(bare > 0.5 * width - 0.3 && bare < 1.5 * width + 0.3)
    #expect(hair.contains { $0.value < 1 } || width < 2)
    #expect(hair.filter { abs($0.way - 330) > Float(width) + 2 && $0.way < 360 }.allSatisfy { $0.value > 150 })
  }

  @Test(arguments: [8.0, 20])
  func theRingReachesAsFarAsAsked(ring: Double) throws {
    let design = try compiled([.scar(Self.strip(ring: ring))], loss: .none)
    let values = Self.across(design) { design.impressions(at: $0) }
    let treated = values.filter { $0.value > 0.01 }
    let first = try #require(treated.first).way
    let last = try #require(treated.last).way
    // Half the width and the ring on either side; a smooth ring ends softly, so its last tenth is hardly seen. The width
    // swings by half, and notches and stitches add to it.
    let expected = 2 * Float(ring) + 3
    #expect(last - first < expected + 3.2 && last - first > 0.9 * expected - 3.2)
    // 1.15 times what stands for the hair around it inside
    #expect(abs(try #require(values.map(\.value).max()) - Float(1.15 * Dose().density)) < 10)
  }

  @Test func anUntreatedScarStaysBareUnderLaterLayers() throws {
    let design = try compiled([.scar(Self.strip(width: 6, treat: false)), FieldTests.disc(325, 0, 80, 200, .set)])
    let middle = try #require(design.scalp.frame.place(up: 330, side: 0))
    let beside = try #require(design.scalp.frame.place(up: 312, side: 0))
    #expect(design.impressions(at: middle) == 0)
    #expect(design.impressions(at: beside) > 190)
    let tissue = design.tissue(at: middle)
    #expect(tissue.scarWeight == 1)
    #expect(tissue.surface == .flat)
    #expect(tissue.take == 0.75)
    #expect(design.tissue(at: beside) == Tissue(scarWeight: 0, surface: nil, take: 1))
  }

  @Test func aScarInATreatedScalpIsAtLeastAsDense() throws {
    let without = try compiled([.hairline(HairlineLayer())], loss: .norwoodVII)
    let with = try compiled([.hairline(HairlineLayer()), .scar(Self.strip())], loss: .norwoodVII)
    let middle = try #require(with.scalp.frame.place(up: 330, side: 0))
    let shown = { (design: CompiledDesign) in design.impressions(at: middle) + design.visibleHair(at: middle).now }
    #expect(shown(with) > 1.1 * shown(without))
  }

  @Test func extractionsAreScatteredAndCounted() throws {
    var scar = ScarLayer()
    scar.shape = .extractions(
      area: .ellipse(centre: ScalpPlace(up: 315, side: 0), length: 50, width: 110, turn: 0), count: 300, diameter: 0.9)
    scar.treat = false
    let design = try compiled([.scar(scar)], loss: .none)
    let scars = try #require(design.extractionScars.first).scars
    #expect(scars.centres.count == 300)
    var nearest = Float.infinity
    for (i, a) in scars.centres.enumerated() {
      for b in scars.centres[(i + 1)...] { nearest = min(nearest, length(a - b)) }
    }
    // At least a diameter between middles, so that none overlap.
    #expect(nearest > 0.95)
    let p = scars.centres[17]
    let place = design.scalp.frame.coordinates(of: p)
    let point = try #require(design.scalp.frame.place(up: place.up, side: place.side))
    #expect(design.hair(at: point).now == 0)
    #expect(design.tissue(at: point).scarWeight == 1)
    // Both halves get their share.
    let left = scars.centres.count { $0.x > 0 }
    #expect(left > 110 && left < 190)
    // The same again
    #expect(try compiled([.scar(scar)], loss: .none).extractionScars.first?.scars.centres == scars.centres)
  }

  /// Work on round scars goes into them and where they keep hair away; between them, where hair stands, goes none.
  @Test func workOnRoundScarsMakesGoodWhatTheyTook() throws {
    var scar = ScarLayer()
    scar.shape = .extractions(
      area: .ellipse(centre: ScalpPlace(up: 315, side: 0), length: 50, width: 110, turn: 0), count: 600, diameter: 0.9)
    scar.density = 300
    let design = try compiled([.scar(scar)], loss: .none)
    let scars = try #require(design.extractionScars.first).scars
    let perHair = Float(Dose().density / design.design.hair.density)
    var (inside, between) = (0, 0)
    for up in stride(from: Float(300), through: 330, by: 0.37) {
      for side in stride(from: Float(-30), through: 30, by: 0.41) {
        guard let point = design.scalp.frame.place(up: up, side: side) else { continue }
        let nearest = zip(scars.centres, scars.radii).map { length($0 - point.position) - $1 }.min() ?? 0
        let hair = design.hair(at: point)
        if nearest < -0.3 {
          #expect(abs(design.impressions(at: point) - 300) < 1)
          inside += 1
        } else if nearest > 0.5 {
          #expect(design.impressions(at: point) == 0)
          between += 1
        } else if nearest > 0.25 {
          // On the margin hair and work together are what the hair was.
          let unscarred = hair.natural
          #expect(
            abs(design.impressions(at: point) + hair.now * perHair - unscarred * perHair) < 0.02 * unscarred * perHair)
        }
      }
    }
    #expect(inside > 100 && between > 1000)
  }

  /// Few scars keep apart; many run together in some places, and all of them are there.
  @Test func overharvestedScarsMerge() throws {
    func nearest(_ count: Int) throws -> (share: Double, count: Int) {
      var scar = ScarLayer()
      scar.shape = .extractions(
        area: .ellipse(centre: ScalpPlace(up: 315, side: 0), length: 50, width: 110, turn: 0), count: count,
        diameter: 0.9)
      let scars = try #require(try compiled([.scar(scar)], loss: .none).extractionScars.first).scars
      var touching = 0
      for (i, a) in scars.centres.enumerated() {
        for (j, b) in scars.centres.enumerated() where i != j && length(a - b) < scars.radii[i] + scars.radii[j] {
          touching += 1
          break
        }
      }
      return (Double(touching) / Double(scars.centres.count), scars.centres.count)
    }
    let few = try nearest(200)
    let many = try nearest(900)
    #expect(few.count == 200 && many.count == 900)
    #expect(few.share < 0.1 && many.share > 0.15, "\(few.share) \(many.share)")
  }

  /// What is drawn as scar is what the design treats as scar.
  @Test func outlinesAreThoseOfTheTissue() throws {
    let design = try compiled([.scar(Self.strip(width: 5))], loss: .none)
    let drawn = try #require(design.scarOutlines.first)
    guard case .band(let band, let line) = drawn.outline else {
      Issue.record("not a band")
      return
    }
    let triangles = design.scalp.head.mesh.triangles
    var seen = 0
    for up in stride(from: Float(300), through: 350, by: 0.37) {
      guard let point = design.scalp.frame.place(up: up, side: up - 320) else { continue }
      let place = line.read(triangles[Int(point.triangle)], SIMD3(1 - point.v - point.w, point.v, point.w))
      let inside = band.inside(aside: place.aside, along: place.along)
      let weight = design.tissue(at: point).scarWeight
      if inside > 0.26 { #expect(weight == 1) }
      if inside < -0.26 { #expect(weight == 0) }
      if weight > 0 { seen += 1 }
    }
    #expect(seen > 5)
    #expect(try compiled([]).scarOutlines.isEmpty)
  }

  /// Strip scars as photographs have them: the width swings by half or so over 5 to 15 mm, the border is notched by half a
  /// millimetre, stitches reach beyond it; and the mean width is as asked for.
  @Test(arguments: [2.5, 4.0, 8])
  func aStripIsWorn(width: Double) throws {
    let design = try compiled([.scar(Self.strip(width: width))], loss: .none)
    guard case .band(let band, _)? = design.scarOutlines.first?.outline else {
      Issue.record("not a band")
      return
    }
    let per = Int(NotchedBand.stepsPerMillimetre)
    let middle = Array(8 * per..<band.left.count - 8 * per)
    let widths = middle.map { Double(band.left[$0] + band.right[$0]) }
    let mean = widths.reduce(0, +) / Double(widths.count)
    #expect(abs(mean / width - 1) < 0.15, "\(mean)")
    // The border's own mean over 4 mm, and what is left of it
    func smooth(_ border: [Float], _ i: Int) -> Double {
      let range = i - 2 * per...i + 2 * per
      return range.reduce(0.0) { $0 + Double(border[$1]) } / Double(range.count)
    }
    var notches = 0.0
    for i in middle {
      let n = Double(band.left[i]) - smooth(band.left, i)
      notches += n * n
    }
    #expect((notches / Double(middle.count)).squareRoot() > (width < 3 ? 0.35 : 0.45))
    let slow = middle.map { smooth(band.left, $0) + smooth(band.right, $0) }
    #expect(slow.max()! > 1.3 * mean && slow.min()! < 0.75 * mean)
    #expect(band.stitches.count > 8)
    #expect(band.stitches.allSatisfy { $0.left > Float(width) / 2 && $0.right > Float(width) / 2 })
    #expect(band.left.first == 0 && band.left.last == 0)
  }

  @Test func scarsOutsideTheScalpAreRefused() throws {
    func error(_ shape: ScarLayer.Shape) -> CompileError? {
      var scar = ScarLayer()
      scar.shape = shape
      do {
        _ = try compiled([.scar(scar)])
        return nil
      } catch {
        return error as? CompileError
      }
    }
    let face = error(.strip(path: [ScalpPlace(up: 10, side: 0), ScalpPlace(up: 12, side: 20)], width: 2))
    #expect(face?.field == "path[0]")
    #expect(face?.problem.contains("outside the adult hair border") ?? false)
    #expect(
      error(.strip(path: [ScalpPlace(up: 300, side: 900), ScalpPlace(up: 300, side: 0)], width: 2))?.field
        == "path[0].side")
    #expect(error(.strip(path: [], width: 2))?.field == "path")
    #expect(
      error(.strip(path: [ScalpPlace(up: 300, side: 9), ScalpPlace(up: 300, side: 0)], width: 0))?.field == "width")
    let crowd = error(
      .extractions(
        area: .ellipse(centre: ScalpPlace(up: 315, side: 0), length: 20, width: 20, turn: 0), count: 5000, diameter: 1))
    #expect(crowd?.field == "count")
    #expect(crowd?.problem.contains("must be 1 to") ?? false)
  }
}
