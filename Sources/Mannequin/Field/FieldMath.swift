// Scalar functions of the mannequin's field. They use additions, multiplications, divisions and square roots
// only, so that a vertex has the same bits on every machine, whatever its C library.

import Arithmetic

/// The smaller of two fields, with the crease between them filled over a width `k` (polynomial smooth minimum).
@inline(__always)
func smoothMin(_ a: Float, _ b: Float, _ k: Float) -> Float {
  let low = a < b ? a : b
  let gap = k - (a < b ? b - a : a - b)
  return gap > 0 ? low - gap * gap / (4 * k) : low
}

/// The larger of two fields, with the edge between them rounded over a width `k`.
@inline(__always)
func smoothMax(_ a: Float, _ b: Float, _ k: Float) -> Float { -smoothMin(-a, -b, k) }

/// Angle of (x, y) in turns, 0 to 1, counter-clockwise from +x.
@inline(__always)
func turns(_ y: Float, _ x: Float) -> Float {
  let angle = arcTangent(y, x) * 0.159_154_94
  return angle < 0 ? angle + 1 : angle
}

/// exp(-q / 2), and exactly 0 from q = 30 on, so that a shape has an end and can be left out beyond it.
@inline(__always)
func falloff(_ q: Float) -> Float { q < 30 ? exponential(-0.5 * q) : 0 }

/// An ellipsoid's field: near the surface close to the distance, negative inside.
struct EllipsoidShape: Sendable, Equatable {
  var x, y, z: Float
  var rx, ry, rz: Float

  init(_ x: Float, _ y: Float, _ z: Float, radii rx: Float, _ ry: Float, _ rz: Float) {
    self.x = x
    self.y = y
    self.z = z
    self.rx = rx
    self.ry = ry
    self.rz = rz
  }

  @inline(__always)
  func value(_ px: Float, _ py: Float, _ pz: Float) -> Float {
    let ux = (px - x) / rx
    let uy = (py - y) / ry
    let uz = (pz - z) / rz
    let u = (ux * ux + uy * uy + uz * uz).squareRoot()
    let gx = ux / rx
    let gy = uy / ry
    let gz = uz / rz
    let g = (gx * gx + gy * gy + gz * gz).squareRoot()
    return g > 0 ? u * (u - 1) / g : -min(rx, min(ry, rz))
  }
}
