// How much light upright cylinders take out of paths: every depth, radius and distance from the axis at once.
//
// A path enters at the origin; the cylinder's axis stands at (station, 0). Far from the axis few paths meet the cylinder,
// so there the axis also stands at (-station, 0) and (0, ±station): the walk knows no direction.

import RealModule

/// The cylinders to score and how strongly they absorb.
struct Cylinders: Sendable {
  /// Upper and lower end, mm; at most 16.
  var spans: [ClosedRange<Double>]
  var radii: [Double]
  /// Distances from the axis, per radius: each drawn evenly from its range, ascending.
  var stations: [[ClosedRange<Double>]]
  /// Absorption of the body, per mm, in eight steps.
  var absorptions: SIMD8<Float>

  /// Beyond this distance the axis stands on four sides.
  static let far = 0.5

  /// Stations of all radii, one after the other.
  var stationCount: Int { stations.reduce(0) { $0 + $1.count } }
  var cellCount: Int { stationCount * spans.count }
}

/// Sums of one batch of paths, per tone.
struct CylinderSums: Sendable {
  /// Light that comes out of bare skin.
  var bare: [Double]
  /// Light that the cylinder takes away, [tone][station][span], eight absorptions each.
  var taken: [SIMD8<Float>]
}

/// Scores paths against cylinders.
struct CylinderScorer {
  let cylinders: Cylinders
  private(set) var sums: CylinderSums
  private let spans: Int
  private let tones: Int
  private let low: SIMD16<Float>
  private let high: SIMD16<Float>
  /// First and last z of any span.
  private let reach: (top: Float, bottom: Float)
  private let radii: [Float]
  private let first: [Int]
  private let bounds: [(low: Float, high: Float)]
  /// Per radius: the first station whose far end is at or beyond i * `lookupStep`.
  private let lookup: [Int32]
  private static let lookupCount = 600
  private static let lookupStep: Float = 0.01
  private let decay: [SIMD8<Float>]
  private static let decayStep: Float = 1.0 / 1024
  /// Of the current path.
  private var stations: [Float]
  private var lengths: [SIMD16<Float>]
  private var isTouched: [Bool]
  private var touched: [Int32]

  init(_ cylinders: Cylinders, tones: Int) {
    self.cylinders = cylinders
    self.tones = tones
    spans = cylinders.spans.count
    var low = SIMD16<Float>(repeating: .infinity)
    var high = SIMD16<Float>(repeating: -.infinity)
    for (k, span) in cylinders.spans.enumerated() {
      low[k] = Float(span.lowerBound)
      high[k] = Float(span.upperBound)
    }
    self.low = low
    self.high = high
    reach = (low.min(), high.max())
    radii = cylinders.radii.map { Float($0) }
    var first = [0]
    for list in cylinders.stations { first.append(first[first.count - 1] + list.count) }
    self.first = first
    bounds = cylinders.stations.joined().map { (Float($0.lowerBound), Float($0.upperBound)) }
    var lookup: [Int32] = []
    for j in cylinders.radii.indices {
      for q in 0..<Self.lookupCount {
        let x = Double(Float(q) * Self.lookupStep)
        let i = cylinders.stations[j].firstIndex { $0.upperBound >= x } ?? cylinders.stations[j].count
        lookup.append(Int32(first[j] + i))
      }
    }
    self.lookup = lookup
    // What is taken against the square root of the length inside, to 4 mm.
    decay = (0..<2050).map { i in
      let root = Float(i) * Self.decayStep
      var value = SIMD8<Float>.zero
      for m in 0..<8 { value[m] = 1 - Float.exp(-cylinders.absorptions[m] * root * root) }
      return value
    }
    let count = bounds.count
    stations = [Float](repeating: 0, count: count)
    lengths = [SIMD16<Float>](repeating: .zero, count: count)
    isTouched = [Bool](repeating: false, count: count)
    touched = []
    sums = CylinderSums(
      bare: [Double](repeating: 0, count: tones),
      taken: [SIMD8<Float>](repeating: .zero, count: tones * cylinders.cellCount))
  }

