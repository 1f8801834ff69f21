import ImpressionSampling
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import SkinOptics

func renderKernels() -> [Kernel] {
  [
    Kernel(name: "view-128", units: 1) {
      let head = PreparedHead(eggHead(), threads: 1)
      let look = SkinLook(tone: SkinTone.presets[1])
      let camera = ClinicView.front.camera(for: head.landmarks)
      return { _ in
        let view = prepareView(of: head, look: look, camera: camera, width: 128, height: 128, threads: 1)
        let dressed = DressedView(view, shafts: [], strands: Strands(), threads: 1)
        return Int(dressed.picture(threads: 1).pixels[64 * 128 * 3 + 192])
      }
    },
    Kernel(name: "splat-1000-impressions-256", units: 2) {
      let head = PreparedHead(eggHead(), threads: 1)
      let skin = SkinTone.presets[1]
      var options = PoissonDiscOptions()
      options.count = 1000
      options.threads = 1
      let pattern = try samplePoissonDisc(
        on: head.mesh, density: UniformDensity(perSquareCentimetre: 1), seed: 1, options: options)
      let body = PigmentBody(diameter: 0.13, depth: 0.3, opticalDensity: 1)
      var marks = Marks(styles: [lossProfile(body, in: skin)], depth: 0.3)
      for (point, normal) in zip(pattern.points, pattern.normals) {
        marks.append(position: point.position, normal: normal, style: 0, strength: 1)
      }
      let camera = ClinicView.top.camera(for: head.landmarks)
      let view = prepareView(of: head, look: SkinLook(tone: skin), camera: camera, width: 256, height: 256, threads: 1)
      let dressed = DressedView(view, shafts: [], strands: Strands(), threads: 1)
      return { [marks] _ in Int(dressed.light(impressions: [marks], threads: 1)[128 * 256 + 128].x * 1000) }
    },
  ]
}
