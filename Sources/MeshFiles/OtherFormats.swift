// Files that are no mesh that is read here, known by their first bytes: what each is, and what to do about it.
//
// The marks stand in the formats' own specifications. A text format is looked for behind a byte-order mark, blanks and
// comments; what a ZIP archive is, the names in it tell.

/// A format that is not read.
struct OtherFormat: Equatable {
  /// With its article: `a USDZ archive`.
  var what: String
  var advice: Advice

  enum Advice {
    /// A mesh, or a scene with meshes.
    case export
    /// Curved surfaces that have to be cut into triangles first.
    case tessellate
    /// Points or slices, of which a surface has to be made first.
    case makeSurface
    /// Something in another wrapping.
    case unpack
    case picture
    /// Text in another encoding.
    case encoding
    /// Not what was meant to be fetched.
    case fetchAgain
    /// Nothing that has a shape.
    case none
  }

  /// The whole sentence.
  var message: String {
    let allowed = "allowed are OBJ, PLY, STL, glTF and GLB"
    switch advice {
    case .export:
      return
        "this is \(what), which is not read here; export the scan as GLB, glTF, OBJ or PLY, which keep its colours, "
        + "or as STL (\(allowed))"
    case .tessellate:
      return "this is \(what), which holds curved surfaces and no triangles; export it as a mesh: STL, OBJ, PLY or GLB "
        + "(\(allowed))"
    case .makeSurface:
      return
        "this is \(what), which holds no surface; make a surface of the skin from it and export that as PLY, OBJ, STL "
        + "or GLB (\(allowed))"
    case .unpack: return "this is \(what), not a mesh; unpack it and name the mesh in it (\(allowed))"
    case .picture: return "this is \(what), not a mesh; \(allowed)"
    case .encoding: return "this is \(what); save it as UTF-8 (\(allowed))"
    case .fetchAgain: return "this is \(what), not a mesh: fetch the file itself again (\(allowed))"
    case .none: return "this is \(what), not a mesh; \(allowed)"
    }
  }
}

/// What a file is that is no mesh which is read here; `nil` where its first bytes tell nothing.
func otherFormat(_ b: Span<UInt8>) -> OtherFormat? {
  if let found = binaryFormat(b) { return found }
  if starts(b, "\u{FF}\u{FE}", latin: true) || starts(b, "\u{FE}\u{FF}", latin: true) {
    return OtherFormat(what: "text in UTF-16", advice: .encoding)
  }
  return textFormat(b)
}

/// The format that a name's ending stands for, for text that shows no mark.
func otherFormat(ending: String) -> OtherFormat? {
  let endings: [(String, String, OtherFormat.Advice)] = [
    ("off", "an OFF file", .export), ("fbx", "an FBX file", .export), ("dae", "a COLLADA file", .export),
    ("x3d", "an X3D file", .export), ("x3dv", "an X3D file", .export), ("x3db", "an X3D file", .export),
    ("wrl", "a VRML file", .export), ("vrml", "a VRML file", .export), ("iv", "an Open Inventor file", .export),
    ("vtk", "a VTK file", .export), ("vtp", "a VTK file", .export), ("vtu", "a VTK file", .export),
    ("usd", "a USD file", .export), ("usda", "a USD file", .export), ("usdc", "a USD file", .export),
    ("usdz", "a USDZ archive", .export), ("3mf", "a 3MF archive", .export), ("amf", "an AMF file", .export),
    ("abc", "an Alembic file", .export), ("blend", "a Blender file", .export), ("3ds", "a 3D Studio file", .export),
    ("max", "a 3ds Max file", .export), ("ma", "a Maya file", .export), ("mb", "a Maya file", .export),
    ("c4d", "a Cinema 4D file", .export), ("lwo", "a LightWave file", .export), ("ztl", "a ZBrush file", .export),
    ("skp", "a SketchUp file", .export), ("dxf", "a DXF drawing", .export), ("dwg", "a DWG drawing", .export),
    ("ctm", "an OpenCTM file", .export), ("drc", "a Draco file", .export), ("asc", "a list of points", .makeSurface),
    ("xyz", "a list of points", .makeSurface), ("pts", "a list of points", .makeSurface),
    ("ptx", "a list of points", .makeSurface), ("pcd", "a PCD point cloud", .makeSurface),
    ("las", "a LAS point cloud", .makeSurface), ("laz", "a LAZ point cloud", .makeSurface),
    ("e57", "an E57 point cloud", .makeSurface), ("dcm", "a DICOM file", .makeSurface),
    ("nii", "a NIfTI volume", .makeSurface), ("step", "a STEP file", .tessellate), ("stp", "a STEP file", .tessellate),
    ("iges", "an IGES file", .tessellate), ("igs", "an IGES file", .tessellate), ("3dm", "a Rhino file", .tessellate),
    ("x_t", "a Parasolid file", .tessellate), ("sat", "an ACIS file", .tessellate),
    ("mtl", "an MTL file, the materials of an OBJ", .none),
  ]
  return endings.first { $0.0 == ending }.map { OtherFormat(what: $0.1, advice: $0.2) }
}

