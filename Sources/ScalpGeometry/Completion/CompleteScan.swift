// A scan without the back or a side of the head, or with face and top only, made whole.
//
// The mean head is laid to what the scan shows (`PartialFit`) and bent into its rim (`RimField`); of it the skin that the scan lacks is
// taken (`MissingSkin`), joined to the rim by a strip of triangles (`LoopBridge`) and bent to leave the rim as the scan's skin does
// (`SeamFairing`). No vertex of the scan is moved. The time grows with the scan's triangles as a search among them does, n log n.

import Arithmetic
import Meshes

/// The mean head's skin that stands in for what a scan does not show.
struct Completion {
  /// Vertices after the scan's own, mm in the head frame, and triangles after its own.
  var positions: [SIMD3<Float>]
  var triangles: [SIMD3<UInt32>]
  /// Median distance of the scan's skin from the fitted mean head, mm.
  var gap: Float
}

/// What the scan must show: half of the face and of the forehead.
private let leastShown: Float = 0.5
/// Where the mean head lies farther from the scan's skin, it is not one head with it, mm.
private let largestGap: Float = 5
/// How far the rim's displacement is carried into what is not shown, mm.
private let fieldDecay: Float = 60
/// What lies so far under the mean head's skin is none of a head, mm: a lid that closes what was cut off.
private let lidDepth: Float = 25

/// Height under which a mean head is neck alone, mm.
private let neckFrom: Float = -110

/// The mean head laid to a scan.
struct FittedMeanHead {
  let template: Head
  let fit: HeadFit
  /// Vertices and normals of the template, as they lie on the scan.
  var positions: [SIMD3<Float>]
  var normals: [SIMD3<Float>]
  /// Median distance of the scan's skin, mm.
  let gap: Float

  /// - Parameter mesh: in the head frame.
  init(
    _ template: Head, to mesh: TriangleMesh, read landmarks: [(name: ScanLandmarks.Name, place: SIMD3<Float>)],
    threads: Int?
  ) {
    let samples = skinSamples(of: mesh)
    let tree = BoundingVolumeHierarchy(template.mesh)
    var marks: [(from: SIMD3<Float>, to: SIMD3<Float>, error: Float)] = []
    for (name, place) in landmarks {
      // Vertex and inion slide along the skin, the trichion is the client's own.
      let error: Float =
        switch name {
        case .trichion: 40
        case .vertex, .inion: 12
        default: 6
        }
      marks.append((template.landmarks[name], place, error))
    }
    var fit = HeadFit(
      origin: .zero, left: SIMD3(1, 0, 0), up: SIMD3(0, 1, 0), forward: SIMD3(0, 0, 1), scale: 1)
    fit.refine(to: samples, template: template.mesh, tree: tree, marks: marks, threads: threads)
    let laid = fit
    let gaps = tabulate(samples.count, initial: Float.infinity, threads: threads) { i in
      let sample = samples[i]
      if sample.weight < 1 { return .infinity }
      let point = tree.closestPoint(to: laid.unmap(sample.position), effort: FrameGuess.effort)
      return length(laid.map(point.position) - sample.position)
    }.filter { $0 < lidDepth }.sorted()
    gap = gaps.isEmpty ? .infinity : gaps[gaps.count / 2]
    self.template = template
    self.fit = fit
    positions = template.mesh.positions.map { laid.map($0) }
    normals = template.mesh.normals.map { laid.mappedNormal($0) }
  }

  /// Draws the neck out, or in, until its base lies at a height, so that it ends where the scan's does.
  mutating func moveBase(to height: Float) {
    let base = positions.reduce(Float.infinity) { min($0, $1.y) }
    guard base < neckFrom, height < neckFrom - 5 else { return }
    let factor = (height - neckFrom) / (base - neckFrom)
    for v in positions.indices where positions[v].y < neckFrom {
      positions[v].y = neckFrom + (positions[v].y - neckFrom) * factor
    }
  }

