// Non-negative least squares with four terms, by trying all subsets: exact, and small enough to be fast.

import RealModule

/// Shares `A_k` of `F(x) = sum A_k (1 - exp(-kappa_k x))`, none negative, that fit eight values of F best in relative terms.
func fitShares(_ values: SIMD8<Double>, at x: [Double], kappas: [Double]) -> [Double] {
  let n = kappas.count
  var normal = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
  var right = [Double](repeating: 0, count: n)
  for m in 0..<8 {
    let scale = 1 / (abs(values[m]) + 0.003)
    let basis = kappas.map { (1 - Double.exp(-$0 * x[m])) * scale }
    for a in 0..<n {
      right[a] += basis[a] * values[m] * scale
      for b in 0..<n { normal[a][b] += basis[a] * basis[b] }
    }
  }
  var best = [Double](repeating: 0, count: n)
  var bestGain = 0.0
  for subset in 1..<(1 << n) {
    let active = (0..<n).filter { subset >> $0 & 1 == 1 }
    guard let solution = solve(active.map { a in active.map { normal[a][$0] } }, active.map { right[$0] }) else {
      continue
    }
    if solution.contains(where: { $0 < 0 }) { continue }
    // At the minimum, the squared error has fallen by this.
    let gain = zip(solution, active).reduce(0) { $0 + $1.0 * right[$1.1] }
    if gain > bestGain {
      bestGain = gain
      best = [Double](repeating: 0, count: n)
      for (value, a) in zip(solution, active) { best[a] = value }
    }
  }
  return best
}

/// Gaussian elimination with pivoting; `nil` if the matrix is singular.
private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  var a = matrix
  var b = right
  let n = b.count
  for i in 0..<n {
    let pivot = (i..<n).max { abs(a[$0][i]) < abs(a[$1][i]) } ?? i
    a.swapAt(i, pivot)
    b.swapAt(i, pivot)
    if abs(a[i][i]) < 1e-12 { return nil }
    for j in stride(from: i + 1, to: n, by: 1) {
      let f = a[j][i] / a[i][i]
      for k in i..<n { a[j][k] -= f * a[i][k] }
      b[j] -= f * b[i]
    }
  }
  for i in stride(from: n - 1, through: 0, by: -1) {
    for k in stride(from: i + 1, to: n, by: 1) { b[i] -= a[i][k] * b[k] }
    b[i] /= a[i][i]
  }
  return b
}
