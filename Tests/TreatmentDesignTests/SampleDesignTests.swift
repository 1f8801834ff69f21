import Foundation
import Testing

@testable import TreatmentDesign

/// The designs in `samples/`, in the order of their names.
private let samples: [URL] = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../samples").standardized
  let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
  return files.filter { $0.pathExtension == "yaml" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
}()

@Suite struct SampleDesignTests {
  @Test func tenSamplesAreThere() {
    #expect(
      samples.map(\.lastPathComponent) == [
        "alopecia-areata.yaml", "buzz-edge-up.yaml", "crown.yaml", "norwood-3.yaml", "norwood-4a-gradient.yaml",
        "norwood-6.yaml", "painted-crown.yaml", "part-width.yaml", "strip-scar.yaml", "traction.yaml",
      ])
  }

  @Test(arguments: samples)
  func reads(sample: URL) throws {
    let design = try readDesignDocument(
      bytes: Array(Data(contentsOf: sample)), named: sample.lastPathComponent
    ).design
    #expect(!design.layers.isEmpty)
    // Close-ups find the work by themselves, and the match finds the dose.
    #expect(design.pictures.macroPlace == nil && design.pigment.stated == StatedDose())
  }

  @Test(arguments: samples)
  func noRuleObjects(sample: URL) throws {
    let design = try readDesignDocument(bytes: Array(Data(contentsOf: sample)), named: sample.lastPathComponent).design
    let findings = lint(design).filter { $0.breaks(strict: true) }
    #expect(findings == [], "\(findings)")
  }

  @Test func noTwoAreTheSameKind() throws {
    let kinds = try samples.map { sample -> String in
      let design = try readDesignDocument(bytes: Array(Data(contentsOf: sample)), named: "").design
      return "\(design.hair.loss.rawValue) \(design.pictures.view.rawValue)"
    }
    #expect(Set(kinds).count == kinds.count)
  }
}
