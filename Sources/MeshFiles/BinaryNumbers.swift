// Numbers as binary files hold them. Loads are bounds-checked.

@inline(__always)
func littleFloat(_ b: RawSpan, _ at: Int) -> Float {
  Float(bitPattern: UInt32(littleEndian: b.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)))
}

@inline(__always)
func littleUInt32(_ b: RawSpan, _ at: Int) -> UInt32 {
  UInt32(littleEndian: b.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self))
}

@inline(__always)
func littleUInt16(_ b: RawSpan, _ at: Int) -> UInt16 {
  UInt16(littleEndian: b.unsafeLoadUnaligned(fromByteOffset: at, as: UInt16.self))
}

/// Refuses a position that is not finite or further out than `largestCoordinate`.
@inline(__always)
func check(_ p: SIMD3<Float>, named name: String, place: () -> String) throws(MeshFileError) {
  let limit = Float(largestCoordinate)
  // Comparisons with NaN are false.
  if abs(p.x) <= limit && abs(p.y) <= limit && abs(p.z) <= limit { return }
  throw MeshFileError(
    file: name, place: place(),
    message: "position (\(p.x), \(p.y), \(p.z)) is out of range: finite numbers from -1000000 to 1000000")
}