  /// Triangles of a mesh that lie deep within the head, and those around them that look elsewhere than its skin: a lid that closes what
  /// was cut off.
  func lids(of mesh: TriangleMesh, threads: Int?) -> [Bool] {
    let own = TriangleMesh(positions: positions, triangles: template.mesh.triangles, normals: normals)
    let tree = BoundingVolumeHierarchy(own)
    let isDeep = tabulate(mesh.positions.count, initial: false, threads: threads) { v in
      let p = mesh.positions[v]
      // Nostrils and mouths are deep too, and necks are not the mean one's.
      if p.y < -60 || (p.z > 60 && p.y < 20) { return false }
      let point = tree.closestPoint(to: p, effort: FrameGuess.effort)
      return dot(p - point.position, point.normal(on: own)) < -lidDepth
    }
    var isLid = mesh.triangles.map { isDeep[Int($0.x)] || isDeep[Int($0.y)] || isDeep[Int($0.z)] }
    var open = isLid.indices.filter { isLid[$0] }
    if open.isEmpty { return isLid }
    let neighbours = mesh.triangleNeighbours()
    while let i = open.popLast() {
      for k in 0..<3 {
        let n = Int(neighbours[i][k])
        if n < 0 || isLid[n] { continue }
        let t = mesh.triangles[n]
        let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
        let point = tree.closestPoint(to: (a + b + c) / 3, effort: FrameGuess.effort)
        if dot(normalized(cross(b - a, c - a)), point.normal(on: own)) > 0.4 { continue }
        isLid[n] = true
        open.append(n)
      }
    }
    return isLid
  }
}

/// Completes a scan.
///
/// - Parameters:
///   - mesh: the scan, a manifold, in the head frame.
///   - mean: the mean head laid to it.
/// - Throws: `ScanError` where it shows too little for the mean head to be laid to it. An empty result where nothing is missing.
func completion(
  of mesh: TriangleMesh, _ laidHead: FittedMeanHead, read landmarks: [(name: ScanLandmarks.Name, place: SIMD3<Float>)],
  threads: Int?
) throws(ScanError) -> Completion {
  let surface = ScanSurface(mesh)
  let loops = mesh.borderLoops().filter { loop in
    loop.contains { mesh.positions[Int($0)].y > neckBelow }
  }
  var mean = laidHead
  // Where no neck was cut, the scan may go on to the feet.
  let floor = max(
    -neckDepth, loops.reduce(Float.infinity) { low, loop in loop.reduce(low) { min($0, mesh.positions[Int($1)].y) } })
  mean.moveBase(to: floor)
  let template = mean.template.mesh
  let count = template.positions.count
  let neighbours = VertexNeighbours(template.triangles, count: count)
  let start = mean
  let seen = tabulate(count, initial: ShownSkin?.none, threads: threads) { v in
    surface.look(from: start.positions[v], normal: start.normals[v])
  }
  try checkShown(mean.template, isShown: seen.map { $0?.kind == .shown })
  if mean.gap > largestGap { throw .noMeanHead(gap: mean.gap) }

  // Bend it into the rim.
  var known = [SIMD3<Float>](repeating: .zero, count: count)
  var weights = [Float](repeating: 0, count: count)
  for v in 0..<count {
    guard let skin = seen[v], skin.kind == .shown else { continue }
    // Ears and hair that lie elsewhere are not to bend the skull.
    let trust = max(0, 1 - skin.distance / 15)
    weights[v] = 0.5 * trust
    known[v] = (skin.place - mean.positions[v]) * weights[v]
  }
  let laid = TriangleMesh(positions: mean.positions, triangles: template.triangles, normals: mean.normals)
  let laidTree = BoundingVolumeHierarchy(laid)
  let rimPoints = loops.flatMap { thinnedRim($0, mesh.positions) }
  var readings = rimPoints.map { (place: $0, weight: Float(1)) }
  for (name, place) in landmarks where name == .inion || name == .vertex {
    if length(surface.tree.closestPoint(to: place).position - place) > 6 { readings.append((place, 3)) }
  }
  for reading in readings {
    let point = laidTree.closestPoint(to: reading.place, effort: FrameGuess.effort)
    let miss = reading.place - point.position
    let trust = max(0, 1 - length(miss) / 25) * reading.weight
    let t = template.triangles[Int(point.triangle)]
    for (v, share) in [(t.x, 1 - point.v - point.w), (t.y, point.v), (t.z, point.w)] where share > 0 {
      weights[Int(v)] += trust * share
      known[Int(v)] += miss * (trust * share)
    }
  }
  let field = rimField(
    known: known, weights: weights, neighbours, positions: mean.positions, decay: fieldDecay)
  let bent = zip(mean.positions, field).map { $0 + $1 }
  let bentNormals = areaWeightedNormals(positions: bent, triangles: template.triangles)

  // What the scan does not show of it, a little off the rim
  let isMissing = tabulate(count, initial: false, threads: threads) { v in
    let skin = surface.look(from: bent[v], normal: bentNormals[v])
    if skin.kind == .shown { return false }
    var square: Float = 0
    for k in neighbours.range(v) { square += dotSelf(bent[Int(neighbours.items[k])] - bent[v]) }
    let edge = (square / Float(max(neighbours.range(v).count, 1))).squareRoot()
    return skin.distance > 0.6 * edge
  }
  let bentMesh = TriangleMesh(positions: bent, triangles: template.triangles, normals: bentNormals)
  return joined(
    bentMesh, missingPieces(bentMesh, isMissing: isMissing), to: mesh, loops, rimPoints: rimPoints, neighbours,
    floor: floor, gap: mean.gap)
}

