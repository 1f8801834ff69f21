// One letter as pen strokes: polylines on a grid where a capital letter is 14 units high.
//
// Curves are cubic polynomials, so flattening uses no trigonometry and gives the same points on every machine.

/// A letter, digit or sign as polylines.
struct StrokeGlyph: Sendable {
  /// Height of a capital letter in grid units; the baseline is y = 0, y points up.
  static let capitalHeight: Float = 14
  /// Free space on each side of a glyph, grid units.
  static let sideBearing: Float = 2.25

  /// Polylines in grid units. A polyline of one point is a dot.
  var strokes: [[SIMD2<Float>]] = []
  /// From the left edge of the ink to its right edge, grid units.
  var width: Float

  /// From one letter's origin to the next one's, grid units.
  var advance: Float { width + 2 * Self.sideBearing }

  /// Parses a path. Each command is a letter followed by numbers, separated by spaces:
  ///
  ///     m x y                start a stroke
  ///     l x y …              straight lines
  ///     h x y                quarter of an ellipse that leaves horizontally and arrives vertically
  ///     v x y                quarter of an ellipse that leaves vertically and arrives horizontally
  ///     c x1 y1 x2 y2 x y    cubic curve with two control points
  ///     d x y                a dot
  ///
  /// - Precondition: `path` is well formed; paths are constants of this module, checked by its tests.
  init(width: Float, path: String) {
    self.width = width
    var pen = SIMD2<Float>.zero
    var command: Character = "m"
    var numbers: [Float] = []
    for word in path.split(separator: " ") {
      if let letter = word.first, letter.isLetter {
        precondition(numbers.isEmpty, "incomplete command in \(path)")
        command = letter
        continue
      }
      guard let number = Float(word) else { preconditionFailure("not a number: \(word)") }
      numbers.append(number)
      guard numbers.count == (command == "c" ? 6 : 2) else { continue }
      let end = SIMD2(numbers[numbers.count - 2], numbers[numbers.count - 1])
      switch command {
      case "m", "d": strokes.append([end])
      case "l": strokes[strokes.count - 1].append(end)
      case "h":
        curve(
          pen, SIMD2(pen.x + (end.x - pen.x) * Self.roundness, pen.y),
          SIMD2(end.x, end.y + (pen.y - end.y) * Self.roundness), end)
      case "v":
        curve(
          pen, SIMD2(pen.x, pen.y + (end.y - pen.y) * Self.roundness),
          SIMD2(end.x + (pen.x - end.x) * Self.roundness, end.y), end)
      case "c": curve(pen, SIMD2(numbers[0], numbers[1]), SIMD2(numbers[2], numbers[3]), end)
      default: preconditionFailure("unknown command in \(path)")
      }
      pen = end
      numbers.removeAll(keepingCapacity: true)
    }
    precondition(numbers.isEmpty, "incomplete command in \(path)")
  }

  /// How far along its tangent a quarter's control point lies: 0.5523 is an ellipse; a little more is fuller at the
  /// shoulder, which reads better at small sizes.
  private static let roundness: Float = 0.58

  private mutating func curve(_ a: SIMD2<Float>, _ b: SIMD2<Float>, _ c: SIMD2<Float>, _ d: SIMD2<Float>) {
    let steps = 8
    for i in 1...steps {
      let t = Float(i) / Float(steps)
      let s = 1 - t
      let point = a * (s * s * s) + b * (3 * s * s * t) + c * (3 * s * t * t) + d * (t * t * t)
      strokes[strokes.count - 1].append(point)
    }
  }
}
