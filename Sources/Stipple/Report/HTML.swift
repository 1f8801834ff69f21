// HTML as a value: elements are put together, text is escaped on its way in, and nothing else can get between the tags.

import Arithmetic

/// A piece of HTML or SVG.
struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// As it stands in the file.
  var source: String

  init(source: String) { self.source = source }

  /// Text, escaped.
  init(_ text: String) { source = escaped(text) }

  init(stringLiteral text: String) { self.init(text) }

  init(_ parts: [HTML]) { source = parts.map(\.source).joined() }

  static let nothing = HTML(source: "")

  static func + (a: HTML, b: HTML) -> HTML { HTML(source: a.source + b.source) }
}

/// Attributes in the order in which they are written; `nil` leaves one out, "" writes the name alone.
typealias Attributes = KeyValuePairs<String, String?>

/// An element with what is in it.
func element(_ name: String, _ attributes: Attributes = [:], _ content: HTML = .nothing) -> HTML {
  HTML(source: "<\(name)\(written(attributes))>\(content.source)</\(name)>")
}

/// An element that holds nothing and has no end.
func void(_ name: String, _ attributes: Attributes) -> HTML { HTML(source: "<\(name)\(written(attributes))>") }

private func written(_ attributes: Attributes) -> String {
  attributes.map { name, value in
    guard let value else { return "" }
    return value.isEmpty ? " \(name)" : " \(name)=\"\(escaped(value))\""
  }.joined()
}

/// Text that stands for itself in HTML, inside quotes or outside.
func escaped(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 }) { return text }
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// Bytes as base64 (RFC 4648).
func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  let length = (bytes.count + 2) / 3 * 4
  return String(unsafeUninitializedCapacity: length) { out in
    var at = 0
    for k in stride(from: 0, to: bytes.count, by: 3) {
      let a = Int(bytes[k])
      let b = k + 1 < bytes.count ? Int(bytes[k + 1]) : 0
      let c = k + 2 < bytes.count ? Int(bytes[k + 2]) : 0
      let word = a << 16 | b << 8 | c
      out[at] = digits[word >> 18]
      out[at + 1] = digits[word >> 12 & 63]
      out[at + 2] = k + 1 < bytes.count ? digits[word >> 6 & 63] : UInt8(ascii: "=")
      out[at + 3] = k + 2 < bytes.count ? digits[word & 63] : UInt8(ascii: "=")
      at += 4
    }
    return length
  }
}

/// The source by which a content security policy knows an inline script or style: 'sha256-...'.
func policyDigest(_ text: String) -> String {
  let hex = Array(SHA256.hex(Array(text.utf8)).utf8)
  func digit(_ c: UInt8) -> UInt8 { c < 0x3A ? c - 0x30 : c - 0x57 }
  let bytes = stride(from: 0, to: hex.count, by: 2).map { digit(hex[$0]) << 4 | digit(hex[$0 + 1]) }
  return "'sha256-\(base64(bytes))'"
}
