// The density integrated over whole triangles, and which triangles must be cut to follow it.

import CLanes
import Meshes

/// What a triangle is cut into, and whether the density changes over it.
enum TriangleMark {
  /// Bits of the kind of cut.
  static let cut: UInt8 = 3
  /// Too long to be trusted to show variation.
  static let long: UInt8 = 1
  /// The density varies gently over it.
  static let gentle: UInt8 = 2
  /// The density is steep over it.
  static let steep: UInt8 = 3
  /// The density changes over it; cut or not.
  static let feathered: UInt8 = 4
}

struct CoarseDemand: Sendable {
  /// Demand of each live triangle, in impressions.
  var demands: [Float] = []
  /// A `TriangleMark` for each live triangle.
  var marks: [UInt8] = []
  /// Live triangles with a demand or that may have one; `nil` for all.
  var active: [UInt32]?
  /// Sum of the demands.
  var total = 0.0
  /// Greatest of the demands.
  var greatest: Float = 0
  /// Least mean density above zero of a triangle that is not cut, per cm².
  var leastDensity: Float = .infinity
  var isFeathered = false
  /// Whether any triangle has to be cut, or may have to.
  var isCut = false

  /// Integrates with corners and centroid: exact for fields that are quadratic over a triangle.
  init(on surface: PreparedSurface, vertices: FieldValues, centroids: FieldValues) {
    guard !surface.live.isEmpty else { return }
    let value = vertices.values[0]
    if vertices.isConstant && centroids.isConstant && centroids.values[0] == value && value > 0 {
      integrate(constant: value, surface, trustedEdge: vertices.isUniform ? .infinity : Demand.trustedEdge)
    } else {
      integrate(
        vertices.values.span, centroids.values.span, greatestDensity: max(vertices.greatest, centroids.greatest),
        surface)
    }
  }

  /// The same density everywhere: only their length may make triangles vary.
  private mutating func integrate(constant value: Float, _ surface: PreparedSurface, trustedEdge: Float) {
    let areas = surface.areas.span
    let longestEdges = surface.longestEdges.span
    let count = areas.count
    let mean = 0.75 * value + (value + value + value) * (1 / 12)
    var demandList = [Float](unwritten: count)
    var markList = [UInt8](repeating: 0, count: count)
    var demands = demandList.mutableSpan
    var marks = markList.mutableSpan
    for i in 0..<count { demands[unchecked: i] = mean * areas[unchecked: i] * 0.01 }
    if trustedEdge < .infinity {
      var all: UInt8 = 0
      for i in 0..<count {
        let mark: UInt8 = longestEdges[unchecked: i] > trustedEdge ? TriangleMark.long : 0
        marks[unchecked: i] = mark
        all |= mark
      }
      isCut = all != 0
    }
    var sum = 0.0
    var greatest: Float = 0
    var least = Float.infinity
    var greatestLanes = SIMD4<Float>(repeating: 0)
    var leastLanes = SIMD4<Float>(repeating: .infinity)
    var i = 0
    while i &+ 4 <= count {
      let demand: SIMD4<Float> = demands.span.lanes(at: i)
      let density = demand * 100 / areas.lanes(at: i)
      let isLeft = (demand .> 0) .& (longestEdges.lanes(at: i) .<= SIMD4<Float>(repeating: trustedEdge))
      leastLanes = lane_min4(leastLanes, SIMD4(repeating: .infinity).replacing(with: density, where: isLeft))
      greatestLanes = lane_max4(greatestLanes, demand)
      sum += Double(demand.x)
      sum += Double(demand.y)
      sum += Double(demand.z)
      sum += Double(demand.w)
      i &+= 4
    }
    for lane in 0..<4 {
      greatest = max(greatest, greatestLanes[lane])
      least = min(least, leastLanes[lane])
    }
    for i in i..<count {
      let demand = demands[i]
      sum += Double(demand)
      greatest = max(greatest, demand)
      if marks[i] == 0 && demand > 0 { least = min(least, demand * 100 / areas[i]) }
    }
    total = sum
    self.greatest = greatest
    leastDensity = least
    self.demands = demandList
    self.marks = markList
  }

