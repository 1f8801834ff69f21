// The auricle of a scanned head: the part of the ear that stands off the skull.
//
// The skull beside the ear is a cubic surface x = q(y, z), laid through the skin in a ring around it and then through what lies
// close to that within the ring, by least squares with skin that lies far off counting less and less (Beaton and Tukey. The
// fitting of power series. Technometrics 16. 1974). What stands more than 2.5 mm outside of that within reach of the tragion,
// and hangs together with its furthest point, is the auricle; hollows that it encloses belong to it. Where it leaves the
// skull is its root.
import Arithmetic
import Meshes

struct Auricle {
  /// Vertices of the auricle.
  var members: Set<Int32>
  /// Places along its root, about 1.5 mm apart, mm.
  var root: [SIMD3<Float>]

  /// Height above the skull at which the auricle begins, mm.
  static let lift: Float = 2.5
  /// How far from the middle of the ear it reaches at most, mm.
  static let reach: Float = 50
  /// The middle of the ear from its tragion: above and behind, mm.
  static let middle = SIMD2<Float>(8, -13)

  /// Finds the auricle on one side of a head; `nil` where nothing stands off there as an ear does.
  ///
  /// - Parameter side: 1 for the left, -1 for the right.
  /// - Complexity: linear in the vertices within 80 mm of the tragion.
  init?(on head: Head, side: Float) {
    let mesh = head.mesh
    let tragion = side > 0 ? head.landmarks.leftTragion : head.landmarks.rightTragion
    /// Above, and in front of, the middle of the ear, mm.
    func flat(_ p: SIMD3<Float>) -> SIMD2<Float> {
      SIMD2(p.y - tragion.y - Self.middle.x, p.z - tragion.z - Self.middle.y)
    }
    let near = mesh.positions.indices.filter { i in
      let q = flat(mesh.positions[i])
      return (25..<200).contains(mesh.positions[i].x * side) && (q * q).sum() < 80 * 80
    }
    let places = near.map { mesh.positions[$0] }
    let skin = near.map { i in
      (q: flat(mesh.positions[i]), x: mesh.positions[i].x * side, facing: mesh.normals[i].x * side)
    }
    guard let skull = SkullBeside(skin) else { return nil }
    let lifts = skin.map { $0.x - skull.x($0.q) }
    // In front of the tragion the cheek begins, below the lobe the jaw and the neck.
    let mayBeEar = places.map { p in
      let q = flat(p)
      return (q * q).sum() < Self.reach * Self.reach && p.z - tragion.z < 14 && p.y - tragion.y > -40
    }
    let isStanding = near.indices.map { lifts[$0] > Self.lift && mayBeEar[$0] }
    var top: Int?
    for k in near.indices where isStanding[k] && lifts[k] > top.map({ lifts[$0] }) ?? 7 { top = k }
    guard let top, lifts[top] < 50 else { return nil }
    let edges = Neighbours(mesh, among: near)
    let plate = edges.flood(from: [top]) { isStanding[$0] }
    // An ear is 50 to 80 mm high.
    let heights = near.indices.filter { plate[$0] }.map { places[$0].y }
    guard heights.count >= 8, let low = heights.min(), let high = heights.max(), (25...95).contains(high - low) else {
      return nil
    }
    // What cannot be reached from the skull around but over the plate is enclosed by it.
    let around = near.indices.filter { (skin[$0].q * skin[$0].q).sum() > Self.reach * Self.reach }
    let outside = edges.flood(from: around) { !plate[$0] }
    var isEar = near.indices.map { plate[$0] || mayBeEar[$0] && !outside[$0] }
    // Hollows that open towards the cheek, above the canal: there is plate before, behind and above them. Further back that
    // is true of the skull behind the ear.
    let rim = near.indices.filter { plate[$0] }.map { places[$0] }
    let step = rim.count / 1500 + 1
    for k in near.indices where mayBeEar[k] && !isEar[k] && places[k].z - tragion.z > -8 {
      var (isBefore, isBehind, isAbove) = (false, false, false)
      for i in stride(from: 0, to: rim.count, by: step) {
        let d = rim[i] - places[k]
        if abs(d.y) < 5 { (isBefore, isBehind) = (isBefore || d.z > 0, isBehind || d.z < 0) }
        if abs(d.z) < 5 && d.y > 0 { isAbove = true }
      }
      if isBefore && isBehind && isAbove { isEar[k] = true }
    }
    members = Set(near.indices.filter { isEar[$0] }.map { Int32(near[$0]) })

    // The root: where edges between the auricle and the skull pass the lift.
    var known: Set<SIMD3<Int32>> = []
    root = []
    for (a, b) in edges.pairs where isEar[Int(a)] != isEar[Int(b)] {
      let (inner, outer) = isEar[Int(a)] ? (Int(a), Int(b)) : (Int(b), Int(a))
      let (high, low) = (lifts[inner], lifts[outer])
      let share = high > Self.lift && low < Self.lift ? (high - Self.lift) / (high - low) : 0.5
      let place = places[inner] + (places[outer] - places[inner]) * share
      if known.insert(SIMD3<Int32>((place / 1.5).rounded(.down))).inserted { root.append(place) }
    }
    if root.count < 6 { return nil }
  }

  /// Straight distance of a place from the root, mm.
  func distance(of p: SIMD3<Float>) -> Float {
    var nearest = Float.infinity
    for q in root {
      let d = p - q
      nearest = min(nearest, (d * d).sum())
    }
    return nearest.squareRoot()
  }
}

