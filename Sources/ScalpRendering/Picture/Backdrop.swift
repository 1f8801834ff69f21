// What is behind the head.

import Arithmetic

/// A plain backdrop, lighter in the middle.
public struct Backdrop: Sendable, Equatable {
  /// Display light, linear Rec.709, in the middle and in the corners.
  public var middle: SIMD3<Float>
  public var corner: SIMD3<Float>

  public init(middle: SIMD3<Float>, corner: SIMD3<Float>) {
    self.middle = middle
    self.corner = corner
  }

  @inline(__always)
  func colour(x: Int, y: Int, width: Int, height: Int) -> SIMD3<Float> {
    let dx = (Float(x) + 0.5) / Float(width) - 0.5
    let dy = (Float(y) + 0.5) / Float(height) - 0.42
    let t = smoothstep(0, 1, (dx * dx + dy * dy).squareRoot() * 1.35)
    return middle + (corner - middle) * t
  }
}

/// Backgrounds by name.
public enum Background: String, Sendable, CaseIterable {
  /// A blue-grey wall, lighter behind the head: the default.
  case clinic
  case white
  /// A grey card: even, for comparing colours.
  case grey
  case dark
  /// Nothing: the picture has an alpha channel.
  case transparent

  /// `nil` where the picture is transparent.
  public var backdrop: Backdrop? {
    switch self {
    case .clinic: Backdrop(middle: SIMD3(0.46, 0.48, 0.50), corner: SIMD3(0.20, 0.215, 0.235))
    case .white: Backdrop(middle: SIMD3(repeating: 1.9), corner: SIMD3(repeating: 1.5))
    case .grey: Backdrop(middle: SIMD3(repeating: 0.184), corner: SIMD3(repeating: 0.184))
    case .dark: Backdrop(middle: SIMD3(0.036, 0.037, 0.040), corner: SIMD3(0.010, 0.010, 0.011))
    case .transparent: nil
    }
  }
}
