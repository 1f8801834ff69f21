// Putting a picture together: skin times what the pigment leaves, oil, hair on top, the backdrop behind.

import HeadGeometry
import PNGImage
import SkinOptics

/// A view with the hair that is there: the before state, and the ground on which every later state is drawn.
public struct DressedView: Sendable {
  let view: ViewPlanes
  let ground: SplatPlanes
  let backdrop: Backdrop?

  /// - Parameters:
  ///   - shafts: hair below the skin.
  ///   - strands: hair above it.
  ///   - background: what is behind the head.
  public init(
    _ view: ViewPlanes, shafts: [Marks], strands: Strands, background: Background = .clinic, threads: Int? = nil
  ) {
    var planes = SplatPlanes(pixels: view.width * view.height, threads: threads)
    for marks in shafts { view.add(marks, to: &planes.density, threads: threads) }
    view.add(strands, to: &planes, threads: threads)
    self.view = view
    ground = planes
    backdrop = background.backdrop
  }

  /// Size of its pictures, pixels.
  public var width: Int { view.width / view.supersampling }
  public var height: Int { view.height / view.supersampling }

  /// The picture with `impressions` in the skin; none is the before picture. Where the background is transparent, it is
  /// black here.
  public func picture(impressions: [Marks] = [], threads: Int? = nil) -> RasterImage {
    let (width, height) = (width, height)
    let window = view.projection.window
    let (left, top) = (window.x / view.supersampling, window.y / view.supersampling)
    let full = window.fullWidth / view.supersampling
    let density = density(with: impressions, threads: threads)
    let bytes = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      nonisolated(unsafe) let out = buffer
      eachRow(density, threads: threads) { y, row in
        for x in 0..<width {
          let grain = grain(x: x + left, y: y + top, width: full)
          let light = row[x]
          for c in 0..<3 {
            let code = displayCode(clamp(ToneCurve.shoulder(light[c]), 0, 1))
            out.initializeElement(at: (y * width + x) * 3 + c, to: UInt8(min(255, code + grain)))
          }
        }
      }
      count = width * height * 3
    }
    return RasterImage(width: width, height: height, pixels: bytes)
  }

  /// The picture with 16 bits per sample, or with straight alpha where the background is transparent, or both.
  public func samples(impressions: [Marks] = [], bits16: Bool, threads: Int? = nil) -> PNGPixels {
    let (width, height) = (width, height)
    let channels: PNGPixels.Channels = backdrop == nil ? .rgba : .rgb
    let perPixel = channels.rawValue
    let window = view.projection.window
    let (left, top) = (window.x / view.supersampling, window.y / view.supersampling)
    let full = window.fullWidth / view.supersampling
    let density = density(with: impressions, threads: threads)
    let scale: Float = bits16 ? 65535 : 255

    /// Calls `store` with every sample as a code of 0 to `scale`.
    func develop(_ store: @Sendable (Int, Float) -> Void) {
      eachRow(density, threads: threads) { y, row in
        for x in 0..<width {
          let at = (y * width + x) * perPixel
          let grain = bits16 ? 0.5 : grain(x: x + left, y: y + top, width: full)
          // Straight alpha: the colour of what covers the pixel, whatever its share.
          let alpha = perPixel == 4 ? clamp(row[x].w, 0, 1) : 1
          let light = alpha > 0 ? row[x] / alpha : .zero
          for c in 0..<3 {
            let shown = clamp(ToneCurve.shoulder(light[c]), 0, 1)
            let code = bits16 ? exactCode(shown) * (scale / 255) : displayCode(shown)
            store(at + c, min(scale, code + grain))
          }
          if perPixel == 4 { store(at + 3, alpha * scale + 0.5) }
        }
      }
    }
    let total = width * height * perPixel
    if bits16 {
      let samples = [UInt16](unsafeUninitializedCapacity: total) { buffer, count in
        nonisolated(unsafe) let out = buffer
        develop { out.initializeElement(at: $0, to: UInt16($1)) }
        count = total
      }
      return PNGPixels(width: width, height: height, channels: channels, samples: .sixteen(samples))
    }
    let samples = [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
      nonisolated(unsafe) let out = buffer
      develop { out.initializeElement(at: $0, to: UInt8($1)) }
      count = total
    }
    return PNGPixels(width: width, height: height, channels: channels, samples: .eight(samples))
  }

  /// The picture in linear light, exposed, before the tone curve: for measurements.
  public func light(impressions: [Marks] = [], threads: Int? = nil) -> [SIMD3<Float>] {
    let (width, height) = (width, height)
    let density = density(with: impressions, threads: threads)
    return [SIMD3<Float>](unsafeUninitializedCapacity: width * height) { buffer, count in
      nonisolated(unsafe) let out = buffer
      eachRow(density, threads: threads) { y, row in
        for x in 0..<width {
          out.initializeElement(at: y * width + x, to: SIMD3(row[x].x, row[x].y, row[x].z))
        }
      }
      count = width * height
    }
  }

  private func density(with impressions: [Marks], threads: Int?) -> [SIMD4<Float>] {
    var density = copied(ground.density, threads: threads)
    for marks in impressions { view.add(marks, to: &density, threads: threads) }
    return density
  }

  /// Calls `body` with each row of the picture: exposed light with what covers it (alpha), over the backdrop if there is
  /// one.
  private func eachRow(
    _ density: [SIMD4<Float>], threads: Int?, _ body: @Sendable (Int, UnsafeBufferPointer<SIMD4<Float>>) -> Void
  ) {
    let (width, height, side) = (width, height, view.supersampling)
    let band = 16
    let window = view.projection.window
    let (view, backdrop, hair) = (view, backdrop, ground.hair)
    let share = view.exposure / Float(side * side)
    parallelTiles((height + band - 1) / band, threads: threads) { tile in
      withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: width) { row in
        for y in (tile * band)..<min(height, (tile + 1) * band) {
          for x in 0..<width { row.initializeElement(at: x, to: .zero) }
          for sy in 0..<side {
            for sx in 0..<width * side {
              let i = (y * side + sy) * width * side + sx
              let c = view.coverage[i]
              let h = hair[i]
              if c == 0 && h.w == 1 { continue }
              var light = SIMD3<Float>.zero
              if c > 0 {
                let d = density[i]
                light = view.diffuse[i] * SIMD3(fastExp(-d.x), fastExp(-d.y), fastExp(-d.z)) + view.specular[i]
              }
              light = light * h.w + SIMD3(h.x, h.y, h.z)
              row[sx / side] += SIMD4(light * share, (1 - (1 - c) * h.w) / Float(side * side))
            }
          }
          if let backdrop {
            for x in 0..<width {
              let rest = 1 - row[x].w
              if rest <= 0 { continue }
              let colour = backdrop.colour(
                x: x + window.x / side, y: y + window.y / side, width: window.fullWidth / side,
                height: window.fullHeight / side)
              row[x] += SIMD4(colour * rest, 0)
            }
          }
          body(y, UnsafeBufferPointer(row))
        }
      }
    }
  }
}

/// Half a level of fixed grain, so that smooth skin shows no steps: 0 to 1, the same for a pixel in every picture.
@inline(__always)
private func grain(x: Int, y: Int, width: Int) -> Float { Float(mix64(UInt64(y * width + x)) >> 40) * 0x1p-24 }
