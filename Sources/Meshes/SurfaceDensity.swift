/// How many impressions per cm² are wanted at each place of a mesh.
///
/// Asked for in batches, so that a call between modules costs nothing per point. Called from several threads at
/// once; the answer for a point must depend on that point alone.
public protocol SurfaceDensity: Sendable {
  /// Writes the density at each of `points`, per cm², into the element of `densities` with the same index.
  /// Values are finite and not negative; the sampler refuses others and names the first.
  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>)
}

/// The same density everywhere.
public struct UniformDensity: SurfaceDensity {
  /// Impressions per cm².
  public var perSquareCentimetre: Float

  public init(perSquareCentimetre: Float) { self.perSquareCentimetre = perSquareCentimetre }

  public func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count { densities[i] = perSquareCentimetre }
  }
}