private func binaryFormat(_ b: Span<UInt8>) -> OtherFormat? {
  // ZIP also begins with an empty or a split archive
  if starts(b, "PK\u{03}\u{04}") || starts(b, "PK\u{05}\u{06}") || starts(b, "PK\u{07}\u{08}") { return zipFormat(b) }
  let marks: [(String, String, OtherFormat.Advice)] = [
    ("Kaydara FBX", "an FBX file", .export), ("PXR-USDC", "a USD file", .export), ("DRACO", "a Draco file", .export),
    ("Ogawa", "an Alembic file", .export), ("\u{89}HDF\r\n", "an HDF5 file (perhaps Alembic)", .export),
    ("BLENDER", "a Blender file", .export), ("MeshVersionFormatted", "a Medit file", .export),
    ("OCTM", "an OpenCTM file", .export), ("QC4DC4D", "a Cinema 4D file", .export), ("GoZb", "a ZBrush file", .export),
    ("MS3D000000", "a MilkShape file", .export), ("U3D\0", "a U3D file", .export), ("FOR4", "a Maya file", .export),
    ("FOR8", "a Maya file", .export), ("\u{FF}\u{FE}\u{FF}\u{0E}S\0k\0", "a SketchUp file", .export),
    ("AutoCAD Binary DXF", "a DXF drawing", .export), ("AC10", "a DWG drawing", .export),
    ("\u{D0}\u{CF}\u{11}\u{E0}", "a compound document (perhaps 3ds Max)", .export),
    ("\u{E0}\u{00}\u{10}\u{01}", "a binary X3D file", .export),
    ("3D Geometry File Format", "a Rhino file", .tessellate), ("ISO-10303-21", "a STEP file", .tessellate),
    ("ASTM-E57", "an E57 point cloud", .makeSurface), ("LASF", "a LAS point cloud", .makeSurface),
    ("NRRD000", "an NRRD volume", .makeSurface), ("\u{93}NUMPY", "a NumPy array", .none), ("%PDF", "a PDF file", .none),
    ("\u{1F}\u{8B}", "a gzip archive", .unpack), ("7z\u{BC}\u{AF}", "a 7z archive", .unpack),
    ("Rar!", "a RAR archive", .unpack), ("\u{FD}7zXZ", "an xz archive", .unpack), ("BZh", "a bzip2 archive", .unpack),
    ("\u{28}\u{B5}\u{2F}\u{FD}", "a Zstandard archive (newer Blender files are one)", .unpack),
    ("\u{89}PNG", "a picture (PNG)", .picture), ("\u{FF}\u{D8}\u{FF}", "a picture (JPEG)", .picture),
    ("GIF8", "a picture (GIF)", .picture), ("II*\0", "a picture (TIFF)", .picture),
    ("MM\0*", "a picture (TIFF)", .picture), ("8BPS", "a picture (Photoshop)", .picture),
    ("\u{AB}KTX", "a picture (KTX)", .picture),
  ]
  for (mark, what, advice) in marks where starts(b, mark, latin: true) {
    return OtherFormat(what: what, advice: advice)
  }
  func word(_ at: Int) -> Int { Int(b[at]) | Int(b[at + 1]) << 8 | Int(b[at + 2]) << 16 | Int(b[at + 3]) << 24 }
  if b.count >= 12 {
    if starts(b, "RIFF") && starts(b, "WEBP", at: 8) { return OtherFormat(what: "a picture (WebP)", advice: .picture) }
    if starts(b, "FORM") && (starts(b, "LWO", at: 8) || starts(b, "LWLO", at: 8)) {
      return OtherFormat(what: "a LightWave file", advice: .export)
    }
    if starts(b, "ftyp", at: 4) {
      let isPicture = ["hei", "mif", "avif"].contains { starts(b, $0, at: 8) }
      return OtherFormat(what: isPicture ? "a picture (HEIC or AVIF)" : "a film", advice: .picture)
    }
    if starts(b, "BM") && word(6) == 0 { return OtherFormat(what: "a picture (BMP)", advice: .picture) }
    // 3DS: the first chunk is the whole file.
    if starts(b, "MM") && word(2) == b.count { return OtherFormat(what: "a 3D Studio file", advice: .export) }
  }
  if starts(b, "ustar", at: 257) { return OtherFormat(what: "a tar archive", advice: .unpack) }
  if starts(b, "DICM", at: 128) { return OtherFormat(what: "a DICOM file", advice: .makeSurface) }
  if starts(b, "n+1\0", at: 344) { return OtherFormat(what: "a NIfTI volume", advice: .makeSurface) }
  return nil
}

