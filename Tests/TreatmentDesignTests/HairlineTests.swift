import Arithmetic
import Meshes
import ScalpGeometry
import Testing

@testable import TreatmentDesign

@Suite("Hairlines")
struct HairlineTests {
  static func layer(_ style: HairlineLayer.Style, height: Double = 72) -> HairlineLayer {
    var line = HairlineLayer()
    line.style = style
    line.height = height
    line.density = 200
    return line
  }

  /// Density against the way behind the line, square to it, at several places along it.
  @Test(arguments: [HairlineLayer.Style.edgeUp, .medium, .natural, .soft, .female])
  func featherIsAsAsked(style: HairlineLayer.Style) throws {
    let layer = Self.layer(style)
    let design = try compiled([.hairline(layer)])
    let line = try #require(design.hairlines.first).smooth
    let feather = Float(layer.figures.feather)
    // The middle, both sides of it, and both temples' lines.
    for share: Float in [0.3, 0.4, 0.45, 0.5, 0.54, 0.62] {
      let i = line.step(at: share * line.length).corner
      let back = cross(line.tangent(at: i), line.normals[i])
      let values = walk(from: line.positions[i], heading: back, -22...26, on: design.scalp).map {
        (way: $0.way, value: design.impressions(at: $0.point))
      }
      let low = try #require(crossing(values, 20), "\(share)")
      let high = try #require(crossing(values, 180), "\(share)")
      // 10 % of the feather; 0.2 mm for where the distance bends at edges of triangles.
      #expect(abs(high - low - feather) < 0.1 * feather + 0.2, "at \(share): \(high - low)")
    }
  }

  /// Up the midline, the density passes the style's edge share at the stated height.
  @Test(
    arguments: [
      (.edgeUp, 72), (.medium, 60), (.natural, 58), (.natural, 72), (.natural, 95), (.soft, 72), (.female, 56),
    ] as [(HairlineLayer.Style, Double)])
  func heightIsMeasuredAlongTheSkin(style: HairlineLayer.Style, height: Double) throws {
    let layer = Self.layer(style, height: height)
    let design = try compiled([.hairline(layer)])
    var values = [(way: Float, value: Float)]()
    for k in 0..<200 {
      let up = Float(height) - 15 + 0.15 * Float(k)
      let point = try #require(design.scalp.frame.place(up: up, side: 0))
      values.append((up, design.impressions(at: point)))
    }
    let edge = try #require(crossing(values, 200 * Float(layer.figures.edgeShare)))
    #expect(abs(edge - Float(height)) < 1)
  }

  @Test func theFrontotemporalPointStandsOnTheCanthalVertical() throws {
    var layer = Self.layer(.edgeUp)
    layer.templeRecession = 25
    layer.asymmetry = 0
    let design = try compiled([.hairline(layer)])
    let scalp = design.scalp
    let line = try #require(design.hairlines.first).smooth
    let canthus = scalp.head.landmarks.leftCanthus.x
    let corner = try #require(scalp.frame.place(up: 72 + 25, straightAside: canthus))
    let nearest = line.positions.map { length($0 - corner.position) }.min() ?? .infinity
    #expect(nearest < 1)
    // It is the farthest place back of the whole front.
    let farthest = line.positions.filter { abs($0.x) < canthus + 4 }.map { scalp.frame.coordinates(of: $0).up }.max()
    #expect(abs(try #require(farthest) - 97) < 2)
  }

  @Test func asymmetrySetsTheLeftTempleBack() throws {
    var layer = Self.layer(.medium)
    layer.asymmetry = 6
    let design = try compiled([.hairline(layer)])
    let line = try #require(design.hairlines.first).smooth
    func back(_ sign: Float) -> Float {
      line.positions.filter { $0.x * sign > 30 && $0.x * sign < 50 }
        .map { design.scalp.frame.coordinates(of: $0).up }.max() ?? 0
    }
    #expect(abs(back(1) - back(-1) - 6) < 1)
  }

  @Test func aWidowsPeakStandsBeforeTheLineBesideIt() throws {
    var layer = Self.layer(.edgeUp)
    layer.widowsPeak = 12
    let design = try compiled([.hairline(layer)])
    let line = try #require(design.hairlines.first).smooth
    // The temples lie lower still; this is about the front.
    let places = line.positions.map { design.scalp.frame.coordinates(of: $0) }.filter { abs($0.side) < 40 }
    let tip = try #require(places.min { $0.up < $1.up })
    #expect(abs(tip.up - 72) < 1)
    #expect(abs(tip.side) < 2)
    let beside = try #require(places.min { abs($0.side - 15) < abs($1.side - 15) })
    #expect(abs(beside.up - 84) < 2.5)
  }

  @Test func theDrawnLineMayRunEitherWay() throws {
    var layer = Self.layer(.natural)
    layer.points = [
      ScalpPlace(up: 85, side: 45), ScalpPlace(up: 74, side: 20), ScalpPlace(up: 72, side: -2),
      ScalpPlace(up: 76, side: -25), ScalpPlace(up: 88, side: -48),
    ]
    let forth = impressions(try compiled([.hairline(layer)]))
    layer.points.reverse()
    #expect(impressions(try compiled([.hairline(layer)])) == forth)
    #expect(forth.contains { $0 > 190 })
  }

