import Arithmetic
import Meshes
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

private let head = ellipsoidHead()
private let flow = HairFlow(landmarks: head.landmarks)

/// Follicles within `reach` mm of a place, hair of one length in each.
private func follicles(near place: SIMD3<Float>, reach: Float, hairLength: Float) -> Follicles {
  var follicles = Follicles()
  for (i, p) in head.mesh.positions.enumerated() where length(p - place) < reach {
    follicles.append(
      position: p, normal: head.mesh.normals[i], vertex: UInt32(i), diameter: 0.07, length: hairLength,
      colour: SIMD3(repeating: 0.02))
  }
  return follicles
}

/// Pieces by hair: a hair begins where no piece ends.
private func hairs(_ strands: Strands) -> [Range<Int>] {
  var starts = strands.root.indices.filter { $0 == 0 || strands.root[$0] != strands.tip[$0 - 1] }
  starts.append(strands.count)
  return zip(starts, starts.dropFirst()).map { $0..<$1 }
}

@Suite struct Growth {
  /// Along a circle around the whorl hair turns with the whorl everywhere, and a little outwards.
  @Test(arguments: [1, -1] as [Float])
  func hairTurnsAboutTheWhorl(sense: Float) {
    var flow = flow
    flow.sense = sense
    let nearest = head.mesh.positions.indices.min {
      length(head.mesh.positions[$0] - flow.whorl) < length(head.mesh.positions[$1] - flow.whorl)
    }!
    flow.whorl = head.mesh.positions[nearest]
    let up = head.mesh.normals[nearest]
    var seen = 0
    for (i, p) in head.mesh.positions.enumerated() {
      let away = p - flow.whorl
      let distance = length(away)
      if distance < 4 || distance > 20 { continue }
      seen += 1
      let tangent = flow.tangent(at: p, normal: head.mesh.normals[i])
      #expect(abs(dot(tangent, head.mesh.normals[i])) < 1e-4)
      #expect(dot(tangent, normalized(cross(up, away))) * -sense > 0.3, "at \(distance) mm")
      #expect(dot(tangent, normalized(away)) > 0)
    }
    #expect(seen > 6)
  }

