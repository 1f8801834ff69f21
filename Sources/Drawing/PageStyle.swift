/// The look of everything that is set on a page: sheets, plots, fields and charts.
package enum PageStyle {
  package static let paper = SIMD3<UInt8>(246, 246, 244)
  package static let ink = SIMD3<UInt8>(32, 34, 38)
  package static let grey = SIMD3<UInt8>(96, 100, 106)
  /// Hair lines of a diagram.
  package static let hairline = SIMD3<UInt8>(222, 222, 218)
  /// What every page says of itself.
  package static let disclaimer = "SIMULATION - not a promise of results"
}