/// The skull beside an ear, as if the ear were not there: x over height and depth, a cubic.
private struct SkullBeside {
  private var terms = [Double](repeating: 0, count: 10)

  /// Below the ear there is no skull: the cubic goes on level there.
  private static func powers(_ q: SIMD2<Float>) -> [Double] {
    let (y, z) = (Double(max(q.x, -20)) / 50, Double(q.y) / 50)
    return [1, y, z, y * y, y * z, z * z, y * y * y, y * y * z, y * z * z, z * z * z]
  }

  func x(_ q: SIMD2<Float>) -> Float {
    var sum = 0.0
    for (term, power) in zip(terms, Self.powers(q)) { sum += term * power }
    return Float(sum)
  }

  /// Lays it through skin: its place beside the middle of the ear, its x, and that of its normal, outwards. `nil` where there is
  /// too little around the ear.
  init?(_ skin: [(q: SIMD2<Float>, x: Float, facing: Float)]) {
    // What lies below is jaw and neck. First a ring that no ear reaches, then what lies close to that within it as well.
    let wide = Self.some(of: skin.filter { $0.q.x > -18 && $0.facing > 0.3 })
    let ring = Self.some(
      of: skin.filter {
        $0.q.x > -18 && $0.facing > 0.2 && (($0.q * $0.q).sum() > 38 * 38 || $0.q.y > 29 || $0.q.x > 30)
      })
    if ring.count < 20 { return nil }
    for round in 0..<14 {
      let used = round < 7 ? ring : wide
      var sums = [Double](repeating: 0, count: 110)
      var kept = 0
      for place in used {
        // What stands outside is ear or hair.
        let miss = Double(place.x - x(place.q)) / (round < 4 ? 12 : round < 7 ? 6 : place.x > x(place.q) ? 3 : 5)
        if round > 0 && abs(miss) >= 1 { continue }
        let weight = round == 0 ? 1 : (1 - miss * miss) * (1 - miss * miss)
        if weight > 0.3 { kept += 1 }
        let p = Self.powers(place.q)
        for i in 0..<10 {
          for j in 0..<10 { sums[11 * i + j] += weight * p[i] * p[j] }
          sums[11 * i + 10] += weight * p[i] * Double(place.x)
        }
      }
      guard kept >= 20, let solved = solution(sums, count: 10) else { return nil }
      terms = solved
    }
  }

  /// At most some two thousand of them, evenly.
  private static func some(
    of skin: [(q: SIMD2<Float>, x: Float, facing: Float)]
  ) -> [(q: SIMD2<Float>, x: Float, facing: Float)] {
    let step = skin.count / 2000 + 1
    return stride(from: 0, to: skin.count, by: step).map { skin[$0] }
  }
}

/// Solves linear equations, row by row with their right sides, by elimination with pivots; `nil` where they do not decide.
private func solution(_ equations: [Double], count n: Int) -> [Double]? {
  var m = equations
  let width = n + 1
  for c in 0..<n {
    var pivot = c
    for r in c..<n where abs(m[width * r + c]) > abs(m[width * pivot + c]) { pivot = r }
    let largest = abs(m[width * pivot + c])
    guard largest > 1e-9, largest.isFinite else { return nil }
    if pivot != c { for k in 0..<width { m.swapAt(width * c + k, width * pivot + k) } }
    for r in 0..<n where r != c {
      let factor = m[width * r + c] / m[width * c + c]
      for k in c..<width { m[width * r + k] -= factor * m[width * c + k] }
    }
  }
  return (0..<n).map { m[width * $0 + n] / m[width * $0 + $0] }
}

/// Edges between some of a mesh's vertices, which count from 0 here in the order given.
private struct Neighbours {
  /// Each edge once or twice, in the order of triangles.
  private(set) var pairs: [(Int32, Int32)] = []
  /// Neighbours of the vertex `i` are `list[starts[i]..<starts[i + 1]]`.
  private var starts: [Int]
  private var list: [Int32]

  init(_ mesh: TriangleMesh, among some: [Int]) {
    var number = [Int32](repeating: -1, count: mesh.positions.count)
    for (k, i) in some.enumerated() { number[i] = Int32(k) }
    for t in mesh.triangles {
      let (a, b, c) = (number[Int(t.x)], number[Int(t.y)], number[Int(t.z)])
      if a >= 0 && b >= 0 { pairs.append((a, b)) }
      if b >= 0 && c >= 0 { pairs.append((b, c)) }
      if c >= 0 && a >= 0 { pairs.append((c, a)) }
    }
    starts = [Int](repeating: 0, count: some.count + 1)
    for (a, b) in pairs {
      starts[Int(a) + 1] += 1
      starts[Int(b) + 1] += 1
    }
    for k in some.indices { starts[k + 1] += starts[k] }
    var next = starts
    list = [Int32](repeating: 0, count: 2 * pairs.count)
    for (a, b) in pairs {
      list[next[Int(a)]] = b
      next[Int(a)] += 1
      list[next[Int(b)]] = a
      next[Int(b)] += 1
    }
  }

  /// Which vertices can be reached over edges without leaving those that are `allowed`.
  func flood(from start: [Int], within allowed: (Int) -> Bool) -> [Bool] {
    var reached = [Bool](repeating: false, count: starts.count - 1)
    var stack = start.filter(allowed)
    for k in stack { reached[k] = true }
    while let k = stack.popLast() {
      for j in list[starts[k]..<starts[k + 1]] where !reached[Int(j)] && allowed(Int(j)) {
        reached[Int(j)] = true
        stack.append(Int(j))
      }
    }
    return reached
  }
}
