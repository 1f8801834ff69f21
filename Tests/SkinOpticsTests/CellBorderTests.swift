import Testing

@testable import SkinOptics

/// A number and its neighbours.
private func around(_ v: Double) -> [Double] { [v.nextDown, v, v.nextUp] }

private let wild: [Double] = [
  .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, -1, 1e20, -1e20, -0.0,
]

/// Tables of skin and pigment, asked exactly at their nodes, at their ends, and where they end.
@Suite struct CellBorders {
  private let skin = SkinTone.presets[2]
  private let body = PigmentBody(diameter: 0.2, depth: 0.24, opticalDensity: 2)

  @Test func bareSkinAtItsNodes() {
    for epidermis in TableAxes.epidermis.flatMap(around) + wild {
      for dermis in [TableAxes.dermis[0], TableAxes.dermis[TableAxes.dermis.count - 1]].flatMap(around) + wild {
        #expect(BareSkin.reflectance(band: 0, epidermis: epidermis, dermis: dermis).isFinite)
      }
    }
  }

  @Test func absorbersAtTheirNodes() {
    for depth in TableAxes.depths.flatMap(around) + wild {
      for diameter in TableAxes.diameters.flatMap(around) + wild {
        _ = removedArea(PigmentBody(diameter: diameter, depth: depth, opticalDensity: 2), in: skin)
      }
    }
  }

  @Test func profilesAtTheirSteps() {
    let profile = lossProfile(body, in: skin)
    for k in 0...profile.core.count + 1 {
      for r in around(Double(k) * profile.step) {
        #expect(profile.localLoss(at: r).x.isFinite)
        #expect(profile.localArea(beyond: r).x.isFinite)
      }
    }
    for r in wild {
      _ = profile.loss(at: r)
      _ = profile.localArea(beyond: r)
      if !(abs(r) > 1e6) { _ = profile.spread(within: r) }
    }
    for sigma in [0, -0.0, .nan, 1e-12, 0.01, 0.3, 3] { #expect(!profile.blurred(sigma: sigma).core.isEmpty) }
    #expect(profile.blurred(sigma: 0).core == profile.core)
    for radius in [0, 1, -1, -Double.infinity, .nan] {
      #expect(paleDisc(radius: radius, lightening: SIMD3(repeating: 0.1)).core.count >= 2)
    }
  }

  @Test func classesAtTheirBorders() {
    var sizes: [Float] = [0.02, 1, 0.05, 0.6, .nan, .infinity, -.infinity, -1, 0, 1e30]
    // Steps of a tenth in the logarithm, from half a step on
    for k in 0...40 { sizes.append(k == 0 ? 0.02 * 1.051_271_1 : sizes[sizes.count - 1] * 1.105_170_9) }
    var depths: [Float] = [0.12, 1.5, .nan, .infinity, -.infinity, -1]
    for k in 0...46 { depths.append(0.12 + 0.03 * (Float(k) + 0.5)) }
    for density: Float in [0, 0.001, Float(0.001).nextDown, 64, Float(64).nextUp, .infinity, .nan, -1] {
      for depth in depths {
        let classes = DotClasses(
          diameters: [sizes[0], sizes[1]], depths: [depth, depth], densities: [density, density], in: skin)
        #expect(classes.classes.count == 2)
      }
      for size in sizes {
        let classes = DotClasses(diameters: [size], depths: [0.24], densities: [density], in: skin)
        #expect(classes.profiles.count == 1)
      }
    }
  }
}
