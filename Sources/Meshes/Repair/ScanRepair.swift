// Repair of a scan, in this order: weld, degenerate triangles, non-manifold edges and vertices, winding, spikes, crumbs, neck,
// second sheets, holes, and on request fewer triangles. From the split on, the mesh is a manifold after every step.

import Arithmetic

/// How a scan is repaired. Lengths are in the scan's units.
public struct RepairOptions: Sendable {
  /// Places on the head: the part that a landmark lies on is kept, however small.
  public var landmarks: [SIMD3<Float>] = []
  /// What is kept above the neck; nil leaves the neck.
  public var neck: HalfSpace?
  /// Where the head is, so that a second sheet over or under its skin can be told and left out; nil leaves all sheets.
  public var sheets: SheetOptions?
  /// Holes shorter around than this are filled; nil means `holeShare` of the bounding box's diagonal.
  public var holeLimit: Float?
  /// Holes up to this length are filled if all of their corners lie on the scalp.
  public var scalpHoleLimit: Float = 0
  /// Tells which places are scalp.
  public var isScalp: @Sendable (SIMD3<Float>) -> Bool = { _ in false }
  /// Meshes with more triangles are simplified to this many.
  public var maximumTriangles = 1_000_000

  /// 60 mm on a head with its neck, whose box is about 400 mm across.
  public static let holeShare: Float = 0.15

  public init() {}
}

/// What repair found and did.
public struct ScanRepairReport: Sendable, Equatable {
  public var vertices = 0
  public var triangles = 0
  /// Triangles dropped because a corner is not a finite number.
  public var nonFiniteTriangles = 0
  /// Vertices merged into an earlier one.
  public var weldedVertices = 0
  /// Triangles dropped because two of their corners coincide.
  public var degenerateTriangles = 0
  /// Triangles dropped because an earlier one has the same three corners.
  public var duplicateTriangles = 0
  /// Vertices dropped because no triangle uses them.
  public var unusedVertices = 0
  /// Edges found with more than two triangles.
  public var crowdedEdges = 0
  /// Vertices added where sheets were cut apart.
  public var splitVertices = 0
  /// Triangles that were wound the wrong way.
  public var turnedTriangles = 0
  /// Edges that were cut because the surface around them has only one side.
  public var oneSidedEdges = 0
  /// Vertices that were thrown off the skin.
  public var spikes = SpikeReport()
  /// How far apart triangles lay that were joined because nearly all of them stood alone, units of the scan; 0 where they did
  /// not.
  public var closedGap: Float = 0
  /// The parts that were found, if more than one.
  public var parts: [MeshPart] = []
  /// Triangles cut off or cut in two below the neck.
  public var croppedTriangles = 0
  /// Sheets over or under the skin that were left out.
  public var sheets: [SecondSheet] = []
  /// The holes that were found, the neck among them.
  public var holes: [MeshHole] = []
  /// Triangles taken away by simplifying.
  public var collapsedTriangles = 0

  public init() {}

  public var droppedParts: Int { parts.count { !$0.isKept } }
  public var filledHoles: Int { holes.count { $0.fate == .filled || $0.fate == .filledOnScalp } }
}

/// A repaired scan: a manifold mesh, where its vertices came from, and what was done.
public struct RepairedScan: Sendable {
  public var mesh: TriangleMesh
  /// For each vertex the vertex of the input that it came from, -1 for one that repair made.
  public var vertexSources: [Int32]
  /// For each corner of each triangle, `3 * triangle + corner` of the input, -1 for one that repair made: what
  /// follows corners, such as texture coordinates at seams.
  public var cornerSources: [SIMD3<Int32>]
  public var report: ScanRepairReport
}

/// The steps of repair, in their order.
enum RepairStep: CaseIterable {
  case weld, split, orient, spikes, parts, neck, sheets, holes, simplify
}

/// Repairs a scan. Linear time but for large holes and simplifying; deterministic.
///
/// The result is manifold and consistently wound, in the coordinates of the input; it may be empty if the input has no
/// triangle with three different corners. Corner indices must be below the number of positions.
public func repairScan(_ mesh: TriangleMesh, _ options: RepairOptions = RepairOptions()) -> RepairedScan {
  repairScan(mesh, options) { _, _ in }
}

/// The same with a look at the mesh after every step.
func repairScan(
  _ mesh: TriangleMesh, _ options: RepairOptions, after look: (RepairStep, MeshUnderRepair) -> Void
) -> RepairedScan {
  var work = MeshUnderRepair(mesh)
  var report = ScanRepairReport()
  report.vertices = mesh.positions.count
  report.triangles = mesh.triangles.count
  for step in RepairStep.allCases {
    switch step {
    case .weld: work.weld(&report)
    case .split: work.splitNonManifold(&report)
    case .orient: work.orient(&report)
    case .spikes: report.spikes = work.dropSpikes()
    case .parts: report.parts = work.dropCrumbs(landmarks: options.landmarks)
    case .neck:
      if let neck = options.neck {
        report.croppedTriangles = work.crop(to: neck)
        // What hung together through the shoulders may not any more.
        if report.croppedTriangles > 0 {
          report.parts += work.dropCrumbs(landmarks: options.landmarks).filter { !$0.isKept }
        }
      }
    case .sheets:
      if let sheets = options.sheets {
        report.sheets = work.dropSecondSheets(
          sheets, isOnePiece: report.parts.count(where: \.isKept) < 2, landmarks: options.landmarks,
          isScalp: options.isScalp)
        if !report.sheets.isEmpty {
          report.parts += work.dropCrumbs(landmarks: options.landmarks).filter { !$0.isKept }
        }
      }
    case .holes:
      report.holes = work.fillHoles(
        limit: options.holeLimit ?? RepairOptions.holeShare * work.diagonal, scalpLimit: options.scalpHoleLimit,
        isScalp: options.isScalp)
    case .simplify:
      let before = work.triangles.count
      if before > options.maximumTriangles { work.collapse(to: options.maximumTriangles) }
      report.collapsedTriangles = before - work.triangles.count
    }
    look(step, work)
  }
  return RepairedScan(
    mesh: work.mesh, vertexSources: work.vertexSources, cornerSources: work.cornerSources, report: report)
}

extension MeshUnderRepair {
  /// Diagonal of the bounding box.
  var diagonal: Float {
    guard var low = positions.first else { return 0 }
    var high = low
    for p in positions {
      low = low.replacing(with: p, where: p .< low)
      high = high.replacing(with: p, where: p .> high)
    }
    return length(high - low)
  }
}
