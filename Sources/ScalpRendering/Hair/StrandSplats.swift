// Hairs above the skin: straight round pieces drawn with the share of each pixel that they cover. A hair thinner than a
// pixel keeps its true area, so that a shaved scalp has the same tone at every zoom. Shading after Kajiya and Kay
// (1989). Each piece casts a shadow of the first lamp on the skin below it: as wide as the lamp and the height of the
// hair make it, with as much light missing as the hair stops.

import Arithmetic

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
    /// Light of the glint, white, and where across the hair it lies, -1 to 1.
    var glint: Float
    var side: Float
    /// Half-width of the glint over the hair's.
    var spread: Float

    /// How much of a shadow's softness pixels show, 0 to 1.
    var softness: Float { clamp(width - 1, 0, 1) }
    /// A shadow's ends fade over half its width each: their steepness over the length, and what makes up for them.
    var perEnd: Float { max(2, 2 * length / width) }
    var endGain: Float { 1 / (1 - 1 / perEnd) }

    init(
      from a: SIMD3<Float>, to b: SIMD3<Float>, width: Float, opacity: Float, colour: SIMD3<Float> = .zero,
      glint: Float = 0, lamp: SIMD2<Float> = .zero
    ) {
      let dx = b.x - a.x
      let dy = b.y - a.y
      let length = max((dx * dx + dy * dy).squareRoot(), 1e-4)
      ax = a.x
      ay = a.y
      ux = dx / length
      uy = dy / length
      // Seen end on, a hair still covers its own cross-section.
      self.length = max(length, width * 0.5)
      self.width = width
      self.opacity = opacity
      self.colour = colour
      self.glint = glint
      side = clamp(lamp.y * ux - lamp.x * uy, -1, 1)
      spread = clamp(2 / width, 0.45, 1)
      if self.length < 6 { self.opacity *= evenness }
    }

    /// Pixels take sides and ends of a hair as if apart from each other, which gives a short one too much or too little:
    /// its true area over what they make of it.
    private var evenness: Float {
      var covered: Float = 0
      let pixel = PixelAcross(ux, uy)
      let (bx, by) = (ax + ux * length, ay + uy * length)
      let reach = width / 2 + 0.71
      guard abs(ax) < 1e6, abs(ay) < 1e6, width >= 0, width < 12 else { return 1 }
      for y in Int((min(ay, by) - reach - 0.5).rounded(.down))...Int(max(ay, by) + reach + 0.5) + 1 {
        for x in Int((min(ax, bx) - reach - 0.5).rounded(.down))...Int(max(ax, bx) + reach + 0.5) + 1 {
          let dx = Float(x) + 0.5 - ax
          let dy = Float(y) + 0.5 - ay
          covered += pixel.covered(across: dy * ux - dx * uy, along: dx * ux + dy * uy, width: width, length: length)
        }
      }
      return covered > 0 ? width * length / covered : 1
    }
  }

  /// Hairs and their shadows.
  private struct Pieces {
    var hairs: [Piece] = []
    var shadows: [Piece] = []
  }

  /// Adds `strands` to `planes`, in order.
  func add(_ strands: Strands, to planes: inout SplatPlanes, threads: Int?) {
    if strands.count == 0 { return }
    let pieces = visiblePieces(strands, threads: threads)
    let shadowLists = bands(pieces.shadows, threads: threads)
    planes.density.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let (start, items) = shadowLists
      parallelTiles(start.count - 1, threads: threads) { band in
        let rows = (band * bandHeight)..<min(height, (band + 1) * bandHeight)
        for k in start[band]..<start[band + 1] {
          let piece = pieces.shadows[Int(items[k])]
          draw(piece, rows: rows) { i, alpha, edge, along in
            // Soft at its sides and ends where that shows, with as much light missing as a hard one.
            let soft = piece.softness
            if soft == 0 {
              out[i] += SIMD4(repeating: -logarithm(1 - alpha))
              return
            }
            let across = 1 + soft * (0.5 - 1.5 * edge * edge)
            let ends = min(1, min(along, 1 - along) * piece.perEnd)
            let shade = alpha * across * (1 + soft * (ends * piece.endGain - 1))
            out[i] += SIMD4(repeating: -logarithm(1 - clamp(shade, 0, 0.97)))
          }
        }
      }
    }
    let hairLists = bands(pieces.hairs, threads: threads)
    planes.hair.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      let (start, items) = hairLists
      parallelTiles(start.count - 1, threads: threads) { band in
        let rows = (band * bandHeight)..<min(height, (band + 1) * bandHeight)
        for k in start[band]..<start[band + 1] {
          let piece = pieces.hairs[Int(items[k])]
          draw(piece, rows: rows) { i, alpha, edge, _ in
            // A round hair is lightest along its middle and on the side of the lamp, with a glint between. Each form
            // has the mean 1 over the hair's width; the glint of a hair as thin as a pixel is as wide as the hair.
            let under = out[i]
            let share = under.w * alpha
            let body = share * (1.2 - 0.6 * edge * edge) * (1 + (1 - piece.spread) * piece.side * edge)
            let off = (edge - (1 - piece.spread) * 0.9 * piece.side) / piece.spread
            let glint = share * piece.glint * (1.5 / piece.spread) * max(0, 1 - off * off)
            out[i] = SIMD4(
              under.x + piece.colour.x * body + glint, under.y + piece.colour.y * body + glint,
              under.z + piece.colour.z * body + glint, under.w * (1 - alpha))
          }
        }
      }
    }
  }

  private var bandHeight: Int { 32 }

  private func bands(_ pieces: [Piece], threads: Int?) -> (start: [Int], items: [Int32]) {
    let count = (height + bandHeight - 1) / bandHeight
    return group(pieces.count, bands: count, threads: threads) { i in
      let p = pieces[i]
      let reach = p.width / 2 + 1.2
      let by = p.ay + p.uy * p.length
      // A shadow may fall beside the pinhole, far out of the picture.
      return bandRange(min(p.ay, by) - reach, max(p.ay, by) + reach, height: bandHeight, count: count)
    }
  }

  private func visiblePieces(_ strands: Strands, threads: Int?) -> Pieces {
    let chunk = 4096
    let tiles = (strands.count + chunk - 1) / chunk
    // Where the first lamp stands in the picture, y down
    let lamp = lampDirections.first.map { SIMD2(dot($0, camera.right), -dot($0, camera.up)) } ?? .zero
    var parts = [Pieces](repeating: Pieces(), count: tiles)
    parts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let out = buffer
      parallelTiles(tiles, threads: threads) { tile in
        var mine = Pieces()
        for i in (tile * chunk)..<min(strands.count, (tile + 1) * chunk) {
          let a = projection.project(strands.root[i])
          let b = projection.project(strands.tip[i])
          if !(a.z >= 10 && b.z >= 10) { continue }
          if max(a.x, b.x) < -2 || max(a.y, b.y) < -2 || min(a.x, b.x) > Float(width) + 2
            || min(a.y, b.y) > Float(height) + 2
          {
            continue
          }
          let toEye = camera.direction(from: strands.root[i])
          let normal = strands.normal[i]
          let cosine = dot(normal, toEye)
          // Hair stands off the skin, so it may show a little beyond the outline; its root must be near the front.
          if cosine < -0.1 || isHidden(a, cosine: max(cosine, 0.1)) { continue }
          // Along the outline hairs crowd before each other and would draw a hard dark line; there light also comes
          // through them from behind. Each hair counts as much as keeps the crowd a little darker than the skin within,
          // as in photographs; long hair that stands off the skin does draw a line.
          let first = firstPiece(strands, i)
          let root = strands.root[first]
          var rim = cosine * 2.6
          if rim < 1 { rim += standing(strands, first) }
          rim = clamp(rim, 0.1, 1)
          let scale = projection.scale(at: a.z)
          let light = shade(strands, i, toEye: toEye)
          mine.hairs.append(
            Piece(
              from: a, to: b, width: strands.diameter[i] * scale, opacity: rim, colour: light.colour,
              glint: light.glint, lamp: lamp))

          // The shadow: root and tip thrown on the skin's plane.
          let toLamp = lampDirections.first ?? normal
          let drop = dot(normal, toLamp)
          if drop <= 0.03 || cosine < 0.15 { continue }
          let vertex = Int(strands.vertex[i])
          let rootHeight = max(0, dot(strands.root[i] - root, normal))
          let tipHeight = rootHeight + max(0, dot(strands.tip[i] - strands.root[i], normal))
          let from = strands.root[i] - toLamp * (rootHeight / drop)
          let to = strands.tip[i] - toLamp * (tipHeight / drop)
          // As wide as lamp and height make it, and as light that wanders in the skin does.
          let blurred = strands.diameter[i] + (rootHeight + tipHeight) / drop * lampRadius + 0.15
          mine.shadows.append(
            Piece(
              from: projection.project(from), to: projection.project(to), width: blurred * scale,
              opacity: min(0.9, self.light.key[vertex] * strands.diameter[i] / blurred * rim)
                * smoothstep(0.03, 0.2, drop)))
        }
        out[tile] = mine
      }
    }
    var all = Pieces()
    for part in parts {
      all.hairs += part.hairs
      all.shadows += part.shadows
    }
    return all
  }

  /// The piece of the same hair that grows out of the skin: pieces of one hair follow each other from the root on.
  @inline(__always)
  private func firstPiece(_ strands: Strands, _ i: Int) -> Int {
    var first = i
    while first > 0, i - first < 8, strands.root[first] == strands.tip[first - 1] { first -= 1 }
    return first
  }

  /// How far a hair stands off the skin, from 0 for flat hair to 1.
  private func standing(_ strands: Strands, _ first: Int) -> Float {
    var last = first
    while last + 1 < strands.count, last - first < 8, strands.root[last + 1] == strands.tip[last] { last += 1 }
    let rise = dot(normalized(strands.tip[first] - strands.root[first]), strands.normal[first])
    let long = smoothstep(1.5, 5, length(strands.tip[last] - strands.root[first]))
    return mix(0.35, 1, long) * smoothstep(0.15, 0.3, rise)
  }

  /// Light sent by a hair: diffuse by the light on the skin below it, and a glint along the shaft.
  @inline(__always)
  private func shade(_ strands: Strands, _ i: Int, toEye: SIMD3<Float>) -> (colour: SIMD3<Float>, glint: Float) {
    let vertex = Int(strands.vertex[i])
    let irradiance = light.irradiance[vertex]
    let tangent = normalized(strands.tip[i] - strands.root[i])
    var colour = strands.colour[i] * irradiance * 0.9
    var glint: Float = 0
    let te = dot(tangent, toEye)
    let sine = max(1 - te * te, 0).squareRoot()
    // A narrow glint off the scales, and a wide one, coloured, that has been through the shaft. Lamps here are as bright as
    // the light on the skin says; where they rake it, hair stands in the shade of other hair.
    for (j, l) in lampDirections.enumerated() {
      let tl = dot(tangent, l)
      let along = max(0, max(1 - tl * tl, 0).squareRoot() * sine - tl * te)
      let s2 = along * along
      let s4 = s2 * s2
      let s8 = s4 * s4
      let lit = lampWeights[j] * light.visible[vertex][j] * smoothstep(-0.1, 0.35, dot(strands.normal[i], l))
      glint += 0.03 * s8 * s8 * s8 * lit
      colour += strands.colour[i] * (0.5 * s4 * lit)
    }
    return (colour * strands.open[i], glint * strands.open[i])
  }

  /// Calls `cover` for each pixel that a piece covers, with the share that it stops there, how far from its middle, -1 to
  /// 1 over its width, and how far along it, 0 to 1.
  @inline(__always)
  private func draw(_ p: Piece, rows: Range<Int>, _ cover: (Int, Float, Float, Float) -> Void) {
    let half = max(p.width, 1) / 2
    let perLength = 1 / p.length
    let reach = p.width / 2 + 0.71
    let pixel = PixelAcross(p.ux, p.uy)
    let bx = p.ax + p.ux * p.length
    let by = p.ay + p.uy * p.length
    let x0 = Int(held(min(p.ax, bx) - reach - 0.5, 0, Float(width)))
    let x1 = Int(held(max(p.ax, bx) + reach + 0.5, -1, Float(width - 1)))
    let y0 = max(rows.lowerBound, Int(held(min(p.ay, by) - reach - 0.5, 0, Float(height))))
    let y1 = min(rows.upperBound - 1, Int(held(max(p.ay, by) + reach + 0.5, -1, Float(height))))
    if x0 > x1 || y0 > y1 { return }
    for y in y0...y1 {
      for x in x0...x1 {
        let dx = Float(x) + 0.5 - p.ax
        let dy = Float(y) + 0.5 - p.ay
        let along = dx * p.ux + dy * p.uy
        let across = dy * p.ux - dx * p.uy
        let alpha = min(
          0.97, p.opacity * pixel.covered(across: across, along: along, width: p.width, length: p.length))
        if alpha > 0 { cover(y * width + x, alpha, clamp(across / half, -1, 1), clamp(along * perLength, 0, 1)) }
      }
    }
  }
}

