import Arithmetic
import Meshes
import ScalpGeometry
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

  /// Every hair is as long as it was asked for, leaves the skin at 15 to 45 degrees, bends down to it and never enters it.
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
        if i == hair.lowerBound { #expect(rise > 0.2585 && rise < 0.7075) }
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
}
