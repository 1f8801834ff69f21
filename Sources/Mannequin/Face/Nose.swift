// The nose: cones for bridge, dorsum, side walls and columella, ellipsoids for tip and wings, nostrils cut out.

/// The numbers of the nose, mm; parts off the midline are mirrored.
struct NoseShape: Sendable, Equatable {
  struct Cone: Sendable, Equatable {
    var from: [Double]
    var radiusFrom: Double
    var to: [Double]
    var radiusTo: Double
  }
  struct Lobe: Sendable, Equatable {
    var centre: [Double]
    var radii: [Double]
    /// Width of the fillet with the parts before it.
    var fillet: Float
  }
  var cones: [Cone]
  var coneFillet: Float = 5
  var lobes: [Lobe]
  var fillet: Float = 8
  var nostril: Lobe
  /// A second, narrower carving along the alar crease: curve, deviation and depth.
  var crease: [[Double]]
  var creaseSigma = 1.3
  var creaseDepth = 1.1

  static let plain = NoseShape(
    cones: [
      Cone(from: [0, 22, 83.2], radiusFrom: 6.6, to: [0, 2, 94.2], radiusTo: 7.3),
      Cone(from: [0, 2, 94.2], radiusFrom: 7.3, to: [0, -16, 106.8], radiusTo: 7.8),
      Cone(from: [3, 13, 78.5], radiusFrom: 4.5, to: [8.5, -17, 91.5], radiusTo: 7.5),
      Cone(from: [0, -24.5, 110.8], radiusFrom: 3.4, to: [0, -30.5, 100.5], radiusTo: 4),
    ],
    lobes: [
      Lobe(centre: [0, -18.6, 108.6], radii: [8.2, 7.8, 9.8], fillet: 7),
      Lobe(centre: [11.2, -23, 99.2], radii: [6.7, 6.8, 9.6], fillet: 5.5),
    ],
    nostril: Lobe(centre: [6.2, -29.8, 103.6], radii: [2.9, 3.6, 6], fillet: 2.5),
    crease: [[15, -15.5, 99], [18.6, -20, 96], [20, -26, 94], [18, -31, 94]])
}

/// The field of the nose, for x >= 0.
struct Nose: Sendable {
  private let cones: [Tube]
  private let coneFillet: Float
  private let lobes: [(shape: EllipsoidShape, fillet: Float)]
  private let fillet: Float
  private let nostril: EllipsoidShape
  private let nostrilFillet: Float
  private let crease: Tube?
  private let creaseInverseVariance: Float
  private let creaseDepth: Float
  private let bounds: FieldBox
  /// Most that fillets can add to the parts, and the fillet towards the skin.
  private let fillets: Float

  /// - Parameter size: scales the nose about its root.
  init(_ shape: NoseShape, size: Double) {
    func place(_ p: [Double]) -> (Double, Double, Double) {
      (p[0] * size, 20 + (p[1] - 20) * size, 84 + (p[2] - 84) * size)
    }
    func ellipsoid(_ lobe: NoseShape.Lobe) -> EllipsoidShape {
      let c = place(lobe.centre)
      return EllipsoidShape(
        Float(c.0), Float(c.1), Float(c.2), radii: Float(lobe.radii[0] * size), Float(lobe.radii[1] * size),
        Float(lobe.radii[2] * size))
    }
    cones = shape.cones.map { Tube(cone: place($0.from), $0.radiusFrom * size, to: place($0.to), $0.radiusTo * size) }
    coneFillet = shape.coneFillet
    lobes = shape.lobes.map { (ellipsoid($0), $0.fillet) }
    fillet = shape.fillet
    nostril = ellipsoid(shape.nostril)
    nostrilFillet = shape.nostril.fillet
    let placed = shape.crease.map { [place($0).0, place($0).1, place($0).2, 0] }
    crease = shape.creaseDepth > 0 ? Tube(placed, step: 1.5) : nil
    creaseInverseVariance = Float(1 / (shape.creaseSigma * shape.creaseSigma))
    creaseDepth = Float(shape.creaseDepth)
    var low = SIMD3<Float>(repeating: .infinity)
    var high = -low
    func include(_ p: (Double, Double, Double), _ r: [Double]) {
      for k in 0..<3 {
        let v = [p.0, p.1, p.2][k]
        low[k] = min(low[k], Float(v - r[k]))
        high[k] = max(high[k], Float(v + r[k]))
      }
    }
    for c in shape.cones {
      include(place(c.from), [Double](repeating: c.radiusFrom, count: 3))
      include(place(c.to), [Double](repeating: c.radiusTo, count: 3))
    }
    for l in shape.lobes { include(place(l.centre), l.radii) }
    bounds = FieldBox(low: low, high: high)
    fillets =
      shape.fillet + (shape.coneFillet * Float(shape.cones.count - 1) + shape.lobes.reduce(0) { $0 + $1.fillet }) / 4
  }

  /// `f` with the nose joined on and the nostrils cut out.
  @inline(__always)
  func joined(to f: Float, _ x: Float, _ y: Float, _ z: Float) -> Float {
    var nose = cones[0].value(x, y, z)
    for i in 1..<cones.count { nose = smoothMin(nose, cones[i].value(x, y, z), coneFillet) }
    for i in lobes.indices { nose = smoothMin(nose, lobes[i].shape.value(x, y, z), lobes[i].fillet) }
    var result = smoothMin(f, nose, fillet)
    result = smoothMax(result, -nostril.value(x, y, z), nostrilFillet)
    if let crease {
      result += creaseDepth * falloff(crease.squaredDistance(x, y, z) * creaseInverseVariance)
    }
    return result
  }

  /// A lower bound over a box of what the skin must exceed for the nose to matter.
  func lowerBound(_ box: FieldBox) -> Float { box.distance(to: bounds) - fillets }
}
