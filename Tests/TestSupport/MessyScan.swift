import Arithmetic
import Meshes
import ScalpGeometry

/// What is wrong with a scan that is made from a clean head.
package struct Mess: Sendable, CustomStringConvertible {
  package var name: String
  package var unit = ScanUnit.millimetre
  /// Unit quaternion (x, y, z, w) from the head frame to the scan's axes.
  package var turn = SIMD4<Float>(0, 0, 0, 1)
  /// Where the head's origin lies, mm.
  package var offset = SIMD3<Float>.zero
  /// Every triangle has corners of its own.
  package var isUnwelded = false
  /// Holes: middle and radius, mm.
  package var holes: [(SIMD3<Float>, Float)] = []
  /// Triangles within this many mm of a place are wound the wrong way.
  package var flipped: (SIMD3<Float>, Float)?
  /// Triangles that stand on edges of the skin.
  package var fins = 0
  /// Largest displacement of a vertex, mm.
  package var noise: Float = 0
  /// Shards that float around the head.
  package var crumbs = 0
  /// Triangles written twice, half of them wound the other way.
  package var duplicates = 0
  /// Triangles with two equal corners.
  package var degenerates = 0
  /// A second sheet this far over the skin, mm, negative under it: all of it, or over the scalp only, as hair.
  package var wall: Float = 0
  package var cap: Float = 0
  /// Every triangle is wound the wrong way.
  package var isInsideOut = false
  /// A scan in no unit at all: its own length, mm, in place of `unit`.
  package var perUnit: Double?
  /// Nothing farther back than this is scanned, mm.
  package var backFrom: Float?
  /// Left is taken for right.
  package var isExchanged = false

  package var description: String { name }

  /// What a repaired scan may differ from the head it was made of, mm, on top of its noise.
  package static let tolerance: Float = 0.5

  private static let zUp = SIMD4<Float>(0.707_106_77, 0, 0, 0.707_106_77)
  private static let crown = EarPlaces.crown
  package static let all: [Mess] = [
    Mess(
      name: "clean, metres, far away", unit: .metre, turn: SIMD4(0.5, -0.5, 0.5, 0.5), offset: SIMD3(300, -200, 1700)),
    Mess(name: "z up, centimetres, unwelded", unit: .centimetre, turn: zUp, isUnwelded: true),
    Mess(
      name: "inches, holes at the crown, behind an ear and on a temple", unit: .inch,
      holes: [(crown, 8), (EarPlaces.behindEar, 5), (EarPlaces.temple, 7)]),
    Mess(name: "flipped patch, inside out", flipped: (crown, 30), isInsideOut: true),
    Mess(name: "fins, crumbs, duplicates", fins: 7, crumbs: 12, duplicates: 50, degenerates: 50),
    Mess(name: "noise", noise: 0.4),
    Mess(
      name: "all of it", unit: .metre, turn: SIMD4(0.182_574_2, 0.365_148_4, 0.547_722_6, 0.730_296_7),
      offset: SIMD3(-900, 40, 600), isUnwelded: true, holes: [(crown, 8), (EarPlaces.behindEar, 5)],
      flipped: (EarPlaces.temple, 25), fins: 5, noise: 0.3, crumbs: 9, duplicates: 20, degenerates: 20),
    Mess(name: "inner wall, hole at the crown", unit: .centimetre, turn: zUp, holes: [(crown, 8)], wall: -4),
    Mess(name: "hair over the skull", unit: .metre, offset: SIMD3(-900, 40, 600), cap: 12),
    Mess(name: "no unit", turn: zUp, perUnit: 0.1173),
    Mess(name: "far origin", offset: SIMD3(20_000, -35_000, 50_000)),
  ]
  /// What no repair alone brings back.
  package static let partial = Mess(name: "no back of the head", unit: .centimetre, turn: zUp, backFrom: -25)
  package static let exchanged = Mess(name: "left for right", turn: zUp, isExchanged: true)
  package static let rough = Mess(name: "rough", noise: 3.5)
}

/// Places on the mean man, mm.
private enum EarPlaces {
  static let crown = SIMD3<Float>(10, 118, -62)
  static let behindEar = SIMD3<Float>(46, 12, -76)
  static let temple = SIMD3<Float>(-56, 80, 34)
}

