// What a job can make. A further kind is one case here and its files below.

import Files
import PNGImage
import TreatmentDesign

/// What a job of a batch makes, in the folder of its id.
public enum BatchOutput: String, Sendable, CaseIterable {
  /// `before.png`, `after.png`, `year-1.png`, ... and `sheet.png`, as `stipple preview` draws them.
  case preview
  /// `sheet.png` alone.
  case sheet
  /// `timeline.json`, the table, and `timeline.png`, the plot.
  case timeline
}

extension BatchOutput {
  /// The files of this kind; nothing is written.
  ///
  /// - Parameters:
  ///   - job: whose outputs they are. Where it wants the preview, its sheet comes with that.
  ///   - folder: where they are to lie.
  ///   - png: what pictures say about themselves.
  func files(of opened: OpenedDesign, for job: BatchJob, in folder: String, png: PNGOptions)
    throws(StippleError) -> [OutputFile]
  {
    switch self {
    case .preview, .sheet:
      if self == .sheet, job.outputs.contains(.preview) { return [] }
      var options = PreviewOptions()
      options.years = job.years
      let pictures = try Stipple.preview(opened, options: options).filter { self == .preview || $0.name == "sheet" }
      return try pictureFiles(pictures, in: folder, texts: png.texts, threads: opened.threads)
    case .timeline:
      let timeline = try Timeline(opened.fields(), threads: opened.threads)
      return [
        OutputFile(path: folder + "/timeline.json", bytes: Array(timeline.json.utf8)),
        try OutputFile(timelinePlot(timeline), path: folder + "/timeline.png", options: png),
      ]
    }
  }
}
