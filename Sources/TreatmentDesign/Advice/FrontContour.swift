// The front of a design's pigment as it lies on the head, whichever layers make it.
//
// Column by column along `side`, the tape is followed back from the glabella to the foremost place with at least half of the
// density that stands within 30 mm behind it. Where a fifth as much hair stands there or ahead of it, the hair makes the front,
// and where a hairline layer does, its own line is judged (LineRules.swift, HairlineRules.swift); what is left is the front
// that zones, gradients and masks make.
import Arithmetic
import Meshes
import ScalpGeometry

struct FrontContour {
  /// Where the front crosses one column.
  struct Place: Equatable {
    /// On the tape, mm.
    var up: Float
    var side: Float
    var position: SIMD3<Float>
    /// Of the skin.
    var normal: SIMD3<Float>
    /// From a tenth to nine tenths of the density behind, mm along the column.
    var softness: Float
    /// The layer that puts most impressions there.
    var layer: Int
  }

  /// Neighbouring columns together, from right to left.
  var runs: [[Place]]

  var places: [Place] { runs.flatMap { $0 } }

  /// mm between columns, and on either side of the midline.
  static let step: Float = 2
  static let reach: Float = 90
  /// A front further back than this is the border of a crown, mm on the tape.
  static let furthest = 130
  /// How far behind the front its density is taken, mm.
  static let behind = 30
  /// What is less is a trace, per cm².
  static let trace: Float = 20

  /// Height above the glabella, mm: the least mean of 10 mm of the front, within 30 mm of the midline; `nil` where there is no
  /// front so near to it.
  var height: Double? {
    let width = 5
    var lowest: Float?
    for run in runs {
      let middle = run.filter { abs($0.side) <= 30 }
      guard middle.count >= width else { continue }
      for i in 0...middle.count - width {
        let mean = middle[i..<i + width].reduce(0) { $0 + $1.up } / Float(width)
        lowest = min(lowest ?? mean, mean)
      }
    }
    return lowest.map(Double.init)
  }

  /// The layer that makes most of the front.
  var layer: Int? {
    var counts: [Int: Int] = [:]
    for place in places { counts[place.layer, default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }
}

extension CompiledDesign {
  /// The front that layers other than hairlines make; without columns where there is none.
  func frontContour(threads: Int?) -> FrontContour {
    let isNeeded = design.layers.contains { layer in
      switch layer {
      case .hairline, .scar: false
      case .zone, .gradient, .mask: layer.setsImpressions
      }
    }
    if !isNeeded { return FrontContour(runs: []) }
    let half = Int(FrontContour.reach / FrontContour.step)
    let columns = tabulate(2 * half + 1, initial: FrontContour.Place?.none, threads: threads) { k in
      self.frontPlace(side: Float(k - half) * FrontContour.step)
    }
    var runs: [[FrontContour.Place]] = []
    for (k, column) in columns.enumerated() {
      guard let column else { continue }
      if k > 0 && columns[k - 1] != nil { runs[runs.count - 1].append(column) } else { runs.append([column]) }
    }
    return FrontContour(runs: runs)
  }

  /// Where the front crosses one column; `nil` where nothing does, or hair or a hairline layer makes it.
  private func frontPlace(side: Float) -> FrontContour.Place? {
    let frame = scalp.frame
    let count = FrontContour.furthest + FrontContour.behind
    var densities = [Float](repeating: 0, count: count + 1)
    for i in 0...count {
      if let point = frame.place(up: Float(i), side: side) { densities[i] = impressions(at: point) }
    }
    for i in 0...FrontContour.furthest where densities[i] >= FrontContour.trace {
      let full = densities[i...i + FrontContour.behind].max() ?? 0
      if densities[i] < 0.5 * full { continue }
      func crossing(_ share: Float) -> Float {
        let level = share * full
        var at = i
        while at > 0 && densities[at] >= level { at -= 1 }
        while at < i + FrontContour.behind && densities[at] < level { at += 1 }
        if at == 0 || densities[at] <= densities[at - 1] { return Float(at) }
        return Float(at) - (densities[at] - level) / (densities[at] - densities[at - 1])
      }
      for j in stride(from: max(i - 60, 0), through: i + 5, by: 2) {
        guard let point = frame.place(up: Float(j), side: side) else { continue }
        if visibleHair(at: point).now >= 0.2 * full { return nil }
      }
      let up = max(crossing(0.5), 0)
      guard let point = frame.place(up: up, side: side), let within = frame.place(up: Float(i + 2), side: side),
        let layer = fields.principalLayer(at: within).layer
      else { return nil }
      switch design.layers[layer] {
      case .hairline, .scar: return nil
      case .zone, .gradient, .mask: break
      }
      return FrontContour.Place(
        up: up, side: side, position: point.position, normal: frame.normal(at: point),
        softness: crossing(0.9) - crossing(0.1), layer: layer)
    }
    return nil
  }
}
