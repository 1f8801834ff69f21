// The camera: a pinhole with a clinic's portrait lens, and the standard views of a consultation.

import HeadGeometry

/// A pinhole camera looking at a head in the head frame.
public struct Camera: Sendable, Equatable {
  /// Place of the pinhole, mm.
  public var eye: SIMD3<Float>
  /// Unit vectors: where it looks, its right, its up.
  public var forward: SIMD3<Float>
  public var right: SIMD3<Float>
  public var up: SIMD3<Float>
  /// Height of the picture at the distance of the point looked at, mm.
  public var fieldHeight: Float
  /// Distance of the point looked at, mm.
  public var distance: Float

  /// - Parameters:
  ///   - target: the point in the middle of the picture, mm.
  ///   - azimuth: degrees around the head, 0 from the front, positive from the subject's left.
  ///   - elevation: degrees above the horizontal, 90 from above.
  ///   - distance: pinhole to target, mm; 1200 is a portrait lens in a treatment room.
  ///   - fieldHeight: height of the picture at the target, mm.
  public init(target: SIMD3<Float>, azimuth: Double, elevation: Double, distance: Float, fieldHeight: Float) {
    let a = turn(azimuth)
    let e = turn(elevation)
    let towards = SIMD3<Float>(a.sine * e.cosine, e.sine, a.cosine * e.cosine)
    self.init(
      target: target, towards: towards,
      upHint: elevation > 80 ? SIMD3(-a.sine, 0, -a.cosine) : SIMD3(0, 1, 0), distance: distance,
      fieldHeight: fieldHeight)
  }

  /// A camera at `distance` from `target` in the direction `towards`.
  public init(
    target: SIMD3<Float>, towards: SIMD3<Float>, upHint: SIMD3<Float>, distance: Float, fieldHeight: Float
  ) {
    let back = normalized(towards)
    forward = -back
    right = normalized(cross(upHint, back))
    up = cross(back, right)
    eye = target + back * distance
    self.distance = distance
    self.fieldHeight = fieldHeight
  }
}

/// Sine and cosine of an angle in degrees, by Taylor series after reduction to ±45 degrees: the same bits anywhere.
func turn(_ degrees: Double) -> (sine: Float, cosine: Float) {
  let quarter = (degrees / 90).rounded()
  let x = (degrees - quarter * 90) * (Double.pi / 180)
  let x2 = x * x
  let s = x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72 * (1 - x2 / 110)))))
  let c = 1 - x2 / 2 * (1 - x2 / 12 * (1 - x2 / 30 * (1 - x2 / 56 * (1 - x2 / 90))))
  switch ((Int(quarter) % 4) + 4) % 4 {
  case 0: return (Float(s), Float(c))
  case 1: return (Float(c), Float(-s))
  case 2: return (Float(-s), Float(-c))
  default: return (Float(-c), Float(s))
  }
}

/// The standard views of a consultation: same framing before and after.
public enum ClinicView: String, Sendable, CaseIterable {
  case front, left45, right45, left, right, top, back

  /// The camera of this view for a head with these landmarks.
  ///
  /// `left` shows the subject's left side. `top` looks down on a bowed head with the forehead towards the viewer.
  public func camera(for landmarks: HeadLandmarks) -> Camera {
    // A head 230 mm high from chin to vertex fills about three quarters of the picture.
    let scale = landmarks.vertex.y / 131
    let middle = SIMD3<Float>(0, 14 * scale, 0)
    func portrait(_ azimuth: Double, _ elevation: Double) -> Camera {
      Camera(
        target: middle, azimuth: azimuth, elevation: elevation, distance: 1200, fieldHeight: 305 * scale)
    }
    switch self {
    case .front: return portrait(0, 10)
    case .left45: return portrait(42, 14)
    case .right45: return portrait(-42, 14)
    case .left: return portrait(88, 6)
    case .right: return portrait(-88, 6)
    case .back: return portrait(180, 14)
    case .top:
      return Camera(
        target: SIMD3(0, 60 * scale, 4), azimuth: 0, elevation: 76, distance: 1200, fieldHeight: 262 * scale)
    }
  }
}

/// A camera for a close-up `field` mm high, looking straight at a place on the skin.
public func macroCamera(at place: SIMD3<Float>, normal: SIMD3<Float>, field: Float = 32) -> Camera {
  let hint: SIMD3<Float> = abs(normal.y) > 0.8 ? SIMD3(0, 0, -1) : SIMD3(0, 1, 0)
  return Camera(target: place, towards: normal, upHint: hint, distance: 320, fieldHeight: field)
}

/// A camera bound to a picture size: head frame to pixels.
struct Projection {
  let camera: Camera
  let width: Int
  let height: Int
  /// Focal length, pixels.
  let focal: Float
  let halfWidth: Float
  let halfHeight: Float

  init(_ camera: Camera, width: Int, height: Int) {
    self.camera = camera
    self.width = width
    self.height = height
    focal = Float(height) * camera.distance / camera.fieldHeight
    halfWidth = Float(width) / 2
    halfHeight = Float(height) / 2
  }

  /// Pixels per mm at the distance of the target.
  var pixelsPerMillimetre: Float { focal / camera.distance }

  /// Picture x (right), y (down) in pixels, and distance along the view direction in mm.
  @inline(__always)
  func project(_ p: SIMD3<Float>) -> SIMD3<Float> {
    let d = p - camera.eye
    let z = dot(d, camera.forward)
    let s = focal / z
    return SIMD3(halfWidth + s * dot(d, camera.right), halfHeight - s * dot(d, camera.up), z)
  }
}
