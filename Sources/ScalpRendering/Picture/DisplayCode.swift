// sRGB codes and the light they stand for.

import Arithmetic

/// Linear light, 0 to 1, of each 8-bit sRGB code.
public let linearLight: [Float] = (0..<256).map { code in
  Float(decodedSRGB(Double(code) / 255))
}

/// The nearest 8-bit sRGB codes of linear light; clamps to 0...1, and what is no number to 0.
public func encoded(_ light: SIMD3<Float>) -> SIMD3<UInt8> {
  var codes = SIMD3<UInt8>.zero
  for c in 0..<3 { codes[c] = UInt8(displayCode(held(light[c], 0, 1)) + 0.5) }
  return codes
}

/// sRGB code value, 0...255 with its fraction, of linear light in 0...1, from a table of 4096 steps. What is not in 0...1
/// must be `held` to it before.
@inline(__always)
func displayCode(_ light: Float) -> Float {
  let x = light * 4096
  let cell = min(Int(x), 4095)
  return codeTable[cell] + (codeTable[cell + 1] - codeTable[cell]) * (x - Float(cell))
}

/// sRGB code value, 0...255 with its fraction, of linear light in 0...1, to the precision of 16-bit pictures: the table
/// bends too much for them near black.
@inline(__always)
func exactCode(_ light: Float) -> Float {
  255 * encodedSRGB(light)
}

private let codeTable: [Float] = (0...4096).map { i in
  Float(255 * encodedSRGB(Double(i) / 4096))
}
