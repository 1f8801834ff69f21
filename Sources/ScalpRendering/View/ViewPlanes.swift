// One view of a head with everything that marks do not change: which surface each pixel sees, and the light it sends.
// Before, after and every year share it.
//
//                     visibility ──> shade ──> resolve to pixels
//   diffuse   light from under the skin, x coverage      pigment multiplies this
//   specular  light from its surface, x coverage         pigment leaves this alone
//   coverage  share of the pixel that is head, 0 to 1    the backdrop shows through the rest
//   depth     nearest surface, mm

import Arithmetic
import Meshes
import SkinOptics

/// How much work a picture is worth.
public enum PictureQuality: String, Sendable, CaseIterable {
  /// Skin without its fine relief: for dragging a hairline.
  case draft
  case standard
  /// Four samples of everything in each pixel: for print.
  case final

  /// Samples per pixel side at which everything is drawn.
  var supersampling: Int { self == .final ? 2 : 1 }
}

/// A prepared view, or a window of one.
public struct ViewPlanes: Sendable {
  public var width: Int { projection.width }
  public var height: Int { projection.height }
  public var camera: Camera { projection.camera }
  let projection: Projection
  /// Linear light to display light.
  let exposure: Float
  /// Samples per pixel side of the finished picture.
  let supersampling: Int
  var diffuse: [SIMD3<Float>]
  var specular: [SIMD3<Float>]
  var coverage: [Float]
  var depth: [Float]
  let light: VertexLight
  let lampDirections: [SIMD3<Float>]
  /// What each lamp gives a surface that faces it, over pi (luminance).
  let lampWeights: [Float]
  /// How wide the first lamp is, radians.
  let lampRadius: Float
}

/// A head under lamps before a camera: what all windows of a picture share.
public struct LitView: Sendable {
  let head: PreparedHead
  let look: SkinLook
  let camera: Camera
  let setup: StudioLight
  let light: VertexLight

  /// Lights the head. About 40 ms for 100,000 triangles on two cores.
  public init(
    _ head: PreparedHead, look: SkinLook, camera: Camera, light: StudioLight = .clinic, threads: Int? = nil
  ) {
    self.head = head
    self.look = look
    self.camera = camera
    setup = light.exposed(for: look.tone, ownColours: head.scanSkin != nil)
    self.light = lightVertices(head, light, camera: camera, threads: threads)
  }

  /// Shades a window of a picture.
  ///
  /// Memory while it runs: about 75 bytes per sample (a pixel of `final` has four), and 20 more while a picture of the
  /// view is put together.
  public func planes(_ window: PictureWindow, quality: PictureQuality = .standard, threads: Int? = nil) -> ViewPlanes {
    let projection = Projection(camera, window.scaled(quality.supersampling))
    let bands = TriangleBands(head.mesh, projection, threads: threads)
    let pixel = 1 / projection.pixelsPerMillimetre
    let shader = SkinShader(
      look: look, light: setup, camera: camera,
      pixelSize: quality == .draft ? max(pixel, 2) : pixel * Float(quality.supersampling),
      hasPaint: !head.templatePositions.isEmpty)
    let sampler = SurfaceSampler(
      head: head, projected: bands.vertices, light: light, shader: shader, camera: camera,
      vertexColours: head.scanSkin?.filteredVertexColours(head, pixelSize: shader.pixelSize) ?? [])
    let shaded = sampler.shadeAll(bands, side: quality.supersampling, threads: threads)
    return ViewPlanes(
      projection: projection, exposure: setup.exposure, supersampling: quality.supersampling,
      diffuse: shaded.diffuse, specular: shaded.specular, coverage: shaded.coverage, depth: shaded.depth,
      light: light, lampDirections: shader.lampDirections,
      lampWeights: zip(setup.softboxes, shader.lampTables).map {
        luminance($0.radiance) * $0.flux * $1.meanCosine(1) / Float.pi
      }, lampRadius: setup.softboxes.first.map { min(1 / $0.sharpness.squareRoot(), 0.7) } ?? 0.7)
  }
}