  private mutating func integrate(
    _ vertexValues: Span<Float>, _ centroidValues: Span<Float>, greatestDensity: Float, _ surface: PreparedSurface
  ) {
    let areas = surface.areas.span
    let longestEdges = surface.longestEdges.span
    let live = surface.live.span
    let triangles = surface.mesh.triangles.span
    let vertexPointIndex = surface.vertexPoints.index.span
    let negligible = Demand.negligibleChange.ofGreatest * greatestDensity
    let steep = Demand.steepChange * greatestDensity
    let count = live.count
    var demandList = [Float](unwritten: count)
    var markList = [UInt8](unwritten: count)
    var list = [UInt32](unwritten: count)
    var listed = 0
    var sum = 0.0
    var greatest: Float = 0
    var least = Float.infinity
    var allMarks: UInt8 = 0
    var demands = demandList.mutableSpan
    var marks = markList.mutableSpan
    var listOut = list.mutableSpan
    for i in 0..<count {
      let t = triangles[unchecked: Int(live[unchecked: i])]
      let d0 = vertexValues[unchecked: Int(vertexPointIndex[unchecked: Int(t.x)])]
      let d1 = vertexValues[unchecked: Int(vertexPointIndex[unchecked: Int(t.y)])]
      let d2 = vertexValues[unchecked: Int(vertexPointIndex[unchecked: Int(t.z)])]
      let c = centroidValues[unchecked: i]
      let low = min(min(d0, d1), min(d2, c))
      let high = max(max(d0, d1), max(d2, c))
      let long = longestEdges[unchecked: i]
      var mark: UInt8 = long > Demand.trustedEdge ? TriangleMark.long : 0
      if high - low > max(Demand.negligibleChange.ofOwn * high, negligible) {
        let isSteep = high - low > steep
        if long > (isSteep ? Demand.pieceEdge : Demand.gentlePieceEdge) {
          mark = isSteep ? TriangleMark.steep : TriangleMark.gentle
        }
        mark |= TriangleMark.feathered
      }
      marks[unchecked: i] = mark
      allMarks |= mark
      let isCut = mark & TriangleMark.cut != 0
      listOut[unchecked: listed] = UInt32(truncatingIfNeeded: i)
      listed += high > 0 || isCut ? 1 : 0
      let mean = 0.75 * c + (d0 + d1 + d2) * (1 / 12)
      let demand = mean * areas[unchecked: i] * 0.01
      demands[unchecked: i] = demand
      sum += Double(demand)
      greatest = max(greatest, demand)
      if demand > 0 && !isCut { least = min(least, demand * 100 / areas[unchecked: i]) }
    }
    total = sum
    self.greatest = greatest
    leastDensity = least
    isFeathered = allMarks & TriangleMark.feathered != 0
    isCut = allMarks & TriangleMark.cut != 0
    self.demands = demandList
    self.marks = markList
    if listed < count {
      list.removeLast(count - listed)
      active = list
    }
  }

  /// Longest edge of the pieces into which a triangle is cut, mm.
  @inline(__always)
  static func pieceEdge(_ mark: UInt8) -> Float {
    switch mark & TriangleMark.cut {
    case TriangleMark.steep: Demand.pieceEdge
    case TriangleMark.gentle: Demand.gentlePieceEdge
    default: Demand.trustedEdge * 0.6
    }
  }
}

extension CoarseDemand {
  /// `leastDensity` of some of the triangles.
  func leastDensity(among curve: CurveOrder, on surface: PreparedSurface) -> Float {
    var least = Float.infinity
    for record in curve.records where record & CurveOrder.mark == 0 {
      let i = CurveOrder.index(record)
      if demands[i] > 0 { least = min(least, demands[i] * 100 / surface.areas[i]) }
    }
    return least
  }
}
