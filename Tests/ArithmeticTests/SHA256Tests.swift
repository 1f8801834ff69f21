import Testing

@testable import Arithmetic

@Suite struct SecureHash {
  /// Examples of FIPS 180-4 and of NIST's short and long messages.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func knownDigests(text: String, digest: String) {
    #expect(SHA256.hex(Array(text.utf8)) == digest)
  }

  /// Every place where a piece may end within a block.
  @Test func piecesMakeNoDifference() {
    let bytes = (0..<200).map { UInt8($0) }
    let whole = SHA256.hex(bytes)
    for cut in 0...200 {
      var hash = SHA256()
      hash.add(Array(bytes[..<cut]))
      hash.add(Array(bytes[cut...]))
      #expect(hash.hex() == whole)
    }
  }

  /// Lengths about the end of a block, against one digest over all digests (made with Python's hashlib).
  @Test func everyLengthOfTail() {
    let all = (0..<130).map { SHA256.hex([UInt8](repeating: 0x61, count: $0)) }.joined(separator: "\n") + "\n"
    #expect(SHA256.hex(Array(all.utf8)) == "911fbe4e63e2268a99dcb03aa2b3750a906ce7eebf44cccb320a1250cd862dc5")
  }
}
