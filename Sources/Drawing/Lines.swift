// Lines and bands of diagrams, antialiased. A line's coverage at a pixel is its half width less the distance to the
// nearest piece, so joints and crossings of one line are not darkened twice.

import PNGImage

/// A rectangle of pixels: columns `x..<x + width`, rows `y..<y + height`.
package struct PixelBox: Sendable, Equatable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }
}

extension RasterImage {
  /// Draws a polyline with round joints and ends.
  ///
  /// - Parameters:
  ///   - points: pixel coordinates, y down; a pixel's centre is at halves. Points that are not finite end the line.
  ///   - width: thickness, pixels, from 0.5.
  ///   - dash: lengths drawn and left out in turn, pixels; empty draws all.
  ///   - clip: what may be touched; `nil` is the whole picture.
  package mutating func drawLine(
    _ points: [SIMD2<Float>], width: Float, colour: SIMD3<UInt8>, dash: (on: Float, off: Float)? = nil,
    clip: PixelBox? = nil
  ) {
    let pieces = dash.map { dashed(points, on: $0.on, off: $0.off) } ?? zip(points, points.dropFirst()).map { ($0, $1) }
    let half = max(width, 0.5) / 2
    let box = held(clip)
    guard box.width > 0, box.height > 0 else { return }
    var coverage = [Float](repeating: 0, count: box.width * box.height)
    for (a, b) in pieces {
      guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { continue }
      let reach = half + 1
      let x0 = Int(min(max(min(a.x, b.x) - reach, Float(box.x)), Float(box.x + box.width)))
      let x1 = Int(min(max(max(a.x, b.x) + reach + 1, Float(box.x)), Float(box.x + box.width)))
      let y0 = Int(min(max(min(a.y, b.y) - reach, Float(box.y)), Float(box.y + box.height)))
      let y1 = Int(min(max(max(a.y, b.y) + reach + 1, Float(box.y)), Float(box.y + box.height)))
      let along = b - a
      let length = (along * along).sum()
      for row in y0..<max(y0, y1) {
        for column in x0..<max(x0, x1) {
          let offset = SIMD2(Float(column) + 0.5, Float(row) + 0.5) - a
          let t = length > 0 ? min(max((offset * along).sum() / length, 0), 1) : 0
          let gap = offset - along * t
          let cover = half + 0.5 - (gap * gap).sum().squareRoot()
          let i = (row - box.y) * box.width + column - box.x
          if cover > coverage[i] { coverage[i] = cover }
        }
      }
    }
    for row in 0..<box.height {
      for column in 0..<box.width where coverage[row * box.width + column] > 0 {
        blend(colour, coverage: coverage[row * box.width + column], x: box.x + column, y: box.y + row)
      }
    }
  }

  /// Fills between two lines that share their x coordinates, ascending.
  ///
  /// - Precondition: the three arrays have the same length.
  package mutating func fillBand(
    x: [Float], from a: [Float], to b: [Float], colour: SIMD3<UInt8>, opacity: Float, clip: PixelBox? = nil
  ) {
    precondition(x.count == a.count && x.count == b.count, "a band's lines have the same points")
    guard x.count > 1 else { return }
    let box = held(clip)
    var cell = 0
    for column in box.x..<box.x + box.width {
      let centre = Float(column) + 0.5
      guard centre >= x[0], centre <= x[x.count - 1] else { continue }
      while cell + 2 < x.count, x[cell + 1] < centre { cell += 1 }
      let width = x[cell + 1] - x[cell]
      let t = width > 0 ? min(max((centre - x[cell]) / width, 0), 1) : 0
      let (p, q) = (a[cell] + (a[cell + 1] - a[cell]) * t, b[cell] + (b[cell + 1] - b[cell]) * t)
      guard p.isFinite, q.isFinite else { continue }
      let (top, bottom) = (max(min(p, q), Float(box.y)), min(max(p, q), Float(box.y + box.height)))
      guard bottom > top else { continue }
      for row in Int(top)..<min(box.y + box.height, Int(bottom.rounded(.up))) {
        let cover = min(Float(row + 1), bottom) - max(Float(row), top)
        if cover > 0 { blend(colour, coverage: cover * opacity, x: column, y: row) }
      }
    }
  }

  private func held(_ clip: PixelBox?) -> PixelBox {
    guard let clip else { return PixelBox(x: 0, y: 0, width: width, height: height) }
    let x0 = min(max(clip.x, 0), width)
    let y0 = min(max(clip.y, 0), height)
    return PixelBox(
      x: x0, y: y0, width: max(0, min(clip.x + clip.width, width) - x0),
      height: max(0, min(clip.y + clip.height, height) - y0))
  }
}

/// The pieces of a polyline that a dash pattern leaves.
private func dashed(_ points: [SIMD2<Float>], on: Float, off: Float) -> [(SIMD2<Float>, SIMD2<Float>)] {
  guard on > 0, off > 0 else { return zip(points, points.dropFirst()).map { ($0, $1) } }
  var pieces: [(SIMD2<Float>, SIMD2<Float>)] = []
  var travelled: Float = 0
  for (a, b) in zip(points, points.dropFirst()) {
    let along = b - a
    let length = (along * along).sum().squareRoot()
    guard length > 0, length.isFinite, length < 1e5 else { continue }
    var done: Float = 0
    while done < length {
      let phase = travelled.truncatingRemainder(dividingBy: on + off)
      let isOn = phase < on
      let step = min(length - done, max((isOn ? on : on + off) - phase, 0.01))
      if isOn { pieces.append((a + along * (done / length), a + along * ((done + step) / length))) }
      done += step
      travelled += step
    }
  }
  return pieces
}