/// Shades a head from one camera.
///
/// - Parameters:
///   - width: pixels, 1 to 8192, as `height`.
///   - threads: worker threads; `nil` for one per core. The result does not depend on it.
public func prepareView(
  of head: PreparedHead, look: SkinLook, camera: Camera, light: StudioLight = .clinic,
  quality: PictureQuality = .standard, width: Int, height: Int, threads: Int? = nil
) -> ViewPlanes {
  LitView(head, look: look, camera: camera, light: light, threads: threads).planes(
    PictureWindow(width: width, height: height), quality: quality, threads: threads)
}

/// Turns the samples of a pixel into light.
private struct SurfaceSampler {
  let head: PreparedHead
  /// Vertices in sample coordinates.
  let projected: [SIMD3<Float>]
  let light: VertexLight
  var shader: SkinShader
  let camera: Camera
  /// The scan's, filtered for this view.
  let vertexColours: [SIMD3<Float>]

  /// What is seen in a band of sample rows: triangles and depths as of `VisibilityBuffer`.
  struct Seen {
    let triangle: UnsafeMutableBufferPointer<Int32>
    let depth: UnsafeMutableBufferPointer<Float>
    /// Samples.
    let width: Int
    /// First row of samples.
    let top: Int
  }

  struct Pixel {
    var diffuse = SIMD3<Float>.zero
    var specular = SIMD3<Float>.zero
    var coverage: Float = 0
    var depth: Float = .infinity
  }

  /// Four planes of light, one entry per pixel.
  struct Planes {
    var diffuse: [SIMD3<Float>] = []
    var specular: [SIMD3<Float>] = []
    var coverage: [Float] = []
    var depth: [Float] = []
  }

  /// Shades every pixel; `side` x `side` of them make one of the finished picture.
  func shadeAll(_ bands: TriangleBands, side: Int, threads: Int?) -> Planes {
    var planes = Planes()
    let perSide = VisibilityBuffer.samplesPerSide
    let count = bands.width / perSide * (bands.height / perSide)
    planes.diffuse = [SIMD3<Float>](unsafeUninitializedCapacity: count) { diffuse, diffuseCount in
      planes.specular = [SIMD3<Float>](unsafeUninitializedCapacity: count) { specular, specularCount in
        planes.coverage = [Float](unsafeUninitializedCapacity: count) { coverage, coverageCount in
          planes.depth = [Float](unsafeUninitializedCapacity: count) { depth, depthCount in
            nonisolated(unsafe) let (diffuse, specular, coverage, depth) = (diffuse, specular, coverage, depth)
            @Sendable func store(_ pixel: Pixel, at i: Int) {
              diffuse.initializeElement(at: i, to: pixel.diffuse)
              specular.initializeElement(at: i, to: pixel.specular)
              coverage.initializeElement(at: i, to: pixel.coverage)
              depth.initializeElement(at: i, to: pixel.depth)
            }
            shadeTiles(bands, side: side, threads: threads, store)
            depthCount = count
          }
          coverageCount = count
        }
        specularCount = count
      }
      diffuseCount = count
    }
    return planes
  }

