// Reflection at the surface of skin: two GGX lobes (Walter and others. Microfacet models for refraction through rough
// surfaces. 2007), a narrow one of the film of sebum and a wide one of the horny layer below, as skin is measured
// (Weyrich and others. Analysis of human faces. 2006). Oil narrows the first lobe and gives it more of the weight; the
// light it reflects in all does not grow, it is only gathered.
//
// Facets mask each other as Smith's height-correlated function says (Heitz. Understanding the masking-shadowing function
// in microfacet-based BRDFs. 2014), Fresnel after Schlick. Light that one facet throws on another is not followed: at the
// reflectance of skin, 97 % of it enters there and counts as light under the skin; what is left is under 0.0005 of all.
// What the lobes reflect of light from everywhere is kept as a table over the viewing angle, so that the light that
// enters the skin is what the surface leaves: no energy is made.

import Arithmetic
import CLanes

struct SkinGloss: Sendable {
  /// Reflectance of the skin's surface seen from straight above (refractive index 1.4).
  static let normalReflectance: Float = 0.028

  /// Reflectance of a facet that light meets at this cosine.
  @inline(__always)
  static func fresnel(_ cosine: Float) -> Float {
    normalReflectance + (1 - normalReflectance) * power5(max(1 - cosine, 0))
  }

  private static let cells = 16
  /// Share of light from everywhere that is reflected, over the cosine of the viewing angle.
  private let reflected: [Float]

  /// - Parameter oil: 0 matt to 1 oily.
  init(oil: Float) {
    let lobes = Lobes(oil: oil)
    reflected = (0...Self.cells).map { i in
      let nv = max(Float(i) / Float(Self.cells), 0.02)
      return min(lobes.reflected(nv: nv), 1)
    }
  }

  /// The share of light from everywhere that is reflected towards a viewer at cosine `nv`.
  @inline(__always)
  func albedo(_ nv: Float) -> Float {
    let x = held(nv * Float(Self.cells), 0, Float(Self.cells) - 1e-3)
    let i = Int(x)
    return reflected[i] + (reflected[i + 1] - reflected[i]) * (x - Float(i))
  }

  /// The two lobes at one degree of oiliness.
  struct Lobes {
    /// Squared roughness of the narrow and of the wide lobe.
    private let sharp: Float
    private let wide: Float
    private let weight: Float

    @inline(__always)
    init(oil: Float) {
      // Dry skin has hardly a film; a wet one is nearly as smooth as water on it. What is broader about a highlight as
      // cameras measure it comes of the relief, which is drawn (SkinShader.swift).
      let dryness = 1 - max(oil, 0).squareRoot()
      let a = 0.08 + 0.28 * dryness * dryness
      sharp = a * a
      wide = 0.60 * 0.60
      weight = 0.44 + 0.48 * oil
    }

    /// Light reflected per unit of radiance and solid angle, without the cosine of the lamp.
    ///
    /// - Parameters:
    ///   - nv: cosines of viewer and lamp with the normal, above 0; the half vector's with normal and viewer.
    ///   - widening: squared roughness added for a lamp's width and for relief that pixels do not resolve.
    @inline(__always)
    func light(nv: Float, nl: Float, nh: Float, vh: Float, widening: Float) -> Float {
      SkinGloss.fresnel(vh)
        * (weight * facets(nv, nl, nh, sharp + widening) + (1 - weight) * facets(nv, nl, nh, wide + widening))
    }

    /// The light of a lamp with an outline, per unit of its radiance and solid angle, without its cosine. The narrow lobe
    /// mirrors the outline: what counts is the share of its facets that throw the view on the lamp, which is worked out
    /// where the view's mirrored rays meet the lamp's plane. Over all normals it is the light that `light` gives.
    ///
    /// - Parameters:
    ///   - mirrored: the view mirrored at the surface.
    ///   - unresolved: squared roughness added for relief that pixels do not resolve.
    @inline(__always)
    func light(
      nv: Float, nl: Float, nh: Float, vh: Float, mirrored: SIMD3<Float>, lamp: LampOutline, unresolved: Float
    ) -> Float {
      let squared = min(sharp + unresolved, 1)
      // A facet that tilts by an angle turns the mirrored ray by twice as much, less across where it is met aslant.
      let share = lamp.share(mirrored, squaredWidth: 4 * vh * squared)
      let narrow = 4 * vh * share / max(nh, 0.1) * lamp.perSolidAngle * Self.masking(nv, nl, squared)
      return SkinGloss.fresnel(vh)
        * (weight * narrow + (1 - weight) * facets(nv, nl, nh, wide + lamp.widening + unresolved))
    }

    /// Share of light from everywhere that is reflected towards a viewer at cosine `nv`.
    fileprivate func reflected(nv: Float) -> Float {
      weight * Self.reflected(nv: nv, squared: sharp, fresnel: SkinGloss.fresnel)
        + (1 - weight) * Self.reflected(nv: nv, squared: wide, fresnel: SkinGloss.fresnel)
    }

    /// The same for one lobe of facets that reflect `fresnel` of the light at the cosine they meet it: over facets in
    /// equal shares of their area seen from above, all their directions weighed alike.
    static func reflected(nv: Float, squared: Float, fresnel: (Float) -> Float) -> Float {
      let view = SIMD3((1 - nv * nv).squareRoot(), 0, nv)
      let (rings, spokes) = (48, 32)
      var sum: Float = 0
      for a in 0..<rings {
        let u = (Float(a) + 0.5) / Float(rings)
        let tangent2 = squared * u / (1 - u)
        let nh = 1 / (1 + tangent2).squareRoot()
        let sine = (1 - nh * nh).squareRoot()
        for b in 0..<spokes {
          let t = turn(180 * (Double(b) + 0.5) / Double(spokes))
          let h = SIMD3(sine * t.cosine, sine * t.sine, nh)
          let vh = dot(view, h)
          let nl = 2 * vh * nh - nv
          if vh <= 0 || nl <= 0 { continue }
          sum += fresnel(vh) * masking(nv, nl, squared) * 4 * nl * vh / nh
        }
      }
      return sum / Float(rings * spokes)
    }

    @inline(__always)
    private func facets(_ nv: Float, _ nl: Float, _ nh: Float, _ squared: Float) -> Float {
      let a2 = min(squared, 1)
      let d = nh * nh * (a2 - 1) + 1
      return a2 / (Float.pi * d * d) * Self.masking(nv, nl, a2)
    }

    /// Share of facets that neither viewer nor lamp misses, over four times both cosines.
    @inline(__always)
    private static func masking(_ nv: Float, _ nl: Float, _ a2: Float) -> Float {
      0.5 / max(nl * lane_sqrt1(nv * nv * (1 - a2) + a2) + nv * lane_sqrt1(nl * nl * (1 - a2) + a2), 1e-3)
    }
  }
}