/// A pixel as a line at an angle crosses it: the square's shadow on the line's normal is a trapezoid (and the same one on
/// the line itself).
private struct PixelAcross {
  /// Half the foot and half the top of the trapezoid.
  private let foot: Float
  private let top: Float
  private let perTop: Float
  private let perSlope: Float

  @inline(__always)
  init(_ ux: Float, _ uy: Float) {
    let (a, b) = (abs(ux), abs(uy))
    foot = 0.5 * (a + b)
    top = min(0.5 * abs(a - b), foot - 1e-3)
    perTop = 1 / (foot + top)
    perSlope = 0.5 / ((foot + top) * (foot - top))
  }

  /// Share of the pixel that a strip covers whose end lies `along` before the pixel's middle and whose axis lies `across`
  /// from it.
  @inline(__always)
  func covered(across: Float, along: Float, width: Float, length: Float) -> Float {
    let side = share(upTo: across + 0.5 * width) - share(upTo: across - 0.5 * width)
    if side <= 0 { return 0 }
    return side * (share(upTo: along) - share(upTo: along - length))
  }

  /// Share of the pixel on one side of a line `x` from its middle, less a half.
  @inline(__always)
  func share(upTo x: Float) -> Float {
    let a = abs(x)
    if a >= foot { return x < 0 ? -0.5 : 0.5 }
    let value = a <= top ? a * perTop : 0.5 - (foot - a) * (foot - a) * perSlope
    return x < 0 ? -value : value
  }
}
