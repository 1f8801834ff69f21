import Yams

/// A design document without what nobody but its writer should see: comments are dropped, and the file names of a scan
/// and of masks are replaced. What is left is the design itself; pictures carry it so that they can be made again.
///
/// - Returns: YAML with the keys in the order of the document, or `nil` for text that is no YAML mapping.
public func canonicalDesign(_ text: String) -> String? {
  let body = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
  guard var root = (try? compose(yaml: body)) ?? nil, root.mapping != nil else { return nil }
  if root["head"]?["scan"] != nil { root["head"]?["scan"] = Node("scan") }
  if let layers = root["layers"]?.sequence {
    for i in layers.indices where root["layers"]?[i]?["mask"]?["image"] != nil {
      root["layers"]?[i]?["mask"]?["image"] = Node("mask")
    }
  }
  return try? serialize(node: root)
}
