import SkinOptics
import Testing

@Suite struct DotUnderSkin {
  /// A profile's own integral and the area per band come from two tables; each was fitted by itself.
  static let areaAgreement = 0.02

  @Test(arguments: SkinTone.presets)
  func aProfileHoldsItsArea(skin: SkinTone) {
    for body in [(0.10, 0.2, 4.0), (0.15, 0.24, 2), (0.3, 0.45, 1)].map({
      PigmentBody(diameter: $0.0, depth: $0.1, opticalDensity: $0.2)
    }) {
      let wanted = removedArea(body, in: skin)
      let got = lossProfile(body, in: skin).area
      for c in 0..<3 {
        #expect(abs(got[c] / wanted[c] - 1) < Self.areaAgreement, "\(body.diameter) \(c): \(got), \(wanted)")
      }
    }
  }

  /// The renderer's split into core and halo against the dot itself, beyond the core's end too.
  @Test func theSplitKeepsTheProfile() {
    let skin = SkinTone.presets[1]
    let body = PigmentBody(diameter: 0.3, depth: 0.3, opticalDensity: 4)
    let profile = lossProfile(body, in: skin)
    let dot = DotMeasures(body, in: skin)
    for bin in dot.ratios.indices.dropLast(3) {
      let samples = (0..<16).map { i in
        profile.loss(at: dot.edges[bin] + (dot.edges[bin + 1] - dot.edges[bin]) * (Double(i) + 0.5) / 16)
      }
      let kept = SIMD3(1, 1, 1) - samples.reduce(.zero, +) / 16
      let difference = Lab(linearRGB: dot.bare * kept).difference(from: Lab(linearRGB: dot.bare * dot.ratios[bin]))
      // A Gaussian is not quite the shape of the tail.
      #expect(difference < 0.3, "bin \(bin): \(difference)")
    }
  }

  @Test(arguments: [0.064, 0.1, 0.13, 0.22, 0.35, 0.6], [0.12, 0.18, 0.3, 0.6, 1.5])
  func moreOpticalDensityNeverLightens(diameter: Double, depth: Double) {
    for skin in [SkinTone.presets[0], SkinTone.presets[5]] {
      // Bands, not channels: the weights of linear sRGB have negative parts.
      var last = [Double](repeating: 0, count: Spectrum.count)
      var contrast = 0.0
      for density in [0.1, 0.25, 0.5, 1, 2, 4, 8, 16] {
        let body = PigmentBody(diameter: diameter, depth: depth, opticalDensity: density)
        let area = removedAreas(body, in: skin)
        let here = DotMeasures(body, in: skin).contrast
        #expect(zip(area, last).allSatisfy { $0 >= $1 })
        #expect(here >= contrast)
        (last, contrast) = (area, here)
      }
    }
  }

  @Test(arguments: [0.064, 0.1, 0.13, 0.22, 0.35, 0.6], [0.25, 1, 4, 16])
  func deeperNeverRaisesContrast(diameter: Double, density: Double) {
    for skin in SkinTone.presets {
      var last = 1.0
      for depth in [0.12, 0.14, 0.18, 0.21, 0.24, 0.27, 0.3, 0.36, 0.4, 0.5, 0.65, 0.8, 1.0, 1.3, 1.5] {
        let body = PigmentBody(diameter: diameter, depth: depth, opticalDensity: density)
        let contrast = DotMeasures(body, in: skin).contrast
        #expect(contrast <= last, "\(skin.name), depth \(depth)")
        last = contrast
      }
    }
  }

  /// Doubling the diameter at constant pigment removes more light: factors of another Monte Carlo, within 5 %.
  @Test(arguments: [
    (0.2, [(0.5, 1.14), (1, 1.26), (2, 1.48), (4, 1.80), (8, 2.13), (16, 2.35)]),
    (0.3, [(0.5, 1.18), (1, 1.35), (2, 1.62), (4, 1.98), (8, 2.30), (16, 2.50)]),
  ])
  func spreadingAtConstantMassDarkensTheFarView(diameter: Double, factors: [(Double, Double)]) {
    for skin in [SkinTone.presets[1], SkinTone.presets[3], SkinTone.presets[5]] {
      for (density, factor) in factors {
        let tight = removedArea(PigmentBody(diameter: diameter, depth: 0.3, opticalDensity: density), in: skin)
        let wide = removedArea(PigmentBody(diameter: 2 * diameter, depth: 0.3, opticalDensity: density / 4), in: skin)
        #expect(abs(wide.y / tight.y / factor - 1) < 0.05, "\(skin.name) \(density)")
      }
    }
  }

