// One view drawn three times in one light, so that shading divides out: bare, before and after.

import Arithmetic
import ScalpGeometry
import ScalpRendering
import SkinOptics
import TreatmentDesign

/// What is measured of a view.
struct MeasuredLights {
  /// The place behind each pixel.
  var seen: SeenSurface
  /// Linear light: without hair, work and scars; before; after, healed.
  var bare: [SIMD3<Float>]
  var before: [SIMD3<Float>]
  var after: [SIMD3<Float>]

  /// Of these pixels, those that do not shine: shine does not pass through pigment, so patches are measured where they are
  /// matt, less than 6 L* over their median when bare.
  func matt(_ mask: [Bool]) -> [Bool] {
    let lightness = MeasuredPatch(mask, of: bare, width: seen.width).lab().map(\.x)
    let sorted = lightness.indices.filter { mask[$0] }.map { lightness[$0] }.sorted()
    guard !sorted.isEmpty else { return mask }
    let most = sorted[sorted.count / 2] + 6
    return mask.indices.map { mask[$0] && lightness[$0] < most }
  }
}

extension Portrait {
  /// Draws a view for measuring.
  ///
  /// - Parameters:
  ///   - size: side of the picture, pixels.
  ///   - isDry: without the skin's oil, whose shine no work takes away.
  func measuredLights(_ view: Pictures.View?, size: Int, isDry: Bool = false) throws(StippleError) -> MeasuredLights {
    let camera = try camera(for: view)
    var look = look
    if isDry { look.shine = 0 }
    func planes(_ look: SkinLook, on head: PreparedHead) -> ViewPlanes {
      LitView(head, look: look, camera: camera, light: scene.light, threads: threads)
        .planes(PictureWindow(width: size, height: size), threads: threads)
    }
    func dressed(_ planes: ViewPlanes, _ shafts: [Marks], _ strands: Strands) -> DressedView {
      DressedView(planes, shafts: shafts, strands: strands, background: scene.background, threads: threads)
    }
    var strands = hair.strands
    strands.append(face)
    let skin = planes(look, on: head)
    let view = dressed(skin, [spots, hair.shafts, hair.mouths], strands)
    // What a scar took is part of what work makes good: it is measured against the skin that was there.
    var whole = look
    whole.scars = []
    // So is what photographed hair took.
    var shaven = head
    if let hair = fields.photographedHair, shaven.scanSkin != nil { shaven.scanSkin?.lifts = hair.lifts }
    let isBare = look.scars.isEmpty && (shaven.scanSkin?.lifts ?? []).isEmpty
    return MeasuredLights(
      seen: SeenSurface(fields.scalp.head, camera: camera, width: size, height: size, threads: threads),
      bare: dressed(isBare ? skin : planes(whole, on: shaven), [], face).light(threads: threads),
      before: view.light(threads: threads),
      after: view.light(impressions: try appearance(atYears: healedAge, pace: design.client.pace), threads: threads))
  }
}
