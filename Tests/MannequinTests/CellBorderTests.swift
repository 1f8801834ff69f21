import TestSupport
import Testing

@testable import Mannequin

/// Tables of the face, asked exactly at the borders of their cells, and where no place should be.
@Suite struct CellBorders {
  @Test func tables() {
    let cubic = CubicTable(first: -1, step: 0.5, values: [1, 2, 3, 5])
    for k in -3...9 {
      for x in around(-1 + Float(k) * 0.5) { #expect(cubic.value(x).isFinite && cubic.slope(x).isFinite) }
    }
    let loft = Loft(.plainFace)
    for v in wildNumbers {
      _ = cubic.value(v)
      _ = cubic.slope(v)
      _ = loft.value(v, v, v)
      for box in [FieldBox(low: SIMD3(0, v, 0), high: SIMD3(1, v, 1)), FieldBox(low: .zero, high: SIMD3(1, v, 1))] {
        _ = loft.lowerBound(box)
      }
    }
    // Rows of the loft's bounds: half millimetres from -103.5 to 60
    for k in 0...327 {
      for y in around(-103.5 + Float(k) * 0.5) {
        // As wide and deep as any section
        #expect(loft.lowerBound(FieldBox(low: SIMD3(0, y, -200), high: SIMD3(200, y + 1, 200))) < 0.01)
      }
    }
  }
}
