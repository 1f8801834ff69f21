import SkinOptics
import Testing

@Suite struct SkinColour {
  @Test(arguments: zip(SkinTone.presets, [66.84, 63.08, 58.8, 51.7, 41.9, 33.0]))
  func presetsHaveTheirLightness(skin: SkinTone, lightness: Double) {
    #expect(abs(Lab(linearRGB: skin.linearRGB).lightness - lightness) < 0.3)
  }

  @Test func monkStepsAreScalpsThatDarken() throws {
    var last = 100.0
    for (step, lightness) in zip(1..., [67.5, 66, 64, 61, 57, 51, 45, 38, 31.5, 26]) {
      let lab = Lab(linearRGB: try #require(SkinTone.monk(step)).linearRGB)
      #expect(abs(lab.lightness - lightness) < 0.1 && lab.lightness < last)
      #expect(lab.a > 4 && lab.b > 4, "skin is never grey")
      last = lab.lightness
    }
    #expect(SkinTone.monk(0) == nil && SkinTone.monk(11) == nil)
  }

  @Test func moreMelaninIsDarkerAndMoreBloodIsRedder() {
    let base = Lab(linearRGB: BareSkin.linearRGB(melanin: 0.02, blood: 0.008))
    #expect(Lab(linearRGB: BareSkin.linearRGB(melanin: 0.04, blood: 0.008)).lightness < base.lightness)
    #expect(Lab(linearRGB: BareSkin.linearRGB(melanin: 0.02, blood: 0.016)).a > base.a)
  }

  /// Oxyhaemoglobin is the redder of the two: at 660 nm it absorbs a tenth of what the other does.
  @Test func lessOxygenIsLessRed() {
    let red = BareSkin.reflectance(melanin: 0.01, blood: 0.01, oxygenation: 1)
    let blue = BareSkin.reflectance(melanin: 0.01, blood: 0.01, oxygenation: 0.2)
    #expect(red[13] > 1.02 * blue[13])
    #expect(
      Lab(linearRGB: Spectrum.linearRGB(reflectance: blue)).a < Lab(linearRGB: Spectrum.linearRGB(reflectance: red)).a)
  }

  @Test func aThickerEpidermisIsDarker() throws {
    let thin = try SkinTone(melanin: 0.04, blood: 0.01, thickness: 0.04)
    let thick = try SkinTone(melanin: 0.04, blood: 0.01, thickness: 0.08)
    for band in 0..<Spectrum.count { #expect(thick.reflectance[band] < thin.reflectance[band]) }
  }

  @Test func reflectanceFallsWithEveryAbsorber() {
    var last = [Double](repeating: 1, count: Spectrum.count)
    for melanin in [0, 0.0005, 0.002, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 1] {
      let here = BareSkin.reflectance(melanin: melanin, blood: 0.01)
      for band in 0..<Spectrum.count { #expect(here[band] < last[band] && here[band] > 0) }
      last = here
    }
  }

  @Test func scarsArePaler() {
    let skin = SkinTone.presets[2]
    #expect(Lab(linearRGB: skin.scarred.linearRGB).lightness > Lab(linearRGB: skin.linearRGB).lightness + 1)
  }

  @Test(arguments: [
    (-0.1, 0.01, 0.7, 0.06, "melanin"), (1.1, 0.01, 0.7, 0.06, "melanin"), (0.1, 0.5, 0.7, 0.06, "blood"),
    (0.1, 0.01, 2, 0.06, "oxygenation"), (0.1, 0.01, 0.7, 0, "thickness"), (.nan, 0.01, 0.7, 0.06, "melanin"),
  ])
  func impossibleSkinIsRefused(melanin: Double, blood: Double, oxygenation: Double, thickness: Double, quantity: String)
  {
    #expect {
      try SkinTone(melanin: melanin, blood: blood, oxygenation: oxygenation, thickness: thickness)
    } throws: { ($0 as? OpticsError)?.quantity == quantity }
  }

  @Test func whiteIsWhite() {
    let white = Lab(linearRGB: Spectrum.linearRGB(reflectance: Array(repeating: 1, count: 16)))
    #expect(abs(white.lightness - 100) < 0.1 && abs(white.a) < 0.3 && abs(white.b) < 0.3)
  }
}

@Suite struct Lights {
  /// Chromaticities of the CIE for the 2-degree observer: D65, A, LED-B3. Sums over 10 nm move the LED's narrow blue peak.
  @Test(arguments: [
    (Illuminant.daylight, 0.31272, 0.32903, 0.0005), (.tungsten, 0.44758, 0.40745, 0.0005),
    (.led, 0.3756, 0.3723, 0.003),
  ])
  func whitesHaveTheirChromaticity(light: Illuminant, x: Double, y: Double, tolerance: Double) {
    let white = light.white
    let sum = white.x + white.y + white.z
    #expect(abs(white.x / sum - x) < tolerance && abs(white.y / sum - y) < tolerance)
    #expect(abs(white.y - 1) < 1e-9)
  }

  @Test(arguments: Illuminant.allCases)
  func greyIsGreyUnderAnyLight(light: Illuminant) {
    let grey = light.lab(of: [Double](repeating: 0.3, count: Spectrum.count))
    #expect(abs(grey.a) < 0.05 && abs(grey.b) < 0.05 && abs(grey.lightness - 61.65) < 0.05)
  }

  @Test(arguments: SkinTone.presets)
  func daylightIsTheColourOfPictures(skin: SkinTone) {
    let a = Illuminant.daylight.lab(of: skin.reflectance)
    #expect(a.difference(from: Lab(linearRGB: skin.linearRGB)) < 0.1)
  }

  @Test func tungstenIsRedderOnSkin() {
    let skin = SkinTone.presets[1].reflectance
    #expect(Illuminant.tungsten.lab(of: skin).b != Illuminant.daylight.lab(of: skin).b)
    #expect(Illuminant.tungsten.lab(of: skin).difference(from: Illuminant.daylight.lab(of: skin)) > 1)
  }

  /// Pairs of the published test data for CIEDE2000 (Sharma, Wu & Dalal 2005, table 1).
  @Test(arguments: [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425), ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492), ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082), ((50, -1, 2), (50, 0, 0), 2.3669),
  ])
  func differencesAreThePublishedOnes(p: (Double, Double, Double), q: (Double, Double, Double), expected: Double) {
    let a = Lab(lightness: p.0, a: p.1, b: p.2)
    let b = Lab(lightness: q.0, a: q.1, b: q.2)
    #expect(abs(a.difference(from: b) - expected) < 1e-4)
    #expect(abs(b.difference(from: a) - expected) < 1e-4)
  }
}
