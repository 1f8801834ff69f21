// The after pictures of many jobs, small and with their ids, on pages of bounded size.

import Arithmetic
import Drawing
import Files
import PNGImage
import ScalpRendering

/// Most columns and rows of a page, and the side of a picture, pixels.
private let mostColumns = 8
private let rows = 10
private let side = 160
private let gap = 10
/// Room for an id under its picture, and for the heading and the foot.
private let caption = 22
private let margin = 48

/// Largest picture that is read, bytes.
private let largest = 1 << 30

/// Draws and writes the pages one after the other, so that memory holds one; their paths.
func writeContactPages(of jobs: [CollectedJob], in folder: String, threads: Int?) throws(StippleError) -> [String] {
  let perPage = mostColumns * rows
  let count = (jobs.count + perPage - 1) / perPage
  var paths: [String] = []
  for page in 0..<count {
    let shown = Array(jobs[page * perPage..<min(jobs.count, (page + 1) * perPage)])
    let path = folder + (page == 0 ? "/contact.png" : "/contact-\(page + 1).png")
    let cells = tabulate(shown.count, initial: nil, threads: threads) { picture(of: shown[$0], in: folder) }
    let heading = "Jobs \(page * perPage + 1) to \(page * perPage + shown.count) of \(jobs.count), after treatment"
    let drawn = contactPage(shown, cells, heading: heading)
    try writeFiles([try OutputFile(drawn, path: path, options: PNGOptions(dotsPerInch: 300, texts: [versionText]))])
    paths.append(path)
  }
  return paths
}

/// A job's after picture in the size of a cell; `nil` where it has none.
private func picture(of job: CollectedJob, in folder: String) -> RasterImage? {
  guard job.files.contains("after.png"),
    let bytes = try? readInput(folder + "/\(job.id)/after.png", limit: largest),
    let image = try? decodePNG(bytes).raster, image.width == image.height
  else { return nil }
  return reduced(image, to: side)
}

private func contactPage(_ jobs: [CollectedJob], _ cells: [RasterImage?], heading: String) -> RasterImage {
  // Few jobs still leave room for the heading.
  let columns = min(mostColumns, max(4, jobs.count))
  let used = (jobs.count + columns - 1) / columns
  var page = RasterImage(
    width: gap + columns * (side + gap), height: 2 * margin + used * (side + caption + gap), fill: PageStyle.paper)
  drawText(heading, into: &page, x: Float(gap), y: 16, height: 15, colour: PageStyle.ink, weight: .bold)
  for (k, job) in jobs.enumerated() {
    let x = gap + k % columns * (side + gap)
    let y = margin + k / columns * (side + caption + gap)
    if let cell = cells[k] {
      page.place(cell, x: x, y: y)
    } else {
      page.fill(x: x, y: y, width: side, height: side, colour: PageStyle.hairline)
      let word =
        switch job.state {
        case .there: "no after picture"
        case .failed: "failed"
        case .missing: "missing"
        }
      drawText(word, into: &page, x: Float(x + gap), y: Float(y + side / 2 - 7), height: 14, colour: PageStyle.grey)
    }
    drawText(
      fitting(job.id), into: &page, x: Float(x), y: Float(y + side + 5), height: 10, colour: PageStyle.ink)
  }
  drawText(
    PageStyle.disclaimer, into: &page, x: Float(gap), y: Float(page.height - margin + 16), height: 13,
    colour: PageStyle.ink, weight: .bold)
  return page
}

/// An id that fits under its picture: of a long one the end, where ids differ.
private func fitting(_ id: String) -> String {
  if textWidth(id, height: 10) <= Float(side) { return id }
  var end = Substring(id)
  while !end.isEmpty, textWidth("..." + end, height: 10) > Float(side) { end = end.dropFirst() }
  return "..." + end
}
