import ImpressionSampling
import ScalpGeometry
import TreatmentDesign

private let document = """
  schemaVersion: 1
  hair:
    loss: norwood-3
  layers:
    - hairline:
        height: 72
        style: natural
  """

func designKernels() -> [Kernel] {
  [
    Kernel(name: "read-design") {
      { _ in try readDesign(document, named: "design").layers.count }
    },
    Kernel(name: "lay-design-on-6000-triangles", units: 1) {
      let scalp = try Scalp(eggHead(), threads: 1)
      let design = try readDesign(document, named: "design")
      return { _ in Int(try compile(design, on: scalp, threads: 1).lossArea) }
    },
    Kernel(name: "density-at-2000-points", units: 4) {
      let scalp = try Scalp(eggHead(), threads: 1)
      let fields = try compile(readDesign(document, named: "design"), on: scalp, threads: 1)
      var options = PoissonDiscOptions()
      options.count = 2000
      options.threads = 1
      let points = try samplePoissonDisc(
        on: scalp.head.mesh, density: fields.impressionDensity, seed: 1, options: options
      ).points
      var densities = [Float](repeating: 0, count: points.count)
      return { _ in
        var span = densities.mutableSpan
        fields.impressionDensity.evaluate(points.span, into: &span)
        return Int(densities[0])
      }
    },
  ]
}
