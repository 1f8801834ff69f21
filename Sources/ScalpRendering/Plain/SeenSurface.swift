// What a camera sees of a head, as places on its skin: for drawings of a field on the head rather than of light.

import Arithmetic
import Meshes
import ScalpGeometry

/// The skin behind each pixel of a view.
public struct SeenSurface: Sendable {
  public let width: Int
  public let height: Int
  /// Per pixel, row-major: the place nearest to the pixel's middle; meaningful where `coverage` is above 0.
  public let points: [SurfacePoint]
  /// Per pixel: share of it that is head, 0 to 1; falls off towards the cut of the mannequin's neck.
  public let coverage: [Float]
  /// Per pixel: distance along the view direction, mm; infinite beside the head.
  public let depth: [Float]
  /// Per pixel: cosine between the skin's normal and the way to the camera, 0 to 1.
  public let facing: [Float]
  /// Pixels per mm at the distance that the camera looks at.
  public let pixelsPerMillimetre: Float

  /// Looks at `head` from `camera`.
  ///
  /// - Parameters:
  ///   - width: pixels, 1 to 4096, as `height`.
  ///   - threads: worker threads; the result does not depend on it.
  public init(_ head: Head, camera: Camera, width: Int, height: Int, threads: Int? = nil) {
    let projection = Projection(camera, width: width, height: height)
    let visibility = VisibilityBuffer(mesh: head.mesh, projection: projection, threads: threads)
    let neckCut = head.templatePositions.isEmpty ? nil : head.mesh.positions.lazy.map(\.y).min()
    let side = VisibilityBuffer.samplesPerSide
    let mesh = head.mesh
    let rows = tabulate(height, initial: [Pixel](), threads: threads) { y in
      (0..<width).map { x in
        var pixel = Pixel()
        var seen = 0
        for sy in 0..<side {
          for sx in 0..<side {
            let i = (y * side + sy) * visibility.width + x * side + sx
            if visibility.triangle[i] < 0 { continue }
            seen += 1
            if visibility.depth[i] < pixel.depth {
              pixel.depth = visibility.depth[i]
              pixel.point.triangle = UInt32(visibility.triangle[i])
            }
          }
        }
        if seen == 0 { return pixel }
        // Where the pixel's middle lies in that triangle, held to it.
        let t = mesh.triangles[Int(pixel.point.triangle)]
        let a = visibility.projected[Int(t.x)]
        let b = visibility.projected[Int(t.y)]
        let c = visibility.projected[Int(t.z)]
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
        let px = Float(x * side) + 0.5 * Float(side) - a.x
        let py = Float(y * side) + 0.5 * Float(side) - a.y
        var v = clamp((px * (c.y - a.y) - py * (c.x - a.x)) / area, 0, 1)
        var w = clamp((py * (b.x - a.x) - px * (b.y - a.y)) / area, 0, 1)
        if v + w > 1 {
          let s = 1 / (v + w)
          v *= s
          w *= s
        }
        let u = 1 - v - w
        pixel.point.v = v
        pixel.point.w = w
        let position = mesh.positions[Int(t.x)] * u + mesh.positions[Int(t.y)] * v + mesh.positions[Int(t.z)] * w
        let normal = mesh.normals[Int(t.x)] * u + mesh.normals[Int(t.y)] * v + mesh.normals[Int(t.z)] * w
        pixel.point.position = position
        pixel.facing = max(0, dot(normalized(normal), camera.direction(from: position)))
        let fade = neckCut.map { smoothstep($0 + 3, $0 + 30, position.y) } ?? 1
        pixel.coverage = fade * Float(seen) / Float(side * side)
        return pixel
      }
    }
    self.width = width
    self.height = height
    pixelsPerMillimetre = projection.pixelsPerMillimetre
    points = rows.flatMap { $0.map(\.point) }
    coverage = rows.flatMap { $0.map(\.coverage) }
    depth = rows.flatMap { $0.map(\.depth) }
    facing = rows.flatMap { $0.map(\.facing) }
  }

  private struct Pixel: Sendable {
    var point = SurfacePoint(position: .zero, triangle: 0, v: 0, w: 0)
    var coverage: Float = 0
    var depth = Float.infinity
    var facing: Float = 0
  }
}