  /// Every hair is as long as it was asked for, leaves the skin at 15 to 45 degrees, stubble at 30 to 60, bends down to it
  /// and never enters it.
  @Test(arguments: [0.6, 1, 3, 6] as [Float])
  func hairKeepsItsLengthAboveTheSkin(hairLength: Float) {
    let grown = follicles(near: SIMD3(0, 100, 60), reach: 70, hairLength: hairLength)
    let strands = growHair(grown, flow: flow, seed: 7)
    let all = hairs(strands)
    #expect(all.count == grown.count)
    for hair in all {
      var sum: Float = 0
      var before: Float = 1
      for i in hair {
        let piece = strands.tip[i] - strands.root[i]
        sum += length(piece)
        let rise = dot(normalized(piece), strands.normal[i])
        #expect(rise > 0 && rise <= before + 1e-4)
        if i == hair.lowerBound, hairLength < 1.5 { #expect(rise > 0.4995 && rise < 0.8665) }
        if i == hair.lowerBound, hairLength > 4 { #expect(rise > 0.2585 && rise < 0.7075) }
        before = rise
        #expect(strands.open[i] > 0.3 && strands.open[i] <= 1)
      }
      #expect(abs(sum / hairLength - 1) < 1e-3)
    }
    // Roots of long hair lie in the shade of the rest, stubble does not.
    let root = strands.open[all[0].lowerBound]
    #expect(hairLength < 1 ? root == 1 : root < strands.open[all[0].upperBound - 1] || all[0].count == 1)
  }

  /// Single hairs lie out of line by some degrees, neither all alike nor in every direction.
  @Test func neighboursLeanAlikeButNotTheSame() {
    let grown = follicles(near: SIMD3(0, 60, 90), reach: 60, hairLength: 0.6)
    let strands = growHair(grown, flow: flow, seed: 7)
    var square: Float = 0
    for i in 0..<strands.count {
      let normal = strands.normal[i]
      let own = strands.tip[i] - strands.root[i]
      let flat = normalized(own - normal * dot(own, normal))
      let along = flow.tangent(at: grown.positions[i], normal: normal)
      let sine = dot(flat, cross(normal, along))
      square += sine * sine
    }
    let spread = (square / Float(strands.count)).squareRoot()
    #expect(spread > 0.1 && spread < 0.35, "\(spread)")
  }

  /// Stubble stands, flattest at the sides and nape; what is long lies.
  @Test func shortHairStands() {
    func mean(_ place: SIMD3<Float>, _ hairLength: Float) -> Float {
      let grown = follicles(near: place, reach: 45, hairLength: hairLength)
      let all = hairDirections(grown, flow: flow, seed: 7)
      return all.indices.reduce(0) { $0 + dot(all[$1], grown.normals[$1]) } / Float(all.count)
    }
    let top = SIMD3<Float>(0, 120, 20)
    #expect(mean(top, 0.6) > mean(SIMD3(75, 20, 0), 0.6))
    #expect(mean(top, 0.6) > mean(SIMD3(0, -45, -90), 0.6))
    #expect(mean(top, 0.6) > mean(top, 3) && mean(top, 3) > mean(top, 6))
  }

  /// Hairs that stand together lean alike, more than they do with the next unit.
  @Test func hairsOfAUnitLeanAlike() {
    let singles = follicles(near: SIMD3(0, 60, 90), reach: 60, hairLength: 0.6)
    var pairs = Follicles()
    for i in 0..<singles.count {
      let normal = singles.normals[i]
      let aside = normalized(cross(normal, SIMD3(0, 1, 0))) * 0.2
      for place in [singles.positions[i], singles.positions[i] + aside] {
        pairs.append(
          position: place, normal: normal, vertex: 0, diameter: 0.07, length: 0.6, colour: SIMD3(repeating: 0.02))
      }
    }
    let directions = hairDirections(pairs, flow: flow, seed: 7)
    #expect(directions == hairDirections(pairs, flow: flow, seed: 7))
    var within: Float = 0
    var between: Float = 0
    for i in stride(from: 0, to: pairs.count - 2, by: 2) {
      within += length(directions[i] - directions[i + 1])
      between += length(directions[i] - directions[i + 2])
    }
    #expect(within > 0 && within < 0.4 * between)
    let worst = stride(from: 0, to: pairs.count, by: 2).map { length(directions[$0] - directions[$0 + 1]) }.max() ?? 0
    #expect(worst < 0.25, "14 degrees")
  }

  /// Under a lamp at the camera stubble takes at least as much light along the outline as within.
  @Test(arguments: [0.6, 1.2] as [Float])
  func stubbleIsNotLighterAlongTheOutline(hairLength: Float) {
    let head = ellipsoidHead()
    let random = CounterRandom(seed: 3, stream: 5)
    var grown = Follicles()
    for (i, t) in head.mesh.triangles.enumerated() {
      let (a, b, c) = (
        head.mesh.positions[Int(t.x)], head.mesh.positions[Int(t.y)], head.mesh.positions[Int(t.z)]
      )
      if a.y < 20 || a.z < -45 { continue }
      let count = Int(length(cross(b - a, c - a)) + random.uniform(UInt64(i)))
      for k in 0..<count {
        let r = random.uniformPair(UInt64(1_000_000 + i * 256 + k))
        let (v, w) = r.x + r.y > 1 ? (1 - r.x, 1 - r.y) : (r.x, r.y)
        let p = a + (b - a) * v + (c - a) * w
        grown.append(
          position: p, normal: normalized(p / SIMD3(77 * 77, 131 * 131, 100 * 100)), vertex: t.x, diameter: 0.075,
          length: hairLength, colour: SIMD3(0.022, 0.015, 0.011))
      }
    }
    let size = 384
    let camera = Camera(target: SIMD3(0, 0, 0), azimuth: 0, elevation: 0, distance: 1200, fieldHeight: 300)
    let planes = prepareView(
      of: PreparedHead(head), look: SkinLook(tone: testSkin), camera: camera, width: size, height: size)
    let bare = DressedView(planes, shafts: [], strands: Strands()).light()
    let haired = DressedView(planes, shafts: [], strands: growHair(grown, flow: flow, seed: 7)).light()
    // The ellipse's outline is known; bins are millimetres within it.
    func left(_ from: Float, _ to: Float) -> Float {
      var sums = SIMD2<Float>.zero
      for y in 0..<size {
        for x in 0..<size {
          let p = (SIMD2(Float(x), Float(y)) + 0.5 - Float(size) / 2) * (300 / Float(size)) * SIMD2(1, -1)
          let out = p / SIMD2(77, 131)
          let r = (out * out).sum().squareRoot()
          let inward = (1 - r) * length(SIMD3(p.x, p.y, 0)) / max(r, 1e-3)
          if p.y < 50 || inward < from || inward > to { continue }
          sums += SIMD2(haired[y * size + x].y, bare[y * size + x].y)
        }
      }
      return sums.x / sums.y
    }
    #expect(left(2, 4) < left(9, 12))
  }
}