  /// Adds a path that left the skin with `weights` per tone.
  mutating func add(_ pieces: [Piece], weights: [Float], random: inout PathRandom) {
    for t in 0..<tones { sums.bare[t] += Double(weights[t]) }
    for i in bounds.indices {
      let (a, b) = bounds[i]
      stations[i] = a == b ? a : a + (b - a) * random.pair().0
    }
    for side in 0..<4 {
      measure(pieces, side: side)
      deposit(weights, side: side)
    }
  }

  /// Lengths of the path inside each cylinder.
  private mutating func measure(_ pieces: [Piece], side: Int) {
    for piece in pieces {
      let z0 = piece.start.z
      let z1 = z0 + piece.direction.z * piece.length
      if max(z0, z1) <= reach.top || min(z0, z1) >= reach.bottom { continue }
      // Seen from the side on which the axis stands.
      let (px, py, u, v): (Float, Float, Float, Float) =
        switch side {
        case 0: (piece.start.x, piece.start.y, piece.direction.x, piece.direction.y)
        case 1: (-piece.start.x, -piece.start.y, -piece.direction.x, -piece.direction.y)
        case 2: (piece.start.y, -piece.start.x, piece.direction.y, -piece.direction.x)
        default: (-piece.start.y, piece.start.x, -piece.direction.y, piece.direction.x)
        }
      let qx = px + u * piece.length
      let qy = py + v * piece.length
      let left = min(px, qx)
      let right = max(px, qx)
      let near = min(py, qy)
      let beyond = max(py, qy)
      // Where along the piece each span begins and ends.
      let w = piece.direction.z
      var enter = SIMD16<Float>(repeating: 0)
      var leave = SIMD16<Float>(repeating: piece.length)
      if abs(w) > 1e-6 {
        let a = (low - z0) / w
        let b = (high - z0) / w
        enter = a.replacing(with: b, where: a .> b)
        leave = b.replacing(with: a, where: a .> b)
        enter.replace(with: 0, where: enter .< 0)
        leave.replace(with: piece.length, where: leave .> piece.length)
      } else {
        leave.replace(with: 0, where: (low .> z0) .| (high .< z0))
      }
      leave.replace(with: enter, where: leave .< enter)

      let along = u * u + v * v
      for j in radii.indices {
        let radius = radii[j]
        if beyond < -radius || near > radius { continue }
        let start = max(0, Int((left - radius) / Self.lookupStep))
        if start >= Self.lookupCount { continue }
        if right + radius < 0 { continue }
        var i = Int(lookup[j * Self.lookupCount + start])
        let end = first[j + 1]
        let r2 = radius * radius
        while i < end && bounds[i].low <= right + radius {
          defer { i += 1 }
          let station = stations[i]
          if side > 0 && station < Float(Cylinders.far) { continue }
          let x = px - station
          let c = x * x + py * py - r2
          var t0: Float = 0
          var t1 = piece.length
          if along < 1e-9 {
            if c >= 0 { continue }
          } else {
            let b = x * u + py * v
            let root = b * b - along * c
            if root <= 0 { continue }
            let half = root.squareRoot()
            t0 = max(0, (-b - half) / along)
            t1 = min(t1, (-b + half) / along)
            if t1 <= t0 { continue }
          }
          let a = enter.replacing(with: t0, where: enter .< t0)
          let z = leave.replacing(with: t1, where: leave .> t1)
          var inside = z - a
          inside.replace(with: 0, where: inside .< 0)
          lengths[i] += inside
          if !isTouched[i] {
            isTouched[i] = true
            touched.append(Int32(i))
          }
        }
      }
    }
  }

  /// Books what the cylinders take from the path and clears its lengths.
  private mutating func deposit(_ weights: [Float], side: Int) {
    let count = bounds.count
    for index in touched {
      let i = Int(index)
      let inside = lengths[i]
      lengths[i] = .zero
      isTouched[i] = false
      let share: Float = stations[i] < Float(Cylinders.far) ? 1 : 0.25
      for k in 0..<spans where inside[k] > 0 {
        let x = min(inside[k].squareRoot() / Self.decayStep, 2048)
        let cell = Int(x)
        let a = decay[cell]
        let value = a + (decay[cell + 1] - a) * (x - Float(cell))
        for t in 0..<tones { sums.taken[(t * count + i) * spans + k] += value * (weights[t] * share) }
      }
    }
    touched.removeAll(keepingCapacity: true)
  }
}
