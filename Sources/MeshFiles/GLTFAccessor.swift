// Accessors: numbers of one type in a buffer, close together or interleaved with others, as they are or as fractions,
// and with single items replaced (sparse).

/// An accessor whose bytes are known to be there.
struct GLTFAccessor {
  enum Component: Int {
    case int8 = 5120
    case uint8 = 5121
    case int16 = 5122
    case uint16 = 5123
    case uint32 = 5125
    case float = 5126

    var size: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .uint32, .float: 4
      }
    }
  }

  /// Where items are; `nil` for an accessor of zeros.
  struct Source {
    var buffer: Int
    var start: Int
    var stride: Int
  }

  var place: String
  var count: Int
  var component: Component
  /// Numbers per item.
  var width: Int
  var isNormalized: Bool
  var source: Source?
  /// Replaced items: where their numbers are, and where their values.
  var sparse: (count: Int, indexType: Component, indices: Source, values: Source)?
}

extension GLTFDocument {
  private static let widths = ["SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4]

  /// The accessor, once its bytes are known to lie within its buffer.
  mutating func accessor(_ index: Int) throws(MeshFileError) -> GLTFAccessor {
    if let known = knownAccessors[index] { return known }
    let found = try readAccessor(index)
    knownAccessors[index] = found
    return found
  }

  private func readAccessor(_ index: Int) throws(MeshFileError) -> GLTFAccessor {
    let node = accessors[index]
    let place = "accessors[\(index)]"
    let type = json.member(node, "type").flatMap { json.string($0) } ?? "none"
    guard let width = Self.widths[type] else {
      throw error(place + ".type", "\(type.prefix(16)) is not allowed here: it must be SCALAR, VEC2, VEC3 or VEC4")
    }
    let code = try integer(node, "componentType", place, 0...Int.max)
    guard let component = GLTFAccessor.Component(rawValue: code) else {
      throw error(
        place + ".componentType", "\(code) is not allowed: it must be 5120, 5121, 5122, 5123, 5125 or 5126")
    }
    let count = try integer(node, "count", place, 1...Int(UInt32.max) - 1)
    let normalized = json.member(node, "normalized").map { json.nodes[$0].kind == .yes } ?? false
    var accessor = GLTFAccessor(
      place: place, count: count, component: component, width: width, isNormalized: normalized)
    accessor.source = try source(
      of: node, place, count: count, item: width * component.size, allowsStride: true)
    if accessor.source == nil && count > totalBytes {
      throw error(
        place + ".count", "\(count) items without data in a file of \(totalBytes) bytes: at most one per byte is read")
    }
    if let sparse = json.member(node, "sparse") {
      let sparsePlace = place + ".sparse"
      let replaced = try integer(sparse, "count", sparsePlace, 1...count)
      guard let indices = json.member(sparse, "indices"), let values = json.member(sparse, "values") else {
        throw error(sparsePlace, "'indices' or 'values' is missing")
      }
      let typeCode = try integer(indices, "componentType", sparsePlace + ".indices", 0...Int.max)
      guard let indexType = GLTFAccessor.Component(rawValue: typeCode),
        indexType == .uint8 || indexType == .uint16 || indexType == .uint32
      else {
        throw error(sparsePlace + ".indices.componentType", "\(typeCode) is not allowed: it must be 5121, 5123 or 5125")
      }
      guard
        let indexSource = try source(of: indices, sparsePlace + ".indices", count: replaced, item: indexType.size),
        let valueSource = try source(
          of: values, sparsePlace + ".values", count: replaced, item: width * component.size)
      else { throw error(sparsePlace, "'bufferView' is missing") }
      accessor.sparse = (replaced, indexType, indexSource, valueSource)
    }
    return accessor
  }

  /// Where `count` items of `item` bytes are, by the `bufferView` and `byteOffset` of a node; `nil` without a view.
  private func source(
    of node: Int, _ place: String, count: Int, item: Int, allowsStride: Bool = false
  ) throws(MeshFileError) -> GLTFAccessor.Source? {
    guard let view = try index(node, "bufferView", place, of: "buffer views", count: bufferViews.count) else {
      return nil
    }
    let viewRange = try range(ofView: view)
    let viewPlace = "bufferViews[\(view)]"
    var stride = item
    if allowsStride, json.member(bufferViews[view], "byteStride") != nil {
      stride = try integer(bufferViews[view], "byteStride", viewPlace, 1...252)
      if stride < item {
        throw error(viewPlace + ".byteStride", "\(stride) is less than the \(item) bytes of an item of \(place)")
      }
    }
    let offset = try integer(node, "byteOffset", place, 0...Int.max, fallback: 0)
    // count < 2^32 and stride <= 252: no overflow
    let needed = (count - 1) * stride + item
    if offset > viewRange.range.count || needed > viewRange.range.count - offset {
      throw error(
        place,
        "\(count) items of \(item) bytes from byte \(offset) on, \(stride) apart, do not fit into \(viewPlace), which has "
          + "\(viewRange.range.count) bytes")
    }
    return GLTFAccessor.Source(
      buffer: viewRange.buffer, start: viewRange.range.lowerBound + offset, stride: stride)
  }

  /// The bytes of a buffer view.
  func range(ofView view: Int) throws(MeshFileError) -> (buffer: Int, range: Range<Int>) {
    let node = bufferViews[view]
    let place = "bufferViews[\(view)]"
    if let extensions = json.member(node, "extensions"),
      let name = json.keys(extensions).first(where: { $0.contains("meshopt") })
    {
      throw error(place, "the data are compressed by the extension \(name.prefix(64)), which is not read")
    }
    guard let buffer = try index(node, "buffer", place, of: "buffers", count: buffers.count) else {
      throw error(place, "'buffer' is missing")
    }
    let length = try integer(node, "byteLength", place, 0...Int.max)
    let offset = try integer(node, "byteOffset", place, 0...Int.max, fallback: 0)
    let whole = buffers[buffer].range
    if offset > whole.count || length > whole.count - offset {
      throw error(
        place,
        "\(length) bytes from byte \(offset) on do not fit into buffers[\(buffer)], which has \(whole.count) bytes")
    }
    return (buffer, whole.lowerBound + offset..<whole.lowerBound + offset + length)
  }

  /// The items of an accessor as vectors; missing numbers are 0, more than four are not there.
  func vectors(_ accessor: GLTFAccessor) throws(MeshFileError) -> [SIMD4<Float>] {
    var items = [SIMD4<Float>](repeating: .zero, count: accessor.count)
    if let source = accessor.source {
      let bytes = buffers[source.buffer].bytes
      let raw = bytes.span.bytes
      if accessor.component == .float && accessor.width == 3 {
        for i in 0..<accessor.count {
          let at = source.start + i * source.stride
          items[i] = SIMD4(littleFloat(raw, at), littleFloat(raw, at + 4), littleFloat(raw, at + 8), 0)
        }
      } else {
        for i in 0..<accessor.count { items[i] = item(accessor, raw, source.start + i * source.stride) }
      }
    }
    if let sparse = accessor.sparse {
      let indexBytes = buffers[sparse.indices.buffer].bytes
      let valueBytes = buffers[sparse.values.buffer].bytes
      let indexRaw = indexBytes.span.bytes
      let valueRaw = valueBytes.span.bytes
      for k in 0..<sparse.count {
        let i = Int(index(sparse.indexType, indexRaw, sparse.indices.start + k * sparse.indices.stride))
        if i >= accessor.count {
          throw error(
            accessor.place + ".sparse.indices", "index \(i) at \(k) is out of range: 0 to \(accessor.count - 1)")
        }
        items[i] = item(accessor, valueRaw, sparse.values.start + k * sparse.values.stride)
      }
    }
    return items
  }

  /// The items at the corners of triangles, three for each: the work follows the triangles, not the accessor, which many
  /// primitives may share. Not for sparse accessors.
  func vectors(_ accessor: GLTFAccessor, at corners: [SIMD3<UInt32>]) -> [SIMD4<Float>] {
    var items = [SIMD4<Float>](repeating: .zero, count: 3 * corners.count)
    guard let source = accessor.source else { return items }
    let bytes = buffers[source.buffer].bytes
    let raw = bytes.span.bytes
    for (i, t) in corners.enumerated() {
      for k in 0..<3 { items[3 * i + k] = item(accessor, raw, source.start + Int(t[k]) * source.stride) }
    }
    return items
  }

  /// The items of an accessor as indices.
  func indices(_ accessor: GLTFAccessor) throws(MeshFileError) -> [UInt32] {
    if accessor.width != 1 || ![.uint8, .uint16, .uint32].contains(accessor.component) {
      throw error(accessor.place, "indices must be SCALAR of type 5121, 5123 or 5125")
    }
    if accessor.sparse != nil { throw error(accessor.place, "sparse indices are not read") }
    guard let source = accessor.source else { return [UInt32](repeating: 0, count: accessor.count) }
    let bytes = buffers[source.buffer].bytes
    let raw = bytes.span.bytes
    var list: [UInt32] = []
    list.reserveCapacity(accessor.count)
    for i in 0..<accessor.count { list.append(index(accessor.component, raw, source.start + i * source.stride)) }
    return list
  }

  @inline(__always)
  private func index(_ type: GLTFAccessor.Component, _ raw: RawSpan, _ at: Int) -> UInt32 {
    switch type {
    case .uint8, .int8: UInt32(raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt8.self))
    case .uint16, .int16: UInt32(littleUInt16(raw, at))
    case .uint32, .float: littleUInt32(raw, at)
    }
  }

  private func item(_ accessor: GLTFAccessor, _ raw: RawSpan, _ at: Int) -> SIMD4<Float> {
    var value = SIMD4<Float>.zero
    for k in 0..<accessor.width { value[k] = number(accessor, raw, at + k * accessor.component.size) }
    return value
  }

  /// One number; a normalised integer is a fraction of its largest value.
  @inline(__always)
  private func number(_ accessor: GLTFAccessor, _ raw: RawSpan, _ at: Int) -> Float {
    let normalized = accessor.isNormalized
    switch accessor.component {
    case .int8:
      let v = Float(raw.unsafeLoadUnaligned(fromByteOffset: at, as: Int8.self))
      return normalized ? max(v / 127, -1) : v
    case .uint8:
      let v = Float(raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt8.self))
      return normalized ? v / 255 : v
    case .int16:
      let v = Float(Int16(bitPattern: littleUInt16(raw, at)))
      return normalized ? max(v / 32767, -1) : v
    case .uint16:
      let v = Float(littleUInt16(raw, at))
      return normalized ? v / 65535 : v
    case .uint32:
      let v = Float(littleUInt32(raw, at))
      return normalized ? v * 0x1p-32 : v
    case .float: return littleFloat(raw, at)
    }
  }
}
