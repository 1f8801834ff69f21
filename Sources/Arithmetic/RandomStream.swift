/// Every stream of random numbers in the program, so that no two purposes share one by accident: numbers of different
/// streams are unrelated for the same seed. Most values are letters of their names; changing one changes every picture.
package enum RandomStream {
  // Sampling
  package static let fragmentDarts: UInt64 = 0x6672_6167
  package static let startPlaces: UInt64 = 0x756E_6974
  /// The first of as many as there are passes.
  package static let stratifiedDarts: UInt64 = 0x6461_7274
  package static let numberVariance: UInt64 = 0x6E76
  package static let ties: UInt64 = 0x7469_65
  /// The first of as many as there are passes over an area.
  package static let workPasses: UInt64 = 0x5041_5353
  // The density field
  package static let hairBorder: UInt64 = 0x7001
  package static let lossEdge: UInt64 = 0x7002
  /// Streams of a layer start at 0x8000, 16 per layer.
  package static func layer(_ index: Int, _ purpose: UInt64) -> UInt64 { 0x8000 + UInt64(index) * 16 + purpose }
  // Ageing
  package static let impressionLuck: UInt64 = 0x4C55_434B
  package static let placeLuck: UInt64 = 0x504C_4143
  // Hair
  package static let hairPlaces: UInt64 = 0x4841_4952
  package static let hairUnits: UInt64 = 0x554E_4954
  package static let hairGrowth: UInt64 = 0x4752_4F57
  package static let hairLean: UInt64 = 0x4C45_414E
  package static let hairVariety: UInt64 = 0x4752_4559
  package static let brows: UInt64 = 0x4252_4F57
  // Skin
  package static let skin: UInt64 = 0x5A17

  /// A seed for a stage that takes one of its own, derived from the design's.
  @inlinable
  package static func seed(_ seed: UInt64, _ stream: UInt64) -> UInt64 { mix64(seed ^ stream) }
}
