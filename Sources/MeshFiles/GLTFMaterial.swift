// The materials of glTF as far as they colour: base colour factor and picture, texture coordinates with their transform.

import Arithmetic
import Meshes

/// A material of the document, as far as it colours.
struct BaseColour {
  var material: SurfaceColour.Material
  var coordinates = 0
  var transform: TextureTransform?
}

/// KHR_texture_transform: scale, turn (seen with v downwards), then move.
struct TextureTransform {
  var offset = SIMD2<Float>.zero
  var sine: Float = 0
  var cosine: Float = 1
  var scale = SIMD2<Float>.one

  func callAsFunction(_ p: SIMD2<Float>) -> SIMD2<Float> {
    let q = p * scale
    return SIMD2(q.x * cosine + q.y * sine, q.y * cosine - q.x * sine) + offset
  }
}

extension GLTFDocument {
  mutating func addMaterial(
    of primitive: Int, _ place: String, attributes: Int, hasColours: Bool, corners: [SIMD3<UInt32>], mirrors: Bool,
    vertices: Int, to collection: inout GLTFCollection, neighbour: NeighbourFile
  ) throws(MeshFileError) {
    let number = try index(primitive, "material", place, of: "materials", count: materials.count)
    var base = BaseColour(material: SurfaceColour.Material())
    if let number {
      if let known = collection.baseColours[number] {
        base = known
      } else {
        base = try baseColour(number, &collection.shelf, neighbour: neighbour)
        collection.baseColours[number] = base
      }
    }
    var uv: [SIMD4<Float>] = []
    if base.material.texture != nil {
      if let coordinates = try textureCoordinates(
        base.coordinates, attributes, place, corners: corners, vertices: vertices, &collection)
      {
        uv = coordinates
      } else {
        base.material.texture = nil
        note("a picture is left out where vertices have no texture coordinates")
      }
    }
    base.material.hasVertexColours = hasColours

    let key = 4 * (number ?? -1) + (hasColours ? 1 : 0) + (uv.isEmpty ? 0 : 2)
    let slot: Int
    if let known = collection.numbers[key] {
      slot = known
    } else {
      slot = collection.materials.count
      if slot >= Int(UInt16.max) { throw error(place, "more than \(UInt16.max) materials") }
      collection.numbers[key] = slot
      collection.materials.append(base.material)
    }
    for _ in corners { collection.materialOfTriangle.append(UInt16(slot)) }

    if uv.isEmpty { return }
    let before = 3 * (collection.triangles.count - corners.count)
    while collection.uv.count < before { collection.uv.append(.zero) }
    for i in corners.indices {
      for k in mirrors ? [0, 2, 1] : [0, 1, 2] {
        let p = uv[3 * i + k]
        let q = SIMD2(p.x, p.y)
        collection.uv.append(usable(base.transform?(q) ?? q))
      }
    }
  }

  /// Three for each triangle.
  private mutating func textureCoordinates(
    _ set: Int, _ attributes: Int, _ place: String, corners: [SIMD3<UInt32>], vertices: Int,
    _ collection: inout GLTFCollection
  ) throws(MeshFileError) -> [SIMD4<Float>]? {
    let key: StaticString
    switch set {
    case 0: key = "TEXCOORD_0"
    case 1: key = "TEXCOORD_1"
    case 2: key = "TEXCOORD_2"
    case 3: key = "TEXCOORD_3"
    default: return nil
    }
    guard let number = try index(attributes, key, place + ".attributes", of: "accessors", count: accessors.count) else {
      return nil
    }
    let accessor = try accessor(number)
    if accessor.width != 2 { throw error(accessor.place, "texture coordinates must be VEC2") }
    if accessor.count != vertices {
      throw error(accessor.place, "\(accessor.count) texture coordinates for \(vertices) vertices")
    }
    if accessor.sparse == nil { return vectors(accessor, at: corners) }
    if collection.coordinates?.accessor != number { collection.coordinates = (number, try vectors(accessor)) }
    let items = collection.coordinates?.items ?? []
    return corners.flatMap { [items[Int($0.x)], items[Int($0.y)], items[Int($0.z)]] }
  }

