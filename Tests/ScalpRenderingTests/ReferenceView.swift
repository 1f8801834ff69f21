// The same picture the long way, to judge the fast one by: rays instead of a raster, every mark evaluated at every
// sample instead of prefiltered splats, and light summed over many directions, each tested by a ray, instead of 128
// directions per vertex, tables and blurs. It shares the camera, the lamps, the colour and relief of skin and the optical
// profile of a mark; it has no light that wanders under the skin from lit to shaded places, no thin ears, and no hair
// above the skin.

import Arithmetic
import Meshes
import ScalpGeometry
import SkinOptics

@testable import ScalpRendering

/// A head before a camera under lamps, without shortcuts.
struct ReferenceView {
  let head: PreparedHead
  let look: SkinLook
  let camera: Camera
  let setup: StudioLight
  /// Samples per pixel side.
  var side = 4
  /// Directions of light per sample.
  var directions = 512

  /// Exposed linear light of each pixel of a window; zero beside the head.
  func light(_ window: PictureWindow, marks: [Marks], threads: Int? = nil) -> [SIMD3<Float>] {
    let projection = Projection(camera, window)
    let pixel = 1 / projection.pixelsPerMillimetre
    let shader = SkinShader(
      look: look, light: setup, camera: camera, pixelSize: pixel / Float(side),
      hasPaint: !head.templatePositions.isEmpty)
    let tree = BoundingVolumeHierarchy(head.mesh)
    let grids = marks.map { MarkGrid($0) }
    let sky = fibonacciSphere(directions)
    return tabulate(window.width * window.height, initial: .zero, threads: threads) { i in
      var sum = SIMD3<Float>.zero
      for s in 0..<side * side {
        let x = Float(i % window.width) + (Float(s % side) + 0.5) / Float(side)
        let y = Float(i / window.width) + (Float(s / side) + 0.5) / Float(side)
        sum += sample(x, y, projection, shader, tree, grids, sky)
      }
      return sum * (setup.exposure / Float(side * side))
    }
  }

  private func sample(
    _ x: Float, _ y: Float, _ projection: Projection, _ shader: SkinShader, _ tree: BoundingVolumeHierarchy,
    _ grids: [MarkGrid], _ sky: [SIMD3<Float>]
  ) -> SIMD3<Float> {
    // The ray through the sample
    let across = camera.right * (x - projection.middle.x) - camera.up * (y - projection.middle.y)
    let atTarget = across * (camera.distance / projection.focal)
    let origin = camera.isOrthographic ? camera.eye + atTarget : camera.eye
    let direction = normalized(camera.isOrthographic ? camera.forward : camera.forward * camera.distance + atTarget)
    guard let hit = tree.firstHit(origin: origin, direction: direction) else { return .zero }
    let t = head.mesh.triangles[Int(hit.point.triangle)]
    let (v, w) = (hit.point.v, hit.point.w)
    let u = 1 - v - w
    func mixed(_ values: [SIMD3<Float>]) -> SIMD3<Float> {
      values[Int(t.x)] * u + values[Int(t.y)] * v + values[Int(t.z)] * w
    }
    let normal = normalized(mixed(head.mesh.normals))
    let view = -direction
    let skin = shader.surface(
      place: head.templatePositions.isEmpty ? hit.point.position : mixed(head.templatePositions), normal: normal,
      scar: .none, pale: 0, own: nil)

    // Light from every direction that the head does not hide
    let n = skin.normal
    let lobes = SkinGloss.Lobes(oil: skin.oil)
    let nv = max(dot(n, view), 0.05)
    let above = hit.point.position + normal * 0.02
    // Below the surface relief counts less, and differently for each channel.
    let below = (0..<3).map { normalized(normal + skin.relief.tilt(channel: $0)) }
    var irradiance = SIMD3<Float>.zero
    var even = SIMD3<Float>.zero
    var specular = SIMD3<Float>.zero
    var open: Float = 0
    var all: Float = 0
    for d in sky where dot(n, d) > 0 {
      let nl = dot(n, d)
      all += nl
      if dot(normal, d) <= 0 || tree.firstHit(origin: above, direction: d, limit: 400) != nil { continue }
      open += nl
      var radiance = setup.dome(dot(d, camera.up))
      for (j, lamp) in shader.lamps.enumerated() {
        radiance += lamp.radiance * exponential(lamp.sharpness * (dot(d, shader.lampDirections[j]) - 1))
      }
      even += radiance * max(dot(normal, d), 0)
      for c in 0..<3 { irradiance[c] += radiance[c] * max(dot(below[c], d), 0) }
      let h = normalized(d + view)
      specular +=
        radiance
        * (nl * lobes.light(nv: nv, nl: nl, nh: max(dot(n, h), 0), vh: max(dot(h, view), 0), widening: skin.unresolved))
    }
    // A direction stands for 4 pi / count; irradiance is over pi.
    irradiance *= 4 / Float(sky.count)
    even *= 4 / Float(sky.count)
    specular *= 4 * Float.pi / Float(sky.count)
    let passed = shader.passedOn(albedo: skin.albedo, hidden: 1 - open / max(all, 1e-6))
    var diffuse = irradiance * passed * skin.albedo
    diffuse *= (1 - shader.gloss.albedo(max(dot(normal, view), 0))) * skin.diffuseShade
    var left = SIMD3<Float>(repeating: 1)
    for grid in grids { left *= grid.lightLeft(at: hit.point.position, view: view) }
    let fuzz = shader.vellusCover(max(dot(normal, view), 0))
    let surface = specular * passed * (1 - fuzz) + even * passed * shader.vellusColour(skin.albedo) * fuzz
    return diffuse * left * (1 - fuzz) + surface * skin.specularShade
  }
}

