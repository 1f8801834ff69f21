// Under which light and before what a design's pictures are taken, and whether memory will do for them.

import Arithmetic
import Files
import ScalpRendering
import TreatmentDesign

/// What pictures of a design are taken with.
struct PictureScene: Sendable {
  let pictures: Pictures

  init(_ pictures: Pictures) { self.pictures = pictures }

  /// The view that is drawn in full size; `nil` for a camera of one's own.
  var mainView: Pictures.View? { pictures.camera == nil ? pictures.view : nil }
  var orthographic: Bool { pictures.orthographic || pictures.camera?.orthographic == true }
  /// Whether a place was asked for, so that a camera of one's own looks there and not at the middle of the head.
  var looksAtPlace: Bool { pictures.at != nil }

  var light: StudioLight { pictures.light.setup.light }
  var background: Background { pictures.background.backdropKind }
  var quality: PictureQuality { pictures.quality.rendering }
  /// Whether 8-bit opaque pictures do not hold all that is asked for.
  var needsSamples: Bool { pictures.sixteenBit || background == .transparent }

  /// What a row of the sheet is called.
  func title(of view: Pictures.View?) -> String {
    guard let view else {
      let camera = pictures.camera ?? Pictures.OwnCamera()
      return "from \(short(camera.azimuth))°, \(short(camera.elevation))°"
    }
    return viewTitle(view)
  }
}

// The document's words as the renderer knows them. Each has its counterpart: a new one that lacks it does not compile.

extension Pictures.Light {
  var setup: LightSetup {
    switch self {
    case .clinic: .clinic
    case .studio: .studio
    case .daylight: .daylight
    case .harsh: .harsh
    case .bathroom: .bathroom
    }
  }
}

extension Pictures.Background {
  var backdropKind: Background {
    switch self {
    case .clinic: .clinic
    case .white: .white
    case .grey: .grey
    case .dark: .dark
    case .transparent: .transparent
    }
  }
}

extension Pictures.Quality {
  var rendering: PictureQuality {
    switch self {
    case .draft: .draft
    case .standard: .standard
    case .final: .final
    }
  }
}

extension Pictures.View {
  /// `nil` for the close-up, which looks at a place of the design.
  var clinicView: ClinicView? {
    switch self {
    case .front: .front
    case .left45: .left45
    case .right45: .right45
    case .left: .left
    case .right: .right
    case .top: .top
    case .back: .back
    case .macro: nil
    }
  }
}

// MARK: - Memory

extension PictureScene {
  /// The windows that pictures of `size` are drawn in.
  func windows(size: Int) -> [PictureWindow] { PictureWindow.bands(size: size, quality: quality) }

  /// Throws `StippleError` of kind `limit` where the pictures would take more memory than the machine has free.
  func checkMemory(pictures count: Int, free: Int? = freeMemory()) throws(StippleError) {
    guard let problem = memoryProblem(need: memory(pictures: count), free: free) else { return }
    throw StippleError(
      .limit,
      "for \(count) pictures of \(pictures.size) x \(pictures.size) pixels \(problem); ask for a smaller size, fewer years or 8 "
        + "bits")
  }

  /// Bytes that `count` pictures and the window being drawn take at most.
  func memory(pictures count: Int) -> Int {
    let pixels = pictures.size * pictures.size
    let deep = needsSamples ? (background == .transparent ? 4 : 3) * (pictures.sixteenBit ? 2 : 1) : 0
    // The finished picture, its samples, and most of either as a file: noise does not pack.
    let kept = count * pixels * (3 + deep) * 37 / 20
    let samples = windows(size: pictures.size).map { $0.width * $0.height }.max() ?? 0
    return kept + samples * (quality == .final ? 4 : 1) * 100 + 150_000_000
  }
}
