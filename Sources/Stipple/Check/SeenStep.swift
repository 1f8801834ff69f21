// What pictures show of treated patches: each in the clinic view that faces it best, beside the hair that is seen there.
//
// A view is drawn bare, before and after in the design's light, so that shading divides out (`MeasuredLights`), on dry skin,
// since shine is laid over work and bare skin alike. Of a patch counts what the work leaves of bare skin's light; of the hair
// beside it what the client's own hair leaves, nearest hair first, since the same hair looks a fifth darker from behind than
// from the side. Both are laid on one bare colour and compared by CIEDE2000.

import Arithmetic
import Meshes
import ScalpGeometry
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// One patch as a picture shows it.
struct SeenStep {
  var view: Pictures.View
  /// CIEDE2000 between work and hair.
  var step: Double
  var isDarker: Bool
}

/// Pixels along the side of a picture that is drawn to be measured: about one for each mm of the head.
private let measuredSize = 320

/// Pixels of work, or of hair, below which nothing is said.
private let leastPixels = 60

/// Least cosine between skin and the way to the camera: seen aslant, the same hair hides more skin.
private let leastFacing: Float = 0.65

/// How far the hair that a patch is compared with may lie before it counts for a third, mm.
private let hairReach: Float = 60

extension Portrait {
  /// What pictures show of each patch; `nil` for a patch that none shows well, or beside which none shows hair.
  func seenSteps(_ patches: [TreatedPatch]) throws(StippleError) -> [SeenStep?] {
    var steps = [SeenStep?](repeating: nil, count: patches.count)
    let hair = HairCells(fields, threads: threads)
    if hair.count == 0 { return steps }
    let views = try Pictures.View.allCases.filter { $0.clinicView != nil }
      .map { view throws(StippleError) in (view, try camera(for: view)) }
    // Per patch the views that it may be seen in, and how squarely.
    var facing = patches.map { patch in
      let patch = Facing(patch.triangles, on: head.mesh)
      return views.map { patch.facing($0.1) }.map { $0 > leastFacing ? $0 : 0 }
    }
    /// Patches that a view shows nearly as squarely as any.
    func shown(_ view: Int) -> [Int] {
      patches.indices.filter { facing[$0][view] > 0 && facing[$0][view] > 0.9 * (facing[$0].max() ?? 0) }
    }
    // The view that serves most goes first; what it cannot serve, for want of hair, tries its next one.
    while let best = views.indices.max(by: { shown($0).count < shown($1).count }), case let now = shown(best),
      !now.isEmpty
    {
      let view = views[best].0
      let lights = try measuredLights(view, size: measuredSize, isDry: true)
      for (i, found) in zip(now, seen(now.map { patches[$0] }, beside: hair, in: lights, view)) {
        steps[i] = found
        if found == nil { facing[i][best] = 0 } else { facing[i] = facing[i].map { _ in 0 } }
      }
    }
    return steps
  }

