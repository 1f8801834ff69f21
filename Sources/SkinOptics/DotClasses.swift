// Many impressions by few profiles. Impressions of one treatment differ a little in load, width and depth; those that differ
// by less than the eye sees share a profile, and what is left of the difference in darkness is a factor.

import Arithmetic

/// Impressions sorted into classes of alike ones.
public struct DotClasses: Sendable {
  /// One profile per class.
  public var profiles: [LossProfile] = []
  /// Body that stands for each class.
  public var bodies: [PigmentBody] = []
  /// Class of each impression.
  public var classes: [UInt16] = []
  /// Factor on the optical density of the class's profile, per impression.
  public var strengths: [Float] = []

  /// Steps between classes: in the logarithms of optical density and of diameter, and in depth, mm.
  private static let densityStep: Float = 0.25
  private static let diameterStep: Float = 0.1
  private static let depthStep: Float = 0.03

  /// Sorts impressions.
  ///
  /// - Parameters:
  ///   - diameters: of the pigment, mm, one per impression; held to 0.02 to 1.
  ///   - depths: of its centre below the surface, mm; held to 0.12 to 1.5.
  ///   - densities: optical density along the axis at 550 nm, not negative; under 0.001, an impression has strength 0.
  ///   - ink: of all of them.
  ///   - skin: the skin that it lies under.
  /// - Precondition: the three arrays are equally long, and there are fewer than 65,536 classes (there are some tens).
  public init(diameters: [Float], depths: [Float], densities: [Float], ink: Ink = .carbon, in skin: SkinTone) {
    precondition(diameters.count == depths.count && depths.count == densities.count)
    let count = diameters.count
    let rows = 64
    var cells = [Int32](repeating: 0, count: count)
    // Which cells of the grid over (density, diameter, depth) are used.
    var classOf = [Int32](repeating: -1, count: rows * rows * rows)
    var last = (diameter: Float(-1), depth: Float(-1), cell: 0)
    for i in 0..<count {
      if diameters[i] != last.diameter || depths[i] != last.depth {
        // Cells up to 39, 46 and 44 of `rows`
        let d = Int(logarithm(held(diameters[i], 0.02, 1) / 0.02) / Self.diameterStep + 0.5)
        let z = Int((held(depths[i], 0.12, 1.5) - 0.12) / Self.depthStep + 0.5)
        last = (diameters[i], depths[i], d * rows + z)
      }
      let density = densities[i]
      let q = density < 0.001 ? 0 : Int(logarithm(held(density, 0.001, 64) / 0.001) / Self.densityStep + 0.5)
      let cell = q * rows * rows + last.cell
      cells[i] = Int32(cell)
      classOf[cell] = 0
    }
    var classCount = 0
    for cell in classOf.indices where classOf[cell] == 0 {
      classOf[cell] = Int32(classCount)
      classCount += 1
    }
    // The mean of its members stands for a class.
    var sums = [SIMD4<Double>](repeating: .zero, count: classCount)
    classes = cells.map { UInt16(classOf[Int($0)]) }
    for i in 0..<count {
      sums[Int(classes[i])] += SIMD4(Double(diameters[i]), Double(depths[i]), Double(densities[i]), 1)
    }
    var growth: [Float] = []
    var middle: [Float] = []
    for sum in sums {
      let body = PigmentBody(
        diameter: max(sum.x / sum.w, 0.02), depth: sum.y / sum.w, opticalDensity: max(sum.z / sum.w, 1e-6), ink: ink)
      bodies.append(body)
      profiles.append(lossProfile(body, in: skin))
      middle.append(Float(body.opticalDensity))
      // How removed light grows with density there, as a power.
      var denser = body
      denser.opticalDensity *= 1.1
      let ratio = removedArea(denser, in: skin).y / max(removedArea(body, in: skin).y, 1e-12)
      growth.append(Float(logarithm(ratio) / logarithm(1.1)))
    }
    strengths = (0..<count).map { i in
      let k = Int(classes[i])
      if densities[i] < 0.001 { return 0 }
      return 1 + growth[k] * (densities[i] / middle[k] - 1)
    }
  }
}
