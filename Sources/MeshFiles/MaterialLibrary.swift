// MTL, the material file of OBJ: which picture belongs to which material. Other properties are passed over: scanners
// write arbitrary greys there.

/// The picture that a material names.
struct MaterialPicture: Equatable {
  /// The name in the file, with its folders.
  var file: String
  /// Whether the picture is not repeated outside 0...1.
  var isClamped: Bool
}

/// The base colour pictures (`map_Kd`) in an MTL file, by material, in file order.
func readMaterialLibrary(_ b: Span<UInt8>) -> [(material: String, picture: MaterialPicture)] {
  var cursor = TextCursor(name: "")
  var material = ""
  var pictures: [(material: String, picture: MaterialPicture)] = []
  if b.count >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF { cursor.i = 3 }
  while cursor.i < b.count {
    let line = cursor.text(b, cursor.line(b))
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard let key = words.first else { continue }
    let rest = line.dropFirst(key.count).drop(while: { $0 == " " || $0 == "\t" })
    switch key.lowercased() {
    case "newmtl": material = String(rest)
    case "map_kd": pictures.append((material, picture(from: rest)))
    default: break
    }
  }
  return pictures
}

/// How many words each option of a map statement takes.
private let optionWords = [
  "-blendu": 1, "-blendv": 1, "-cc": 1, "-clamp": 1, "-boost": 1, "-texres": 1, "-bm": 1, "-imfchan": 1, "-type": 1,
  "-mm": 2,
]

/// `map_Kd [options] name`: the name is what is left of the line, and may hold blanks.
private func picture(from text: Substring) -> MaterialPicture {
  var rest = text
  var isClamped = false
  func isBlank(_ c: Character) -> Bool { c == " " || c == "\t" }
  func next() -> Substring {
    let word = rest.prefix(while: { !isBlank($0) })
    rest = rest.dropFirst(word.count).drop(while: isBlank)
    return word
  }
  while rest.first == "-" {
    let before = rest
    let option = next().lowercased()
    if let count = optionWords[option] {
      for _ in 0..<count {
        let value = next()
        if option == "-clamp" { isClamped = value == "on" }
      }
    } else if ["-o", "-s", "-t"].contains(option) {
      // One to three numbers
      for _ in 0..<3 where Double(rest.prefix(while: { !isBlank($0) })) != nil { _ = next() }
    } else {
      // A name that begins with a minus
      rest = before
      break
    }
  }
  return MaterialPicture(file: String(rest), isClamped: isClamped)
}
