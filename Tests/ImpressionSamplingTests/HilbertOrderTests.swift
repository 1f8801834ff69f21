import Testing

@testable import ImpressionSampling

@Suite struct HilbertOrderTests {
  @Test func consecutiveCellsTouch() {
    var cells = [SIMD3<Int>?](repeating: nil, count: 4096)
    for z in 0..<16 {
      for y in 0..<16 {
        for x in 0..<16 {
          let key = hilbertKey(x: UInt32(x), y: UInt32(y), z: UInt32(z), bits: 4)
          #expect(cells[Int(key)] == nil)
          cells[Int(key)] = SIMD3(x, y, z)
        }
      }
    }
    for (one, next) in zip(cells, cells.dropFirst()) {
      guard let one, let next else {
        Issue.record("a key is missing")
        return
      }
      let step = one &- next
      #expect(abs(step.x) + abs(step.y) + abs(step.z) == 1)
    }
  }

  @Test func radixSortKeepsTheOrderOfEqualKeys() {
    let keys = (0..<5000).map { UInt32(($0 * 7919) % 1013) << 18 | UInt32($0 % 3) }
    let (order, sorted) = radixSorted(keys: keys, values: keys.indices.map { UInt32($0) }, keyBits: 30)
    let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    #expect(order.map { Int($0) } == expected)
    #expect(sorted == expected.map { keys[$0] })
  }

  @Test(arguments: [0, 1, 2, 3, 7, 8, 1000])
  func bitReversedRanksDiffer(count: Int) {
    #expect(Set(bitReversedRanks(count)).count == count)
  }
}
