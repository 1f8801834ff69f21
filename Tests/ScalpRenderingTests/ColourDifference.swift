// CIEDE2000 (Sharma, Wu, Dalal. The CIEDE2000 color-difference formula: implementation notes. 2005).

import Foundation
import SkinOptics

func ciede2000(_ p: SIMD3<Double>, _ q: SIMD3<Double>) -> Double { ciede2000(Lab(linearRGB: p), Lab(linearRGB: q)) }

func ciede2000(_ p: Lab, _ q: Lab) -> Double {
  let radian = Double.pi / 180
  let c7 = pow((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2, 7)
  let g = 0.5 * (1 - sqrt(c7 / (c7 + pow(25, 7))))
  let (a1, a2) = ((1 + g) * p.a, (1 + g) * q.a)
  let (c1, c2) = (hypot(a1, p.b), hypot(a2, q.b))
  func hue(_ a: Double, _ b: Double) -> Double {
    if a == 0 && b == 0 { return 0 }
    let h = atan2(b, a) / radian
    return h < 0 ? h + 360 : h
  }
  let (h1, h2) = (hue(a1, p.b), hue(a2, q.b))
  var dh = c1 * c2 == 0 ? 0 : h2 - h1
  if dh > 180 { dh -= 360 } else if dh < -180 { dh += 360 }
  let lightness = (p.lightness + q.lightness) / 2
  let chroma = (c1 + c2) / 2
  var h = h1 + h2
  if c1 * c2 != 0 { h = abs(h1 - h2) <= 180 ? h / 2 : (h < 360 ? (h + 360) / 2 : (h - 360) / 2) }
  let t =
    1 - 0.17 * cos((h - 30) * radian) + 0.24 * cos(2 * h * radian) + 0.32 * cos((3 * h + 6) * radian)
    - 0.20 * cos((4 * h - 63) * radian)
  let l50 = (lightness - 50) * (lightness - 50)
  let sl = 1 + 0.015 * l50 / sqrt(20 + l50)
  let sc = 1 + 0.045 * chroma
  let sh = 1 + 0.015 * chroma * t
  let chroma7 = pow(chroma, 7)
  let rc = 2 * sqrt(chroma7 / (chroma7 + pow(25, 7)))
  let rt = -sin(60 * exp(-pow((h - 275) / 25, 2)) * radian) * rc
  let x = (q.lightness - p.lightness) / sl
  let y = (c2 - c1) / sc
  let z = 2 * sqrt(c1 * c2) * sin(dh / 2 * radian) / sh
  return sqrt(max(0, x * x + y * y + z * z + rt * y * z))
}
