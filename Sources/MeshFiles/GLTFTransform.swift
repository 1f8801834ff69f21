// Node transforms: 3 x 4 affine, in double precision, since scenes multiply several.

/// p -> x p.x + y p.y + z p.z + t
struct GLTFTransform: Equatable {
  var x = SIMD3<Double>(1, 0, 0)
  var y = SIMD3<Double>(0, 1, 0)
  var z = SIMD3<Double>(0, 0, 1)
  var t = SIMD3<Double>.zero

  static let identity = GLTFTransform()

  /// Turn by the unit quaternion (x, y, z, w), after scaling, before moving.
  init(translation: SIMD3<Double> = .zero, rotation q: SIMD4<Double> = SIMD4(0, 0, 0, 1), scale: SIMD3<Double> = .one) {
    let n = (q * q).sum()
    let s = n > 0 ? 2 / n : 0
    let (a, b, c, w) = (q.x, q.y, q.z, q.w)
    x = SIMD3(1 - s * (b * b + c * c), s * (a * b + c * w), s * (a * c - b * w)) * scale.x
    y = SIMD3(s * (a * b - c * w), 1 - s * (a * a + c * c), s * (b * c + a * w)) * scale.y
    z = SIMD3(s * (a * c + b * w), s * (b * c - a * w), 1 - s * (a * a + b * b)) * scale.z
    t = translation
  }

  /// Sixteen numbers, column after column; the last row is taken to be 0 0 0 1.
  init(columns m: [Double]) {
    x = SIMD3(m[0], m[1], m[2])
    y = SIMD3(m[4], m[5], m[6])
    z = SIMD3(m[8], m[9], m[10])
    t = SIMD3(m[12], m[13], m[14])
  }

  /// This transform after `inner`.
  func after(_ inner: GLTFTransform) -> GLTFTransform {
    var result = self
    result.x = turned(inner.x)
    result.y = turned(inner.y)
    result.z = turned(inner.z)
    result.t = turned(inner.t) + t
    return result
  }

  private func turned(_ p: SIMD3<Double>) -> SIMD3<Double> { x * p.x + y * p.y + z * p.z }

  func callAsFunction(_ p: SIMD4<Float>) -> SIMD3<Double> {
    turned(SIMD3(Double(p.x), Double(p.y), Double(p.z))) + t
  }

  /// Whether it turns a surface inside out.
  var mirrors: Bool {
    let c = SIMD3(y.y * z.z - y.z * z.y, y.z * z.x - y.x * z.z, y.x * z.y - y.y * z.x)
    return (x * c).sum() < 0
  }
}

extension GLTFDocument {
  /// The transform of a node: a matrix, or translation, rotation and scale.
  func transform(ofNode index: Int) throws(MeshFileError) -> GLTFTransform {
    let node = nodes[index]
    let place = "nodes[\(index)]"
    if let m = try numbers(node, "matrix", place, count: 16) { return GLTFTransform(columns: m) }
    let t = try numbers(node, "translation", place, count: 3) ?? [0, 0, 0]
    let r = try numbers(node, "rotation", place, count: 4) ?? [0, 0, 0, 1]
    let s = try numbers(node, "scale", place, count: 3) ?? [1, 1, 1]
    return GLTFTransform(
      translation: SIMD3(t[0], t[1], t[2]), rotation: SIMD4(r[0], r[1], r[2], r[3]), scale: SIMD3(s[0], s[1], s[2]))
  }
}
