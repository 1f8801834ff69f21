// A plain view of a mesh along a direction, true to scale: for reading lengths and places off a picture.

import Arithmetic
import Meshes
import PNGImage

/// Where a parallel projection looks from, and how its picture lies in the mesh's coordinates.
public struct OrthographicView: Sendable {
  /// Unit vectors: to the right of the picture, up in it, and towards the viewer.
  public var right: SIMD3<Float>
  public var up: SIMD3<Float>
  public var towards: SIMD3<Float>
  /// The place in the middle of the picture.
  public var centre: SIMD3<Float>
  public var pixelsPerUnit: Float
  public var width: Int
  public var height: Int

  /// - Parameters:
  ///   - right: to the right of the picture.
  ///   - up: up in the picture; at a right angle to `right`.
  public init(
    right: SIMD3<Float>, up: SIMD3<Float>, centre: SIMD3<Float>, pixelsPerUnit: Float, width: Int, height: Int
  ) {
    self.right = right
    self.up = up
    towards = cross(right, up)
    self.centre = centre
    self.pixelsPerUnit = pixelsPerUnit
    self.width = width
    self.height = height
  }

  /// Pixel coordinates of a place, y down, and its height above the middle towards the viewer, units.
  public func project(_ p: SIMD3<Float>) -> (x: Float, y: Float, nearness: Float) {
    let d = p - centre
    return (
      Float(width) / 2 + dot(d, right) * pixelsPerUnit, Float(height) / 2 - dot(d, up) * pixelsPerUnit,
      dot(d, towards)
    )
  }

