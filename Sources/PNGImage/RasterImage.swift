/// A finished picture: 8-bit sRGB, three samples per pixel, row major from the top left.
///
/// The samples of pixel (x, y) start at `(y * width + x) * 3`. Loops that touch many pixels should take
/// `pixels.span` or `pixels.mutableSpan` once and index that.
public struct RasterImage: Sendable, Equatable {
  /// Columns, at least 1.
  public var width: Int
  /// Rows, at least 1.
  public var height: Int
  /// `width * height * 3` samples: red, green, blue, encoded as sRGB.
  public var pixels: [UInt8]

  /// A picture of one colour.
  ///
  /// - Precondition: `width` and `height` are at least 1.
  public init(width: Int, height: Int, fill colour: SIMD3<UInt8> = SIMD3(repeating: 0)) {
    precondition(width >= 1 && height >= 1, "a picture has at least one pixel")
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: colour.x, count: width * height * 3)
    if colour.y != colour.x || colour.z != colour.x {
      for i in 0..<width * height {
        pixels[i * 3 + 1] = colour.y
        pixels[i * 3 + 2] = colour.z
      }
    }
  }

  /// A picture from samples.
  ///
  /// - Precondition: `pixels` holds `width * height * 3` samples.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width >= 1 && height >= 1 && pixels.count == width * height * 3, "samples do not fit the size")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The colour at column `x`, row `y`, both inside the picture.
  public subscript(x: Int, y: Int) -> SIMD3<UInt8> {
    get {
      let i = (y * width + x) * 3
      return SIMD3(pixels[i], pixels[i + 1], pixels[i + 2])
    }
    set {
      let i = (y * width + x) * 3
      pixels[i] = newValue.x
      pixels[i + 1] = newValue.y
      pixels[i + 2] = newValue.z
    }
  }

  /// Copies `other` so that its top left pixel lands on (x, y). What falls outside is left out.
  public mutating func place(_ other: RasterImage, x: Int, y: Int) {
    let columns = max(0, -x)..<max(max(0, -x), min(other.width, width - x))
    let rows = max(0, -y)..<max(max(0, -y), min(other.height, height - y))
    guard !columns.isEmpty else { return }
    for row in rows {
      let from = (row * other.width + columns.lowerBound) * 3
      let to = ((row + y) * width + columns.lowerBound + x) * 3
      for i in 0..<columns.count * 3 { pixels[to + i] = other.pixels[from + i] }
    }
  }

  /// Fills the rectangle of `width` × `height` pixels at (x, y), mixing `colour` in with `opacity` 0 to 1. What
  /// falls outside is left out.
  public mutating func fill(
    x: Int, y: Int, width: Int, height: Int, colour: SIMD3<UInt8>, opacity: Float = 1
  ) {
    let rows = max(0, y)..<max(max(0, y), min(self.height, y + height))
    let columns = max(0, x)..<max(max(0, x), min(self.width, x + width))
    for row in rows {
      for column in columns { blend(colour, coverage: opacity, x: column, y: row) }
    }
  }

  /// Mixes `colour` into one pixel inside the picture; `coverage` is 0 to 1.
  package mutating func blend(_ colour: SIMD3<UInt8>, coverage: Float, x: Int, y: Int) {
    let old = SIMD3<Float>(self[x, y])
    let mixed = old + (SIMD3<Float>(colour) - old) * min(max(coverage, 0), 1)
    self[x, y] = SIMD3<UInt8>(mixed + 0.5)
  }
}