/// A scan with known faults, and the way back from its coordinates.
package struct MessyScan {
  package var mesh: TriangleMesh
  package var landmarks: ScanLandmarks
  /// Head-frame position of a place in the scan.
  package let back: @Sendable (SIMD3<Float>) -> SIMD3<Float>

  package init(_ head: Head, _ mess: Mess) {
    let random = CounterRandom(seed: 11, stream: 4)
    var positions = head.mesh.positions
    var triangles = head.mesh.triangles
    func middle(_ t: SIMD3<UInt32>) -> SIMD3<Float> {
      (positions[Int(t.x)] + positions[Int(t.y)] + positions[Int(t.z)]) / 3
    }
    if mess.noise > 0 {
      for i in positions.indices {
        let d = SIMD3(
          random.uniform(UInt64(3 * i)), random.uniform(UInt64(3 * i + 1)), random.uniform(UInt64(3 * i + 2)))
        // A ball, so that the amplitude is a distance.
        let v = 2 * d - SIMD3(repeating: 1)
        positions[i] += v * (mess.noise / max(length(v), 1))
      }
    }
    let skinTree = BoundingVolumeHierarchy(head.mesh)
    for (place, radius) in mess.holes {
      let centre = skinTree.closestPoint(to: place).position
      // At least one triangle, however large they are there
      let nearest = triangles.map { length(middle($0) - centre) }.min() ?? 0
      triangles.removeAll { length(middle($0) - centre) <= max(radius, nearest) }
    }
    if let (centre, radius) = mess.flipped {
      for i in triangles.indices where length(middle(triangles[i]) - centre) < radius {
        triangles[i] = SIMD3(triangles[i].x, triangles[i].z, triangles[i].y)
      }
    }
    let skin = triangles.count
    for k in 0..<mess.fins {
      let t = triangles[Int(random.bits(UInt64(9000 + k)) % UInt64(skin))]
      let n = normalized(cross(positions[Int(t.y)] - positions[Int(t.x)], positions[Int(t.z)] - positions[Int(t.x)]))
      positions.append((positions[Int(t.x)] + positions[Int(t.y)]) / 2 + n * 4)
      let tip = UInt32(positions.count - 1)
      triangles.append(k % 2 == 0 ? SIMD3(t.x, t.y, tip) : SIMD3(t.y, t.x, tip))
      if k % 3 == 0 { triangles.append(SIMD3(t.y, t.z, tip)) }
    }
    for (height, isCap) in [(mess.wall, false), (mess.cap, true)] where height != 0 {
      let first = UInt32(positions.count)
      positions += zip(head.mesh.positions, head.mesh.normals).map { $0 + $1 * height }
      for t in head.mesh.triangles {
        let p = head.mesh.positions[Int(t.x)]
        if isCap && !(p.y > 60 || (p.z < -20 && p.y > 10)) { continue }
        triangles.append(t &+ SIMD3(repeating: first))
      }
    }
    for k in 0..<mess.duplicates {
      let t = triangles[(k * 37) % skin]
      triangles.append(k % 2 == 0 ? t : SIMD3(t.x, t.z, t.y))
    }
    for k in 0..<mess.degenerates {
      let t = triangles[(k * 53) % skin]
      triangles.append(SIMD3(t.x, t.y, t.x))
    }
    for k in 0..<mess.crumbs {
      let a = SIMD3(random.uniform(UInt64(500 + 3 * k)), random.uniform(UInt64(501 + 3 * k)), 0.3) * 300 - 150
      let first = UInt32(positions.count)
      positions += [a, a + SIMD3(6, 0, 0), a + SIMD3(0, 6, 2), a + SIMD3(5, 5, 5)]
      triangles += [SIMD3(first, first + 1, first + 2), SIMD3(first + 1, first + 3, first + 2)]
    }
    if let back = mess.backFrom { triangles.removeAll { positions[Int($0.x)].z < back } }
    if mess.isInsideOut { triangles = triangles.map { SIMD3($0.x, $0.z, $0.y) } }
    if mess.isUnwelded {
      positions = triangles.flatMap { [positions[Int($0.x)], positions[Int($0.y)], positions[Int($0.z)]] }
      triangles = triangles.indices.map { UInt32(3 * $0) &+ SIMD3(0, 1, 2) }
    }

    let (turn, offset) = (mess.turn, mess.offset)
    let scale = mess.perUnit.map { Float($0) } ?? mess.unit.millimetres
    func out(_ p: SIMD3<Float>) -> SIMD3<Float> { (rotated(p, turn) + offset) / scale }
    back = { p in rotated(p * scale - offset, SIMD4(-turn.x, -turn.y, -turn.z, turn.w)) }
    mesh = TriangleMesh(positions: positions.map(out), triangles: triangles)
    landmarks = ScanLandmarks()
    landmarks[.glabella] = SIMD3<Double>(out(head.landmarks.glabella))
    landmarks[.leftTragion] = SIMD3<Double>(out(head.landmarks.leftTragion))
    landmarks[.rightTragion] = SIMD3<Double>(out(head.landmarks.rightTragion))
    if mess.isExchanged {
      (landmarks[.leftTragion], landmarks[.rightTragion]) = (landmarks[.rightTragion], landmarks[.leftTragion])
    }
  }
}

/// `v` turned by the unit quaternion (x, y, z, w).
package func rotated(_ v: SIMD3<Float>, _ q: SIMD4<Float>) -> SIMD3<Float> {
  let u = SIMD3(q.x, q.y, q.z)
  return v + cross(u, cross(u, v) + v * q.w) * 2
}

/// Largest distance from the vertices of one mesh to the surface of another, over those that `isChosen` accepts.
package func largestGap(
  from a: TriangleMesh, to b: BoundingVolumeHierarchy, where isChosen: (SIMD3<Float>) -> Bool = { _ in true }
) -> Float {
  var largest: Float = 0
  for p in a.positions where isChosen(p) { largest = max(largest, length(b.closestPoint(to: p).position - p)) }
  return largest
}