private func dotSelf(_ v: SIMD3<Float>) -> Float { dot(v, v) }

/// A rim that lies below this with all its corners is the neck's, mm.
private let neckBelow: Float = -100

/// How far above the end of the neck no seam is bent, mm.
private let edgeHeight: Float = 12

/// Corners of a rim about 3 mm apart.
private func thinnedRim(_ loop: [UInt32], _ positions: [SIMD3<Float>]) -> [SIMD3<Float>] {
  var kept: [SIMD3<Float>] = []
  for v in loop {
    let p = positions[Int(v)]
    if kept.last.map({ length($0 - p) >= 3 }) ?? true { kept.append(p) }
  }
  return kept
}

/// Refuses a scan of which half of the face or of the forehead is missing.
private func checkShown(_ template: Head, isShown: [Bool]) throws(ScanError) {
  let parts: [(String, (SIMD3<Float>) -> Bool)] = [
    ("face", { $0.z > 55 && $0.y < 30 && $0.y > -60 && abs($0.x) < 55 }),
    ("forehead", { $0.z > 45 && $0.y > 40 && $0.y < 85 && abs($0.x) < 60 }),
  ]
  var areas = [Float](repeating: 0, count: template.mesh.positions.count)
  for t in template.mesh.triangles {
    let a = template.mesh.positions[Int(t.x)]
    let area = length(cross(template.mesh.positions[Int(t.y)] - a, template.mesh.positions[Int(t.z)] - a))
    for k in 0..<3 { areas[Int(t[k])] += area }
  }
  for (name, isIn) in parts {
    var (all, shown): (Float, Float) = (0, 0)
    for (v, p) in template.mesh.positions.enumerated() where isIn(p) {
      all += areas[v]
      if isShown[v] { shown += areas[v] }
    }
    if shown < leastShown * all { throw .tooLittle(part: name, share: shown / max(all, 1)) }
  }
}

