// Pages of lines and words in millimetres as the bytes of a PDF file, by libharu.
//
// libharu keeps an error until it is asked for, so that nothing jumps over Swift frames and there is no shim in C. It writes no
// date that it is not given, no name of a machine and no random number: the same pages give the same bytes, with the same libharu and
// zlib. Dashes are not its own: their units differ between its versions, and the caller's can go on from page to page.

import CLibHaru

/// Why a PDF could not be made. `description` is a sentence for the person at the terminal.
public enum PDFError: Error, Equatable, CustomStringConvertible {
  /// libharu's own number of the failure, and its detail.
  case failed(UInt, UInt)
  /// There is no memory for it.
  case noMemory

  public var description: String {
    switch self {
    case .failed(let code, let detail): "libharu could not make the PDF: error 0x\(String(code, radix: 16)), \(detail)"
    case .noMemory: "there is no memory for the PDF"
    }
  }
}

/// A day that stands in a PDF's information.
public struct PDFDate: Sendable, Equatable {
  public var year: Int
  public var month: Int
  public var day: Int

  public init(year: Int, month: Int, day: Int) { (self.year, self.month, self.day) = (year, month, day) }
}

/// A PDF that is being made, page after page. Lengths are millimetres, the origin of a page is its lower left corner. Not for
/// several threads at a time.
public final class PDFWriter {
  public enum Face: Sendable, CaseIterable { case regular, bold }

  private static let pointsPerMillimetre = 72 / 25.4
  private let document: HPDF_Doc
  private var page: HPDF_Page?
  private var fonts: [HPDF_Font?] = []
  private var font: (Face, Double)?

  /// - Parameters:
  ///   - title: of the document's information; Latin letters.
  ///   - producer: the program that made it.
  ///   - date: stands in the information; none, unless it is given.
  public init(title: String, producer: String, date: PDFDate? = nil) throws(PDFError) {
    guard let document = HPDF_New(nil, nil) else { throw .noMemory }
    self.document = document
    HPDF_SetCompressionMode(document, HPDF_UINT(HPDF_COMP_ALL))
    // A viewer that heeds it proposes to print at 100 %.
    HPDF_SetViewerPreference(document, HPDF_UINT(HPDF_PRINT_SCALING_NONE))
    latin(title) { _ = HPDF_SetInfoAttr(document, HPDF_INFO_TITLE, $0) }
    latin(producer) { _ = HPDF_SetInfoAttr(document, HPDF_INFO_CREATOR, $0) }
    if let date {
      var day = HPDF_Date()
      (day.year, day.month, day.day) = (Int32(date.year), Int32(date.month), Int32(date.day))
      day.ind = CChar(UInt8(ascii: "Z"))
      HPDF_SetInfoDateAttr(document, HPDF_INFO_CREATION_DATE, day)
    }
    fonts = ["Helvetica", "Helvetica-Bold"].map { (name: String) in HPDF_GetFont(document, name, "WinAnsiEncoding") }
  }

  deinit { HPDF_Free(document) }

  /// Goes on with a new page.
  public func addPage(width: Double, height: Double) {
    page = HPDF_AddPage(document)
    font = nil
    HPDF_Page_SetWidth(page, points(width))
    HPDF_Page_SetHeight(page, points(height))
    HPDF_Page_SetLineCap(page, HPDF_BUTT_END)
    HPDF_Page_SetLineJoin(page, HPDF_ROUND_JOIN)
  }

  /// Grey of what is drawn next, 0 black to 1 white.
  public func setGrey(_ grey: Double) {
    HPDF_Page_SetGrayStroke(page, HPDF_REAL(grey))
    HPDF_Page_SetGrayFill(page, HPDF_REAL(grey))
  }

