// The hair that is there: what nature planted, less what was lost.
//
// Natural density is nearly even, lower at the temples (44 follicular units per cm² at the temple apex against 80 and
// more on the back; Keene 2006, Jimenez 1999) and it sets in over a border zone of about a centimetre, as a young
// hairline's transition zone does.
import Arithmetic
import Meshes
import ScalpGeometry

/// Hair on a head as density and calibre fields.
struct HairCover: Sendable {
  let loss: LossPattern
  /// What the scan's colours show of it, if they do.
  private let photographed: PhotographedCover?
  /// Scalp that is bald or thin, cm².
  let bareArea: Float
  /// Hairs per cm² where nothing is lost.
  let density: Float
  /// Per vertex: share of that density that grows there naturally.
  private let natural: [Float]
  /// Per vertex: width of the border zone, mm.
  private let feather: [Float]
  private let ragged: SpaceIrregularity
  /// Share of the density on the border line itself.
  private static let edge = smoothstepPosition(of: 0.35)

  /// - Parameter drawsPhotographed: whether hair that the scan's colours show is drawn all the same, as those are not shown.
  init(
    _ hair: ExistingHair, seed: UInt64, drawsPhotographed: Bool = false, on scalp: Scalp, threads: Int?
  ) throws(CompileError) {
    try check(hair.density, in: 0...600, "per cm²", layer: nil, "hair.density")
    loss = try LossPattern(hair, seed: seed, on: scalp, threads: threads)
    photographed = PhotographedCover(on: scalp, isDrawn: drawsPhotographed, threads: threads)
    bareArea = photographed?.bareArea(on: scalp) ?? loss.area
    density = Float(hair.density)
    ragged = SpaceIrregularity(random: CounterRandom(seed: seed, stream: RandomStream.hairBorder), spacing: 5)
    let frame = scalp.frame
    let positions = scalp.head.mesh.positions
    natural = tabulate(positions.count, initial: 1, threads: threads) { i in
      let place = frame.coordinates(of: positions[i])
      let shares = frame.shares(up: place.up, side: place.side)
      let temple = smoothstep(0.4, 0.75, abs(shares.t)) * (1 - smoothstep(0.42, 0.62, shares.s))
      return 1 - 0.1 * temple
    }
    // 7 mm at forehead and temples, 10 mm at the nape, less on the narrow sideburn.
    let closure = scalp.region.closure
    feather = tabulate(positions.count, initial: 7, threads: threads) { i in
      let sideburn = closure[i] * smoothstep(-50, -20, positions[i].z)
      return mix(mix(7, 10, closure[i]), 4, sideburn)
    }
  }

  /// Natural density at a place, per cm².
  @inline(__always)
  func natural(_ corners: FieldCorners, inside: Float, at position: SIMD3<Float>) -> Float {
    if inside < -20 { return 0 }
    return density * corners.value(natural) * border(corners, inside: inside, at: position)
  }

  /// Share of the full density that nature plants at a place, the border zone aside.
  @inline(__always)
  func naturalShare(_ corners: FieldCorners) -> Float { corners.value(natural) }

  /// How far the border zone has risen at a place, 0 to 1.
  @inline(__always)
  func border(_ corners: FieldCorners, inside: Float, at position: SIMD3<Float>) -> Float {
    if inside < -20 { return 0 }
    if inside > 25 { return 1 }
    return risen(inside + 1.6 * ragged(position), feather: corners.value(feather), edgeAt: Self.edge)
  }

  /// Share of the natural density that remains, scars aside.
  @inline(__always)
  func residual(_ corners: FieldCorners) -> Float {
    let left = corners.value(loss.residual) * loss.besideParting(corners)
    guard let photographed else { return left }
    return mix(left, corners.value(photographed.shares), corners.value(photographed.known))
  }

  /// Share of the hair to draw: what the scan's colours show is there already.
  @inline(__always)
  func drawnShare(_ corners: FieldCorners) -> Float {
    guard let photographed, !photographed.isDrawn else { return 1 }
    return 1 - corners.value(photographed.known)
  }

  /// Shaft diameter that loss has left, as a share.
  @inline(__always)
  func keptCalibre(_ corners: FieldCorners) -> Float {
    let kept = corners.value(loss.calibre)
    // Colours show thin hair as little hair.
    return photographed.map { mix(kept, 1, corners.value($0.known)) } ?? kept
  }

  /// Shaft diameter over the diameter of untouched hair: thinner where hair was lost and in the border zone.
  @inline(__always)
  func calibre(_ corners: FieldCorners, inside: Float) -> Float {
    keptCalibre(corners) * mix(0.75, 1, smoothstep(-2, 12, inside))
  }
}
