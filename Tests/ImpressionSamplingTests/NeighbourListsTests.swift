import Arithmetic
import Testing

@testable import ImpressionSampling

@Suite struct NeighbourListsTests {
  private let reach: Float = 2
  private let slack: Float = 0.1
  private let side: Float = 20

  /// Dots strewn over two sheets that lie back to back, of spacings that differ by up to `widest`.
  private func strewn(_ count: Int, widest: Float) -> (places: [SIMD4<Float>], normals: [SIMD3<Float>]) {
    let random = CounterRandom(seed: 11, stream: 1)
    var places: [SIMD4<Float>] = []
    var normals: [SIMD3<Float>] = []
    for i in 0..<count {
      let place = random.uniformPair(UInt64(2 * i)) * side
      let kind = random.uniformPair(UInt64(2 * i + 1))
      let isBack = kind.y < 0.3
      places.append(SIMD4(place.x, place.y, isBack ? -0.2 : 0, 1 + (widest - 1) * kind.x))
      normals.append(SIMD3(0, 0, isBack ? -1 : 1))
    }
    return (places, normals)
  }

  private func grid(_ places: [SIMD4<Float>]) -> PackedGrid {
    PackedGrid(places, reach: reach, low: .zero, high: SIMD3(side, side, 0))
  }

  private func lists(_ places: [SIMD4<Float>], _ normals: [SIMD3<Float>]) -> NeighbourLists {
    NeighbourLists(of: places, normals: normals, count: places.count, in: grid(places), reach: reach, threads: 1)
  }

  private func neighbours(_ lists: NeighbourLists, of i: Int) -> Set<Int32> {
    Set(lists.list[Int(lists.starts[i])..<Int(lists.starts[i + 1])]).subtracting([Int32(i)])
  }

  /// What a search of every pair finds, each within `reach` times the mean spacing where the lists saw it.
  private func byPairs(_ places: [SIMD4<Float>], _ normals: [SIMD3<Float>], reach: Float, of i: Int) -> Set<Int32> {
    Set(
      places.indices.filter { j in
        let d = places[i] - places[j]
        let limit = reach * 0.5 * (places[i].w + places[j].w)
        let squared = d.x * d.x + d.y * d.y + d.z * d.z
        return j != i && squared < limit * limit && dot(normals[i], normals[j]) > -0.5
      }.map { Int32($0) })
  }

  @Test(arguments: [1, 1.5, 5] as [Float])
  func listsAreThoseOfEveryPair(widest: Float) {
    let (places, normals) = strewn(700, widest: widest)
    let found = lists(places, normals)
    for i in places.indices {
      #expect(neighbours(found, of: i) == byPairs(places, normals, reach: reach, of: i))
    }
  }

  /// Some dots tremble, some go far, one is taken away: what is near is listed, both ways, and a dot that strayed sees
  /// just what a new search sees.
  @Test(arguments: [0, 7, 150] as [Int], [1, 5] as [Float])
  func updatedListsAreComplete(farMoves: Int, widest: Float) {
    let (before, normals) = strewn(700, widest: widest)
    var lists = lists(before, normals)
    let random = CounterRandom(seed: 12, stream: 1)
    var now = before
    for round in 0..<3 {
      for i in now.indices {
        let isFar = (i + round) % 700 < farMoves
        let step = (random.uniformPair(UInt64(round * 1000 + i)) - 0.5) * (isFar ? 8 : 0.02) * now[i].w
        now[i].x = clamp(now[i].x + step.x, 0, side)
        now[i].y = clamp(now[i].y + step.y, 0, side)
      }
      if farMoves > 0 { now[300 + round] = SIMD4(.infinity, .infinity, .infinity, now[300 + round].w) }
      lists.update(now, normals: normals, reach: reach, slack: slack, threads: 2, index: grid)
      for i in now.indices {
        let found = neighbours(lists, of: i)
        // Both ends of a pair may have gone as far as the slack
        #expect(byPairs(now, normals, reach: reach - 2 * slack, of: i).isSubset(of: found))
        #expect(found.isSubset(of: byPairs(now, normals, reach: reach + 2 * slack, of: i)))
        for j in found { #expect(neighbours(lists, of: Int(j)).contains(Int32(i))) }
        #expect((lists.starts[i + 1] - lists.starts[i]) % 4 == 0)
      }
    }
  }

  /// With no slack an update is a new search.
  @Test(arguments: [3, 60] as [Int])
  func updatesWithoutSlackAreNewSearches(moves: Int) {
    let (before, normals) = strewn(700, widest: 1)
    var updated = lists(before, normals)
    var now = before
    for i in 0..<moves { now[i * 11] = SIMD4(now[(i * 11 + 350) % 700].x, 3, now[i * 11].z, now[i * 11].w) }
    updated.update(now, normals: normals, reach: reach, slack: 0, threads: 1, index: grid)
    let new = lists(now, normals)
    for i in now.indices { #expect(neighbours(updated, of: i) == neighbours(new, of: i)) }
    #expect(updated.isFlat == new.isFlat)
  }
}