  /// Scalp, temples and sideburns are covered without a hole; face, ears and neck get nothing.
  @Test(arguments: [HairlineLayer.Style.edgeUp, .natural])
  func itCoversTheScalpAndNothingElse(style: HairlineLayer.Style) throws {
    let design = try compiled([.hairline(Self.layer(style))])
    let scalp = design.scalp
    for sign: Float in [-1, 1] {
      for p in [
        SIMD3(0, 131, -11), SIMD3(76, 55, 10), SIMD3(76, 40, 18), SIMD3(74, 24, 14), SIMD3(0, 0, -90),
        SIMD3(50, 60, -80),
      ] as [SIMD3<Float>] {
        let place = scalp.frame.coordinates(of: p * SIMD3(sign, 1, 1))
        let point = try #require(scalp.frame.place(up: place.up, side: place.side))
        #expect(design.impressions(at: point) > 170, "\(p)")
      }
    }
    let mesh = scalp.head.mesh
    for (i, point) in someVertices {
      let p = mesh.positions[i]
      // Outside the adult border by more than the border zone, and not on the forehead where a line may be set.
      if (scalp.region.distances[i] < -14 && p.y < 60) || p.y < -75 {
        #expect(design.impressions(at: point) == 0, "\(p)")
      }
    }
  }

  @Test func reachEndsTheLayerBehindTheLine() throws {
    var layer = Self.layer(.medium)
    layer.reach = 40
    let design = try compiled([.hairline(layer)])
    let near = try #require(design.scalp.frame.place(up: 72 + 25, side: 0))
    let far = try #require(design.scalp.frame.place(up: 72 + 60, side: 0))
    #expect(design.impressions(at: near) > 180)
    #expect(design.impressions(at: far) == 0)
  }

  @Test func theSeedDecides() throws {
    let layers = [Layer.hairline(Self.layer(.natural))]
    let a = impressions(try compiled(layers, seed: 5))
    #expect(impressions(try compiled(layers, seed: 5)) == a)
    #expect(impressions(try compiled(layers, seed: 6)) != a)
  }

  @Test func theEdgeIsSingleNeedleAndLighter() throws {
    let design = try compiled([.hairline(Self.layer(.natural))])
    let edge = try #require(design.scalp.frame.place(up: 73, side: 0))
    let core = try #require(design.scalp.frame.place(up: 130, side: 0))
    #expect(design.isSingleNeedle(at: edge))
    #expect(!design.isSingleNeedle(at: core))
    #expect(design.shadeSteps(at: edge) > 1.5)
    #expect(design.shadeSteps(at: core) == 0)
    #expect(abs(try #require(design.distanceBehindHairline(at: edge)) - 1) < 1)
  }

  @Test func impossibleLinesAreRefused() throws {
    func error(_ change: (inout HairlineLayer) -> Void) -> CompileError? {
      var layer = Self.layer(.natural)
      change(&layer)
      do {
        _ = try compiled([.hairline(layer)])
        return nil
      } catch {
        return error as? CompileError
      }
    }
    #expect(error { $0.height = 400 }?.field == "height")
    #expect(error { $0.height = .infinity }?.layer == 0)
    #expect(error { $0.feather = 0 }?.field == "feather")
    #expect(error { $0.points = [ScalpPlace(up: 70, side: 0)] }?.field == "points")
    #expect(
      error {
        $0.points = [ScalpPlace(up: 70, side: 10), ScalpPlace(up: 70, side: 20), ScalpPlace(up: 75, side: 40)]
      }?.problem.contains("side to the other") ?? false)
    #expect(
      error {
        $0.points = [
          ScalpPlace(up: 80, side: 50), ScalpPlace(up: 70, side: -20), ScalpPlace(up: 110, side: -10),
          ScalpPlace(up: 70, side: 5), ScalpPlace(up: 75, side: -45),
        ]
      }?.problem.contains("cross itself") ?? false)
  }

  /// Half way from the middle to the corner, a triangular line lies farther back than an M, an M than a round one, and a
  /// linear one hardly back at all; all meet at the middle and, but for the round one, at the corner.
  @Test func shapesDifferBetweenMiddleAndCorner() throws {
    let scalp = try #require(meanMan)
    let back = try HairlineLayer.Shape.allCases.map { shape in
      var layer = Self.layer(.natural)
      (layer.shape, layer.asymmetry) = (shape, 0)
      let line = try HairlineShape(layer, index: 0, on: scalp)
      func height(aside x: Float) -> Float {
        let arc = line.curve.positions.indices.filter { line.curve.positions[$0].y > 60 }.min {
          abs(line.curve.positions[$0].x - x) < abs(line.curve.positions[$1].x - x)
        }
        return arc.map { scalp.frame.coordinates(of: line.curve.positions[$0]).up } ?? 0
      }
      return height(aside: 0.5 * scalp.head.landmarks.leftCanthus.x) - height(aside: 0)
    }
    let by = Dictionary(uniqueKeysWithValues: zip(HairlineLayer.Shape.allCases, back))
    #expect(by[.triangular]! > by[.m]! + 3, "\(by)")
    #expect(by[.m]! > by[.linear]! + 1, "\(by)")
    #expect(by[.linear]! < 4, "\(by)")
  }

  /// The temple's edge at the height of the grown peak moves back from class to class.
  @Test func templesWithdrawByClass() throws {
    let scalp = try #require(meanMan)
    let peak = try #require(scalp.region.leftTemple.first)
    let depths = try HairlineLayer.Temples.allCases.map { temples in
      var layer = Self.layer(.natural)
      layer.temples = temples
      let line = try HairlineShape(layer, index: 0, on: scalp)
      let left = line.curve.positions.filter { $0.x > 0 && abs($0.y - peak.y) < 4 }
      return try #require(left.map(\.z).max())
    }
    for (a, b) in zip(depths, depths.dropFirst()) { #expect(b < a - 2, "\(depths)") }
  }
}