  /// The base colour of a material: a factor and a picture. A factor alone is no record of a person's skin.
  private func baseColour(
    _ number: Int, _ shelf: inout TextureShelf, neighbour: NeighbourFile
  ) throws(MeshFileError) -> BaseColour {
    var base = BaseColour(material: SurfaceColour.Material())
    let place = "materials[\(number)].pbrMetallicRoughness"
    guard let rough = json.member(materials[number], "pbrMetallicRoughness") else { return base }
    if let factor = try numbers(rough, "baseColorFactor", place, count: 4) {
      base.material.factor = SIMD3(
        unitRange(Float(factor[0])), unitRange(Float(factor[1])), unitRange(Float(factor[2])))
    }
    guard let info = json.member(rough, "baseColorTexture") else { return base }
    let infoPlace = place + ".baseColorTexture"
    guard let texture = try index(info, "index", infoPlace, of: "textures", count: textures.count) else {
      throw error(infoPlace, "'index' is missing")
    }
    base.coordinates = try integer(info, "texCoord", infoPlace, 0...Int.max, fallback: 0)
    if let extensions = json.member(info, "extensions"), let turn = json.member(extensions, "KHR_texture_transform") {
      base.transform = try textureTransform(turn, infoPlace + ".extensions.KHR_texture_transform")
      base.coordinates = try integer(turn, "texCoord", infoPlace, 0...Int.max, fallback: base.coordinates)
    }
    let texturePlace = "textures[\(texture)]"
    if let sampler = try index(
      textures[texture], "sampler", texturePlace, of: "samplers", count: samplers.count)
    {
      base.material.wrapU = try wrap(samplers[sampler], "wrapS", "samplers[\(sampler)]")
      base.material.wrapV = try wrap(samplers[sampler], "wrapT", "samplers[\(sampler)]")
    }
    guard let image = try index(textures[texture], "source", texturePlace, of: "images", count: images.count) else {
      let extensions = json.member(textures[texture], "extensions").map { json.keys($0) } ?? []
      let by = extensions.isEmpty ? "" : " (\(extensions.prefix(4).joined(separator: ", ")))"
      shelf.note(
        "\(texturePlace) has no PNG or JPEG picture\(by) and is left out; export it as PNG or JPEG to keep its colours")
      return base
    }
    base.material.texture = try picture(image, &shelf, neighbour: neighbour)
    return base
  }

  private func textureTransform(_ node: Int, _ place: String) throws(MeshFileError) -> TextureTransform {
    var transform = TextureTransform()
    if let v = try numbers(node, "offset", place, count: 2) { transform.offset = SIMD2(Float(v[0]), Float(v[1])) }
    if let v = try numbers(node, "scale", place, count: 2) { transform.scale = SIMD2(Float(v[0]), Float(v[1])) }
    if let angle = json.member(node, "rotation").flatMap({ json.number($0) }), abs(angle) < 1e6 {
      (transform.sine, transform.cosine) = (Float(sine(angle)), Float(cosine(angle)))
    }
    return transform
  }

  private func wrap(_ sampler: Int, _ key: StaticString, _ place: String) throws(MeshFileError) -> SurfaceColour.Wrap {
    switch try integer(sampler, key, place, 0...Int.max, fallback: 10497) {
    case 10497: return .repeat
    case 33071: return .clamp
    case 33648: return .mirror
    default: throw error("\(place).\(key)", "it must be 10497, 33071 or 33648")
    }
  }

  /// The number of an image on the shelf, or `nil`, with a note, if it is neither PNG nor JPEG.
  private func picture(_ number: Int, _ shelf: inout TextureShelf, neighbour: NeighbourFile) throws(MeshFileError)
    -> Int?
  {
    if let known = shelf.images[number] { return known }
    let found = try readPicture(number, &shelf, neighbour: neighbour)
    shelf.images[number] = .some(found)
    return found
  }

  private func readPicture(_ number: Int, _ shelf: inout TextureShelf, neighbour: NeighbourFile)
    throws(MeshFileError) -> Int?
  {
    let node = images[number]
    let place = "images[\(number)]"
    if let uri = json.member(node, "uri") {
      switch MeshURI(try bytes(uri, place + ".uri")) {
      case .problem(let problem): throw error(place + ".uri", problem)
      case .neighbour(let name): return try shelf.number(of: plainName(name), read: neighbour)
      case .base64(let start):
        return try shelf.number(of: place) { (_) throws(MeshFileError) in
          try base64(uri, from: start, place + ".uri")
        }
      }
    }
    guard let view = try index(node, "bufferView", place, of: "buffer views", count: bufferViews.count) else {
      throw error(place, "'uri' or 'bufferView' is missing")
    }
    return try shelf.number(of: place) { (_) throws(MeshFileError) in
      let (buffer, range) = try range(ofView: view)
      return Array(buffers[buffer].bytes[range])
    }
  }
}
