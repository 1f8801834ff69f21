// Which dots of a relaxed pattern come in which session, so that each prefix is itself well spread.
//
// The passes of the darts have given every dot a session; relaxing the whole has blurred the spacing of the first.
// Dots now trade sessions with their neighbours as long as that gives the prefix more room: a descent on the energy
// of the prefix (as the elimination of Yuksel. Sample elimination for generating Poisson disk sample sets. 2015, but
// by exchange, which keeps the numbers).

import HeadGeometry

struct SessionChoice: Sendable {
  let relaxation: Relaxation

  private static let sweeps = 5
  /// How far dots of the first session feel each other, over the final spacing; their own spacing is √3.
  private static let reach: Float = 2.2

  /// Reorders `dots` among their places, so that the first session is well spread.
  ///
  /// The first two need no trades: two thirds of dots that keep a share of their spacing keep √(2/3) of that share
  /// of the prefix's own.
  ///
  /// - Parameter session: the session, 0 to 2, of each place in `dots`.
  func improve(_ dots: inout MovingDots, session: [UInt8]) {
    guard dots.count > 6 else { return }
    let lists = relaxation.neighbours(dots, reach: SessionChoice.reach)
    var place = dots.walkers.indices.map { Int32($0) }
    trade(dots, lists, &place, session)
    let old = dots
    for i in place.indices {
      dots.walkers[Int(place[i])] = old.walkers[i]
      dots.places[Int(place[i])] = old.places[i]
      dots.normals[Int(place[i])] = old.normals[i]
    }
  }

  /// Trades dots of the first session for dots of later ones.
  ///
  /// - Parameter place: for each dot, the place whose session it has.
  private func trade(
    _ dots: MovingDots, _ lists: NeighbourLists, _ place: inout [Int32], _ session: [UInt8]
  ) {
    let inverseReach = 1 / (SessionChoice.reach * SessionChoice.reach)

    /// How crowded a dot is by the prefix, not counting one dot.
    func energy(_ i: Int, without: Int) -> Float {
      let tile = lists.tiles[i / NeighbourLists.tile]
      let k = i % NeighbourLists.tile
      let p = dots.places[i]
      var sum: Float = 0
      for n in Int(tile.starts[k])..<Int(tile.starts[k + 1]) {
        let j = Int(tile.list[n])
        if j == i || j == without || session[Int(place[j])] > 0 { continue }
        let q = dots.places[j]
        let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
        let inverse = 2 / (p.w + q.w)
        let squared = dot(d, d) * inverse * inverse
        let room = 1 - squared * inverseReach
        // Steep, so that the nearest neighbour counts most
        if room > 0 {
          let cube = squared * squared * squared
          sum += room * room / (cube * cube + 1e-3)
        }
      }
      return sum
    }

    for _ in 0..<SessionChoice.sweeps {
      var trades = 0
      for i in 0..<dots.count where session[Int(place[i])] == 0 {
        let own = energy(i, without: i)
        if own == 0 { continue }
        let tile = lists.tiles[i / NeighbourLists.tile]
        let k = i % NeighbourLists.tile
        let p = dots.places[i]
        var best = own * 0.999
        var partner = -1
        for n in Int(tile.starts[k])..<Int(tile.starts[k + 1]) {
          let j = Int(tile.list[n])
          if session[Int(place[j])] == 0 { continue }
          let q = dots.places[j]
          let d = SIMD3(p.x - q.x, p.y - q.y, p.z - q.z)
          let h = (p.w + q.w) * 0.5
          if dot(d, d) > 4 * h * h { continue }
          let other = energy(j, without: i)
          if other < best {
            best = other
            partner = j
          }
        }
        if partner >= 0 {
          place.swapAt(i, partner)
          trades += 1
        }
      }
      if trades == 0 { break }
    }
  }
}
