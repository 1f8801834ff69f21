/// Places on a scanned head, in the scan's own coordinates: both tragions, the glabella or the sellion, and whatever
/// else could be read off.
public struct ScanLandmarks: Sendable, Equatable {
  /// The landmarks that fix a head's frame.
  public enum Name: String, Sendable, CaseIterable {
    case leftTragion, rightTragion, glabella, sellion, vertex, inion, trichion, leftCanthus, rightCanthus

    /// In words.
    public var title: String {
      switch self {
      case .leftTragion: "left tragion"
      case .rightTragion: "right tragion"
      case .leftCanthus: "left canthus"
      case .rightCanthus: "right canthus"
      default: rawValue
      }
    }

    /// Where the mean man's lies in the head frame, mm.
    var template: SIMD3<Double> {
      switch self {
      case .leftTragion: SIMD3(73.8, 0, 0)
      case .rightTragion: SIMD3(-73.8, 0, 0)
      case .glabella: SIMD3(0, 34.1, 105.9)
      case .sellion: SIMD3(0, 19.3, 102.9)
      case .vertex: SIMD3(0, 131.1, -11.9)
      case .inion: SIMD3(0, -11.6, -78)
      case .trichion: SIMD3(0, 90.8, 86.6)
      case .leftCanthus: SIMD3(45.3, 9.1, 83)
      case .rightCanthus: SIMD3(-45.3, 9.1, 83)
      }
    }

    /// How far a reading of it can be trusted for the frame. Vertex and trichion slide along the skin, the inion
    /// differs between people; weights from simulated readings with an error of 1.5 mm.
    var weight: Double {
      switch self {
      case .leftTragion, .rightTragion, .glabella, .sellion: 1
      case .leftCanthus, .rightCanthus: 0.5
      case .inion: 0.4
      case .vertex, .trichion: 0.1
      }
    }
  }

  private var places = [SIMD3<Double>?](repeating: nil, count: Name.allCases.count)

  public init() {}

  public subscript(name: Name) -> SIMD3<Double>? {
    get { places[Name.allCases.firstIndex(of: name) ?? 0] }
    set { places[Name.allCases.firstIndex(of: name) ?? 0] = newValue }
  }

  /// What was read, in the order of `Name`.
  public var all: [(name: Name, place: SIMD3<Double>)] {
    zip(Name.allCases, places).compactMap { name, place in place.map { (name, $0) } }
  }
}
