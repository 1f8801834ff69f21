// The rotation that takes one set of vectors best to another.
//
// B. K. P. Horn. Closed-form solution of absolute orientation using unit quaternions. 1987. The eigenvector is found
// by Jacobi's rotations, so no general linear algebra is needed.

/// A rotation by its rows: component k of the turned vector is row k times the vector.
struct Rotation: Sendable, Equatable {
  var x = SIMD3<Double>(1, 0, 0)
  var y = SIMD3<Double>(0, 1, 0)
  var z = SIMD3<Double>(0, 0, 1)

  func callAsFunction(_ v: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3((x * v).sum(), (y * v).sum(), (z * v).sum())
  }

  /// The rotation that makes the weighted sum of squared distances between turned `from` and `to` least.
  ///
  /// Unique if the vectors span a plane.
  init(taking pairs: [(from: SIMD3<Double>, to: SIMD3<Double>, weight: Double)]) {
    // s[3 i + j] is the sum of component i of `from` times component j of `to`.
    var s = [Double](repeating: 0, count: 9)
    for (from, to, weight) in pairs {
      for i in 0..<3 { for j in 0..<3 { s[3 * i + j] += weight * from[i] * to[j] } }
    }
    var n: [[Double]] = [
      [s[0] + s[4] + s[8], s[5] - s[7], s[6] - s[2], s[1] - s[3]],
      [s[5] - s[7], s[0] - s[4] - s[8], s[1] + s[3], s[6] + s[2]],
      [s[6] - s[2], s[1] + s[3], s[4] - s[0] - s[8], s[5] + s[7]],
      [s[1] - s[3], s[6] + s[2], s[5] + s[7], s[8] - s[0] - s[4]],
    ]
    var vectors = (0..<4).map { i in (0..<4).map { $0 == i ? 1.0 : 0.0 } }
    // Jacobi: 12 sweeps over the six off-diagonal elements are far more than a 4 x 4 matrix needs.
    for _ in 0..<12 {
      for p in 0..<3 {
        for q in p + 1..<4 where n[p][q] != 0 {
          let theta = (n[q][q] - n[p][p]) / (2 * n[p][q])
          let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let sine = t * c
          for k in 0..<4 { (n[k][p], n[k][q]) = (c * n[k][p] - sine * n[k][q], sine * n[k][p] + c * n[k][q]) }
          for k in 0..<4 { (n[p][k], n[q][k]) = (c * n[p][k] - sine * n[q][k], sine * n[p][k] + c * n[q][k]) }
          for k in 0..<4 {
            (vectors[k][p], vectors[k][q]) = (
              c * vectors[k][p] - sine * vectors[k][q], sine * vectors[k][p] + c * vectors[k][q]
            )
          }
        }
      }
    }
    var best = 0
    for k in 1..<4 where n[k][k] > n[best][best] { best = k }
    let (w, a, b, c) = (vectors[0][best], vectors[1][best], vectors[2][best], vectors[3][best])
    x = SIMD3(w * w + a * a - b * b - c * c, 2 * (a * b - w * c), 2 * (a * c + w * b))
    y = SIMD3(2 * (a * b + w * c), w * w - a * a + b * b - c * c, 2 * (b * c - w * a))
    z = SIMD3(2 * (a * c - w * b), 2 * (b * c + w * a), w * w - a * a - b * b + c * c)
  }
}
