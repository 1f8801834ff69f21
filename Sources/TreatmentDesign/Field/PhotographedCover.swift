// Hair that a scan's colours show, as what is left of the natural hair.
//
// Where colours tell hair from skin they take the place of the loss pattern. At the border, which was laid where they show
// it, hair sets in by the border's own zone and not a second time by what the colours show there.
import Arithmetic
import Meshes
import ScalpGeometry

struct PhotographedCover: Sendable {
  /// Per vertex: share of the natural density that is left.
  let shares: [Float]
  /// Per vertex: 1 where the colours say so, 0 where there are none.
  let known: [Float]
  /// Whether it is drawn all the same: the scan's colours are not shown.
  let isDrawn: Bool

  /// `nil` where the head's colours show no hair, or are not to be asked.
  init?(on scalp: Scalp, isDrawn: Bool, threads: Int?) {
    guard let hair = scalp.head.photographedHair, hair.shares.count == scalp.head.mesh.positions.count else {
      return nil
    }
    let inside = scalp.region.distances
    shares = tabulate(inside.count, initial: 0, threads: threads) { i in
      mix(hair.shares[i], 1, hair.atBorder[i] * (1 - smoothstep(5, 14, inside[i])))
    }
    known = hair.known
    self.isDrawn = isDrawn
  }

  /// Scalp on which less than half of the hair is left, cm².
  func bareArea(on scalp: Scalp) -> Float {
    let inside = scalp.region.distances
    // Shares as lengths, so that one line is cut for both.
    return scalp.area(above: inside.indices.map { min(inside[$0], known[$0] > 0 ? 20 * (0.5 - shares[$0]) : -1) })
  }
}

extension Head {
  /// This head with the hair that its colours show, if `hair` takes it from them.
  func wearing(_ hair: ExistingHair) -> Head {
    guard let photographed = photographedHair else { return self }
    let isWorn =
      switch (hair.source, photographed.finding) {
      case (.drawn, _), (.detect, .none), (.detect, .unclear): false
      case (.texture, _), (.detect, .found): true
      }
    if isWorn { return self }
    var head = self
    head.photographedHair = nil
    return head
  }
}

extension CompiledDesign {
  /// Hair that the scan's colours show and that this design takes from them.
  public var photographedHair: PhotographedHair? { scalp.head.photographedHair }
}
