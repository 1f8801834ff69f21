// The camera: a pinhole with a clinic's portrait lens, or a parallel projection for templates, and the standard views of
// a consultation.

import Arithmetic
import Meshes
import ScalpGeometry

/// A camera looking at a head in the head frame.
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
  /// Whether rays run in parallel: the scale is then the same at every depth, as a paper template needs it.
  public var isOrthographic = false

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

  /// The point looked at, mm.
  public var target: SIMD3<Float> { eye + forward * distance }

  /// The same camera with parallel rays.
  public var orthographic: Camera {
    var camera = self
    camera.isOrthographic = true
    return camera
  }

  /// Unit vector from a place towards the camera.
  @inline(__always)
  public func direction(from place: SIMD3<Float>) -> SIMD3<Float> {
    isOrthographic ? -forward : normalized(eye - place)
  }

  /// The least distance from which this camera sees all of `mesh` before it: nearer, it would stand inside the head or
  /// against the skin. Parallel rays have none.
  public func leastDistance(from mesh: TriangleMesh) -> Float {
    if isOrthographic { return 0 }
    var nearest: Float = 0
    for p in mesh.positions { nearest = max(nearest, -dot(p - target, forward)) }
    return nearest + 2 * Projection.nearPlane
  }
}

/// A camera anywhere around the head, as a photographer would say it.
public struct FreeCamera: Sendable, Equatable {
  /// Degrees around the head, -360 to 360: 0 from the front, positive from the subject's left.
  public var azimuth: Double
  /// Degrees above the horizontal, -90 to 90.
  public var elevation: Double
  /// Lens to the middle of the head, mm.
  public var distance: Double
  /// Focal length on a frame 24 mm high, mm.
  public var focal: Double
  public var isOrthographic: Bool

  public init(
    azimuth: Double = 0, elevation: Double = 10, distance: Double = 1200, focal: Double = 95,
    isOrthographic: Bool = false
  ) {
    self.azimuth = azimuth
    self.elevation = elevation
    self.distance = distance
    self.focal = focal
    self.isOrthographic = isOrthographic
  }

  /// The camera, looking at `target`. With parallel rays the frame shows what the lens would show at the target.
  public func camera(at target: SIMD3<Float>) -> Camera {
    var camera = Camera(
      target: target, azimuth: azimuth, elevation: elevation, distance: Float(distance),
      fieldHeight: Float(distance * 24 / focal))
    camera.isOrthographic = isOrthographic
    return camera
  }
}

extension HeadLandmarks {
  /// What portraits look at: the middle of the head.
  public var middle: SIMD3<Float> { SIMD3(0, 14 * vertex.y / 131, 0) }
}

/// Sine and cosine of an angle in degrees, by Taylor series after reduction to ±45 degrees: the same bits anywhere.
func turn(_ degrees: Double) -> (sine: Float, cosine: Float) {
  let quarter = (degrees / 90).rounded()
  let x = (degrees - quarter * 90) * (Double.pi / 180)
  let x2 = x * x
  let s = x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72 * (1 - x2 / 110)))))
  let c = 1 - x2 / 2 * (1 - x2 / 12 * (1 - x2 / 30 * (1 - x2 / 56 * (1 - x2 / 90))))
  // Beyond 2^52 there are no quarters left to tell apart; what is no number has none.
  let whole = abs(quarter) < 0x1p52 ? Int(quarter) : 0
  switch ((whole % 4) + 4) % 4 {
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
    let middle = landmarks.middle
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

/// A part of a picture: pixels from `x`, `y` on, of a picture `fullWidth` x `fullHeight`.
///
/// A picture too large to hold at once is drawn window by window; a test looks at a small window of a large picture.
public struct PictureWindow: Sendable, Equatable {
  public var fullWidth: Int
  public var fullHeight: Int
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(fullWidth: Int, fullHeight: Int, x: Int, y: Int, width: Int, height: Int) {
    self.fullWidth = fullWidth
    self.fullHeight = fullHeight
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// All of a picture.
  public init(width: Int, height: Int) {
    self.init(fullWidth: width, fullHeight: height, x: 0, y: 0, width: width, height: height)
  }

  /// The windows that a square picture of `size` pixels is drawn in: bands of rows, all but the last equally high, so large
  /// that what each costs anew does not count, and so small that their memory is used again and again.
  public static func bands(size: Int, quality: PictureQuality) -> [PictureWindow] {
    let rows = min(size, max(64, (1 << 20) / (size * quality.supersampling * quality.supersampling)))
    return stride(from: 0, to: size, by: rows).map { y in
      PictureWindow(fullWidth: size, fullHeight: size, x: 0, y: y, width: size, height: min(rows, size - y))
    }
  }

  /// The same window of a picture with `factor` times as many pixels a side.
  func scaled(_ factor: Int) -> PictureWindow {
    PictureWindow(
      fullWidth: fullWidth * factor, fullHeight: fullHeight * factor, x: x * factor, y: y * factor,
      width: width * factor, height: height * factor)
  }
}

/// A camera bound to a picture size: head frame to pixels of a window.
struct Projection {
  /// Nothing nearer to the pinhole is drawn, mm.
  static let nearPlane: Float = 10

  let camera: Camera
  let window: PictureWindow
  /// Focal length, pixels.
  let focal: Float
  /// The middle of the picture, in pixels of the window.
  let middle: SIMD2<Float>

  var width: Int { window.width }
  var height: Int { window.height }

  init(_ camera: Camera, width: Int, height: Int) {
    self.init(camera, PictureWindow(width: width, height: height))
  }

  init(_ camera: Camera, _ window: PictureWindow) {
    self.camera = camera
    self.window = window
    focal = Float(window.fullHeight) * camera.distance / camera.fieldHeight
    middle = SIMD2(Float(window.fullWidth) / 2 - Float(window.x), Float(window.fullHeight) / 2 - Float(window.y))
  }

  /// Pixels per mm at the distance of the target.
  var pixelsPerMillimetre: Float { focal / camera.distance }

  /// Pixels per mm at distance `z` along the view direction.
  @inline(__always)
  func scale(at z: Float) -> Float { focal / (camera.isOrthographic ? camera.distance : z) }

  /// Picture x (right), y (down) in pixels, and distance along the view direction in mm.
  @inline(__always)
  func project(_ p: SIMD3<Float>) -> SIMD3<Float> {
    let d = p - camera.eye
    let z = dot(d, camera.forward)
    let s = scale(at: z)
    return SIMD3(middle.x + s * dot(d, camera.right), middle.y - s * dot(d, camera.up), z)
  }
}
