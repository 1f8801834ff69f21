/// A text entry of a PNG file, such as the design that a picture was made from.
public struct PNGText: Sendable, Equatable {
  /// 1 to 79 printable Latin-1 characters, no space at either end and no two together.
  public var keyword: String
  /// Any text without the character U+0000.
  public var text: String

  public init(keyword: String, text: String) {
    self.keyword = keyword
    self.text = text
  }

  /// The keyword as Latin-1 with a closing zero byte, or why it is not allowed.
  func latin1Keyword() throws(PNGError) -> [CChar] {
    let scalars = Array(keyword.unicodeScalars)
    let isPrintable = scalars.allSatisfy { (32...126).contains($0.value) || (161...255).contains($0.value) }
    guard (1...79).contains(scalars.count), isPrintable, scalars.first != " ", scalars.last != " ",
      !zip(scalars, scalars.dropFirst()).contains(where: { $0 == " " && $1 == " " })
    else {
      throw .invalidImage(
        "text keyword \"\(keyword)\" is not allowed (1 to 79 printable Latin-1 characters, single inner spaces)")
    }
    return scalars.map { CChar(bitPattern: UInt8($0.value)) } + [0]
  }

  /// The text as UTF-8 with a closing zero byte, or why it is not allowed.
  func utf8Text() throws(PNGError) -> [CChar] {
    guard !text.utf8.contains(0) else {
      throw .invalidImage("the text of \"\(keyword)\" contains the character U+0000")
    }
    return text.utf8CString.map { $0 }
  }
}
