// Putting a picture together: skin times what the pigment leaves, oil, hair on top, the backdrop behind.

import HeadGeometry
import PNGImage
import SkinOptics

/// A plain studio backdrop, lighter in the middle.
public struct Backdrop: Sendable, Equatable {
  /// Linear Rec.709 in the middle and in the corners.
  public var middle: SIMD3<Float>
  public var corner: SIMD3<Float>

  public static let studio = Backdrop(middle: SIMD3(0.46, 0.48, 0.50), corner: SIMD3(0.20, 0.215, 0.235))

  @inline(__always)
  func colour(x: Int, y: Int, width: Int, height: Int) -> SIMD3<Float> {
    let dx = (Float(x) + 0.5) / Float(width) - 0.5
    let dy = (Float(y) + 0.5) / Float(height) - 0.42
    let t = smoothstep(0, 1, (dx * dx + dy * dy).squareRoot() * 1.35)
    return middle + (corner - middle) * t
  }
}

/// A view with the hair that is there: the before state, and the ground on which every later state is drawn.
public struct DressedView: Sendable {
  let view: ViewPlanes
  let ground: SplatPlanes
  let exposure: Float
  let backdrop: Backdrop

  /// - Parameters:
  ///   - shafts: hair below the skin.
  ///   - strands: hair above it.
  ///   - exposure: scene light to display light; 1.2 puts skin under the clinic key a little above its
  ///     own lightness, as a portrait does.
  public init(
    _ view: ViewPlanes, shafts: [Marks], strands: Strands, exposure: Float = 1.22, backdrop: Backdrop = .studio,
    threads: Int? = nil
  ) {
    var planes = SplatPlanes(pixels: view.width * view.height)
    for marks in shafts { view.add(marks, to: &planes, threads: threads) }
    view.add(strands, to: &planes, threads: threads)
    self.view = view
    ground = planes
    self.exposure = exposure
    self.backdrop = backdrop
  }

  /// The picture with `impressions` in the skin; none is the before picture.
  public func picture(impressions: [Marks] = [], threads: Int? = nil) -> RasterImage {
    ToneCurve.develop(
      light(impressions: impressions, threads: threads), width: view.width, height: view.height, threads: threads)
  }

  /// The same in linear light, before the tone curve: for measurements.
  public func light(impressions: [Marks] = [], threads: Int? = nil) -> [SIMD3<Float>] {
    var planes = ground
    for marks in impressions { view.add(marks, to: &planes, threads: threads) }
    let (width, height) = (view.width, view.height)
    let band = 32
    let (view, backdrop, exposure) = (view, backdrop, exposure)
    let density = planes.density
    let hair = planes.hair
    return [SIMD3<Float>](unsafeUninitializedCapacity: width * height) { buffer, count in
      nonisolated(unsafe) let out = buffer
      parallelTiles((height + band - 1) / band, threads: threads) { tile in
        for y in (tile * band)..<min(height, (tile + 1) * band) {
          for x in 0..<width {
            let i = y * width + x
            let c = view.coverage[i]
            var light = SIMD3<Float>.zero
            if c > 0 {
              let d = density[i]
              let keep = SIMD3(fastExp(-d.x), fastExp(-d.y), fastExp(-d.z))
              light = view.diffuse[i] * keep + view.specular[i]
            }
            if c < 1 {
              light += backdrop.colour(x: x, y: y, width: width, height: height) * ((1 - c) / exposure)
            }
            let h = hair[i]
            light = light * h.w + SIMD3(h.x, h.y, h.z)
            out.initializeElement(at: i, to: light * exposure)
          }
        }
      }
      count = width * height
    }
  }
}
