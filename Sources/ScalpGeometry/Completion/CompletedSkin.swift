/// Skin of a head that its scan does not show and that was taken from the mean head fitted to it.
public struct CompletedSkin: Sendable, Equatable {
  /// The first of the head's triangles that were completed; so were all after it.
  public var firstTriangle: Int
  /// cm², down to 100 mm below the tragions.
  public var area: Double
  /// Of the head's skin down to there, 0 to 1.
  public var share: Double
  /// Parts of the head most of which was completed, in words: "back of the head".
  public var sides: [String]
  /// Half of the scan's skin lies within so many mm of the mean head fitted to it.
  public var gap: Double

  public init(firstTriangle: Int, area: Double, share: Double, sides: [String], gap: Double) {
    self.firstTriangle = firstTriangle
    self.area = area
    self.share = share
    self.sides = sides
    self.gap = gap
  }

  /// Whether a triangle of the head was completed.
  @inline(__always)
  public func contains(_ triangle: Int) -> Bool { triangle >= firstTriangle }

  /// "312 cm2 of skin (24 % of the head: back of the head) are completed from the mean head; the scan does not show them"
  public var text: String {
    let parts = sides.isEmpty ? "" : ": " + sides.joined(separator: ", ")
    return
      "\(Int(area.rounded())) cm2 of skin (\(Int((share * 100).rounded())) % of the head\(parts)) are completed from the "
      + "mean head fitted to the scan, which does not show them"
  }
}