  private func seen(
    _ patches: [TreatedPatch], beside hair: HairCells, in lights: MeasuredLights, _ view: Pictures.View
  ) -> [SeenStep?] {
    var cellOf = hair.cellOf
    for (i, patch) in patches.enumerated() {
      for triangle in patch.triangles { cellOf[Int(triangle)] = Int32(hair.count + i) }
    }
    // One pass over the pixels; those that shine are left out, patch by patch.
    var pixels = [[Int]](repeating: [], count: hair.count + patches.count)
    for i in lights.bare.indices where lights.seen.coverage[i] > 0.99 && lights.seen.facing[i] > leastFacing {
      let cell = cellOf[Int(lights.seen.points[i].triangle)]
      if cell >= 0 { pixels[Int(cell)].append(i) }
    }
    let cells = pixels.enumerated().map { cell, pixels in
      CoveredLight(pixels, lights, under: cell < hair.count ? lights.before : lights.after)
    }
    return patches.indices.map { i in
      let work = cells[hair.count + i]
      guard work.count >= leastPixels else { return nil }
      var beside = CoveredLight()
      for cell in cells[..<hair.count] where cell.count > 0 {
        let apart = length(cell.position - work.position) / hairReach
        beside.add(cell, weight: exponential(-Double(apart)))
      }
      guard beside.count >= leastPixels else { return nil }
      let ground = (work.bare / work.weight + beside.bare / beside.weight) / 2
      let target = MatchTarget(MatchQuery(design))
      func lab(_ cover: CoveredLight, _ darkness: Double) -> Lab {
        var left = cover.under / cover.bare
        for k in 0..<3 { left[k] = power(max(left[k], 1e-6), darkness) }
        return Lab(linearRGB: ground * left)
      }
      var wanted = lab(beside, target.query.darkness)
      let shown = lab(work, 1)
      if !patches[i].hueIsSeen { (wanted.a, wanted.b) = (shown.a, shown.b) }
      return SeenStep(
        view: view, step: shown.difference(from: wanted), isDarker: shown.lightness < wanted.lightness)
    }
  }
}

/// Light of some pixels, bare and with what covers them.
private struct CoveredLight {
  var count = 0
  var weight = 0.0
  var bare = SIMD3<Double>.zero
  var under = SIMD3<Double>.zero
  /// Where they are, in the mean.
  var position = SIMD3<Float>.zero

  init() {}

  init(_ pixels: [Int], _ lights: MeasuredLights, under: [SIMD3<Float>]) {
    guard !pixels.isEmpty else { return }
    let lightness = pixels.map { Lab(linearRGB: SIMD3<Double>(lights.bare[$0])).lightness }
    let most = lightness.sorted()[pixels.count / 2] + 6
    for (i, lightness) in zip(pixels, lightness) where lightness < most {
      // What is seen straight on counts most.
      let facing = Double(lights.seen.facing[i])
      let share = facing * facing * facing
      count += 1
      weight += share
      bare += share * SIMD3<Double>(lights.bare[i])
      self.under += share * SIMD3<Double>(under[i])
      position += Float(share) * lights.seen.points[i].position
    }
    if count > 0 { position /= Float(weight) }
  }

  mutating func add(_ other: CoveredLight, weight share: Double) {
    count += other.count
    weight += share * other.weight
    bare += share * other.bare
    under += share * other.under
  }
}

/// The client's own hair, where nothing is lost and nothing is set, in cells of 20 mm.
private struct HairCells {
  /// Per triangle of the head: its cell, or -1.
  var cellOf: [Int32]
  var count: Int

  init(_ fields: CompiledDesign, threads: Int?) {
    let mesh = fields.scalp.head.mesh
    cellOf = [Int32](repeating: -1, count: mesh.triangles.count)
    var cells: [SIMD2<Int>: Int32] = [:]
    for sample in fields.workSamples(threads: threads) {
      guard sample.natural > 0.85 * Float(fields.design.hair.density), sample.hair > 0.9 * sample.natural,
        sample.impressions < 5
      else { continue }
      let place = SIMD2(Int((sample.side / 20).rounded(.down)), Int((sample.up / 20).rounded(.down)))
      let cell = cells[place] ?? Int32(cells.count)
      cells[place] = cell
      cellOf[Int(sample.point.triangle)] = cell
    }
    count = cells.count
  }
}

/// Where a patch lies and which way it looks.
private struct Facing {
  var position = SIMD3<Float>.zero
  var normal = SIMD3<Float>.zero

  init(_ triangles: [UInt32], on mesh: TriangleMesh) {
    for i in triangles {
      let t = mesh.triangles[Int(i)]
      let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
      normal += cross(b - a, c - a)
      let middle: SIMD3<Float> = a + b + c
      position += middle / 3
    }
    position /= Float(max(triangles.count, 1))
    normal = normalized(normal)
  }

  func facing(_ camera: Camera) -> Float { dot(normal, camera.direction(from: position)) }
}
