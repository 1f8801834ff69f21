import Arithmetic
import ImpressionSampling
import Meshes
import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite("Layers blend")
struct FieldTests {
  static func disc(_ up: Double, _ side: Double, _ size: Double, _ density: Double, _ blend: Blend) -> Layer {
    var zone = ZoneLayer()
    zone.area = .ellipse(centre: ScalpPlace(up: up, side: side), length: size, width: size, turn: 0)
    zone.density = density
    zone.feather = 8
    zone.blend = blend
    return .zone(zone)
  }
  static let one = disc(150, 0, 80, 180, .fill)
  static let two = disc(180, 20, 70, 120, .maximum)

  @Test(arguments: [Blend.fill, .add, .maximum])
  func anEmptyLayerChangesNothing(blend: Blend) throws {
    let before = impressions(try compiled([Self.one]))
    let after = impressions(try compiled([Self.one, Self.disc(170, 10, 60, 0, blend)]))
    #expect(before == after)
    #expect(before.contains { $0 > 170 })
  }

  @Test func excludeAfterSetLeavesNothing() throws {
    // The excluded area is wider by more than half of both feathers' supports.
    let left = impressions(try compiled([Self.disc(150, 0, 60, 200, .set), Self.disc(150, 0, 90, 0, .exclude)]))
    #expect(left.allSatisfy { $0 == 0 })
  }

  @Test func maximumDoesNotAskForOrder() throws {
    var first = Self.one
    if case .zone(var zone) = first {
      zone.blend = .maximum
      first = .zone(zone)
    }
    #expect(impressions(try compiled([first, Self.two])) == impressions(try compiled([Self.two, first])))
  }

  @Test func fillNeverLowersAndReachesItsDensity() throws {
    let base = try compiled([Self.disc(150, 0, 80, 300, .set)], loss: .norwoodIV)
    let filled = try compiled([Self.disc(150, 0, 80, 300, .set), Self.disc(180, 0, 120, 150, .fill)], loss: .norwoodIV)
    for (_, point) in someVertices {
      #expect(filled.impressions(at: point) >= base.impressions(at: point))
    }
    let core = try #require(base.scalp.frame.place(up: 190, side: 10))
    #expect(filled.impressions(at: core) + filled.visibleHair(at: core).now > 149.9)
  }

  @Test func addAddsAndSetReplaces() throws {
    let core = try #require(try compiled([]).scalp.frame.place(up: 165, side: 5))
    #expect(abs(try compiled([Self.one, Self.disc(165, 5, 70, 50, .add)]).impressions(at: core) - 230) < 0.01)
    #expect(abs(try compiled([Self.one, Self.disc(165, 5, 70, 50, .set)]).impressions(at: core) - 50) < 0.01)
  }

  @Test func densitiesAreFiniteAndNotNegative() throws {
    var line = HairlineLayer()
    line.style = .broken
    let design = try compiled([.hairline(line), Self.one, Self.disc(200, 0, 50, 0, .exclude)], loss: .norwoodV)
    let points = someVertices.map(\.point)
    for field in [design.impressionDensity, design.hairDensity] as [any SurfaceDensity] {
      var values = [Float](repeating: -1, count: points.count)
      var span = values.mutableSpan
      field.evaluate(points.span, into: &span)
      #expect(values.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 260 })
    }
  }

  @Test func totalsAreDensityTimesArea() throws {
    let design = try compiled([Self.disc(160, 0, 60, 200, .fill)])
    let totals = design.totals()
    // 28.3 cm² in the plane, about 3 % less on skin of this curvature; the feather is even about the border.
    #expect(abs(totals.impressions - 5550) < 250)
    #expect(abs(totals.layers[0].impressions - totals.impressions) < 1)
    #expect(totals.treatedArea > 28 && totals.treatedArea < 42)
    #expect(design.totals(threads: 1) == totals)
  }

  /// The feather is evaluated at the point: on triangles of 3 mm a border of 2 mm stays 2 mm.
  @Test(arguments: [2.0, 6, 15])
  func zoneFeatherIsAsAsked(feather: Double) throws {
    var zone = ZoneLayer()
    zone.area = .ellipse(centre: ScalpPlace(up: 170, side: 0), length: 90, width: 90, turn: 0)
    zone.feather = feather
    zone.density = 100
    let design = try compiled([.zone(zone)])
    let scalp = design.scalp
    let border = try #require(scalp.frame.place(up: 170, side: 45))
    let values = walk(from: border.position, heading: SIMD3(-1, 0, 0), -25...25, on: scalp).map {
      (way: $0.way, value: design.impressions(at: $0.point))
    }
    let low = try #require(crossing(values, 10))
    let middle = try #require(crossing(values, 50))
    let high = try #require(crossing(values, 90))
    // Distance is linear inside a triangle and bends at its edges.
    #expect(abs(high - low - Float(feather)) < 0.1 * Float(feather) + 0.15)
    #expect(abs(middle) < 0.8)
  }

