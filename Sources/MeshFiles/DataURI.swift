// URIs in glTF: data within the file as base64 (RFC 2397, RFC 4648), or a name beside it with percent escapes.

enum MeshURI: Equatable {
  /// Where the base64 text begins within the URI.
  case base64(start: Int)
  case neighbour(String)
  case problem(String)

  init(_ uri: [UInt8]) {
    if uri.starts(with: Array("data:".utf8)) {
      guard let comma = uri.firstIndex(of: UInt8(ascii: ",")) else {
        self = .problem("a data URI needs a comma before its data")
        return
      }
      let isBase64 = uri[..<comma].suffix(7).elementsEqual(Array(";base64".utf8))
      self = isBase64 ? .base64(start: comma + 1) : .problem("a data URI must hold base64")
      return
    }
    var name: [UInt8] = []
    var k = 0
    while k < uri.count {
      if uri[k] == UInt8(ascii: "%"), k + 2 < uri.count,
        let code = UInt8(String(decoding: uri[k + 1...k + 2], as: UTF8.self), radix: 16)
      {
        name.append(code)
        k += 3
      } else {
        name.append(uri[k])
        k += 1
      }
    }
    let text = String(decoding: name, as: UTF8.self)
    if let problem = neighbourProblem(text) {
      self = .problem("'\(String(text.prefix(80)))' is refused: \(problem)")
    } else {
      self = .neighbour(text)
    }
  }
}

/// The bytes of a base64 text from `start` on, with or without padding; or the index of the first character that is
/// not allowed.
func decodeBase64(_ text: [UInt8], from start: Int) -> Result<[UInt8], Base64Error> {
  var values = [UInt8](repeating: 255, count: 256)
  for (k, c) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
    values[Int(c)] = UInt8(k)
  }
  var end = text.count
  while end > start && end > text.count - 2 && text[end - 1] == UInt8(ascii: "=") { end -= 1 }
  if (end - start) % 4 == 1 { return .failure(Base64Error(index: end - 1 - start)) }
  var out: [UInt8] = []
  out.reserveCapacity((end - start) / 4 * 3 + 3)
  var word: UInt32 = 0
  var count = 0
  for k in start..<end {
    let value = values[Int(text[k])]
    if value == 255 { return .failure(Base64Error(index: k - start)) }
    word = word << 6 | UInt32(value)
    count += 1
    if count == 4 {
      out.append(UInt8(truncatingIfNeeded: word >> 16))
      out.append(UInt8(truncatingIfNeeded: word >> 8))
      out.append(UInt8(truncatingIfNeeded: word))
      count = 0
      word = 0
    }
  }
  if count >= 2 { out.append(UInt8(truncatingIfNeeded: (word << (6 * UInt32(4 - count))) >> 16)) }
  if count == 3 { out.append(UInt8(truncatingIfNeeded: (word << 6) >> 8)) }
  return .success(out)
}

struct Base64Error: Error, Equatable {
  var index: Int
}
