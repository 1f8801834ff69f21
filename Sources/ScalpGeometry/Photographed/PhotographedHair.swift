// The client's own hair as a scan's colours show it: where it is, how sure that is, how dark, and where it begins.

import Arithmetic
import Meshes

/// Hair that a scan's colours show.
public struct PhotographedHair: Sendable, Equatable {
  public enum Finding: Sendable, Equatable {
    /// Skin alone.
    case none
    /// Something that may be hair, and why it is not taken for it.
    case unclear(String)
    case found
  }
  public var finding = Finding.none
  /// Scalp on which hair shows, cm².
  public var area: Float = 0
  /// Minus the logarithm of the hair's luminance over that of the skin in the same light; below 0 for hair lighter than the
  /// skin. Where hair is full.
  public var darkness: Float = 0
  /// How many times its unevenness the hair differs from the skin, in tone, hue and grain together.
  public var separation: Float = 0
  /// Per vertex: how full the hair is there, 0 to 1.
  public var shares: [Float] = []
  /// Per vertex: 1 where the colours say whether there is hair, 0 where there is no colour, smooth between.
  public var known: [Float] = []
  /// Per vertex: 1 where the nearest border of hair is one that the colours show.
  public var atBorder: [Float] = []
  /// Per vertex: the skin's colour over the hair's, per channel of linear light: what makes bare skin of photographed hair.
  public var lifts: [SIMD3<Float>] = []
  /// Where the client's border of hair lies against the mean head's.
  public var border = BorderShift(spacing: 1, shifts: [], shown: [])
  /// Share of the border from temporal peak to temporal peak, and of all of it but the ears, that the colours show.
  public var frontShown: Float = 0
  public var borderShown: Float = 0

  /// Least that is taken for a head of hair rather than a mark on the skin, cm².
  static let leastArea: Float = 15
  /// Least of the face that must be skin.
  static let leastFace: Float = 0.3
  /// Least share of the border beside hair that must show where it begins: less, and skin and hair run into one another.
  static let leastClarity: Float = 0.7
  /// Widest border from skin to hair, mm: shading has none, hair has 5 to 15.
  static let widestEdge: Float = 22
}

extension PhotographedHair {
  /// Looks for hair in the colours of a head.
  ///
  /// Deterministic for any number of threads; n log n in the places looked at, about 60 ms for 200,000.
  ///
  /// - Parameters:
  ///   - skin: the head's colours.
  ///   - scalp: the head, with the mean head's border of hair.
  public init(_ skin: ColouredSkin, on scalp: Scalp, threads: Int? = nil) {
    let mesh = scalp.head.mesh
    let region = scalp.region
    let patches = SkinPatches(skin, on: mesh, threads: threads)
    if patches.count == 0 { return }
    let found = scalp.distance(to: region.border, band: ScalpRegion.band, threads: threads)
    let depths = patches.vertices.map { region.distances[Int($0)] }
    let isFront = patches.vertices.map { region.frontage[Int($0)] > 0.5 }
    let classes = HairClasses(patches, depths: depths, on: scalp.head, isFront: isFront, threads: threads)
    separation = classes.separation
    if classes.skinPatches < HairClasses.leastSkin {
      finding = .unclear("too little of the forehead has colours to tell the client's skin from")
      return
    }
    let onScalp = patches.positions.indices.filter { depths[$0] > BorderShift.outmost }
    let hairs = onScalp.filter { classes.hairiness[$0] > 0.5 }
    area = 0.01 * ScalpGeometry.area(patches, hairs)
    let isHair = area >= Self.leastArea && separation > 0
    lay(
      isHair ? classes.hairiness : classes.hairiness.map { _ in 0 }, patches, skin: classes.skin, on: scalp,
      threads: threads)
    if !isHair { return }
    let full = hairs.filter { classes.hairiness[$0] > 0.8 && depths[$0] > 3 }
    let steps = full.map { classes.skin[$0].x - patches.figures[$0].x }.sorted()
    if let middle = steps.indices.contains(steps.count / 2) ? steps[steps.count / 2] : nil { darkness = middle }
    if let doubt = doubt(patches, classes, depths, hairs: hairs, full: full) {
      finding = .unclear(doubt)
      return
    }
    let border = BorderShift(
      patches, hairiness: classes.hairiness, depths: depths, alongs: patches.vertices.map { found.alongs[Int($0)] },
      length: region.border.length, hidden: region.earSpans)
    if border.clarity < Self.leastClarity {
      finding = .unclear("where it begins hardly shows")
      return
    }
    finding = .found
    self.border = border
    (frontShown, borderShown) = shownParts(region)
    atBorder = tabulate(mesh.positions.count, initial: 0, threads: threads) { i in
      found.distances[i] < found.band ? border.shown(at: found.alongs[i]) : 0
    }
  }

