// How much of a head a scan has skin of: phones and cameras before the face often miss the back.
//
// Directions from the middle of the head are cut into fields of ten degrees; a field is covered where a corner, an edge's middle
// or a triangle's middle lies in it. Holes are filled before, so what is missing here was never seen.

import Arithmetic
import Meshes

/// Part of a head that a scan may lack.
enum HeadSide: String, CaseIterable {
  case left = "left side of the head"
  case right = "right side of the head"
  case back = "back of the head"
  case top = "top of the head"

  /// Degrees from the middle of the face to the subject's left.
  var azimuths: ClosedRange<Float> {
    switch self {
    case .left: 50...130
    case .right: -130 ... -50
    case .back: 140...220
    case .top: -180...180
    }
  }

  /// Rows of ten degrees from straight down: from the middle of the ears to half way up to the vertex, or from there on.
  var rows: Range<Int> { self == .top ? 14..<18 : 8..<13 }
}

/// The share of each side that a mesh in the head frame has skin of, 0 to 1.
func coverage(of mesh: TriangleMesh) -> [(side: HeadSide, share: Float)] {
  let middle = SIMD3<Float>(0, 40, -5)
  let (rows, columns) = (18, 36)
  var isCovered = [Bool](repeating: false, count: rows * columns)
  let degrees: Float = 180 / .pi
  func mark(_ p: SIMD3<Float>) {
    let d = p - middle
    // No skull is so narrow: a lid that closes what was cut off.
    if dot(d, d) < 62 * 62 { return }
    let elevation = arcTangent(d.y, (d.x * d.x + d.z * d.z).squareRoot()) * degrees
    let azimuth = arcTangent(d.x, d.z) * degrees
    let row = Int(held((elevation + 90) / 10, 0, Float(rows - 1)))
    let column = Int(held((azimuth + 180) / 10, 0, Float(columns - 1)))
    isCovered[row * columns + column] = true
  }
  for t in mesh.triangles {
    let (a, b, c) = (mesh.positions[Int(t.x)], mesh.positions[Int(t.y)], mesh.positions[Int(t.z)])
    // Skin that is seen from outside; the inside of a mask is none.
    let sum: SIMD3<Float> = a + b + c
    guard dot(cross(b - a, c - a), sum / 3 - middle) > 0 else { continue }
    mark(a)
    mark(b)
    mark(c)
    mark(sum / 3)
    for (p, q) in [(a, b), (b, c), (c, a)] { mark((p + q) * 0.5) }
  }
  return HeadSide.allCases.map { side in
    var (all, found): (Float, Float) = (0, 0)
    for row in side.rows {
      let weight = Float(cosine((Double(row) * 10 - 85) * .pi / 180))
      for column in 0..<columns {
        let azimuth = Float(column) * 10 - 175
        guard side.azimuths.contains(azimuth) || side.azimuths.contains(azimuth + 360) else { continue }
        all += weight
        if isCovered[row * columns + column] { found += weight }
      }
    }
    return (side, all > 0 ? found / all : 1)
  }
}

/// Of a whole head's scan less is missing on every side: ears with holes in them, hair that was cut away.
let wholeFrom: Float = 0.9

/// The side of which a mesh in the head frame has least, as the cause of what failed; `nil` where most of each is there.
func missingSide(of mesh: TriangleMesh) -> ScanError? {
  guard let least = coverage(of: mesh).min(by: { $0.share < $1.share }), least.share < 0.6 else { return nil }
  return .incomplete(side: least.side.rawValue, share: least.share)
}
