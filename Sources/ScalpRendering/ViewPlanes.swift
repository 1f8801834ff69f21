// One view of a head with everything that marks do not change: which surface each pixel sees, and the light it sends.
// Before, after and every year share it.
//
//                     visibility ──> shade ──> resolve to pixels
//   diffuse   light from under the skin, x coverage      pigment multiplies this
//   specular  light from its surface, x coverage         pigment leaves this alone
//   coverage  share of the pixel that is head, 0 to 1    the backdrop shows through the rest
//   depth     nearest surface, mm

import HeadGeometry
import SkinOptics

/// A prepared view.
public struct ViewPlanes: Sendable {
  public let width: Int
  public let height: Int
  public let camera: Camera
  let projection: Projection
  var diffuse: [SIMD3<Float>]
  var specular: [SIMD3<Float>]
  var coverage: [Float]
  var depth: [Float]
  let light: VertexLight
  let lampDirections: [SIMD3<Float>]
}

/// Shades a head from one camera.
///
/// - Parameters:
///   - width: pixels, 1 to 4096, as `height`.
///   - threads: worker threads; `nil` for one per core. The result does not depend on it.
///
/// Memory while it runs: about 80 bytes per pixel, and 80 more while a picture of the view is put together.
public func prepareView(
  of head: PreparedHead, look: SkinLook, camera: Camera, light: StudioLight = .clinic, width: Int, height: Int,
  threads: Int? = nil
) -> ViewPlanes {
  let projection = Projection(camera, width: width, height: height)
  let vertexLight = lightVertices(head, light, camera: camera, threads: threads)
  let visibility = VisibilityBuffer(mesh: head.mesh, projection: projection, threads: threads)
  let shader = SkinShader(
    look: look, light: light, camera: camera, pixelSize: 1 / projection.pixelsPerMillimetre,
    hasPaint: !head.templatePositions.isEmpty)
  var planes = ViewPlanes(
    width: width, height: height, camera: camera, projection: projection,
    diffuse: [SIMD3<Float>](repeating: .zero, count: width * height),
    specular: [SIMD3<Float>](repeating: .zero, count: width * height),
    coverage: [Float](repeating: 0, count: width * height),
    depth: [Float](repeating: .infinity, count: width * height), light: vertexLight,
    lampDirections: shader.lampDirections)
  planes.shadeAll(head, visibility: visibility, shader: shader, threads: threads)
  return planes
}