  /// Brings what the patches say to the vertices.
  private mutating func lay(
    _ hairiness: [Float], _ patches: SkinPatches, skin: [SkinFigures], on scalp: Scalp, threads: Int?
  ) {
    let mesh = scalp.head.mesh
    let inside = scalp.region.distances
    // Patch by patch, share of hair, and by what the skin's red, green and blue are lighter.
    let values = patches.positions.indices.map { i -> SIMD4<Float> in
      let lift: SIMD3<Float> = channels(skin[i]) - channels(patches.figures[i])
      return SIMD4(hairiness[i], lift.x, lift.y, lift.z)
    }
    let laid = tabulate(mesh.positions.count, initial: SIMD4<Float>?.none, threads: threads) { i in
      inside[i] > -ScalpRegion.band ? patches.value(values, at: mesh.positions[i], normal: mesh.normals[i]) : nil
    }
    // What differs little is skin as uneven as skin is, what differs much hair as uneven as hair.
    shares = laid.map { clamp((($0?.x ?? 0) - 0.1) / 0.8, 0, 1) }
    known = laid.map { $0 == nil ? 0 : 1 }
    atBorder = [Float](repeating: 0, count: laid.count)
    lifts = zip(laid, shares).map { laid, share in
      guard let laid, share > 0 else { return SIMD3(repeating: 1) }
      var lift = SIMD3<Float>(repeating: 1)
      for k in 0..<3 { lift[k] = exponential(clamp(share * laid[k + 1], -3, 3)) }
      return lift
    }
  }

  /// Why what was found may be no hair; `nil` where nothing speaks against it.
  private func doubt(
    _ patches: SkinPatches, _ classes: HairClasses, _ depths: [Float], hairs: [Int], full: [Int]
  ) -> String? {
    if classes.faceShare < Self.leastFace {
      return "the face is not of the forehead's colour, so it is not clear which is skin"
    }
    if separation < HairClasses.sureSeparation { return "it differs little from the skin" }
    if classes.isRedder { return "it is redder than the skin and as smooth: sunburn?" }
    // Hair is black, brown, blonde, red, grey or white: never bluer than grey, never greener.
    let (red, blue) = (median(full.map { patches.figures[$0].y }), median(full.map { patches.figures[$0].z }))
    if blue > 0.2 || red < -0.12 { return "it is of no colour that hair has: a cap or a band?" }
    // From skin to hair it is a few millimetres; what changes over half of the head is shade.
    let edge = hairs.filter { i in
      depths[i] < 40 && patches.around(i).contains { classes.hairiness[Int($0)] <= 0.5 }
    }
    let between = patches.positions.indices.filter {
      depths[$0] > BorderShift.outmost && depths[$0] < 20 && classes.hairiness[$0] > 0.25
        && classes.hairiness[$0] < 0.75
    }
    let width = ScalpGeometry.area(patches, between) / max(Float(edge.count) * SkinPatches.width, 1)
    if width > Self.widestEdge { return "it has no border: shade on the skin?" }
    return nil
  }

  /// Shares of the border that are shown: between the temporal peaks, and of all but the ears.
  private func shownParts(_ region: ScalpRegion) -> (front: Float, all: Float) {
    var front = SIMD2<Float>.zero
    var all = SIMD2<Float>.zero
    for (i, shown) in border.shown.enumerated() {
      let along = Float(i) * border.spacing
      if region.earSpans.contains(where: { $0.contains(along) }) { continue }
      all += SIMD2(shown, 1)
      if region.frontSpan.contains(along) { front += SIMD2(shown, 1) }
    }
    return (front.x / max(front.y, 1), all.x / max(all.y, 1))
  }
}

private func median(_ values: [Float]) -> Float { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
