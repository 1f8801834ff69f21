// What is drawn on and in the skin: marks (anything that takes light away below the surface) and strands (hair above).

import SkinOptics

/// Many small absorbers under the skin: impressions, shaved hair shafts. Structure of arrays, one entry per mark.
public struct Marks: Sendable, Equatable {
  /// The kinds of mark; `style` indexes them.
  public var styles: [LossProfile]
  /// Places on the skin, mm.
  public var positions: [SIMD3<Float>]
  /// Unit normals there.
  public var normals: [SIMD3<Float>]
  /// Index into `styles`.
  public var style: [UInt16]
  /// Factor on the optical density of the style, 0 and up.
  public var strength: [Float]
  /// Which way what absorbs slants below the skin: marks are drawn out along it. Empty where all stand upright.
  public var slant: [SIMD3<Float>]
  /// Whether a hand set them, so that no two are alike: see `MarkShape`.
  public var isSetByHand = false
  /// Depth below the skin, mm: deeper marks lose more of their contrast at grazing angles.
  public var depth: Float

  public init(styles: [LossProfile], depth: Float = 0.24) {
    self.styles = styles
    self.depth = depth
    positions = []
    normals = []
    style = []
    strength = []
    slant = []
  }

  public var count: Int { positions.count }

  /// Adds one mark.
  public mutating func append(position: SIMD3<Float>, normal: SIMD3<Float>, style: Int, strength: Float) {
    positions.append(position)
    normals.append(normal)
    self.style.append(UInt16(style))
    self.strength.append(strength)
  }

  /// Adds one mark that slants. Marks of one list all slant or all stand upright.
  public mutating func append(
    position: SIMD3<Float>, normal: SIMD3<Float>, style: Int, strength: Float, slant: SIMD3<Float>
  ) {
    append(position: position, normal: normal, style: style, strength: strength)
    self.slant.append(slant)
  }
}

/// Hairs above the skin as straight pieces. Structure of arrays, one entry per piece.
public struct Strands: Sendable, Equatable {
  /// Ends of each piece, mm.
  public var root: [SIMD3<Float>] = []
  public var tip: [SIMD3<Float>] = []
  /// Skin normal at the root of the hair.
  public var normal: [SIMD3<Float>] = []
  /// Shaft diameter, mm.
  public var diameter: [Float] = []
  /// Linear Rec.709 albedo.
  public var colour: [SIMD3<Float>] = []
  /// A vertex near the root, whose light the hair takes.
  public var vertex: [UInt32] = []
  /// Share of that light which other hair lets through, 0 to 1.
  public var open: [Float] = []

  public init() {}

  public var count: Int { root.count }

  /// Adds one piece.
  public mutating func append(
    root: SIMD3<Float>, tip: SIMD3<Float>, normal: SIMD3<Float>, diameter: Float, colour: SIMD3<Float>,
    vertex: UInt32, open: Float = 1
  ) {
    self.root.append(root)
    self.tip.append(tip)
    self.normal.append(normal)
    self.diameter.append(diameter)
    self.colour.append(colour)
    self.vertex.append(vertex)
    self.open.append(open)
  }

  /// Adds all pieces of `other` after these.
  public mutating func append(_ other: Strands) {
    root += other.root
    tip += other.tip
    normal += other.normal
    diameter += other.diameter
    colour += other.colour
    vertex += other.vertex
    open += other.open
  }
}