extension ViewPlanes {
  fileprivate mutating func shadeAll(
    _ head: PreparedHead, visibility: VisibilityBuffer, shader: SkinShader, threads: Int?
  ) {
    let band = 16
    let (width, height) = (self.width, self.height)
    let sampler = SurfaceSampler(
      head: head, visibility: visibility, light: light, shader: shader, eye: camera.eye,
      vertexColours: head.scanSkin?.filteredVertexColours(head, pixelSize: shader.pixelSize) ?? [])
    diffuse.withUnsafeMutableBufferPointer { diffuseBuffer in
      specular.withUnsafeMutableBufferPointer { specularBuffer in
        coverage.withUnsafeMutableBufferPointer { coverageBuffer in
          depth.withUnsafeMutableBufferPointer { depthBuffer in
            nonisolated(unsafe) let diffuse = diffuseBuffer
            nonisolated(unsafe) let specular = specularBuffer
            nonisolated(unsafe) let coverage = coverageBuffer
            nonisolated(unsafe) let depth = depthBuffer
            parallelTiles((height + band - 1) / band, threads: threads) { tile in
              for y in (tile * band)..<min(height, (tile + 1) * band) {
                for x in 0..<width {
                  let pixel = sampler.resolve(x: x, y: y)
                  let i = y * width + x
                  diffuse[i] = pixel.diffuse
                  specular[i] = pixel.specular
                  coverage[i] = pixel.coverage
                  depth[i] = pixel.depth
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Turns the samples of a pixel into light.
private struct SurfaceSampler {
  let head: PreparedHead
  let visibility: VisibilityBuffer
  let light: VertexLight
  let shader: SkinShader
  let eye: SIMD3<Float>
  /// The scan's, filtered for this view.
  let vertexColours: [SIMD3<Float>]

  struct Pixel {
    var diffuse = SIMD3<Float>.zero
    var specular = SIMD3<Float>.zero
    var coverage: Float = 0
    var depth: Float = .infinity
  }

  /// Samples of one pixel that lie close together are shaded once, in their middle; others one by one.
  @inline(__always)
  func resolve(x: Int, y: Int) -> Pixel {
    let side = VisibilityBuffer.samplesPerSide
    var pixel = Pixel()
    var seen = 0
    var nearest = Float.infinity
    var farthest: Float = 0
    for sy in 0..<side {
      for sx in 0..<side {
        let i = (y * side + sy) * visibility.width + x * side + sx
        if visibility.triangle[i] < 0 { continue }
        seen += 1
        nearest = min(nearest, visibility.depth[i])
        farthest = max(farthest, visibility.depth[i])
      }
    }
    if seen == 0 { return pixel }
    pixel.depth = nearest
    if seen == side * side, farthest - nearest < 1.5 {
      let i = (y * side) * visibility.width + x * side
      let point = shade(
        visibility.triangle[i], sampleX: Float(x * side) + 1, sampleY: Float(y * side) + 1, width: Float(side))
      pixel.diffuse = point.light.diffuse * point.coverage
      pixel.specular = point.light.specular * point.coverage
      pixel.coverage = point.coverage
      return pixel
    }
    let share = 1 / Float(side * side)
    for sy in 0..<side {
      for sx in 0..<side {
        let i = (y * side + sy) * visibility.width + x * side + sx
        if visibility.triangle[i] < 0 { continue }
        let point = shade(
          visibility.triangle[i], sampleX: Float(x * side + sx) + 0.5, sampleY: Float(y * side + sy) + 0.5, width: 1)
        pixel.diffuse += point.light.diffuse * (share * point.coverage)
        pixel.specular += point.light.specular * (share * point.coverage)
        pixel.coverage += share * point.coverage
      }
    }
    return pixel
  }

  /// Interpolates the triangle's attributes at a sample place and shades there. Towards the cut of the neck the head
  /// fades out.
  ///
  /// - Parameter width: what this place stands for, in samples.
  @inline(__always)
  private func shade(_ id: Int32, sampleX: Float, sampleY: Float, width: Float) -> (
    light: ShadedPoint, coverage: Float
  ) {
    let t = head.mesh.triangles[Int(id)]
    let (ia, ib, ic) = (Int(t.x), Int(t.y), Int(t.z))
    let a = visibility.projected[ia]
    let b = visibility.projected[ib]
    let c = visibility.projected[ic]
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    let px = sampleX - a.x
    let py = sampleY - a.y
    // Held to the triangle: the middle of a pixel may lie just outside.
    var v = clamp((px * (c.y - a.y) - py * (c.x - a.x)) / area, 0, 1)
    var w = clamp((py * (b.x - a.x) - px * (b.y - a.y)) / area, 0, 1)
    if v + w > 1 {
      let s = 1 / (v + w)
      v *= s
      w *= s
    }
    let u = 1 - v - w
    let mesh = head.mesh
    let position = mesh.positions[ia] * u + mesh.positions[ib] * v + mesh.positions[ic] * w
    let normal = normalized(mesh.normals[ia] * u + mesh.normals[ib] * v + mesh.normals[ic] * w)
    let place =
      head.templatePositions.isEmpty
      ? position
      : head.templatePositions[ia] * u + head.templatePositions[ib] * v + head.templatePositions[ic] * w
    let scar =
      shader.look.scarWeight.isEmpty
      ? 0 : shader.look.scarWeight[ia] * u + shader.look.scarWeight[ib] * v + shader.look.scarWeight[ic] * w
    let pale =
      shader.look.paleWeight.isEmpty
      ? 0 : shader.look.paleWeight[ia] * u + shader.look.paleWeight[ib] * v + shader.look.paleWeight[ic] * w
    let own = head.scanSkin?.albedo(
      Int(id), corners: t, v: v, w: w, across: SIMD2(c.y - a.y, a.y - b.y) * (width / area),
      down: SIMD2(a.x - c.x, b.x - a.x) * (width / area), vertexColours: vertexColours)
    let coverage = head.neckCut.map { smoothstep($0 + 3, $0 + 30, position.y) } ?? 1
    let shaded = shader.shade(
      place: place, normal: normal, view: normalized(eye - position),
      irradiance: light.irradiance[ia] * u + light.irradiance[ib] * v + light.irradiance[ic] * w,
      gradient: light.gradient[ia] * u + light.gradient[ib] * v + light.gradient[ic] * w,
      visible: light.visible[ia] * u + light.visible[ib] * v + light.visible[ic] * w, scar: scar, pale: pale,
      own: own)
    return (shaded, coverage)
  }
}
