import Mannequin
import Meshes
import ScalpGeometry

func headKernels() -> [Kernel] {
  [
    Kernel(name: "mannequin-30000-triangles", units: 1) {
      let parameters = MannequinParameters(sex: .male)
      return { _ in try makeMannequin(parameters, triangles: 30_000, threads: 1).mesh.triangles.count }
    }
  ]
}
