import PigmentAging
import ScalpGeometry
import Testing

@testable import TreatmentDesign

/// The problems of a document, as `line:column: message`.
func problems(of text: String) -> [String] {
  do {
    _ = try readDesign(text, named: "d.yaml")
    return []
  } catch {
    return error.problems.map { "\($0.line):\($0.column): \($0.message)" }
  }
}

/// A document that reads, to vary in tests.
let smallDesign = """
  schemaVersion: 1
  layers:
    - zone:
        area: scalp
        density: 150

  """

@Suite struct DocumentReadingTests {
  @Test func everyKeyReachesItsField() throws {
    let design = try readDesign(
      """
      $schema: stipple.schema.json
      schemaVersion: 1
      seed: 18446744073709551615
      head: {sex: female, percentile: 75.5, headLength: 190, headBreadth: 146, headCircumference: 560, age: 61.5, headShape: 1,
        noseWidth: -2, noseProjection: 0.3, lipFullness: 0.4, jawWidth: -0.5, browRidge: 0.6, cheekbones: 0.7,
        earProtrusion: 2}
      client: {skin: IV, age: 38}
      hair: {colour: light-brown, grey: .25, density: 180, perUnit: 1.9, calibre: 7e-2, length: 4, loss: ludwig-2,
        partWidth: 8}
      layers:
        - hairline:
            height: 61
            style: edge-up
            feather: 2.5
            edgeShare: 0.6
            templeRecession: 18
            widowsPeak: 6
            undulation: 2
            jitter: 0.7
            asymmetry: -1
            density: 160
            reach: 40
            blend: maximum
        - hairline:
            points: [{up: 70, side: -60}, {up: 66, side: 0}, {up: 71, side: 60}]
        - zone: {ellipse: {centre: {up: 260, side: -5}, length: 90, width: 80, turn: 15}, density: 120, feather: 20}
        - zone: {polygon: [{up: 100}, {up: 150, side: 40}, {up: 150, side: -40}], density: 90, blend: add}
        - zone: {band: {path: [{up: 300, side: -90}, {up: 300, side: 90}], width: 30}, blend: exclude}
        - scar: {strip: {path: [{up: 350, side: -80}, {up: 360}, {up: 350, side: 80}], width: 2.5}, surface: atrophic}
        - scar:
            extractions: {area: scalp, count: 400, diameter: 0.9}
            density: 210
            ring: 9
            treat: false
      pigment: {kind: iron-oxide, opticalDensity: 3.5, coreDiameter: 0.11, needleDepth: 0.7}
      sessions: [{day: 0, share: 0.4}, {day: 14, share: 1}]
      pictures: {view: back, sheetViews: [top, macro], macro: {up: 75, side: 10}, size: 512}
      """, named: "d.yaml")

    #expect(design.seed == UInt64.max)
    guard case .mannequin(let head) = design.head else { return #expect(Bool(false), "a mannequin was written") }
    #expect(head.sex == .female && head.percentile == 75.5 && head.headLength == 190)
    #expect(head.headBreadth == 146 && head.headCircumference == 560)
    #expect(head.age == 61.5 && head.headShape == 1 && head.noseWidth == -2 && head.noseProjection == 0.3)
    #expect(head.lipFullness == 0.4 && head.jawWidth == -0.5 && head.browRidge == 0.6 && head.cheekbones == 0.7)
    #expect(head.earProtrusion == 2)
    #expect(
      design.client
        == {
          var c = Client()
          c.skin = .iv
          c.age = 38
          return c
        }())
    #expect(design.hair.colour == .lightBrown && design.hair.grey == 0.25 && design.hair.density == 180)
    #expect(design.hair.calibre == 0.07 && design.hair.length == 4 && design.hair.loss == .ludwigII)
    #expect(design.hair.perUnit == 1.9 && design.hair.partWidth == 8)

    var line = HairlineLayer()
    (line.height, line.style, line.feather, line.edgeShare, line.templeRecession) = (61, .edgeUp, 2.5, 0.6, 18)
    (line.widowsPeak, line.undulation, line.jitter, line.asymmetry) = (6, 2, 0.7, -1)
    (line.density, line.reach, line.blend) = (160, 40, .maximum)
    var drawn = HairlineLayer()
    drawn.points = [.init(up: 70, side: -60), .init(up: 66, side: 0), .init(up: 71, side: 60)]
    func zone(_ area: ZoneLayer.Area, _ density: Double?, _ feather: Double, _ blend: Blend) -> Layer {
      var zone = ZoneLayer()
      (zone.area, zone.density, zone.feather, zone.blend) = (area, density, feather, blend)
      return .zone(zone)
    }
    var strip = ScarLayer()
    strip.shape = .strip(
      path: [.init(up: 350, side: -80), .init(up: 360, side: 0), .init(up: 350, side: 80)], width: 2.5)
    strip.surface = .atrophic
    var dots = ScarLayer()
    dots.shape = .extractions(area: .scalp, count: 400, diameter: 0.9)
    (dots.density, dots.ring, dots.treat) = (210, 9, false)
    #expect(
      design.layers == [
        .hairline(line), .hairline(drawn),
        zone(.ellipse(centre: .init(up: 260, side: -5), length: 90, width: 80, turn: 15), 120, 20, .fill),
        zone(.polygon([.init(up: 100, side: 0), .init(up: 150, side: 40), .init(up: 150, side: -40)]), 90, 15, .add),
        zone(.band(path: [.init(up: 300, side: -90), .init(up: 300, side: 90)], width: 30), nil, 15, .exclude),
        .scar(strip), .scar(dots),
      ])
    #expect(design.pigment.kind == .ironOxide && design.pigment.opticalDensity == 3.5)
    #expect(design.pigment.coreDiameter == 0.11 && design.pigment.needleDepth == 0.7)
    #expect(design.sessions == [Session(day: 0, share: 0.4), Session(day: 14, share: 1)])
    #expect(design.pictures.view == .back && design.pictures.sheetViews == [.top, .macro])
    #expect(design.pictures.macroPlace == ScalpPlace(up: 75, side: 10) && design.pictures.size == 512)
  }

  @Test func aScanNamesItsUnitsAndLandmarks() throws {
    let design = try readDesign(
      """
      schemaVersion: 1
      head:
        scan: "my head & *shoulders*.obj"
        units: inch
        landmarks: {glabella: [0, 1.5, 4], leftTragion: [3, 0, -1e-1], rightTragion: [-3, 0, 0]}
      layers: [{zone: {area: scalp, density: 100}}]
      """, named: "d.yaml")
    guard case .scan(let scan) = design.head else { return #expect(Bool(false), "a scan was written") }
    #expect(scan.file == "my head & *shoulders*.obj" && scan.units == .named(.inch))
    let marks = scan.landmarks
    #expect(marks[.glabella] == SIMD3(0, 1.5, 4) && marks[.leftTragion] == SIMD3(3, 0, -0.1))
    #expect(marks[.rightTragion] == SIMD3(-3, 0, 0) && marks[.vertex] == nil && scan.sex == nil)
  }

  @Test func aScanMayLeaveItsUnitsOutAndNameMoreLandmarks() throws {
    let design = try readDesign(
      """
      schemaVersion: 1
      head:
        scan: a.obj
        sex: female
        landmarks:
          sellion: [0, 19, 103]
          leftTragion: [73, 0, 0]
          rightTragion: [-73, 0, 0]
          vertex: [0, 131, -12]
          inion: [0, -12, -78]
          trichion: [0, 91, 86]
          leftCanthus: [45, 9, 83]
          rightCanthus: [-45, 9, 83]
      layers: [{zone: {area: scalp, density: 100}}]
      """, named: "d.yaml")
    guard case .scan(let scan) = design.head else { return #expect(Bool(false), "a scan was written") }
    #expect(scan.units == nil && scan.sex == .female && scan.landmarks.all.count == 8)
    #expect(scan.landmarks[.trichion] == SIMD3(0, 91, 86) && scan.landmarks[.glabella] == nil)
  }

  /// A scan's scale: a number, or one length that was taken on the client; what is written is read again.
  @Test(arguments: [
    ("units: 0.1173", ScanChoice.Scale?.some(.perUnit(0.1173)), ScanMeasure?.none),
    ("measure: {headBreadth: 152}", nil, .headBreadth(152)),
    ("measure: {headCircumference: 571.5}", nil, .headCircumference(571.5)),
    ("measure: {tragionToTragion: 141}", nil, .tragionToTragion(141)),
    ("measure: {between: {from: sellion, to: inion, length: 188}}", nil, .between(.sellion, .inion, 188)),
  ])
  func aScanTellsItsScale(key: String, units: ScanChoice.Scale?, measure: ScanMeasure?) throws {
    func scan(_ text: String) throws -> ScanChoice? {
      if case .scan(let scan) = try readDesign(text, named: "d.yaml").head { scan } else { nil }
    }
    let read = try #require(try scan(scaled(key)))
    #expect(read.units == units && read.measure == measure)
    let again = try #require(try scan(writeDesign(readDesign(scaled(key), named: "d.yaml"))))
    #expect(again == read)
  }

  @Test(arguments: [
    ("units: feet", "mm, cm, dm, m, inch, or a number"), ("units: -1", "0.0001 to 100000 mm per unit"),
    ("units: 1x", "1x"), ("measure: {}", "exactly one of headBreadth"),
    ("measure: {headBreadth: 152, headCircumference: 570}", "exactly one of headBreadth"),
    ("measure: {headBreadth: 30}", "125 to 185 mm"),
    ("measure: {between: {from: inion, to: inion, length: 90}}", "exactly one of"),
    ("measure: {between: {from: inion, to: chin, length: 90}}", "chin"),
    ("units: mm\n  measure: {headBreadth: 152}", "keep one"),
  ])
  func aScaleThatIsNoneIsRefused(key: String, words: String) {
    let error = #expect(throws: DesignDocumentError.self) { try readDesign(scaled(key), named: "d.yaml") }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  private func scaled(_ key: String) -> String {
    """
    schemaVersion: 1
    head:
      scan: a.obj
      \(key)
      landmarks: {sellion: [0, 19, 103], leftTragion: [73, 0, 0], rightTragion: [-73, 0, 0]}
    layers: [{zone: {area: scalp, density: 100}}]
    """
  }

  @Test func whatIsLeftOutKeepsItsDefault() throws {
    let design = try readDesign(smallDesign, named: "d.yaml")
    var expected = Design()
    var zone = ZoneLayer()
    zone.density = 150
    expected.layers = [.zone(zone)]
    #expect(design == expected)
  }

  @Test func jsonByteOrderMarkAndWindowsLineEndsRead() throws {
    let expected = try readDesign(smallDesign, named: "d.yaml")
    let json = "{\"schemaVersion\": 1,\n \"layers\":[{\"zone\":{\"area\":\"scalp\",\"density\":150}}]}"
    #expect(try readDesign(json, named: "d.json") == expected)
    #expect(try readDesign("\u{FEFF}" + smallDesign, named: "d.yaml") == expected)
    #expect(try readDesign(smallDesign.replacing("\n", with: "\r\n"), named: "d.yaml") == expected)
    #expect(try readDesign(smallDesign.replacing("\n", with: "\r"), named: "d.yaml") == expected)
    #expect(try readDesignDocument(bytes: Array(smallDesign.utf8), named: "d.yaml").design == expected)
  }

  @Test func everyKeyIsFoundAgain() throws {
    let document = try readDesignDocument(smallDesign, named: "dir/d.yaml")
    #expect(document.locations["schemaVersion"] == .init(line: 1, column: 1))
    #expect(document.locations[layer: 0] == .init(line: 3, column: 5))
    #expect(document.locations["layers[0].zone.density"] == .init(line: 5, column: 7))
    // Left out: the nearest key around it.
    #expect(document.locations["layers[0].zone.feather"] == .init(line: 3, column: 5))
    #expect(document.locations["hair.density"] == .init(line: 1, column: 1))
    #expect(document.locations.prefix("layers[0].zone.density") == "dir/d.yaml:5:7")
  }

  @Test func laterKeysReachTheirFields() throws {
    let design = try readDesign(
      """
      schemaVersion: 1
      hair: {loss: areata-multiple}
      layers:
        - gradient: {along: {from: {up: 90}, to: {up: 200, side: 5}}, from: 40, to: 160, area: scalp, feather: 20}
        - gradient: {line: {path: [{up: 90, side: -40}, {up: 90, side: 40}], reach: 30}, from: 150, to: 20, blend: add}
        - mask: {image: painted.png, fillTo: 0.65, pigment: {shade: 20}}
        - zone: {area: scalp, blend: multiply, factor: 0.5}
        - scar: {patch: {ellipse: {centre: {up: 300}, length: 30, width: 20}}, age: 14, keloid: true}
      pigment: {shade: 12, needle: {diameter: 0.22, points: 3}, edgeNeedle: {diameter: 0.16, points: 1}}
      touchUps: [{year: 4}, {below: 0.6}]
      rates: {currency: EUR, perSession: 300, perTouchUp: 250, stages: {norwood-3: 1200, none: 0}, deposit: 100}
      clinic: {name: Studio, contact: 030 1, logo: a.png, language: pt}
      waive: [{rule: L7, reason: he asked for it}]
      """, named: "d.yaml")
    #expect(design.hair.loss == .areataMultiple)
    guard case .gradient(let along) = design.layers[0], case .gradient(let line) = design.layers[1],
      case .mask(let mask) = design.layers[2], case .zone(let zone) = design.layers[3],
      case .scar(let scar) = design.layers[4]
    else { return #expect(Bool(false), "layers of other kinds") }
    #expect(along.course == .along(from: .init(up: 90, side: 0), to: .init(up: 200, side: 5)))
    #expect(along.from == 40 && along.to == 160 && along.feather == 20)
    #expect(line.course == .line(path: [.init(up: 90, side: -40), .init(up: 90, side: 40)], reach: 30))
    #expect(line.blend == .add)
    #expect(mask.file == "painted.png" && mask.fillTo == 0.65 && mask.pigment.shade == 20)
    #expect(design.density(of: design.layers[2]) == 0.65 * Dose().density)
    #expect(zone.blend == .multiply && zone.factor == 0.5)
    #expect(scar.age == 14 && scar.keloid)
    #expect(design.pigment.shade == 12 && design.pigment.needle == Needle(diameter: 0.22, points: 3))
    #expect(design.touchUps == [.year(4), .below(0.6)])
    #expect(design.rates?.currency == "EUR" && design.rates?.perTouchUp == 250)
    #expect(design.rates?.stages == [.norwoodIII: 1200, .none: 0] && design.rates?.deposit == 100)
    #expect(design.clinic?.name == "Studio" && design.clinic?.logo == "a.png" && design.clinic?.language == .portuguese)
    #expect(design.waivers == [Waiver(rule: .l7, reason: "he asked for it")])
  }

  @Test func theClientAndTheAgeingAreRead() throws {
    let design = try readDesign(
      smallDesign + """
        client: {skin: IV, age: 64, pace: p25, oiliness: oily, sun: heavy, smoker: true, chlorine: true, exfoliation: true}
        laser: [{year: 6, sessions: 2}]
        aging: {lossRate: 0.12, spread: 0.001, laserCarbon: 0.4, healingTime: 1.2}

        """, named: "d.yaml")
    #expect(design.client.pace == Pace("p25"))
    #expect(
      design.client.lossFactors == [.oilySkin, .heavySun, .smoker, .regularChlorine, .exfoliation, .over60])
    #expect(design.laser == [LaserVisit(year: 6, sessions: 2)])
    #expect(design.aging.lossRate == 0.12 && design.aging.spread == 0.001 && design.aging.laserCarbon == 0.4)
    #expect(design.aging.shedShare == AgingParameters.standard.shedShare)
    #expect(try readDesign(smallDesign + "client: {pace: 90}\n", named: "d.yaml").client.pace.name == "p90")
  }

  @Test(arguments: [
    ("- zone: {area: scalp, density: 100, fillTo: 0.5}", "'density' and 'fillTo' both give a density"),
    ("- zone: {area: scalp, blend: multiply}", "'factor' is missing"),
    ("- zone: {area: scalp, density: 100, factor: 2}", "'factor' belongs to 'blend: multiply'"),
    ("- gradient: {from: 0, to: 100}", "exactly one of along, line"),
    ("- gradient: {along: {from: {up: 90}, to: {up: 91}}, from: 0, to: 100}", "less than 2 mm apart"),
    ("- scar: {treat: true}", "exactly one of strip, extractions, patch"),
  ])
  func contradictionsAreNamed(layer: String, problem: String) {
    let found = problems(of: "schemaVersion: 1\nlayers:\n  \(layer)\n")
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }

  @Test(arguments: [
    ("waive: [{rule: L21, reason: x}]", "unknown rule 'L21'"), ("waive: [{rule: L7}]", "'reason' is missing"),
    ("waive: [{rule: L7, reason: a}, {rule: L7, reason: b}]", "L7 is waived already"),
    ("touchUps: [{year: 4}, {year: 3}]", "does not come after year 4"),
    ("rates: {perHour: 3}", "'currency' is missing"),
    ("touchUps: [{year: -1}]", "year -1 is outside 0.1 to 20 years"),
    ("touchUps: [{year: 21}]", "year 21 is outside 0.1 to 20 years"),
    ("laser: [{year: -2}]", "year -2 is outside 0.1 to 20 years"),
    ("laser: [{year: 5, sessions: 40}]", "sessions 40 is outside 1 to 12"),
    ("laser: [{sessions: 2}]", "'year' is missing"),
    ("laser: [{year: 5}, {year: 5}]", "does not come after year 5"),
    ("client: {pace: brisk}", "slow, typical, fast, or a percentile"), ("client: {pace: 0}", "p1"),
    ("client: {pace: p100}", "p99"), ("client: {sun: some}", "average, heavy, protected"),
    ("client: {smoker: maybe}", "neither true nor false"),
    ("aging: {lossRate: 1}", "lossRate 1 is outside 0.04 to 0.25"),
    ("aging: {lossrate: 0.1}", "did you mean 'lossRate'"), ("aging: {spread: -1}", "outside 0.0001 to 0.002"),
  ])
  func termsAreChecked(text: String, problem: String) {
    let found = problems(of: smallDesign + text + "\n")
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }
}