  /// Draws the mesh on `paper`, in its own colours or in grey: light from above the viewer's left shoulder, darker where
  /// skin turns away.
  ///
  /// - Parameters:
  ///   - skin: the colours of `mesh`; triangles without a colour are drawn in grey.
  ///   - shadedFrom: the first of the triangles that are shaded, if any: they come last.
  public func drawn(
    _ mesh: TriangleMesh, paper: SIMD3<UInt8>, skin: ScanSkin? = nil, shadedFrom: Int? = nil
  ) -> RasterImage {
    let vertexColours = skin?.vertexColours ?? []
    var nearest = [Float](repeating: -.infinity, count: width * height)
    var shade = [Float](repeating: 0, count: width * height)
    // What each pixel sees: the triangle, and the weights of its second and third corner
    var seen = [SIMD2<Float>](repeating: .zero, count: skin == nil && shadedFrom == nil ? 0 : width * height)
    var triangle = [Int32](repeating: -1, count: seen.count)
    let light = normalized(towards * 0.75 + up * 0.45 - right * 0.5)
    let corners = mesh.positions.map { p -> SIMD3<Float> in
      let q = project(p)
      return SIMD3(q.x, q.y, q.nearness)
    }
    let brightness = mesh.normals.map { n -> Float in
      let facing = max(0, dot(n, towards))
      return (0.18 + 0.82 * max(0, dot(n, light))) * (0.45 + 0.55 * facing)
    }
    for (index, t) in mesh.triangles.enumerated() {
      let (i, j, k) = (Int(t.x), Int(t.y), Int(t.z))
      let (a, b, c) = (corners[i], corners[j], corners[k])
      let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
      // y runs down in the picture: triangles that face the viewer turn the other way.
      if !(area < 0) { continue }
      // An area below 0 has corners that are numbers.
      let left = clamp(min(a.x, min(b.x, c.x)) - 0.5, 0, Float(width))
      let rightEdge = clamp(max(a.x, max(b.x, c.x)) + 0.5, 0, Float(width))
      let top = clamp(min(a.y, min(b.y, c.y)) - 0.5, 0, Float(height))
      let bottom = clamp(max(a.y, max(b.y, c.y)) + 0.5, 0, Float(height))
      for y in Int(top)..<max(Int(bottom), Int(top)) {
        var (first, last) = (Int(left), Int(rightEdge))
        // A thin triangle fills little of its box.
        if last - first > 8 {
          let across = reach(of: (a, b, c), above: Float(y) - 0.5, below: Float(y) + 1.5)
          if across.from > across.to { continue }
          first = max(first, Int(clamp(across.from - 1, left, rightEdge)))
          last = min(last, Int(clamp(across.to + 2, left, rightEdge)))
        }
        for x in first..<max(last, first) {
          let p = SIMD2(Float(x) + 0.5, Float(y) + 0.5)
          let v = ((p.x - a.x) * (c.y - a.y) - (p.y - a.y) * (c.x - a.x)) / area
          let w = ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / area
          if v < -1e-4 || w < -1e-4 || v + w > 1.0001 { continue }
          let z = a.z + v * (b.z - a.z) + w * (c.z - a.z)
          let at = y * width + x
          if z > nearest[at] {
            nearest[at] = z
            shade[at] = brightness[i] * (1 - v - w) + brightness[j] * v + brightness[k] * w
            if skin != nil || shadedFrom != nil {
              seen[at] = SIMD2(v, w)
              triangle[at] = Int32(index)
            }
          }
        }
      }
    }
    var image = RasterImage(width: width, height: height, fill: paper)
    // Steps in depth are drawn dark: the rims of ears, nose and chin.
    let step = 3 / pixelsPerUnit
    for y in 0..<height {
      for x in 0..<width {
        let at = y * width + x
        guard nearest[at] > -.infinity else { continue }
        var behind: Float = 0
        for other in [
          x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at, y > 0 ? at - width : at,
          y + 1 < height ? at + width : at,
        ] where nearest[at] - nearest[other] > step {
          behind += 0.25
        }
        let isShaded = shadedFrom.map { triangle[at] >= $0 } ?? false
        if let skin, triangle[at] >= 0 {
          let t = mesh.triangles[Int(triangle[at])]
          let (a, b, c) = (corners[Int(t.x)], corners[Int(t.y)], corners[Int(t.z)])
          let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
          if let albedo = skin.albedo(
            Int(triangle[at]), corners: t, v: seen[at].x, w: seen[at].y,
            across: SIMD2(c.y - a.y, a.y - b.y) / area, down: SIMD2(a.x - c.x, b.x - a.x) / area,
            vertexColours: vertexColours)
          {
            // Softer light than on grey: form is seen in the colours too. Dark skin is lifted, so that lines show on it.
            let light = (0.55 + 0.85 * shade[at]) * (1 - 0.6 * behind)
            image[x, y] = encoded(albedo * light + SIMD3(repeating: 0.03))
            if isShaded { image[x, y] = Self.shaded(image[x, y], x: x, y: y) }
            continue
          }
        }
        let value = held(40 + 205 * shade[at] * (1 - 0.6 * behind), 0, 255)
        image[x, y] = SIMD3<UInt8>(repeating: UInt8(value))
        if isShaded { image[x, y] = Self.shaded(image[x, y], x: x, y: y) }
      }
    }
    return image
  }
}

extension OrthographicView {
  /// A colour as it looks under shading: bluish, with lines from the lower left to the upper right.
  public static func shaded(_ colour: SIMD3<UInt8>, x: Int, y: Int) -> SIMD3<UInt8> {
    let isLine = (x + y) % 10 < 2
    let ink = SIMD3<Float>(70, 96, 190)
    let share: Float = isLine ? 0.62 : 0.3
    let c = SIMD3<Float>(Float(colour.x), Float(colour.y), Float(colour.z)) * (1 - share) + ink * share
    return SIMD3(UInt8(held(c.x, 0, 255)), UInt8(held(c.y, 0, 255)), UInt8(held(c.z, 0, 255)))
  }
}

/// How far left and right the border of a triangle reaches between two rows; backwards where it does not come there.
private func reach(
  of corners: (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>), above low: Float, below high: Float
) -> (from: Float, to: Float) {
  var (from, to) = (Float.infinity, -Float.infinity)
  for (p, q) in [(corners.0, corners.1), (corners.1, corners.2), (corners.2, corners.0)] {
    if max(p.y, q.y) < low || min(p.y, q.y) > high { continue }
    let rise = q.y - p.y
    for row in [low, high] {
      // Level edges are met at both of their ends.
      let t = abs(rise) > 1e-6 ? clamp((row - p.y) / rise, 0, 1) : (row == low ? 0 : 1)
      let x = p.x + t * (q.x - p.x)
      (from, to) = (min(from, x), max(to, x))
    }
  }
  return (from, to)
}
