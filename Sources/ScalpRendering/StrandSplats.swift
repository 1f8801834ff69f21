// Hairs above the skin: straight pieces drawn with the share of each pixel that they cover. A hair thinner than a pixel
// keeps its true area, so that a shaved scalp has the same tone at every zoom. Shading after Kajiya and Kay (1989).

import HeadGeometry

extension ViewPlanes {
  private struct Piece {
    var ax: Float
    var ay: Float
    /// Unit direction and length in the picture, pixels.
    var ux: Float
    var uy: Float
    var length: Float
    /// Width, pixels.
    var width: Float
    /// Share of light that the piece stops where it covers a pixel.
    var opacity: Float
    var colour: SIMD3<Float>
  }

  /// Adds `strands` to `planes`, in order.
  func add(_ strands: Strands, to planes: inout SplatPlanes, threads: Int?) {
    if strands.count == 0 { return }
    let pieces = visiblePieces(strands, threads: threads)
    let bandHeight = 32
    let bands = (height + bandHeight - 1) / bandHeight
    let lists = group(pieces.count, bands: bands) { i in
      let p = pieces[i]
      let reach = p.width / 2 + 1.5
      let by = p.ay + p.uy * p.length
      return (
        Int((min(p.ay, by) - reach) / Float(bandHeight)), Int((max(p.ay, by) + reach) / Float(bandHeight))
      )
    }
    planes.hair.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let (start, items) = lists
      parallelTiles(bands, threads: threads) { band in
        let rows = (band * bandHeight)..<min(height, (band + 1) * bandHeight)
        for k in start[band]..<start[band + 1] { draw(pieces[Int(items[k])], rows: rows, into: out) }
      }
    }
  }

  private func visiblePieces(_ strands: Strands, threads: Int?) -> [Piece] {
    let chunk = 4096
    let tiles = (strands.count + chunk - 1) / chunk
    var parts = [[Piece]](repeating: [], count: tiles)
    parts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      parallelTiles(tiles, threads: threads) { tile in
        var mine: [Piece] = []
        for i in (tile * chunk)..<min(strands.count, (tile + 1) * chunk) {
          let a = projection.project(strands.root[i])
          let b = projection.project(strands.tip[i])
          if a.z < 10 || b.z < 10 { continue }
          if max(a.x, b.x) < -2 || max(a.y, b.y) < -2 || min(a.x, b.x) > Float(width) + 2
            || min(a.y, b.y) > Float(height) + 2
          {
            continue
          }
          let toEye = normalized(camera.eye - strands.root[i])
          let cosine = dot(strands.normal[i], toEye)
          // Hair stands off the skin, so it may show a little beyond the outline; its root must be near the front.
          if cosine < -0.1 || isHidden(a, cosine: max(cosine, 0.1)) { continue }
          let dx = b.x - a.x
          let dy = b.y - a.y
          let length = max((dx * dx + dy * dy).squareRoot(), 1e-4)
          // Along the outline stubble would draw a hard line; light that passes between and through hairs softens it.
          let rim = 0.35 + 0.65 * smoothstep(0, 0.3, cosine)
          // Seen end on, a hair still covers its own cross-section.
          let width = strands.diameter[i] * projection.focal / a.z
          mine.append(
            Piece(
              ax: a.x, ay: a.y, ux: dx / length, uy: dy / length, length: max(length, width * 0.5), width: width,
              opacity: rim,
              colour: shade(strands, i, toEye: toEye)))
        }
        out[tile] = mine
      }
    }
    return Array(parts.joined())
  }

  /// Light sent by a hair: diffuse by the light on the skin below it, and a glint along the shaft.
  @inline(__always)
  private func shade(_ strands: Strands, _ i: Int, toEye: SIMD3<Float>) -> SIMD3<Float> {
    let vertex = Int(strands.vertex[i])
    let irradiance = light.irradiance[vertex]
    let tangent = normalized(strands.tip[i] - strands.root[i])
    var colour = strands.colour[i] * irradiance * 0.9
    let l = lampDirections.first ?? SIMD3(0, 1, 0)
    let tl = dot(tangent, l)
    let te = dot(tangent, toEye)
    let shine = max(0, (1 - tl * tl).squareRoot() * (1 - te * te).squareRoot() - tl * te)
    let s2 = shine * shine
    let s8 = s2 * s2 * s2 * s2
    colour += SIMD3(repeating: 0.045 * s8 * s8 * light.visible[vertex].x)
    return colour
  }

  @inline(__always)
  private func draw(_ p: Piece, rows: Range<Int>, into out: UnsafeMutableBufferPointer<SIMD4<Float>>) {
    // A piece at least one pixel wide; thinner ones let light pass instead.
    let half = max(p.width, 1) / 2
    let opacity = min(p.width, 1) * p.opacity
    let reach = half + 0.5
    let bx = p.ax + p.ux * p.length
    let by = p.ay + p.uy * p.length
    let x0 = max(0, Int(min(p.ax, bx) - reach - 0.5))
    let x1 = min(width - 1, Int(max(p.ax, bx) + reach + 0.5))
    let y0 = max(rows.lowerBound, Int(max(0, min(p.ay, by) - reach - 0.5)))
    let y1 = min(rows.upperBound - 1, Int(max(p.ay, by) + reach + 0.5))
    if x0 > x1 || y0 > y1 { return }
    // Ends fade over a pixel; a piece shorter than that keeps its area.
    let taper = min(p.length, 1)
    for y in y0...y1 {
      for x in x0...x1 {
        let dx = Float(x) + 0.5 - p.ax
        let dy = Float(y) + 0.5 - p.ay
        let along = dx * p.ux + dy * p.uy
        let across = abs(dy * p.ux - dx * p.uy)
        let side = clamp(half + 0.5 - across, 0, 1)
        if side <= 0 { continue }
        let half2 = max(p.length, 1) / 2
        let end = clamp(half2 + 0.5 - abs(along - p.length / 2), 0, 1)
        let alpha = min(0.97, opacity * side * end * taper)
        if alpha <= 0 { continue }
        let i = y * width + x
        let under = out[i]
        let light = under.w * alpha
        out[i] = SIMD4(
          under.x + p.colour.x * light, under.y + p.colour.y * light, under.z + p.colour.z * light,
          under.w * (1 - alpha))
      }
    }
  }
}
