import Arithmetic
import Meshes

/// A length taken on the person, by which a scan without a scale gets its size, mm.
public enum ScanMeasure: Sendable, Equatable {
  /// Greatest breadth above the ears, by caliper.
  case headBreadth(Double)
  /// By tape, above the brows and around the farthest point of the back of the head.
  case headCircumference(Double)
  /// Straight from ear to ear, by caliper.
  case tragionToTragion(Double)
  /// Straight from one landmark to another, both of which are read off the scan.
  case between(ScanLandmarks.Name, ScanLandmarks.Name, Double)

  /// Lengths that heads have, mm: for breadth and circumference, and of a stretch between two landmarks.
  public static let breadths = 125.0...185.0
  public static let circumferences = 490.0...660.0
  public static let stretches = 20.0...300.0
}

extension ScanMeasure {
  /// Millimetres per unit, where landmarks alone decide; `nil` where the skin must be measured.
  ///
  /// Throws `ScanError.missing` for a landmark that was not read, `clicksInLine` for two in one place.
  func millimetresPerUnit(_ landmarks: ScanLandmarks) throws(ScanError) -> Double? {
    let (from, to, length): (ScanLandmarks.Name, ScanLandmarks.Name, Double)
    switch self {
    case .between(let a, let b, let stretch): (from, to, length) = (a, b, stretch)
    case .tragionToTragion(let stretch): (from, to, length) = (.leftTragion, .rightTragion, stretch)
    case .headBreadth, .headCircumference: return nil
    }
    guard let a = landmarks[from] else { throw .missing(from) }
    guard let b = landmarks[to] else { throw .missing(to) }
    let distance = ((a - b) * (a - b)).sum().squareRoot()
    guard distance > 0 else { throw .clicksInLine }
    return length / distance
  }

  /// By how much a head must be enlarged to have this length.
  func enlargement(of head: Head) -> Float? {
    guard let found = HeadMeasurements(of: head) else { return nil }
    switch self {
    case .headBreadth(let wanted): return Float(wanted) / max(found.headBreadth, 1)
    case .headCircumference(let wanted): return Float(wanted) / max(found.headCircumference, 1)
    case .between, .tragionToTragion: return 1
    }
  }
}

extension Head {
  /// The same head `factor` times as large.
  func enlarged(_ factor: Float) -> Head {
    var head = self
    head.mesh = TriangleMesh(
      positions: mesh.positions.map { $0 * factor }, triangles: mesh.triangles, normals: mesh.normals)
    head.landmarks = landmarks.mapped { $0 * factor }
    return head
  }
}
