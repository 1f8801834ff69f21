// Reflection at the surface of skin: two GGX lobes (Walter and others. Microfacet models for refraction through rough
// surfaces. 2007), a narrow one of the film of sebum and a wide one of the horny layer below, as skin is measured
// (Weyrich and others. Analysis of human faces. 2006). Oil narrows the first lobe and gives it more of the weight; the
// light it reflects in all does not grow, it is only gathered.
//
// Visibility of facets after Hammon (PBR diffuse lighting for GGX+Smith microsurfaces. 2017), Fresnel after Schlick.
// What the lobes reflect of light from everywhere is kept as a table over the viewing angle, so that the light that
// enters the skin is what the surface leaves: no energy is made.

import HeadGeometry

struct SkinGloss: Sendable {
  /// Reflectance of the skin's surface seen from straight above (refractive index 1.4).
  static let normalReflectance: Float = 0.028

  private static let cells = 16
  /// Share of light from everywhere that is reflected, over the cosine of the viewing angle.
  private let reflected: [Float]

  /// - Parameter oil: 0 matt to 1 oily.
  init(oil: Float) {
    let lobes = Lobes(oil: oil)
    reflected = (0...Self.cells).map { i in
      let nv = max(Float(i) / Float(Self.cells), 0.02)
      let view = SIMD3((1 - nv * nv).squareRoot(), 0, nv)
      var sum: Float = 0
      let (rings, spokes) = (24, 32)
      for a in 0..<rings {
        let nl = (Float(a) + 0.5) / Float(rings)
        let sine = (1 - nl * nl).squareRoot()
        for b in 0..<spokes {
          let t = turn(180 * (Double(b) + 0.5) / Double(spokes))
          let l = SIMD3(sine * t.cosine, sine * t.sine, nl)
          let h = normalized(l + view)
          sum += lobes.light(nv: nv, nl: nl, nh: h.z, vh: dot(h, view), widening: 0) * nl
        }
      }
      return min(sum * 2 * Float.pi / Float(rings * spokes), 1)
    }
  }

  /// The share of light from everywhere that is reflected towards a viewer at cosine `nv`.
  @inline(__always)
  func albedo(_ nv: Float) -> Float {
    let x = clamp(nv * Float(Self.cells), 0, Float(Self.cells) - 1e-3)
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
      // Dry skin has hardly a film; a wet one is nearly as smooth as water on it.
      let a = 0.52 - 0.41 * max(oil, 0).squareRoot()
      sharp = a * a
      wide = 0.60 * 0.60
      weight = 0.40 + 0.52 * oil
    }

    /// Light reflected per unit of radiance and solid angle, without the cosine of the lamp.
    ///
    /// - Parameters:
    ///   - nv: cosines of viewer and lamp with the normal, above 0; the half vector's with normal and viewer.
    ///   - widening: squared roughness added for a lamp's width and for relief that pixels do not resolve.
    @inline(__always)
    func light(nv: Float, nl: Float, nh: Float, vh: Float, widening: Float) -> Float {
      let fresnel = SkinGloss.normalReflectance + (1 - SkinGloss.normalReflectance) * power5(max(1 - vh, 0))
      return fresnel
        * (weight * facets(nv, nl, nh, sharp + widening) + (1 - weight) * facets(nv, nl, nh, wide + widening))
    }

    @inline(__always)
    private func facets(_ nv: Float, _ nl: Float, _ nh: Float, _ squared: Float) -> Float {
      let a2 = min(squared, 1)
      let d = nh * nh * (a2 - 1) + 1
      let rough = a2.squareRoot()
      let masking = 0.5 / max(2 * nl * nv + (nl + nv - 2 * nl * nv) * rough, 1e-3)
      return a2 / (Float.pi * d * d) * masking
    }
  }
}
