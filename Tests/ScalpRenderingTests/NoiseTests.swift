import Arithmetic
import ScalpGeometry
import Testing

@testable import ScalpRendering

@Suite struct Noise {
  /// Places along rows, as pixels ask for them, and some far apart.
  static let places: [SIMD3<Float>] = (0..<600).map { i in
    let row = Float(i / 60)
    return i % 7 == 6 ? SIMD3(row * 31 - 90, -40, 77) : SIMD3(Float(i % 60) * 0.13 - 3, row * 0.4 - 2, 1 - row * 0.05)
  }

  /// Keeping the cells of the last place is faster and nothing else, however patterns share the memo.
  @Test func rememberedCellsChangeNothing() {
    NoiseMemo.with { memo in
      for p in Self.places {
        for seed: UInt32 in [0, 1, 5, 64, 4_000_000_000] {
          #expect(valueNoise(p, seed: seed, memo: memo) == valueNoise(p, seed: seed))
          #expect(valueNoise3(p, seed: seed, memo: memo) == valueNoise3(p, seed: seed))
        }
        let kept = skinRelief(p, pixel: 0.05, fine: 0.6, seed: 9, memo: memo)
        let fresh = skinRelief(p, pixel: 0.05, fine: 0.6, seed: 9)
        #expect(kept.depth == fresh.depth && kept.across == fresh.across)
      }
    }
  }

  /// The two nearest of all points within two cells.
  @Test func theNearestTwoAreTheNearestTwo() {
    /// The point of one cell, by the hash written out.
    func pointOf(_ cell: SIMD3<Int32>, seed: UInt32) -> SIMD3<Float> {
      var h =
        (UInt32(bitPattern: cell.x) &* 0x8DA6_B343) ^ (UInt32(bitPattern: cell.y) &* 0xD816_3841)
        ^ (UInt32(bitPattern: cell.z) &* 0xCB1A_B31F)
      h = h &+ seed
      h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
      h = (h ^ (h >> 12)) &* 0x297A_2D39
      h ^= h >> 15
      return SIMD3(
        Float(cell.x) + Float(h & 1023) / 1024, Float(cell.y) + Float((h >> 10) & 1023) / 1024,
        Float(cell.z) + Float((h >> 20) & 1023) / 1024)
    }
    func distance(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { length(a - b) }
    for p in Self.places.prefix(120) {
      let cell = SIMD3(floorInt(p.x), floorInt(p.y), floorInt(p.z))
      let found = CellNeighbours(cell, seed: 3).nearestTwo(p)
      var distances: [Float] = []
      for dz: Int32 in -1...1 {
        for dy: Int32 in -1...1 {
          for dx: Int32 in -1...1 {
            distances.append(distance(pointOf(SIMD3(cell.x + dx, cell.y + dy, cell.z + dz), seed: 3), p))
          }
        }
      }
      distances.sort()
      // Numbers in the last bits of squared distances: 4 parts in a million.
      #expect(abs(found.first.distance - distances[0]) < 1e-4)
      #expect(abs(found.second.distance - distances[1]) < 1e-4)
      #expect(abs(distance(found.first.point, p) - found.first.distance) < 1e-5)
    }
  }
}
