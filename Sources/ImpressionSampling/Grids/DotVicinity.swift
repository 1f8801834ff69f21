import Arithmetic

/// Dots around consecutive pieces, which mostly see the same ones: the quads of a field that hold them.
struct DotVicinity: ~Copyable {
  private var centre = SIMD3<Float>.zero
  /// All dots are listed whose discs come nearer to the centre than this, mm.
  private var extent: Float = -1
  /// Quads of the field, then those of dots that were thrown since. Plain memory, since every move fills it anew.
  private var list: UnsafeMutablePointer<DotQuad>
  private var capacity = 64
  private var count = 0
  /// Number of dots in the last of them that were thrown since; 4 where there is none.
  private var lastCount = 4

  init() { list = .allocate(capacity: capacity) }

  deinit { list.deallocate() }

  var quads: UnsafeBufferPointer<DotQuad> {
    @inline(__always) get { UnsafeBufferPointer(start: list, count: count) }
  }

  /// Whether the discs within `reach` of a place are among those listed.
  @inline(__always)
  func covers(_ p: SIMD3<Float>, _ reach: Float) -> Bool {
    let room = extent - reach
    return room > 0 && dot(p - centre, p - centre) < room * room
  }

  mutating func move(to p: SIMD3<Float>, extent: Float, in field: borrowing DotField) {
    centre = p
    self.extent = extent
    lastCount = 4
    count = 0
    field.forEachQuad(near: p, radius: 2 * extent) { quad, _ in append(quad) }
  }

  @inline(__always)
  mutating func append(_ place: SIMD4<Float>, label: Int32) {
    if lastCount == 4 {
      append(DotQuad())
      lastCount = 0
    }
    list[count - 1].set(lastCount, place, label: label)
    lastCount += 1
  }

  @inline(__always)
  private mutating func append(_ quad: DotQuad) {
    if count == capacity { grow() }
    (list + count).initialize(to: quad)
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<DotQuad>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: list, count: count)
    list.deallocate()
    list = larger
    capacity *= 2
  }
}
