// A scan's own colours, ready to be looked up where a pixel sees the surface.

import Arithmetic
import JPEGImage
import Meshes
import PNGImage

/// Why the picture of a scan cannot be used.
public struct TextureError: Error, Equatable, CustomStringConvertible {
  public var texture: String
  public var reason: String

  public var description: String { "texture \(texture): \(reason)" }
}

/// The colours of a scan's skin: its pictures decoded, with smaller copies for distant views.
public struct ScanSkin: Sendable {
  private let colour: SurfaceColour
  private let pyramids: [TexturePyramid]
  /// Colours of the vertices of skin that was not scanned and of its rim; empty for none.
  private var continuedColours: [SIMD3<Float>] = []
  /// Per vertex a factor on the colours, to show the head without its photographed hair; empty for the colours as they are.
  public var lifts: [SIMD3<Float>] = []
  /// What is damaged in the pictures and was drawn as far as it can be told.
  public let notes: [String]

  /// Longest side of a picture, pixels, and most pixels in all: 64 million take 340 MB, and twice that
  /// while they are read.
  public static let largestSide = 16_384
  public static let mostPixels = 1 << 26

  /// Bytes that reading the pictures of `colour` and keeping them takes at most, by what their headers say.
  public static func memory(for colour: SurfaceColour) -> Int {
    let pixels = colour.textures.map { texture -> Int in
      let (product, overflow) = texture.width.multipliedReportingOverflow(by: texture.height)
      // A picture that is refused is not read.
      return overflow || product > mostPixels ? 0 : product
    }
    // Kept: four bytes and a third more for the smaller copies. While one is read: up to eight a pixel, and six more for the
    // coefficients of a progressive JPEG.
    return pixels.reduce(0) { min($0 + $1, mostPixels) } * 6
      + (pixels.max() ?? 0) * (colour.textures.contains { isJPEG($0.bytes) } ? 14 : 8)
  }

  /// - Parameter colour: the colours of the vertices and triangles of the head that is drawn.
  ///
  /// Throws `TextureError` for a picture that is damaged or too large.
  public init(_ colour: SurfaceColour, threads: Int? = nil) throws(TextureError) {
    self.colour = colour
    var pyramids: [TexturePyramid] = []
    var notes: [String] = []
    var left = Self.mostPixels
    // Triangles by picture, once for all pictures: there may be thousands of either
    var members = [[Int32]](repeating: [], count: colour.textures.count)
    for i in 0..<colour.textureCoordinates.count / 3 {
      if let texture = colour.materials[colour.material(of: i)].texture { members[texture].append(Int32(i)) }
    }
    for (index, texture) in colour.textures.enumerated() {
      let (pixels, damage) = try Self.decode(texture, mostPixels: left)
      if let damage { notes.append("texture \(texture.name) is damaged: \(damage)") }
      left -= pixels.width * pixels.height
      var corners: [SIMD2<Float>] = []
      for i in members[index] { corners += colour.textureCoordinates[3 * Int(i)..<3 * Int(i) + 3] }
      pyramids.append(TexturePyramid(pixels, triangles: corners, threads: threads))
    }
    (self.pyramids, self.notes) = (pyramids, notes)
    if let continued = colour.continued {
      continuedColours = ScalpRendering.continuedColours(continued) { vertex in
        let (triangle, k) = (Int(vertex.corner) / 3, Int(vertex.corner) % 3)
        // Over about the triangle: single pixels at the edge of a scan are the background's.
        return albedo(
          triangle, corners: SIMD3(repeating: vertex.vertex), v: k == 1 ? 0.8 : 0.1, w: k == 2 ? 0.8 : 0.1,
          across: SIMD2(1, 0), down: SIMD2(0, 1), vertexColours: colour.vertexColours)
      }
    }
  }

