// `stipple animate`: the years, or the views, one after the other in one animated PNG.

import Arithmetic
import Files
import PNGImage
import PigmentAging
import ScalpRendering
import TreatmentDesign

/// What an animation shows.
public struct AnimationOptions: Sendable {
  public enum Subject: String, Sendable, CaseIterable {
    /// Before, healed, and as it fades.
    case years
    /// The finished work from every side.
    case views
  }

  public var subject = Subject.years
  /// Years after the last session at which the years end, 0.5 to 20.
  public var until = 5.0
  /// Whether pictures carry the design that made them.
  public var metadata = true
  /// What may be replaced, and whether anything is drawn and written at all.
  public var writing = WriteOptions()
  /// Called as pictures are finished, with how many of how many.
  public var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  public init() {}
}

/// What `writeAnimation` drew.
public struct AnimationResult: Sendable, Report {
  public var file: String
  public var pictures: Int
  /// How long one round takes, seconds.
  public var seconds: Double

  public var text: String { "\(pictures) pictures, \(short(seconds)) s a round\n\(file)\n" }

  public var json: String {
    JSONValue.object(
      answer("animate") + [
        ("pictures", .integer(pictures)), ("seconds", .number(seconds)), ("files", .list([.text(file)])),
      ]
    ).written() + "\n"
  }
}

/// One picture of an animation.
private struct AnimationStep {
  var moment: PictureMoment
  /// `nil` is the design's own.
  var view: Pictures.View?
  var milliseconds: Int
}

/// Draws an animation and writes it as one file; every picture of it is labelled SIMULATION and with its year.
///
/// The same design gives the same bytes for any number of threads.
///
/// Throws `StippleError` as `preview` does, and `usage` for an end outside its range.
public func writeAnimation(of opened: OpenedDesign, to file: String, options: AnimationOptions = .init())
  throws(StippleError) -> AnimationResult
{
  guard (0.5...20).contains(options.until) else {
    throw StippleError(.usage, "--until \(short(options.until)) is outside 0.5 to 20 years")
  }
  let design = opened.design
  let size = design.pictures.size
  try PictureScene(design.pictures).checkMemory(pictures: 2)
  let steps =
    switch options.subject {
    case .years: yearSteps(design, until: options.until)
    case .views: viewSteps(design)
    }
  let result = AnimationResult(
    file: file, pictures: steps.count, seconds: Double(steps.reduce(0) { $0 + $1.milliseconds }) / 1000)
  try checkOutputs([file], options.writing)
  if options.writing.isRehearsal {
    _ = try opened.placement()
    return result
  }
  let portrait = try Portrait(opened)
  let ruler = try portrait.ruler(for: portrait.scene.mainView, size: size)
  var encoder = AnimationEncoder(
    count: steps.count, width: size, height: size,
    options: PNGOptions(
      dotsPerInch: options.subject == .years ? ruler?.dotsPerInch ?? 300 : 300,
      texts: opened.pictureTexts(options.metadata)))
  // A view is dressed once and takes every year.
  var dressed: (view: Pictures.View?, scene: DressedView)?
  for (number, step) in steps.enumerated() {
    let view = step.view ?? portrait.scene.mainView
    if dressed == nil || dressed?.view != view { dressed = (view, try portrait.dress(view, size: size)) }
    let marks = try portrait.appearance(atYears: step.moment.years, pace: step.moment.pace)
    guard var image = dressed?.scene.picture(impressions: marks, threads: opened.threads) else { continue }
    label(&image, step.moment, of: design.title, ruler: try portrait.ruler(for: view, size: size))
    do {
      try encoder.append(AnimationFrame(image, milliseconds: step.milliseconds))
    } catch {
      throw StippleError(.inputOutput, "\(file): \(error)")
    }
    options.progress(number + 1, steps.count)
  }
  try writeFiles([OutputFile(path: file, bytes: encoder.finished())], options.writing)
  return result
}

/// Before and after long enough to be compared, then half a year at a time, and the end long again.
private func yearSteps(_ design: Design, until: Double) -> [AnimationStep] {
  let pace = design.client.pace
  let band = DarknessBand(design)
  var steps = [
    AnimationStep(
      moment: PictureMoment(file: "", title: "Before", caption: "hair as it is now", years: nil), milliseconds: 1500),
    AnimationStep(
      moment: PictureMoment(
        file: "", title: "After", caption: "healed, a month after the last session", years: healedAge, pace: pace),
      milliseconds: 1500),
  ]
  let count = Int((until * 2).rounded(.up))
  for k in 1...count {
    let years = min(Double(k) / 2, until)
    steps.append(
      AnimationStep(
        moment: design.fadedMoment(years, pace: pace, band: band),
        milliseconds: k == count ? 2000 : 400))
  }
  return steps
}

/// Once around the head, then from above.
private func viewSteps(_ design: Design) -> [AnimationStep] {
  let pace = design.client.pace
  return [Pictures.View.front, .left45, .left, .back, .right, .right45, .top].map { view in
    AnimationStep(
      moment: PictureMoment(
        file: "", title: "After", caption: "healed, \(viewTitle(view))", years: healedAge, pace: pace), view: view,
      milliseconds: 1000)
  }
}
