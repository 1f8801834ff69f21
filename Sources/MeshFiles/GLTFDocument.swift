// A glTF 2.0 document: its JSON, its buffers, and what it demands of a reader (Khronos Group. glTF 2.0 specification.
// ISO/IEC 12113:2022).

/// Bytes that accessors look into.
struct GLTFBuffer {
  let bytes: [UInt8]
  let range: Range<Int>
}

struct GLTFDocument {
  let json: JSONTree
  /// Bytes of the file and of the buffers beside it or within it: what bounds memory.
  private(set) var totalBytes: Int
  private(set) var buffers: [GLTFBuffer] = []
  // Nodes of the JSON, by index in the document.
  let bufferViews: [Int]
  let accessors: [Int]
  let meshes: [Int]
  let nodes: [Int]
  let materials: [Int]
  let textures: [Int]
  let images: [Int]
  let samplers: [Int]
  let extensionsUsed: [String]
  /// Whether positions may be integers (KHR_mesh_quantization).
  let isQuantized: Bool
  var notes = Notes()
  /// Accessors that were asked for, by index: many primitives may share one.
  var knownAccessors: [Int: GLTFAccessor] = [:]

  /// Extensions that change nothing that a picture of the surface shows, or that are applied.
  private static func isUnderstood(_ name: String) -> Bool {
    name == "KHR_mesh_quantization" || name == "KHR_texture_transform"
      || (name.hasPrefix("KHR_materials_") && name != "KHR_materials_pbrSpecularGlossiness")
  }

  /// Extensions that change pictures, materials, lamps or what is told about the file, and leave the surface as it is.
  private static func concernsColoursAlone(_ name: String) -> Bool {
    let parts = name.split(separator: "_")
    guard parts.count > 1 else { return false }
    return ["texture", "materials", "lights", "xmp", "image"].contains { parts[1].lowercased() == $0 }
      || ["KHR_xmp_json_ld", "ADOBE_materials_thin_transparency"].contains(name)
  }

  init(_ json: JSONTree, binary: GLTFBuffer?, fileSize: Int, neighbour: NeighbourFile) throws(MeshFileError) {
    self.json = json
    totalBytes = fileSize
    guard json.nodes[0].kind == .object, let asset = json.member(0, "asset") else {
      throw MeshFileError(file: json.name, message: "no glTF: a glTF file is a JSON object with a member 'asset'")
    }
    let version = json.member(asset, "version").flatMap { json.string($0) } ?? "none"
    if !version.hasPrefix("2.") {
      throw MeshFileError(
        file: json.name, place: "asset.version",
        message: "glTF version \(version.prefix(16)) is not read; allowed is 2.x")
    }
    func list(_ key: StaticString) -> [Int] { json.member(0, key).map { json.items($0) } ?? [] }
    func names(_ key: StaticString) -> [String] { list(key).compactMap { json.string($0) } }
    var unread: [String] = []
    for name in names("extensionsRequired") where !Self.isUnderstood(name) && !Self.concernsColoursAlone(name) {
      if !unread.contains(name) && unread.count <= 8 { unread.append(name) }
    }
    if !unread.isEmpty {
      let isPacked = unread.contains { $0.contains("draco") || $0.contains("meshopt") }
      let listed = unread.prefix(8).map { String($0.prefix(64)) }.joined(separator: ", ")
      throw MeshFileError(
        file: json.name, place: "extensionsRequired",
        message: (unread.count == 1
          ? "the file needs the extension \(listed), which is not read"
          : "the file needs the extensions \(listed)\(unread.count > 8 ? " and more" : ""), which are not read")
          + (isPacked ? "; export the scan without compression" : ""))
    }
    extensionsUsed = names("extensionsUsed")
    isQuantized = extensionsUsed.contains("KHR_mesh_quantization")
    bufferViews = list("bufferViews")
    accessors = list("accessors")
    meshes = list("meshes")
    nodes = list("nodes")
    materials = list("materials")
    textures = list("textures")
    images = list("images")
    samplers = list("samplers")
    let ignored = extensionsUsed.filter { !Self.isUnderstood($0) }
    if !ignored.isEmpty { notes.add("extensions passed over: \(ignored.prefix(8).joined(separator: ", "))") }
    try loadBuffers(list("buffers"), binary: binary, neighbour: neighbour)
  }

