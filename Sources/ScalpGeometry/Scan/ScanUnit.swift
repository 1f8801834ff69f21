/// Units in which scans come.
public enum ScanUnit: String, Sendable, CaseIterable {
  case millimetre
  case centimetre
  case decimetre
  case metre
  case inch

  /// Millimetres in one unit.
  public var millimetres: Float {
    switch self {
    case .millimetre: 1
    case .centimetre: 10
    case .decimetre: 100
    case .metre: 1000
    case .inch: 25.4
    }
  }

  /// The unit in which `distance` between the tragions is an adult's. At most one fits: neighbouring units differ
  /// by a factor of 2.54, the range by 1.48.
  public static func fitting(tragionDistance distance: Double) -> ScanUnit? {
    allCases.first { ScanFrame.tragionDistances.contains(Float(distance * Double($0.millimetres))) }
  }
}