  @Test func aWarmInkTakesLessRedAndMoreBlue() {
    let skin = SkinTone.presets[2]
    func area(_ ink: Ink) -> [Double] {
      removedAreas(PigmentBody(diameter: 0.13, depth: 0.24, opticalDensity: 2, ink: ink), in: skin)
    }
    let black = area(.carbon)
    for ink in [Ink.ironOxide, .azo, .temporary] {
      let warm = area(ink)
      #expect(warm[12] < black[12] && warm[2] > 0.9 * black[2])
      let body = PigmentBody(diameter: 0.13, depth: 0.24, opticalDensity: 2, ink: ink)
      // The profile carries the ink's colour: as much light as its bands say, channel by channel.
      let profile = lossProfile(body, in: skin).area
      let wanted = removedArea(body, in: skin)
      for c in 0..<3 { #expect(abs(profile[c] / wanted[c] - 1) < Self.areaAgreement) }
    }
    #expect(Ink.named("henna") == nil)
  }

  @Test func shadesGiveTheDensitiesOfTheTrade() {
    #expect(abs(Ink.opticalDensity(shade: 20) - 1.07) < 0.01)
    #expect(Ink.opticalDensity(shade: 5) > 3.5)
    #expect(abs(Ink.shade(opticalDensity: Ink.opticalDensity(shade: 12)) - 12) < 1e-9)
  }

  @Test func crowdedDotsStopAtTheLayer() {
    let skin = SkinTone.presets[1]
    let body = PigmentBody(diameter: 0.3, depth: 0.3, opticalDensity: 4)
    let few = crowdedLightLeft(body, perSquareMillimetre: 0.05, in: skin)
    let product = lightLeft(removed: removedArea(body, in: skin) * 0.05)
    let many = crowdedLightLeft(body, perSquareMillimetre: 1000, in: skin)
    let layer = layerRatios(depth: 0.3, opticalDensity: 4, in: skin)
    for c in 0..<3 { #expect(abs(few[c] - product[c]) < 1e-3 && many[c] > layer[15] * 0.3 && many[c] < 0.5) }
  }

  @Test func aBlurredDiscKeepsItsAreaAndTendsToTheDisc() {
    var sum = 0.0
    for i in 0..<2000 { sum += blurredDisc(at: (Double(i) + 0.5) * 0.001, radius: 0.1, sigma: 0.2) * (Double(i) + 0.5) }
    #expect(abs(sum * 2 * Double.pi * 1e-6 / (Double.pi * 0.01) - 1) < 1e-4)
    #expect(abs(blurredDisc(at: 0.05, radius: 0.1, sigma: 0.005) - 1) < 1e-4)
    #expect(blurredDisc(at: 0.15, radius: 0.1, sigma: 0.005) < 1e-4)
  }

  @Test func numbersOutsideTheTablesAreRefused() {
    for (body, quantity) in [
      (PigmentBody(diameter: -0.1, depth: 0.3, opticalDensity: 2), "diameter"),
      (PigmentBody(diameter: 0.13, depth: 0, opticalDensity: 2), "depth"),
      (PigmentBody(diameter: 0.13, depth: 0.3, opticalDensity: -1), "optical density"),
      (PigmentBody(diameter: 0.13, depth: 0.3, opticalDensity: .nan), "optical density"),
    ] {
      #expect { try body.validate() } throws: { ($0 as? OpticsError)?.quantity == quantity }
    }
  }
}

@Suite struct ShavedHair {
  /// What shaved dark hair takes from fair skin is nearly grey: no more than two fifths more red than green, and less in a
  /// pore, whose walls are skin.
  @Test(arguments: [26.0, 40])
  func darkShaftsOnFairSkinAreNearlyGrey(absorption: Double) {
    let area = removedArea(HairShaft(diameter: 0.075, absorption: absorption), in: SkinTone.presets[1])
    #expect(area.x > area.y && area.x < 1.42 * area.y)
    let mouth = follicleMouth().area
    #expect(mouth.x < mouth.y && mouth.y < mouth.z)
    #expect(mouth.y < 0.85 * area.y)
    #expect(follicleMouth(diameter: 0.1).area.y < 0.4 * mouth.y)
  }
}

@Suite struct DotClassing {
  @Test func classesKeepTheLightOfEveryImpression() {
    let skin = SkinTone.presets[1]
    let densities: [Float] = (0..<300).map { 0.5 + Float($0) * 0.02 }
    let diameters: [Float] = (0..<300).map { $0 % 2 == 0 ? 0.13 : 0.17 }
    let depths: [Float] = (0..<300).map { $0 % 3 == 0 ? 0.24 : 0.3 }
    let classes = DotClasses(diameters: diameters, depths: depths, densities: densities, in: skin)
    #expect(classes.profiles.count < 80)
    for i in 0..<300 {
      let own = removedArea(
        PigmentBody(
          diameter: Double(diameters[i]), depth: Double(depths[i]), opticalDensity: Double(densities[i])), in: skin)
      let shared = classes.profiles[Int(classes.classes[i])].area * Double(classes.strengths[i])
      // Two parts: profile against area table, and the power law inside a class.
      for c in 0..<3 { #expect(abs(shared[c] / own[c] - 1) < DotUnderSkin.areaAgreement + 0.02) }
    }
  }
}