  @Test func anEllipseTurnsClockwise() throws {
    var zone = ZoneLayer()
    zone.area = .ellipse(centre: ScalpPlace(up: 170, side: 0), length: 100, width: 30, turn: 45)
    zone.feather = 4
    let design = try compiled([.zone(zone)])
    // Its front end has gone to the subject's right, which is -x.
    let right = try #require(design.scalp.frame.place(up: 142, side: -28))
    let left = try #require(design.scalp.frame.place(up: 142, side: 28))
    #expect(design.impressions(at: right) > 190)
    #expect(design.impressions(at: left) == 0)
  }

  @Test func bandsAndPolygonsCoverWhatTheySay() throws {
    var band = ZoneLayer()
    band.area = .band(path: [ScalpPlace(up: 120, side: -40), ScalpPlace(up: 120, side: 40)], width: 20)
    band.feather = 2
    var polygon = ZoneLayer()
    polygon.area = .polygon([
      ScalpPlace(up: 200, side: -30), ScalpPlace(up: 200, side: 30), ScalpPlace(up: 250, side: 0),
    ])
    polygon.feather = 2
    let design = try compiled([.zone(band), .zone(polygon)])
    func at(_ up: Float, _ side: Float) throws -> Float {
      design.impressions(at: try #require(design.scalp.frame.place(up: up, side: side)))
    }
    #expect(try at(120, 0) > 199)
    #expect(try at(112, 20) > 199)
    #expect(try at(134, 0) == 0)
    #expect(try at(120, 54) == 0)
    #expect(try at(215, 0) > 199)
    #expect(try at(245, 15) == 0)
  }

  @Test func badValuesAreNamedWithLayerAndRange() throws {
    func error(_ layer: Layer) -> CompileError? {
      do {
        _ = try compiled([Self.one, layer])
        return nil
      } catch {
        return error as? CompileError
      }
    }
    let off = try #require(error(Self.disc(9000, 0, 40, 100, .fill)))
    #expect(off.layer == 1)
    #expect(off.field == "area.centre.up")
    #expect(off.problem.contains("must be 0 to"))
    let forehead = try #require(error(Self.disc(3, 0, 40, 100, .fill)))
    #expect(forehead.problem.contains("outside the adult hair border"))
    let broken = try #require(error(Self.disc(.nan, 0, 40, 100, .fill)))
    #expect(broken.field == "area.centre.up")
    var crossed = ZoneLayer()
    crossed.area = .polygon([
      ScalpPlace(up: 150, side: -30), ScalpPlace(up: 200, side: 30), ScalpPlace(up: 150, side: 30),
      ScalpPlace(up: 200, side: -30),
    ])
    #expect(try #require(error(.zone(crossed))).problem.contains("cross itself"))
    crossed.area = .polygon([
      ScalpPlace(up: 150, side: -30), ScalpPlace(up: 150, side: -30.1), ScalpPlace(up: 170, side: 0),
    ])
    #expect(error(.zone(crossed)) != nil)
    #expect(error(Self.disc(150, 0, 40, -1, .fill))?.field == "density")
    #expect(error(Self.one) == nil)
  }

  /// Whatever numbers a document holds, the answer is a design or an error with a name.
  @Test func wildNumbersNeverTrap() {
    let random = CounterRandom(seed: 99, stream: 3)
    var index: UInt64 = 0
    func number() -> Double {
      index += 1
      let wild: [Double] = [.nan, .infinity, -.infinity, 0, -1, 1e300, -1e18, 1e-300, 5]
      let pick = Int(random.uniform(index * 2) * 24)
      return pick < wild.count ? wild[pick] : Double(random.uniform(index * 2 + 1)) * 300
    }
    func place() -> ScalpPlace { ScalpPlace(up: number(), side: number() - 100) }
    for _ in 0..<15 {
      var line = HairlineLayer()
      line.height = number()
      line.templeRecession = number() / 4
      line.reach = number()
      line.feather = number() / 10
      var zone = ZoneLayer()
      zone.area = .ellipse(centre: place(), length: number(), width: number(), turn: number())
      zone.feather = number() / 5
      var scar = ScarLayer()
      scar.shape = .strip(path: [place(), place(), place()], width: number() / 20)
      var dots = ScarLayer()
      dots.shape = .extractions(
        area: .polygon([place(), place(), place()]), count: index % 3 == 0 ? -4 : Int(index), diameter: number() / 100)
      for layer in [Layer.hairline(line), .zone(zone), .scar(scar), .scar(dots)] {
        do {
          _ = try compiled([layer])
        } catch {
          let problem = error as? CompileError
          #expect(problem?.layer == 0)
          #expect(problem?.problem.isEmpty == false)
        }
      }
    }
  }

  /// A close-up looks at the work, over its border.
  @Test func theCloseUpLooksAtTheWork() throws {
    let design = try compiled([Self.one])
    let place = try #require(design.macroPlace)
    let most = try #require(design.vertexPoints.map { design.impressions(at: $0) }.max())
    #expect(design.impressions(at: place) > 0.2 * most)
    let beside = design.vertexPoints.filter {
      let d = $0.position - place.position
      return (d * d).sum() < 14 * 14
    }
    #expect(beside.contains { design.impressions(at: $0) < 0.1 * most })
  }
}
