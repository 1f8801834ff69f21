import Arithmetic
import Meshes
import ScalpGeometry
import TestSupport
import Testing
import TreatmentDesign

@testable import Stipple

@Suite struct LandmarkSheetTests {
  /// A head, as it stands in the mannequin's axes or turned.
  private func scan(turned: Bool) throws -> TriangleMesh {
    let mesh = try SimpleHead.get().mesh
    let turn: SIMD4<Float> = turned ? SIMD4(0.182_574_2, 0.365_148_4, 0.547_722_6, 0.730_296_7) : SIMD4(0, 0, 0, 1)
    return TriangleMesh(
      positions: mesh.positions.map { rotated($0, turn) * 0.37 + SIMD3(4, 5, 6) }, triangles: mesh.triangles,
      normals: mesh.normals.map { rotated($0, turn) })
  }

  /// What a sheet prints can be pasted into a design, and gives the landmarks that it shows; an askew head is straightened.
  @Test(arguments: [false, true]) func whatIsPrintedIsReadByADesign(turned: Bool) throws {
    let sheet = try landmarkSheet(of: scan(turned: turned), named: "scan.obj")
    let guess = try #require(sheet.guess)
    #expect(sheet.isStraightened == turned)
    #expect(sheet.views.map(\.right) == ["+x", "-z", "+z", "+x", "-x"])
    let design = try readDesign(
      "schemaVersion: 1\nhead:\n  scan: scan.obj\n" + yaml(guess, byAxes: turned).joined(separator: "\n")
        + "\nlayers: [{zone: {area: scalp, density: 100}}]\n", named: "d.yaml")
    guard case .scan(let choice) = design.head else { return #expect(Bool(false), "a scan was written") }
    #expect((choice.axes != nil) == turned)
    for (name, place) in guess.landmarks.all {
      let read = try #require(choice.scanLandmarks[name]) - place
      #expect((read * read).sum().squareRoot() * guess.frame.millimetresPerUnit < 0.25, "\(name)")
    }
    // 0.37 units to the millimetre is no unit that scans come in.
    #expect(guess.unit == nil && sheet.text.contains("units: 2."))
    #expect(sheet.json.contains("\"axes\": " + (turned ? "{" : "null")))
  }

  /// On request all of the scan is shown, along its own axes.
  @Test func theWholeScanIsShownOnRequest() throws {
    let sheet = try landmarkSheet(of: scan(turned: true), named: "scan.obj", isWhole: true)
    #expect(!sheet.isStraightened && sheet.guess != nil)
  }
}
