import Arithmetic
import Meshes

/// The wanted density near the borders of a pattern, as a cloud of weighted points: what draws dots that have
/// neighbours on one side only.
///
/// Borders are the open edges of the part of the mesh that has a demand, and the pieces over which the density
/// changes. Elsewhere the pull of an even background is zero and there are no nodes.
struct Background: Sendable {
  /// Nodes; the minimum distance of a node is `support` times its hexagonal spacing.
  private(set) var nodes: DotField
  /// Weight of each node, in dots of the final pattern.
  private(set) var weights: [Float] = []
  /// Places on borders; the minimum distance of a marker is `markerReach` times its hexagonal spacing.
  private var markers: DotField
  private let support: Float

  /// How far a border is felt, over the spacing: the reach of the kernel of the coarsest pass, and half the room
  /// between markers.
  private static let markerReach: Float = 1.8 * 1.74 + 0.15
  /// Markers that follow each other along the curve nearer than this, over the spacing, are one.
  private static let markerRoom: Float = 0.3
  /// How far around a place it is seen to that no border is near, over the spacing.
  private static let clearingRoom: Float = 6
  /// Greatest weight of a node, in dots of the final pattern.
  private static let nodeWeight: Float = 1.0 / 6

  var isEmpty: Bool { weights.isEmpty }
  var normals: [SIMD3<Float>] { nodes.normals }

  /// Whether a dot may feel a border.
  func isNearBorder(_ p: SIMD3<Float>, spacing: Float) -> Bool {
    markers.touches(p, radius: spacing * Background.markerReach)
  }

  init(
    of demand: Demand, on surface: PreparedSurface, _ adjacency: TriangleAdjacency, rule: RadiusRule, support: Float
  ) {
    self.support = support
    let smallest = rule.hexagonalSpacing(demand.greatestDensity)
    let largest = rule.hexagonalSpacing(demand.leastDensity)
    nodes = DotField(
      low: demand.low, high: demand.high, smallest: smallest * support, largest: largest * support, cell: 0.7)
    markers = DotField(
      low: demand.low, high: demand.high, smallest: smallest * Background.markerReach,
      largest: largest * Background.markerReach, cell: 0.7)
    if adjacency.isClosed && demand.isConstant { return }
    markBorders(of: demand, on: surface, twin: adjacency.twin)
    if !markers.normals.isEmpty { addNodes(of: demand, on: surface) }
  }

  /// Puts markers along open edges and on pieces where the density changes.
  private mutating func markBorders(
    of demand: Demand, on surface: PreparedSurface, twin: [Int32]
  ) {
    var previous = UInt32.max
    var latest = SIMD3<Float>(repeating: .infinity)
    for p in demand.pieces.indices {
      let piece = demand.pieces[p]
      let isNew = piece.triangle != previous
      previous = piece.triangle
      let first = Int(piece.triangle) * 3
      let isOpen = isNew && (twin[first] < 0 || twin[first + 1] < 0 || twin[first + 2] < 0)
      if !isOpen && !demand.isFeathered[p] { continue }
      let spacing = demand.spacings[p]
      if demand.isFeathered[p] {
        let (v, w) = piece.weights(1 / 3, 1 / 3)
        let here = surface.position(piece.triangle, v, w)
        if !(length(here - latest) < spacing * Background.markerRoom) {
          latest = here
          markers.insert(here, radius: spacing * Background.markerReach, normal: .zero)
        }
      }
      if !isOpen { continue }
      for k in 0..<3 where twin[first + k] < 0 {
        let t = surface.mesh.triangles[Int(piece.triangle)]
        let from = surface.mesh.positions[Int(t[k])]
        let to = surface.mesh.positions[Int(t[(k + 1) % 3])]
        let parts = Int(held(length(to - from) / spacing, 1, 1000))
        for i in 0...parts {
          markers.insert(
            from + (to - from) * (Float(i) / Float(parts)), radius: spacing * Background.markerReach, normal: .zero)
        }
      }
    }
  }

  /// Adds the pieces within reach of a border as nodes at their centroids: a regular quadrature. Large pieces are
  /// cut, small ones that follow each other are taken together.
  private mutating func addNodes(
    of demand: Demand, on surface: PreparedSurface
  ) {
    var place = SIMD3<Float>.zero
    var normal = SIMD3<Float>.zero
    var first = SIMD3<Float>.zero
    var spacings: Float = 0
    var weight: Float = 0

    func emit(_ nodes: inout DotField, _ weights: inout [Float]) {
      guard weight > 0 else { return }
      nodes.insert(place / weight, radius: spacings / weight * support, normal: normalized(normal))
      weights.append(weight)
      place = .zero
      normal = .zero
      spacings = 0
      weight = 0
    }

    // A place with no border in reach
    var clearing = (centre: SIMD3<Float>.zero, reach: -Float.infinity)
    for p in demand.pieces.indices {
      let piece = demand.pieces[p]
      let t = surface.mesh.triangles[Int(piece.triangle)]
      let a = surface.mesh.positions[Int(t.x)]
      let ab = surface.mesh.positions[Int(t.y)] - a
      let ac = surface.mesh.positions[Int(t.z)] - a
      let spacing = demand.spacings[p]
      let centre = a + ab * (piece.v + piece.size / 3) + ac * (piece.w + piece.size / 3)
      let radius = (length(ab) + length(ac)) * abs(piece.size)
      // A dot that feels the border is within reach of it, and its background within reach of the dot
      let reach = 3 * spacing * Background.markerReach + 2 * radius
      if length(centre - clearing.centre) * 2 <= clearing.reach - reach { continue }
      if !markers.touches(centre, radius: reach) {
        // The pieces that follow are near: if no border is far around, they need not ask
        let far = reach + 2 * Background.clearingRoom * spacing
        if !markers.touches(centre, radius: far) { clearing = (centre, far) }
        continue
      }
      let pieceWeight = Float(demand.cumulative[p + 1] - demand.cumulative[p])
      let up = cross(ab, ac)
      let twice = length(up)
      let flat = up / twice
      var level = 0
      while pieceWeight > Background.nodeWeight * Float(1 << (2 * level)) && level < 4 { level += 1 }
      if level > 0 { emit(&nodes, &weights) }
      let parts = 1 << level
      let size = piece.size / Float(parts)
      let share = 1 / Float(parts * parts)
      for i in 0..<parts {
        for j in 0..<(parts - i) {
          // The upright part of the cell, and the inverted one beside it
          for inverted in 0..<(i + j < parts - 1 ? 2 : 1) {
            let offset: Float = inverted == 0 ? 1.0 / 3 : 2.0 / 3
            let here = a + ab * (piece.v + size * (Float(i) + offset)) + ac * (piece.w + size * (Float(j) + offset))
            let partWeight = pieceWeight * share
            if weight > 0 {
              let d = here - first
              let isFar = dot(d, d) > 0.25 * spacing * spacing
              if weight + partWeight > Background.nodeWeight || isFar || dot(normal, flat) < 0 {
                emit(&nodes, &weights)
              }
            }
            if weight == 0 { first = here }
            place += here * partWeight
            normal += flat
            spacings += spacing * partWeight
            weight += partWeight
          }
        }
      }
    }
    emit(&nodes, &weights)
  }
}