/// Joins pieces of the bent mean head to the rims of a scan.
private func joined(
  _ bent: TriangleMesh, _ pieces: [MissingPiece], to mesh: TriangleMesh, _ loops: [[UInt32]],
  rimPoints: [SIMD3<Float>], _ neighbours: VertexNeighbours, floor: Float, gap: Float
) -> Completion {
  var result = Completion(positions: [], triangles: [], gap: gap)
  let first = UInt32(mesh.positions.count)
  var number = [UInt32](repeating: .max, count: bent.positions.count)
  var sources: [Int] = []
  var isTaken = [Bool](repeating: false, count: pieces.count)
  var rims: [SeamRim] = []
  var strips: [(loop: [UInt32], rim: [UInt32])] = []
  // The longest rim first: what it does not take may be an ear's or an eye's.
  for loop in loops.sorted(by: { $0.count != $1.count ? $0.count > $1.count : $0[0] < $1[0] }) {
    guard let piece = nearestPiece(loop, mesh, pieces, bent), !isTaken[piece] else { continue }
    isTaken[piece] = true
    for i in pieces[piece].triangles {
      var t = bent.triangles[i]
      for k in 0..<3 {
        if number[Int(t[k])] == .max {
          number[Int(t[k])] = first + UInt32(sources.count)
          sources.append(Int(t[k]))
        }
        t[k] = number[Int(t[k])]
      }
      result.triangles.append(t)
    }
    strips.append((loop, pieces[piece].rim.map { number[Int($0)] }))
    // Where the neck ends, it ends with an edge.
    let normals = zip(loop, smoothedNormals(loop, mesh)).map {
      mesh.positions[Int($0)].y > floor + edgeHeight ? $1 : .zero
    }
    rims.append(SeamRim(vertices: loop, normals: normals))
  }
  if sources.isEmpty { return result }
  let positions = mesh.positions + sources.map { bent.positions[$0] }
  let normals = mesh.normals + sources.map { bent.normals[$0] }
  for strip in strips {
    result.triangles += LoopBridge.strip(strip.loop, strip.rim, positions: positions, normals: normals)
  }
  let base = bent.positions.reduce(Float.infinity) { min($0, $1.y) }
  let curvature = meanCurvature(bent.positions, normals: bent.normals, neighbours)
  let distance = sources.map { s -> Float in
    if bent.positions[s].y < max(floor, base) + edgeHeight { return .infinity }
    return rimPoints.reduce(Float.infinity) { min($0, dotSelf($1 - bent.positions[s])) }.squareRoot()
  }
  let whole = TriangleMesh(
    positions: positions, triangles: mesh.triangles + result.triangles, normals: normals)
  result.positions = fairedSeam(
    whole, firstNew: mesh.positions.count, rims: rims, curvature: sources.map { curvature[$0] }, distance: distance)
  return result
}

/// The piece whose rim lies along a rim of the scan; `nil` where none does.
private func nearestPiece(
  _ loop: [UInt32], _ mesh: TriangleMesh, _ pieces: [MissingPiece], _ bent: TriangleMesh
) -> Int? {
  var votes = [Int](repeating: 0, count: pieces.count)
  let corners = thinnedRim(loop, mesh.positions)
  for p in corners {
    var best: (piece: Int, square: Float)?
    for (i, piece) in pieces.enumerated() {
      for v in piece.rim {
        let square = dotSelf(bent.positions[Int(v)] - p)
        if square < best?.square ?? 900 { best = (i, square) }
      }
    }
    if let best { votes[best.piece] += 1 }
  }
  guard let most = votes.indices.max(by: { (votes[$0], $1) < (votes[$1], $0) }) else { return nil }
  return 2 * votes[most] > corners.count ? most : nil
}

/// The scan's normals along a rim, without what single triangles add.
private func smoothedNormals(_ loop: [UInt32], _ mesh: TriangleMesh) -> [SIMD3<Float>] {
  var normals = loop.map { mesh.normals[Int($0)] }
  let n = normals.count
  for _ in 0..<4 {
    let before = normals
    for i in 0..<n { normals[i] = normalized(before[i] * 2 + before[(i + 1) % n] + before[(i + n - 1) % n]) }
  }
  return normals
}