  func error(_ place: String, _ message: String) -> MeshFileError {
    MeshFileError(file: json.name, place: place, message: message)
  }

  private mutating func loadBuffers(_ list: [Int], binary: GLTFBuffer?, neighbour: NeighbourFile) throws(MeshFileError)
  {
    var known: [String: [UInt8]] = [:]
    for (index, node) in list.enumerated() {
      let place = "buffers[\(index)]"
      let length = try integer(node, "byteLength", place, 0...Int.max)
      var found: GLTFBuffer
      if let uri = json.member(node, "uri") {
        switch MeshURI(try bytes(uri, place + ".uri")) {
        case .problem(let problem): throw error(place + ".uri", problem)
        case .base64(let start):
          let data = try base64(uri, from: start, place + ".uri")
          found = GLTFBuffer(bytes: data, range: 0..<data.count)
          totalBytes += data.count
        case .neighbour(let written):
          let name = plainName(written)
          if known[name] == nil {
            guard let data = try neighbour(name) else {
              throw error(place + ".uri", "the file \(name) is missing beside the mesh")
            }
            known[name] = data
            totalBytes += data.count
          }
          let data = known[name] ?? []
          found = GLTFBuffer(bytes: data, range: 0..<data.count)
        }
      } else if index == 0, let binary {
        found = binary
      } else {
        throw error(place, "the buffer has no uri, and there is no binary chunk for it")
      }
      if length > found.range.count {
        throw error(
          place + ".byteLength", "the document claims \(length) bytes, but the buffer has \(found.range.count)")
      }
      found = GLTFBuffer(bytes: found.bytes, range: found.range.lowerBound..<found.range.lowerBound + length)
      buffers.append(found)
    }
  }

  /// The bytes that base64 text in a string stands for.
  func base64(_ node: Int, from start: Int, _ place: String) throws(MeshFileError) -> [UInt8] {
    switch decodeBase64(try bytes(node, place), from: start) {
    case .success(let data): return data
    case .failure(let failure):
      throw error(place, "character \(failure.index + 1) of the base64 text is not allowed or the text is cut short")
    }
  }

  /// The bytes of a string.
  func bytes(_ node: Int, _ place: String) throws(MeshFileError) -> [UInt8] {
    guard let bytes = json.utf8(node) else { throw error(place, "must be a string") }
    return bytes
  }
}

// MARK: Values with their places in messages

extension GLTFDocument {
  /// A whole number within `range`; `fallback` where the member is left out.
  func integer(
    _ object: Int, _ key: StaticString, _ place: String, _ range: ClosedRange<Int>, fallback: Int? = nil
  ) throws(MeshFileError) -> Int {
    guard let node = json.member(object, key) else {
      if let fallback { return fallback }
      throw error(place, "'\(key)' is missing")
    }
    guard let value = json.integer(node), range.contains(value) else {
      let text = json.text(node)
      let allowed =
        range.upperBound == .max
        ? "a whole number from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      throw error("\(place).\(key)", "\(text) is not allowed: it must be \(allowed)")
    }
    return value
  }

  /// An index into a list of `count` things; `nil` where the member is left out.
  func index(_ object: Int, _ key: StaticString, _ place: String, of what: String, count: Int) throws(MeshFileError)
    -> Int?
  {
    guard let node = json.member(object, key) else { return nil }
    return try index(at: node, "\(place).\(key)", of: what, count: count)
  }

  func index(at node: Int, _ place: String, of what: String, count: Int) throws(MeshFileError) -> Int {
    guard let value = json.integer(node), value >= 0, value < count else {
      throw error(place, "\(json.text(node)) is not allowed: there are \(count) \(what), counted from 0")
    }
    return value
  }

  /// Exactly `count` finite numbers; `nil` where the member is left out.
  func numbers(_ object: Int, _ key: StaticString, _ place: String, count: Int) throws(MeshFileError) -> [Double]? {
    guard let node = json.member(object, key) else { return nil }
    let values = json.items(node).compactMap { json.number($0) }
    if values.count != count || json.items(node).count != count {
      throw error("\(place).\(key)", "must be \(count) finite numbers")
    }
    return values
  }
}
