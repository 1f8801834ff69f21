import Foundation
import Testing

@testable import PDFDocument

private func made(date: PDFDate? = nil, _ draw: (PDFWriter) -> Void = { _ in }) throws -> String {
  let pdf = try PDFWriter(title: "Title (with brackets)", producer: "test", date: date)
  pdf.addPage(width: 210, height: 297)
  draw(pdf)
  return String(decoding: try pdf.finished(), as: UTF8.self)
}

@Suite struct PDFWriterTests {
  @Test func aPageHasItsSize() throws {
    let text = try made { $0.stroke([SIMD2(10, 10), SIMD2(110, 10)], width: 0.3) }
    #expect(text.hasPrefix("%PDF-1.") && text.contains("%%EOF"))
    let box = try #require(text.firstMatch(of: try Regex("/MediaBox \\[ *0 0 ([0-9.]+) ([0-9.]+) *\\]")))
    let sides = try [1, 2].map { try #require(Double(box.output[$0].substring ?? "")) }
    #expect(abs(sides[0] - 210 * 72 / 25.4) < 0.01 && abs(sides[1] - 297 * 72 / 25.4) < 0.01)
    // A viewer that heeds it does not shrink the page.
    #expect(text.contains("/PrintScaling /None"))
  }

  @Test func noClockAndNoMachine() throws {
    let once = try made()
    #expect(try made() == once)
    #expect(!once.contains("CreationDate") && !once.contains("/ID"))
    #expect(try made(date: PDFDate(year: 2026, month: 3, day: 2)).contains("D:20260302"))
  }

  @Test func wordsOfAnyScript() throws {
    // What Latin letters cannot write becomes question marks, and nothing else happens.
    let text = try made { pdf in
      for word in ["Größe", "日本", "", "a\u{0}b\n(c", String(repeating: "long ", count: 2000)] {
        pdf.write(word, at: SIMD2(10, 10), height: 3, isMirrored: word.count == 5)
        #expect(pdf.width(of: word, height: 3) >= 0)
      }
      #expect(abs(pdf.width(of: "ab", height: 6) - 2 * pdf.width(of: "ab", height: 3)) < 0.01)
    }
    #expect(text.hasPrefix("%PDF"))
  }
}
