// One dot somewhere in each unit of the demand: where relaxation starts.
//
// Based on: Cook. Stochastic sampling in computer graphics. 1986 (jittered strata), here along a space-filling curve.
// The number of dots in any patch is right from the start, and relaxation has only to even out their distances.

import Arithmetic
import Meshes

extension StratifiedDarts {
  /// Points and their densities along the curve, one per unit of the demand.
  ///
  /// Where the density is zero at a chosen point, others of the unit are tried and then of a wider stretch; where none
  /// is found the point is left out.
  func onePerUnit() throws(SamplingError) -> (points: [SurfacePoint], densities: [Float]) {
    let random = CounterRandom(seed: seed, stream: RandomStream.startPlaces)
    var points: [SurfacePoint] = []
    points.reserveCapacity(count)
    let cumulative = demand.cumulative.span
    var p = 0
    for i in 0..<count {
      let bits = random.bits(UInt64(i) << 8)
      let t = Double(i) + Double(bits >> 42) * 0x1p-22
      while p + 2 < cumulative.count && cumulative[p + 1] <= t { p += 1 }
      points.append(point(in: p, bits))
    }
    var densities = try field.densities(at: points)
    var missing = densities.indices.filter { densities[$0] == 0 }
    var attempt: UInt64 = 1
    while !missing.isEmpty && attempt < 64 {
      let window = attempt < 8 ? 0 : Double(attempt - 7)
      let tries = missing.map { i in
        let bits = random.bits(UInt64(i) << 8 | attempt)
        let low = max(0, Double(i) - window)
        let t = low + (min(Double(count), Double(i + 1) + window) - low) * Double(bits >> 42) * 0x1p-22
        return point(in: piece(at: t), bits)
      }
      let values = try field.densities(at: tries)
      for (k, i) in missing.enumerated() where values[k] > 0 {
        points[i] = tries[k]
        densities[i] = values[k]
      }
      missing = missing.filter { densities[$0] == 0 }
      attempt += 1
    }
    if !missing.isEmpty {
      points = points.indices.filter { densities[$0] > 0 }.map { points[$0] }
      densities = densities.filter { $0 > 0 }
    }
    return (points, densities)
  }

  /// The piece in which the running sum reaches `t`.
  private func piece(at t: Double) -> Int {
    var low = 0
    var high = demand.pieces.count - 1
    while low < high {
      let middle = (low + high) / 2
      if demand.cumulative[middle + 1] <= t { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A point of a piece, from the lower 42 of 64 random bits.
  @inline(__always)
  func point(in p: Int, _ bits: UInt64) -> SurfacePoint {
    let piece = demand.pieces[p]
    let (v, w) = piece.weights(Float((bits >> 21) & 0x1F_FFFF) * 0x1p-21, Float(bits & 0x1F_FFFF) * 0x1p-21)
    return SurfacePoint(
      position: surface.position(piece.triangle, v, w), triangle: piece.triangle, v: v, w: w)
  }
}