  /// A line through points, `width` mm wide, with ends that end at the points.
  public func stroke(_ points: [SIMD2<Double>], width: Double, closed: Bool = false) {
    guard points.count > 1 else { return }
    HPDF_Page_SetLineWidth(page, self.points(width))
    HPDF_Page_MoveTo(page, self.points(points[0].x), self.points(points[0].y))
    for p in points.dropFirst() { HPDF_Page_LineTo(page, self.points(p.x), self.points(p.y)) }
    if closed { HPDF_Page_ClosePathStroke(page) } else { HPDF_Page_Stroke(page) }
  }

  /// A filled rectangle.
  public func fill(x: Double, y: Double, width: Double, height: Double) {
    HPDF_Page_Rectangle(page, points(x), points(y), points(width), points(height))
    HPDF_Page_Fill(page)
  }

  /// Draws what `body` draws within a rectangle only.
  public func clipped(x: Double, y: Double, width: Double, height: Double, _ body: () -> Void) {
    HPDF_Page_GSave(page)
    HPDF_Page_Rectangle(page, points(x), points(y), points(width), points(height))
    HPDF_Page_Clip(page)
    HPDF_Page_EndPath(page)
    font = nil
    body()
    HPDF_Page_GRestore(page)
    font = nil
  }

  /// Words from a point on their base line.
  ///
  /// - Parameters:
  ///   - text: letters of Windows code page 1252 below 256; others become question marks.
  ///   - at: where it begins.
  ///   - height: of its type, mm.
  ///   - face: regular or bold.
  ///   - turn: unit vector along which it runs.
  ///   - isMirrored: whether it is to be read through the page.
  public func write(
    _ text: String, at: SIMD2<Double>, height: Double, face: Face = .regular, turn: SIMD2<Double> = SIMD2(1, 0),
    isMirrored: Bool = false
  ) {
    use(face, height)
    let across: HPDF_REAL = isMirrored ? -1 : 1
    let (c, s) = (HPDF_REAL(turn.x), HPDF_REAL(turn.y))
    HPDF_Page_BeginText(page)
    HPDF_Page_SetTextMatrix(page, across * c, s, -across * s, c, points(at.x), points(at.y))
    latin(text) { _ = HPDF_Page_ShowText(page, $0) }
    HPDF_Page_EndText(page)
  }

  /// How long words are, mm.
  public func width(of text: String, height: Double, face: Face = .regular) -> Double {
    use(face, height)
    var width: HPDF_REAL = 0
    latin(text) { width = HPDF_Page_TextWidth(page, $0) }
    return Double(width) / Self.pointsPerMillimetre
  }

  /// The file. Nothing can be drawn after that.
  public func finished() throws(PDFError) -> [UInt8] {
    try check()
    HPDF_SaveToStream(document)
    try check()
    var count = HPDF_GetStreamSize(document)
    var bytes = [UInt8](repeating: 0, count: Int(count))
    HPDF_ResetStream(document)
    bytes.withUnsafeMutableBufferPointer { _ = HPDF_ReadFromStream(document, $0.baseAddress, &count) }
    try check()
    return Array(bytes.prefix(Int(count)))
  }

  private func check() throws(PDFError) {
    let code = HPDF_GetError(document)
    if code != 0 { throw .failed(UInt(code), UInt(HPDF_GetErrorDetail(document))) }
  }

  private func use(_ face: Face, _ height: Double) {
    if let font, font == (face, height) { return }
    HPDF_Page_SetFontAndSize(page, fonts[face == .regular ? 0 : 1], points(height))
    font = (face, height)
  }

  private func points(_ millimetres: Double) -> HPDF_REAL { HPDF_REAL(millimetres * Self.pointsPerMillimetre) }
}

/// Text as libharu takes it: a byte for each letter, a zero at the end.
private func latin(_ text: String, _ body: (UnsafePointer<CChar>) -> Void) {
  let bytes = text.unicodeScalars.map { scalar in
    let isLetter = (0x20..<0x7F).contains(scalar.value) || (0xA0...0xFF).contains(scalar.value)
    return CChar(bitPattern: isLetter ? UInt8(scalar.value) : UInt8(ascii: "?"))
  }
  (bytes + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
}
