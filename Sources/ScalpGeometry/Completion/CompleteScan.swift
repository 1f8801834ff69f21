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