/// What an archive is, by the names of the files in it.
private func zipFormat(_ b: Span<UInt8>) -> OtherFormat {
  let names = zipNames(b)
  func any(_ test: (String) -> Bool) -> Bool { names.contains(where: test) }
  if any({ $0.hasSuffix(".usdc") || $0.hasSuffix(".usda") || $0.hasSuffix(".usd") }) {
    return OtherFormat(what: "a USDZ archive", advice: .export)
  }
  if any({ $0.hasPrefix("3d/") && $0.hasSuffix(".model") }) {
    return OtherFormat(what: "a 3MF archive", advice: .export)
  }
  if let mesh = names.first(where: { name in
    ["obj", "ply", "stl", "gltf", "glb"].contains { name.hasSuffix("." + $0) }
  }) {
    return OtherFormat(what: "a ZIP archive with \(mesh.suffix(60)) in it", advice: .unpack)
  }
  if any({ $0.hasPrefix("word/") || $0.hasPrefix("xl/") || $0.hasPrefix("ppt/") }) {
    return OtherFormat(what: "an office document", advice: .none)
  }
  return OtherFormat(what: "a ZIP archive (perhaps USDZ or 3MF)", advice: names.isEmpty ? .export : .unpack)
}

/// Names in the directory at an archive's end, or that of its first file, in small letters; at most 256.
private func zipNames(_ b: Span<UInt8>) -> [String] {
  func half(_ at: Int) -> Int { Int(b[at]) | Int(b[at + 1]) << 8 }
  func name(_ at: Int, _ length: Int) -> String? {
    if at + length > b.count { return nil }
    return String(decoding: (at..<at + length).map { b[$0] }, as: UTF8.self).lowercased()
  }
  var names: [String] = []
  if starts(b, "PK\u{03}\u{04}"), b.count >= 30, let first = name(30, half(26)) { names.append(first) }
  var end = b.count - 22
  let lowest = max(0, end - 65_536)
  while end >= lowest && !starts(b, "PK\u{05}\u{06}", at: end) { end -= 1 }
  guard end >= lowest else { return names }
  var at = half(end + 16) | half(end + 18) << 16
  while names.count < 256, at + 46 <= b.count, starts(b, "PK\u{01}\u{02}", at: at),
    let entry = name(at + 46, half(at + 28))
  {
    names.append(entry)
    at += 46 + half(at + 28) + half(at + 30) + half(at + 32)
  }
  return names
}