  private static func decode(
    _ texture: SurfaceColour.Texture, mostPixels: Int
  ) throws(TextureError) -> (pixels: PNGPixels, damage: String?) {
    // Deflate packs at most 1032 : 1, and a pixel has at least one bit: a header that claims more is a lie.
    let (pixels, overflow) = texture.width.multipliedReportingOverflow(by: texture.height)
    if overflow || pixels > 8 * 1040 * texture.bytes.count {
      throw TextureError(
        texture: texture.name,
        reason: "\(texture.width) x \(texture.height) pixels cannot come out of \(texture.bytes.count) bytes")
    }
    if texture.width > largestSide || texture.height > largestSide || pixels > mostPixels {
      throw TextureError(
        texture: texture.name,
        reason: "\(texture.width) x \(texture.height) pixels are too many: sides of at most \(largestSide), and all "
          + "pictures of a scan together at most \(Self.mostPixels / 1_000_000) million (8192 x 8192); scale it down")
    }
    do throws(JPEGError) {
      if isJPEG(texture.bytes) {
        let picture = try decodeJPEG(texture.bytes, side: largestSide, pixels: mostPixels)
        return (
          PNGPixels(width: picture.width, height: picture.height, channels: .rgba, samples: .eight(picture.samples)),
          picture.damage
        )
      }
    } catch {
      throw TextureError(texture: texture.name, reason: error.description)
    }
    do throws(PNGError) {
      return (
        try decodePNG(texture.bytes, limits: PNGReadLimits(side: largestSide, pixels: mostPixels)).pixels, nil
      )
    } catch {
      throw TextureError(texture: texture.name, reason: error.description)
    }
  }

  /// Whether a triangle was scanned; the colours of others are a guess.
  func isScanned(_ triangle: Int) -> Bool { colour.continued.map { triangle < $0.first } ?? true }

  /// Linear albedo at a point of a triangle; `nil` where the scan has no colour.
  ///
  /// - Parameters:
  ///   - corners: its vertices.
  ///   - v: weight of the second corner; w: of the third.
  ///   - across: change of (v, w) over the width of the footprint in the picture; down: over its height.
  ///   - vertexColours: the scan's own or a filtered copy.
  func albedo(
    _ triangle: Int, corners t: SIMD3<UInt32>, v: Float, w: Float, across: SIMD2<Float>, down: SIMD2<Float>,
    vertexColours: [SIMD3<Float>]
  ) -> SIMD3<Float>? {
    if let continued = colour.continued, triangle >= continued.first {
      if continuedColours.isEmpty { return nil }
      return continuedColours[Int(t.x)] * (1 - v - w) + continuedColours[Int(t.y)] * v + continuedColours[Int(t.z)] * w
    }
    let material = colour.materials[colour.material(of: triangle)]
    if !material.isColoured { return nil }
    var albedo = material.factor
    if !lifts.isEmpty { albedo *= lifts[Int(t.x)] * (1 - v - w) + lifts[Int(t.y)] * v + lifts[Int(t.z)] * w }
    if material.hasVertexColours {
      albedo *=
        vertexColours[Int(t.x)] * (1 - v - w) + vertexColours[Int(t.y)] * v + vertexColours[Int(t.z)] * w
    }
    if let texture = material.texture {
      let a = colour.textureCoordinates[3 * triangle]
      let ab = colour.textureCoordinates[3 * triangle + 1] - a
      let ac = colour.textureCoordinates[3 * triangle + 2] - a
      albedo *= pyramids[texture].colour(
        a + ab * v + ac * w, across: ab * across.x + ac * across.y, down: ab * down.x + ac * down.y,
        wrapU: material.wrapU, wrapV: material.wrapV)
    }
    return albedo
  }

  /// Vertex colours as the scan has them; empty for none.
  var vertexColours: [SIMD3<Float>] { colour.vertexColours }

  /// Vertex colours averaged over neighbours as far as a pixel of `pixelSize` mm does not resolve them.
  func filteredVertexColours(_ head: PreparedHead, pixelSize: Float) -> [SIMD3<Float>] {
    if colour.vertexColours.isEmpty { return [] }
    let mesh = head.mesh
    var sum = 0.0
    for t in mesh.triangles { sum += Double(length(mesh.positions[Int(t.x)] - mesh.positions[Int(t.y)])) }
    let edge = Float(sum / Double(max(1, mesh.triangles.count)))
    // One round spreads by about 0.7 edges; the filter of a pixel is about 0.45 of its width.
    let spread = 0.45 * pixelSize / max(0.7 * edge, 1e-6)
    var colours = colour.vertexColours
    for _ in 0..<Int(held(spread * spread, 0, 12)) {
      colours = head.smoothed(colours, amount: SIMD3(repeating: 0.8))
    }
    return colours
  }
}
