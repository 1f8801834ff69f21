import Mannequin
import Meshes
import ScalpGeometry

/// Heads that many tests stand on, each made once: the mean man and woman, as coarse as they come (triangles of about
/// 3 mm). What holds here holds on finer meshes.
package enum MeanHeads {
  package static let man = Result { try Scalp(makeMannequin(MannequinParameters(sex: .male), triangles: 30_000)) }
  package static let woman = Result { try Scalp(makeMannequin(MannequinParameters(sex: .female), triangles: 30_000)) }
}

/// Mannequins in full size, each made once, when it is first asked for.
package enum MannequinSamples {
  package static let triangles = 100_000
  package static let cases: [(sex: Sex, percentile: Double)] = [
    (.male, 50), (.female, 5), (.male, 95), (.female, 50), (.male, 5), (.female, 95),
  ]
  private static let heads = cases.map { sample in
    Memo {
      try makeMannequin(MannequinParameters(sex: sample.sex, percentile: sample.percentile), triangles: triangles)
    }
  }
  package static func head(_ index: Int) throws -> Head { try heads[index].get() }
}

/// The mean man in so few triangles that a test may look at each of them many times.
package enum SimpleHead {
  private static let result = Result { () throws -> Head in
    var head = try MannequinSamples.head(0)
    var options = RepairOptions()
    options.maximumTriangles = 9_000
    head.mesh = repairScan(head.mesh, options).mesh
    head.templatePositions = []
    return head
  }

  package static func get() throws -> Head { try result.get() }
}