private func textFormat(_ whole: Span<UInt8>) -> OtherFormat? {
  let start = textStart(whole)
  // Some formats go on in binary behind their first lines.
  var end = start
  while end < min(whole.count, start + 4096) && whole[end] != 0 { end += 1 }
  let b = whole.extracting(start..<end)
  let marks: [(String, String, OtherFormat.Advice)] = [
    ("#usda", "a USD file", .export), ("#vrml", "a VRML file", .export), ("#x3d", "an X3D file", .export),
    ("#inventor", "an Open Inventor file", .export), ("# vtk datafile", "a VTK file", .export),
    ("; fbx", "an FBX file", .export), ("//maya", "a Maya file", .export), ("$meshformat", "a Gmsh file", .export),
    ("xof 0", "a DirectX file", .export), ("iso-10303-21", "a STEP file", .tessellate),
    ("# .pcd", "a PCD point cloud", .makeSurface), ("objecttype = image", "a MetaImage volume", .makeSurface),
    ("version https://git-lfs", "a pointer that Git LFS left in place of the file", .fetchAgain),
    ("<!doctype html", "a web page", .fetchAgain), ("<html", "a web page", .fetchAgain),
  ]
  for (mark, what, advice) in marks where starts(b, mark, anyCase: true) {
    return OtherFormat(what: what, advice: advice)
  }
  if b.count > 0 && b[0] == UInt8(ascii: "<") { return xmlFormat(b) }
  // IGES: lines of 80 columns that tell their section in column 73.
  if whole.count > 80, whole[72] == UInt8(ascii: "S"), starts(whole, "      1", at: 73) {
    return OtherFormat(what: "an IGES file", advice: .tessellate)
  }
  // What stands behind comments
  var at = 0
  while at < b.count && (b[at] == hash || b[at] == UInt8(ascii: ";") || b[at] <= space) {
    if b[at] > space { while at < b.count && b[at] != newline && b[at] != carriageReturn { at += 1 } }
    if at < b.count { at += 1 }
  }
  if starts(b, "FBXHeaderExtension", at: at) { return OtherFormat(what: "an FBX file", advice: .export) }
  for word in ["OFF", "COFF", "NOFF", "CNOFF", "NCOFF", "STOFF", "STCNOFF", "4OFF", "nOFF", "4nOFF"]
  where starts(b, word, at: at) && (at + word.utf8.count >= b.count || b[at + word.utf8.count] <= space) {
    return OtherFormat(what: "an OFF file", advice: .export)
  }
  // DXF: a group code and SECTION, a line each
  if starts(b, "0", at: at) {
    var next = at + 1
    while next < b.count && b[next] <= space { next += 1 }
    if next > at + 1 && starts(b, "SECTION", at: next) { return OtherFormat(what: "a DXF drawing", advice: .export) }
  }
  return nil
}

/// What XML is, by its first elements.
private func xmlFormat(_ b: Span<UInt8>) -> OtherFormat {
  let elements: [(String, String, OtherFormat.Advice)] = [
    ("<collada", "a COLLADA file", .export), ("<x3d", "an X3D file", .export), ("<vtkfile", "a VTK file", .export),
    ("<amf", "an AMF file", .export), ("<model", "the model of a 3MF archive", .export),
    ("<xdmf", "an XDMF file", .export), ("<svg", "a picture (SVG)", .picture), ("<html", "a web page", .fetchAgain),
  ]
  for at in 0..<b.count where b[at] == UInt8(ascii: "<") {
    for (mark, what, advice) in elements where starts(b, mark, at: at, anyCase: true) {
      return OtherFormat(what: what, advice: advice)
    }
  }
  return OtherFormat(what: "an XML file", advice: .export)
}

/// Where text begins: behind a byte-order mark and blanks.
func textStart(_ b: Span<UInt8>) -> Int {
  var first = hasByteOrderMark(b) ? 3 : 0
  while first < b.count && b[first] <= space { first += 1 }
  return first
}

func hasByteOrderMark(_ b: Span<UInt8>) -> Bool {
  b.count >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF
}

/// Whether `text` stands at `offset`: its UTF-8, or with `latin` one byte for each scalar up to U+00FF.
func starts(
  _ b: Span<UInt8>, _ text: String, at offset: Int = 0, latin: Bool = false, anyCase: Bool = false
) -> Bool {
  func same(_ i: Int, _ c: UInt8) -> Bool {
    if i >= b.count { return false }
    return b[i] == c || anyCase && (65...90).contains(b[i]) && b[i] | 0x20 == c
  }
  if offset < 0 { return false }
  var i = offset
  if latin {
    for scalar in text.unicodeScalars {
      if !same(i, UInt8(truncatingIfNeeded: scalar.value)) { return false }
      i += 1
    }
  } else {
    for c in text.utf8 {
      if !same(i, c) { return false }
      i += 1
    }
  }
  return true
}
