/// The colours that a scan brings with it: what its own skin looks like.
///
/// Kept beside the mesh, so that a `TriangleMesh` stays two plain arrays. Colours stand at vertices, in pictures laid
/// on triangles, or both; where a triangle has neither, the skin has no colour of its own.
public struct SurfaceColour: Sendable, Equatable {
  /// A picture file as it was found, not decoded.
  public struct Texture: Sendable, Equatable {
    /// Its name, or its place in the mesh file.
    public var name: String
    /// A PNG file.
    public var bytes: [UInt8]
    /// Size by its header, pixels.
    public var width: Int
    public var height: Int

    public init(name: String, bytes: [UInt8], width: Int, height: Int) {
      self.name = name
      self.bytes = bytes
      self.width = width
      self.height = height
    }
  }

  /// How texture coordinates outside 0...1 are meant.
  public enum Wrap: Sendable, Equatable {
    case `repeat`, clamp, mirror
  }

  /// What colours a set of triangles.
  public struct Material: Sendable, Equatable {
    /// Index into `textures`; `nil` for no picture.
    public var texture: Int?
    /// Factor on the picture's linear light.
    public var factor: SIMD3<Float>
    public var wrapU: Wrap
    public var wrapV: Wrap
    /// Whether its triangles take the colours of their vertices.
    public var hasVertexColours: Bool

    public init(
      texture: Int? = nil, factor: SIMD3<Float> = SIMD3(repeating: 1), wrapU: Wrap = .repeat, wrapV: Wrap = .repeat,
      hasVertexColours: Bool = false
    ) {
      self.texture = texture
      self.factor = factor
      self.wrapU = wrapU
      self.wrapV = wrapV
      self.hasVertexColours = hasVertexColours
    }

    /// Whether its triangles have a colour of their own.
    public var isColoured: Bool { texture != nil || hasVertexColours }
  }

  /// Linear Rec.709, one per vertex of the mesh; empty for none.
  public var vertexColours: [SIMD3<Float>]
  /// One per triangle corner, three per triangle, u to the right and v down from the top left of the picture; empty
  /// for none.
  public var textureCoordinates: [SIMD2<Float>]
  /// Index into `materials` for each triangle; empty where all triangles have the first.
  public var materialOfTriangle: [UInt16]
  /// At least one.
  public var materials: [Material]
  public var textures: [Texture]
  /// Skin without colours of its own, which takes over those of the skin around it; `nil` where all of it has its own.
  public var continued: Continued?

  /// The last triangles of a mesh, which were not scanned.
  public struct Continued: Sendable, Equatable {
    /// Index of the first of them.
    public var first: Int
    /// Their corners.
    public var triangles: [SIMD3<UInt32>]
    /// Corners of other triangles that meet them, as `3 * triangle + corner`, and the vertices there.
    public var rim: [Corner]

    public struct Corner: Sendable, Equatable {
      public var vertex: UInt32
      public var corner: Int32
    }
  }

  public init(
    vertexColours: [SIMD3<Float>] = [], textureCoordinates: [SIMD2<Float>] = [], materialOfTriangle: [UInt16] = [],
    materials: [Material] = [Material()], textures: [Texture] = []
  ) {
    self.vertexColours = vertexColours
    self.textureCoordinates = textureCoordinates
    self.materialOfTriangle = materialOfTriangle
    self.materials = materials
    self.textures = textures
  }

  /// The material of a triangle.
  @inline(__always)
  public func material(of triangle: Int) -> Int {
    materialOfTriangle.isEmpty ? 0 : Int(materialOfTriangle[triangle])
  }

  /// Whether any triangle has a colour of its own.
  public var isColoured: Bool { materials.contains(where: \.isColoured) }
}

/// A texture coordinate as it can be looked up: zero for what is no number or further out than 100,000 pictures.
@inline(__always)
package func usable(_ uv: SIMD2<Float>) -> SIMD2<Float> { abs(uv.x) <= 1e5 && abs(uv.y) <= 1e5 ? uv : .zero }
