import Foundation
import ImpressionSampling
import Mannequin
import ScalpGeometry
import TreatmentDesign

/// The first sample design laid on its head: what the stages after it work on.
struct SampleDesign {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("samples/norwood-3.yaml").path

  let design: Design
  let scalp: Scalp
  let fields: CompiledDesign

  var head: Head { scalp.head }

  init() throws {
    let text = try String(contentsOfFile: Self.path, encoding: .utf8)
    design = try readDesign(text, named: Self.path)
    scalp = try Scalp(makeMannequin(MannequinParameters(sex: .male)))
    fields = try compile(design, on: scalp)
  }

  /// As many impressions as asked for, where the design puts them.
  func impressions(_ count: Int) throws -> DotPattern {
    var options = PoissonDiscOptions()
    options.count = count
    return try samplePoissonDisc(on: head.mesh, density: fields.impressionDensity, seed: 1, options: options)
  }
}
