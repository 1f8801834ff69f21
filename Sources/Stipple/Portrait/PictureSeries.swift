// The one loop behind previews and timelines: a view at several moments, each aged, drawn window by window, labelled, and
// reduced to a cell of the sheet.

import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// A finished picture and the name of its file.
public struct NamedPicture: Sendable {
  public var name: String
  /// 8 bits per sample, without alpha.
  public var image: RasterImage
  /// The same with 16 bits per sample or with alpha, where that was asked for: what is written then.
  public var samples: PNGPixels?
  /// Pixels an inch of the printed picture: 300, or as many as show an inch of the head where rays are parallel.
  public var dotsPerInch = 300.0
}

/// A moment that a picture shows.
struct PictureMoment: Sendable {
  var file: String
  var title: String
  var caption: String
  /// Years after the last session; `nil` is before treatment.
  var years: Double?
  var pace = Pace.typical
}

extension Portrait {
  /// The impressions at each moment.
  func marks(_ moments: [PictureMoment]) throws(StippleError) -> [[Marks]] {
    try moments.map { (moment) throws(StippleError) in try appearance(atYears: moment.years, pace: moment.pace) }
  }

  /// The main view at each moment in full size, labelled, and unlabelled copies for the sheet.
  ///
  /// - Parameters:
  ///   - aged: the moments' impressions.
  ///   - report: called after each picture with how many are finished.
  func series(_ moments: [PictureMoment], _ aged: [[Marks]], drawn report: (Int) -> Void) throws(StippleError) -> (
    pictures: [NamedPicture], cells: [RasterImage]
  ) {
    let cell = ContactSheet.cell(for: scene.pictures.size)
    var cells: [RasterImage] = []
    let drawn = try draw(scene.mainView, states: aged)
    let ruler = try ruler(for: scene.mainView, size: scene.pictures.size)
    // A sheet has a background even where the pictures have none.
    if scene.background == .transparent { cells = try self.cells(aged, scene.mainView, size: cell) }
    var pictures: [NamedPicture] = []
    for (moment, picture) in zip(moments, drawn) {
      var image = picture.image
      if scene.background != .transparent { cells.append(reduced(image, to: cell)) }
      label(&image, moment, of: design.title, ruler: ruler)
      pictures.append(
        NamedPicture(
          name: moment.file, image: image, samples: picture.samples(labelled: image),
          dotsPerInch: ruler?.dotsPerInch ?? 300))
      report(pictures.count)
    }
    return (pictures, cells)
  }

  /// A view at each moment in the size of the sheet's cells.
  func cells(_ aged: [[Marks]], _ view: Pictures.View?, size: Int) throws(StippleError) -> [RasterImage] {
    let dressed = try dress(
      view, size: size, background: scene.background == .transparent ? .clinic : scene.background)
    return aged.map { dressed.picture(impressions: $0, threads: threads) }
  }
}
