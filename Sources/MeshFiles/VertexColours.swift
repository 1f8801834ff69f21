import Arithmetic

/// A value held within 0...1; 0 for what is no number.
@inline(__always)
func unitRange(_ value: Float) -> Float { value > 0 ? (value < 1 ? value : 1) : 0 }

/// Linear light of an sRGB value, 0 to 1 (IEC 61966-2-1); clamps.
func linearLight(sRGB value: Float) -> Float {
  Float(decodedSRGB(Double(unitRange(value))))
}

/// Linear light of vertex colours as files hold them: sRGB, 0 to 1.
///
/// Colours mostly are one of 256 steps per channel, so each step is worked out once.
func linearLight(sRGB colours: [SIMD3<Float>]) -> [SIMD3<Float>] {
  let table = (0..<256).map { linearLight(sRGB: Float($0) / 255) }
  func channel(_ value: Float) -> Float {
    let code = unitRange(value) * 255
    let nearest = (code + 0.5).rounded(.down)
    return abs(code - nearest) < 1e-3 ? table[Int(nearest)] : linearLight(sRGB: value)
  }
  return colours.map { SIMD3(channel($0.x), channel($0.y), channel($0.z)) }
}

/// Linear light of vertex colours that are written as 0 to 1 by some programs and as 0 to 255 by others.
func linearVertexColours(_ colours: [SIMD3<Float>]) -> [SIMD3<Float>] {
  let inBytes = colours.contains { max($0.x, max($0.y, $0.z)) > 1 }
  return linearLight(sRGB: inBytes ? colours.map { $0 / 255 } : colours)
}
