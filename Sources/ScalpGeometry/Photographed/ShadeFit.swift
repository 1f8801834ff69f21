// Light that a scan's colours keep: darker where the skin turns away from the lamps.
//
// Under distant light what a matt surface sends back is nearly a polynomial of degree two in its normal, nine numbers,
// whatever the lamps (Ramamoorthi and Hanrahan. An efficient representation for irradiance environment maps. 2001). They
// are fitted to patches that are skin, by area, each counting less the further it lies off (Huber's weights); directions in
// which there is no skin are held to the mean.

import Arithmetic

/// ln of luminance that bare skin has for each direction of its normal.
struct ShadeFit: Sendable {
  private var terms = [Double](repeating: 0, count: ShadeFit.count)
  private static let count = 9

  /// - Parameters:
  ///   - members: patches that are skin, or most of them are.
  ///   - deviation: of the tone of even skin.
  init(_ patches: SkinPatches, members: [Int], deviation: Float) {
    guard !members.isEmpty else { return }
    let bases = members.map { Self.basis(patches.normals[$0]) }
    let tones = members.map { Double(patches.figures[$0].x) }
    let middle = tones.sorted()[tones.count / 2]
    terms[0] = middle
    for _ in 0..<6 {
      var matrix = [Double](repeating: 0, count: Self.count * Self.count)
      var right = [Double](repeating: 0, count: Self.count)
      var total = 0.0
      for (k, i) in members.enumerated() {
        let off = abs(tones[k] - value(bases[k])) / Double(2 * deviation)
        let weight = Double(patches.areas[i]) / max(off, 1)
        total += weight
        for r in 0..<Self.count {
          right[r] += weight * bases[k][r] * (tones[k] - middle)
          for c in 0...r { matrix[r * Self.count + c] += weight * bases[k][r] * bases[k][c] }
        }
      }
      for r in 0..<Self.count {
        for c in 0..<r { matrix[c * Self.count + r] = matrix[r * Self.count + c] }
        matrix[r * Self.count + r] += total * (r == 0 ? 1e-6 : r < 4 ? 0.01 : 0.03)
      }
      guard let solved = Self.solution(matrix, right) else { break }
      terms = solved
      terms[0] += middle
    }
  }

  func callAsFunction(_ normal: SIMD3<Float>) -> Float { Float(value(Self.basis(normal))) }

  private func value(_ basis: [Double]) -> Double {
    var sum = 0.0
    for k in 0..<Self.count { sum += terms[k] * basis[k] }
    return sum
  }

  private static func basis(_ normal: SIMD3<Float>) -> [Double] {
    let (x, y, z) = (Double(normal.x), Double(normal.y), Double(normal.z))
    return [1, x, y, z, x * y, y * z, x * z, z * z - 1.0 / 3, x * x - y * y]
  }

  /// Gauss with pivots; `nil` for a matrix that has no inverse.
  private static func solution(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    let n = right.count
    var (a, b) = (matrix, right)
    for k in 0..<n {
      let pivot = (k..<n).max { abs(a[$0 * n + k]) < abs(a[$1 * n + k]) } ?? k
      if abs(a[pivot * n + k]) < 1e-12 { return nil }
      if pivot != k {
        for c in 0..<n { a.swapAt(k * n + c, pivot * n + c) }
        b.swapAt(k, pivot)
      }
      for r in k + 1..<n {
        let share = a[r * n + k] / a[k * n + k]
        for c in k..<n { a[r * n + c] -= share * a[k * n + c] }
        b[r] -= share * b[k]
      }
    }
    for k in (0..<n).reversed() {
      for c in k + 1..<n { b[k] -= a[k * n + c] * b[c] }
      b[k] /= a[k * n + k]
    }
    return b
  }
}
