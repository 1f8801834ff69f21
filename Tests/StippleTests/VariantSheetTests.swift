import Files
import PNGImage
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

@Suite struct VariantSheetTests {
  private func layout(_ vary: [String], paths: Int = 1, views: [Pictures.View] = []) throws -> VariantLayout {
    var options = VariantSheetOptions()
    options.variations = try vary.map { try Variation($0) }
    options.views = views
    return try VariantLayout(paths: (0..<paths).map { "\($0).yaml" }, options: options)
  }

  @Test func valuesArePartedByCommasOutsideBrackets() throws {
    let values = try Variation("sessions=[{day: 0, share: 1}],[{day: 3, share: 1}, {day: 20, share: 1}]").values
    #expect(values.count == 2)
    #expect(values.map(\.change?.text)[1] == "sessions=[{day: 3, share: 1}, {day: 20, share: 1}]")
    #expect(try Variation("years=before, 0,1,5").values.map(\.title) == ["Before", "After", "1 year", "5 years"])
  }

  /// Years do not make another design: each is prepared once for all of its places.
  @Test func eachDesignStandsOnceInTheLayout() throws {
    let two = try layout(["hair.length=0.3,1", "years=before,0,5"])
    #expect(two.designs.map(\.title) == ["length 0.3", "length 1"])
    #expect(two.places(of: 1).map { [$0.row, $0.column] } == [[0, 1], [1, 1], [2, 1]])
    #expect(two.places(of: 0).map(\.moment.years) == [nil, 0, 5])
    let four = try layout(["hair.length=0.3,1", "seed=1,2"])
    #expect(
      four.designs.map(\.title) == ["length 0.3, seed 1", "length 0.3, seed 2", "length 1, seed 1", "length 1, seed 2"])
    let views = try layout([], paths: 2, views: [.front, .top])
    #expect(views.designs.map(\.title) == ["Design A", "Design B"])
    #expect(views.places(of: 0).map(\.view) == [.front, .top])
  }

  @Test(arguments: [
    ([String](), 1, "nothing varies"), (["years=0,21"], 1, "0 to 20"), (["years=0,x"], 1, "or before"),
    (["seed=1,,2"], 1, "a value is empty"), (["seed"], 1, "has no '='"),
    (["years=0,1", "years=2,3"], 1, "years vary twice"),
    (["seed=1,2", "hair.length=1,2"], 2, "two sides"), (["seed=1,2,3,4,5,6,7,8,9,10,11,12,13"], 1, "at most 12"),
    ([], 13, "at most 12"),
  ])
  func whatCannotBeLaidOutIsRefused(vary: [String], paths: Int, message: String) {
    do {
      _ = try layout(vary, paths: paths)
      Issue.record("\(vary) was laid out")
    } catch let error as StippleError {
      #expect(error.kind == .usage)
      #expect(error.message.contains(message), "\(error.message)")
    } catch {
      Issue.record(error)
    }
  }

  /// A column of the sheet is the picture that the changed design gives, and nothing of the file's name is in the sheet.
  @Test func aSheetShowsTheChangedDesign() throws {
    let folder = try Scratch()
    let path = samplesFolder + "/norwood-3.yaml"
    var options = VariantSheetOptions()
    options.variations = [try Variation("layers[0].hairline.height=64,80")]
    options.cell = 64
    let file = folder.path + "/sheet.png"
    let result = try writeVariantSheet(of: [path], to: file, options: options)
    #expect(result.variants.count == 2)
    #expect(result.variants[0].work.impressions > result.variants[1].work.impressions)
    let bytes = try readInput(file, limit: 1 << 24)
    #expect(bytes.firstRange(of: Array("norwood".utf8)) == nil)
    let page = try decodePNG(bytes).raster
    // Cells start behind the left margin, below the titles.
    let unit = 64.0 / 400
    let (left, top) = (Int(96 * unit), Int(112 * unit))
    for (column, height) in [64, 80].enumerated() {
      let opened = try OpenedDesign(path, changes: [try DocumentChange("layers[0].hairline.height=\(height)")])
      let portrait = try Portrait(opened)
      let marks = try portrait.appearance(atYears: healedAge, pace: .typical)
      let cell = try portrait.cells([marks], portrait.scene.mainView, size: 64)[0]
      var far = 0
      for y in 0..<64 {
        for x in 0..<64 where page[left + column * (64 + 2) + x, top + y] != cell[x, y] { far += 1 }
      }
      #expect(far == 0, "column \(column): \(far)")
    }
    options.cell = 1024
    options.variations.append(try Variation("seed=1,2,3,4,5,6,7,8,9,10,11,12"))
    options.variations[0] = try Variation("hair.length=.2,.3,.4,.5,.6,.7")
    #expect(throws: StippleError.self) { _ = try writeVariantSheet(of: [path], to: file, options: options) }
  }
}