/// Unit vectors evenly spread over the sphere (spherical Fibonacci).
private func fibonacciSphere(_ count: Int) -> [SIMD3<Float>] {
  (0..<count).map { i in
    let y = 1 - 2 * (Double(i) + 0.5) / Double(count)
    let t = turn(360 * 0.6180339887498949 * Double(i))
    let r = Float((1 - y * y).squareRoot())
    return SIMD3(t.cosine * r, Float(y), t.sine * r)
  }
}

/// Marks by place, each with its full profile.
private struct MarkGrid: Sendable {
  let marks: Marks
  /// Beyond this the far halo is under 1 % of its peak, mm.
  private static let reach: Float = 3.8
  private let low: SIMD3<Float>
  private let size: SIMD3<Int32>
  private var start: [Int32]
  private var items: [Int32]
  /// Each style at several extra depths, `depthStep` apart.
  private let sunken: [[LossProfile]]
  private static let depthStep: Float = 0.006

  init(_ marks: Marks) {
    self.marks = marks
    let levels = Int(held(marks.depth * 0.26 / Self.depthStep, 0, 1000)) + 2
    sunken = marks.styles.map { style in (0..<levels).map { style.sunk(by: Double(Float($0) * Self.depthStep)) } }
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    for p in marks.positions {
      for c in 0..<3 { (low[c], high[c]) = (min(low[c], p[c]), max(high[c], p[c])) }
    }
    if marks.count == 0 { (low, high) = (.zero, .zero) }
    self.low = low
    var size = SIMD3<Int32>.zero
    for c in 0..<3 { size[c] = Int32(held((high[c] - low[c]) / Self.reach, 0, 255)) + 1 }
    self.size = size
    let cells = Int(size.x) * Int(size.y) * Int(size.z)
    var start = [Int32](repeating: 0, count: cells + 1)
    func cell(_ p: SIMD3<Float>) -> Int {
      let q = (p - low) / Self.reach
      // The greatest of each is what `size` was counted from.
      func number(_ v: Float, _ size: Int32) -> Int { Int(held(v, 0, Float(size - 1))) }
      return (number(q.z, size.z) * Int(size.y) + number(q.y, size.y)) * Int(size.x) + number(q.x, size.x)
    }
    for p in marks.positions { start[cell(p) + 1] += 1 }
    for k in 0..<cells { start[k + 1] += start[k] }
    var cursor = start
    var items = [Int32](repeating: 0, count: marks.count)
    for (i, p) in marks.positions.enumerated() {
      let k = cell(p)
      items[Int(cursor[k])] = Int32(i)
      cursor[k] += 1
    }
    self.start = start
    self.items = items
  }

  /// Product of the ratios of all marks near a point of the skin.
  func lightLeft(at point: SIMD3<Float>, view: SIMD3<Float>) -> SIMD3<Float> {
    var left = SIMD3<Double>(repeating: 1)
    let q = (point - low) / Self.reach
    for dz: Int32 in -1...1 {
      for dy: Int32 in -1...1 {
        for dx: Int32 in -1...1 {
          let c = SIMD3(floorInt(q.x) &+ dx, floorInt(q.y) &+ dy, floorInt(q.z) &+ dz)
          if c.x < 0 || c.y < 0 || c.z < 0 || c.x >= size.x || c.y >= size.y || c.z >= size.z { continue }
          let k = (Int(c.z) * Int(size.y) + Int(c.y)) * Int(size.x) + Int(c.x)
          for item in items[Int(start[k])..<Int(start[k + 1])] {
            let i = Int(item)
            let r = length(marks.positions[i] - point)
            if r > Self.reach || marks.strength[i] <= 0 { continue }
            let cosine = max(dot(marks.normals[i], view), 0.04)
            let sine2 = (1 - cosine * cosine) / 1.96
            let extra = marks.depth * 0.6 * (1 / (1 - sine2).squareRoot() - 1)
            let levels = sunken[Int(marks.style[i])]
            let loss = levels[Int(held(extra / Self.depthStep + 0.5, 0, Float(levels.count - 1)))].loss(at: Double(r))
            for c in 0..<3 {
              // Strength is a factor on the optical density.
              let density = -logarithm(1 - Float(min(max(loss[c], -2), 0.98)))
              left[c] *= Double(exponential(-density * marks.strength[i]))
            }
          }
        }
      }
    }
    return SIMD3<Float>(left)
  }
}