  private func shadeTiles(_ bands: TriangleBands, side: Int, threads: Int?, _ store: @Sendable (Pixel, Int) -> Void) {
    parallelTiles(bands.count, threads: threads) { band in
      let rows = bands.rows(band)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count * bands.width) { ids in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * bands.width) { depths in
          bands.draw(band, ids: ids, depths: depths)
          let seen = Seen(triangle: ids, depth: depths, width: bands.width, top: rows.lowerBound)
          NoiseMemo.with { memo in
            var sampler = self
            sampler.shader.memo = memo
            sampler.shade(rows, of: seen, side: side, store)
          }
        }
      }
    }
  }

  /// Shades the pixels of a band of sample rows.
  private func shade(_ rows: Range<Int>, of seen: Seen, side: Int, _ store: (Pixel, Int) -> Void) {
    let perSide = VisibilityBuffer.samplesPerSide
    let width = seen.width / perSide
    for y in stride(from: rows.lowerBound / perSide, to: rows.upperBound / perSide, by: side) {
      for x in stride(from: 0, to: width, by: side) {
        // Four samples of a finished picture that lie on one smooth piece of skin are shaded once.
        if side == 2, let pixel = block(seen, x: x, y: y, side: side) {
          for dy in 0..<side {
            for dx in 0..<side { store(pixel, (y + dy) * width + x + dx) }
          }
        } else {
          for dy in 0..<side {
            for dx in 0..<side { store(resolve(seen, x: x + dx, y: y + dy), (y + dy) * width + x + dx) }
          }
        }
      }
    }
  }

  /// The light of `side` x `side` pixels at once, if all their samples lie close together on skin; else `nil`.
  @inline(__always)
  func block(_ seen: Seen, x: Int, y: Int, side: Int) -> Pixel? {
    let samples = side * VisibilityBuffer.samplesPerSide
    let (left, top) = (x * VisibilityBuffer.samplesPerSide, y * VisibilityBuffer.samplesPerSide)
    var nearest = Float.infinity
    var farthest: Float = 0
    for sy in 0..<samples {
      for sx in 0..<samples {
        let i = (top + sy - seen.top) * seen.width + left + sx
        if seen.triangle[i] < 0 { return nil }
        nearest = min(nearest, seen.depth[i])
        farthest = max(farthest, seen.depth[i])
      }
    }
    if farthest - nearest >= 1.5 { return nil }
    let half = Float(samples) / 2
    let i = (top + samples / 2 - seen.top) * seen.width + left + samples / 2
    let point = shade(
      seen.triangle[i], sampleX: Float(left) + half, sampleY: Float(top) + half, width: Float(samples))
    return Pixel(
      diffuse: point.light.diffuse * point.coverage, specular: point.light.specular * point.coverage,
      coverage: point.coverage, depth: nearest)
  }

  /// Samples of one pixel that lie close together are shaded once, in their middle; others one by one.
  @inline(__always)
  func resolve(_ seen: Seen, x: Int, y: Int) -> Pixel {
    let side = VisibilityBuffer.samplesPerSide
    var pixel = Pixel()
    var count = 0
    var nearest = Float.infinity
    var farthest: Float = 0
    for sy in 0..<side {
      for sx in 0..<side {
        let i = (y * side + sy - seen.top) * seen.width + x * side + sx
        if seen.triangle[i] < 0 { continue }
        count += 1
        nearest = min(nearest, seen.depth[i])
        farthest = max(farthest, seen.depth[i])
      }
    }
    if count == 0 { return pixel }
    pixel.depth = nearest
    if count == side * side, farthest - nearest < 1.5 {
      let i = (y * side - seen.top) * seen.width + x * side
      let point = shade(
        seen.triangle[i], sampleX: Float(x * side) + 1, sampleY: Float(y * side) + 1, width: Float(side))
      pixel.diffuse = point.light.diffuse * point.coverage
      pixel.specular = point.light.specular * point.coverage
      pixel.coverage = point.coverage
      return pixel
    }
    let share = 1 / Float(side * side)
    for sy in 0..<side {
      for sx in 0..<side {
        let i = (y * side + sy - seen.top) * seen.width + x * side + sx
        if seen.triangle[i] < 0 { continue }
        let point = shade(
          seen.triangle[i], sampleX: Float(x * side + sx) + 0.5, sampleY: Float(y * side + sy) + 0.5, width: 1)
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
    let a = projected[ia]
    let b = projected[ib]
    let c = projected[ic]
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
    var scar = ScarTouch.none
    for mark in shader.look.scars { mark.read(into: &scar, mesh, t, SIMD3(u, v, w), pixel: shader.pixelSize) }
    let pale =
      shader.look.paleWeight.isEmpty
      ? 0 : shader.look.paleWeight[ia] * u + shader.look.paleWeight[ib] * v + shader.look.paleWeight[ic] * w
    let own = head.scanSkin?.albedo(
      Int(id), corners: t, v: v, w: w, across: SIMD2(c.y - a.y, a.y - b.y) * (width / area),
      down: SIMD2(a.x - c.x, b.x - a.x) * (width / area), vertexColours: vertexColours)
    let coverage = head.neckCut.map { smoothstep($0 + 3, $0 + 30, position.y) } ?? 1
    let shaded = shader.shade(
      place: place, normal: normal, view: camera.direction(from: position),
      irradiance: light.irradiance[ia] * u + light.irradiance[ib] * v + light.irradiance[ic] * w,
      gradient: light.gradient[ia] * u + light.gradient[ib] * v + light.gradient[ic] * w,
      visible: light.visible[ia] * u + light.visible[ib] * v + light.visible[ic] * w, scar: scar, pale: pale,
      own: own)
    return (shaded, coverage)
  }
}
