// Putting a picture together: skin times what the pigment leaves, oil, hair on top, the backdrop behind.

import Arithmetic
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
    let bytes = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      nonisolated(unsafe) let out = buffer
      eachRow(impressions, threads: threads) { y, row in
        for x in 0..<width {
          let grain = grain(x: x + left, y: y + top, width: full)
          let light = row[x]
          for c in 0..<3 {
            let code = displayCode(held(ToneCurve.shoulder(light[c]), 0, 1))
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
    let scale: Float = bits16 ? 65535 : 255

    /// Calls `store` with every sample as a code of 0 to `scale`.
    func develop(_ store: @Sendable (Int, Float) -> Void) {
      eachRow(impressions, threads: threads) { y, row in
        for x in 0..<width {
          let at = (y * width + x) * perPixel
          let grain = bits16 ? 0.5 : grain(x: x + left, y: y + top, width: full)
          // Straight alpha: the colour of what covers the pixel, whatever its share.
          let alpha = perPixel == 4 ? held(row[x].w, 0, 1) : 1
          let light = alpha > 0 ? row[x] / alpha : .zero
          for c in 0..<3 {
            let shown = held(ToneCurve.shoulder(light[c]), 0, 1)
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
    return [SIMD3<Float>](unsafeUninitializedCapacity: width * height) { buffer, count in
      nonisolated(unsafe) let out = buffer
      eachRow(impressions, threads: threads) { y, row in
        for x in 0..<width {
          out.initializeElement(at: y * width + x, to: SIMD3(row[x].x, row[x].y, row[x].z))
        }
      }
      count = width * height
    }
  }

  /// Calls `body` with each row of the picture: exposed light with what covers it (alpha), over the backdrop if there is
  /// one.
  private func eachRow(
    _ impressions: [Marks], threads: Int?, _ body: @Sendable (Int, UnsafeBufferPointer<SIMD4<Float>>) -> Void
  ) {
    let side = view.supersampling
    let (view, ground) = (view, ground)
    let width = width
    let splats = impressions.compactMap { view.splats(of: $0, threads: threads) }
    parallelTiles(view.splatBands, threads: threads) { band in
      let samples = view.splatRows(band)
      withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: samples.count * view.width) { density in
        _ = density.initialize(
          fromContentsOf: ground.density[samples.lowerBound * view.width..<samples.upperBound * view.width])
        for marks in splats { view.draw(marks, band: band, into: density) }
        withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: width) { row in
          for y in samples.lowerBound / side..<samples.upperBound / side {
            develop(y, density.extracting((y * side - samples.lowerBound) * view.width..<density.count), into: row)
            body(y, UnsafeBufferPointer(row))
          }
        }
      }
    }
  }

  /// Puts a row of the picture together from `side` rows of samples whose optical density is `density`.
  private func develop(
    _ y: Int, _ density: UnsafeMutableBufferPointer<SIMD4<Float>>, into row: UnsafeMutableBufferPointer<SIMD4<Float>>
  ) {
    let (side, samplesPerRow, width) = (view.supersampling, view.width, width)
    let share = view.exposure / Float(side * side)
    row.initialize(repeating: .zero)
    for sy in 0..<side {
      for sx in 0..<samplesPerRow {
        let i = (y * side + sy) * samplesPerRow + sx
        let c = view.coverage[i]
        let h = ground.hair[i]
        if c == 0 && h.w == 1 { continue }
        var light = SIMD3<Float>.zero
        if c > 0 {
          let d = density[sy * samplesPerRow + sx]
          light = view.diffuse[i] * SIMD3(exponential(-d.x), exponential(-d.y), exponential(-d.z)) + view.specular[i]
        }
        light = light * h.w + SIMD3(h.x, h.y, h.z)
        row[sx / side] += SIMD4(light * share, (1 - (1 - c) * h.w) / Float(side * side))
      }
    }
    guard let backdrop else { return }
    let window = view.projection.window
    for x in 0..<width {
      let rest = 1 - row[x].w
      if rest <= 0 { continue }
      let colour = backdrop.colour(
        x: x + window.x / side, y: y + window.y / side, width: window.fullWidth / side,
        height: window.fullHeight / side)
      row[x] += SIMD4(colour * rest, 0)
    }
  }
}

/// Half a level of fixed grain, so that smooth skin shows no steps: 0 to 1, the same for a pixel in every picture.
@inline(__always)
private func grain(x: Int, y: Int, width: Int) -> Float { Float(mix64(UInt64(y * width + x)) >> 40) * 0x1p-24 }
