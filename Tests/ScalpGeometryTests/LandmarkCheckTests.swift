import Arithmetic
import Meshes
import TestSupport
import Testing

@testable import ScalpGeometry

/// Landmarks held against the skin, and scans that lack a side.
struct LandmarkCheckTests {
  private let names: [ScanLandmarks.Name] = [.leftTragion, .rightTragion, .sellion]

  /// A mannequin taken for a scan, with landmarks that are off by `error`.
  private func head(_ index: Int, _ error: [ScanLandmarks.Name: SIMD3<Float>] = [:]) throws -> Head {
    let made = try MannequinSamples.head(index)
    var marks = ScanLandmarks()
    for name in names { marks[name] = SIMD3<Double>(made.landmarks[name] + (error[name] ?? .zero)) }
    return try prepareScan(made.mesh, landmarks: marks).head
  }

  private func doubts(_ head: Head) throws -> [ScanFinding] {
    landmarkDoubts(head, read: names, template: try MannequinSamples.head(0))
  }

  @Test(arguments: [1, 2, 4]) func landmarksThatAreRightAreLeftAlone(index: Int) throws {
    #expect(try doubts(head(index)) == [])
  }

  /// A place down on the nose for its root, an ear 35 mm too high, a face where the back is.
  @Test func whatWasMisreadIsNamed() throws {
    let nose = try doubts(head(0, [.sellion: SIMD3(0, -26, 11)]))
    #expect(nose.first?.landmark == .sellion && nose.first?.subject.contains("below") == true, "\(nose)")
    #expect(try #require(nose.first).measured > 18)
    let ear = try doubts(head(3, [.leftTragion: SIMD3(2, 36, -4)]))
    #expect(ear.first?.landmark == .leftTragion && ear.first?.subject.contains("above") == true, "\(ear)")
  }

  @Test func aFaceAtTheBackIsNamed() throws {
    let made = try MannequinSamples.head(0)
    var marks = ScanLandmarks()
    (marks[.leftTragion], marks[.rightTragion]) = (
      SIMD3<Double>(made.landmarks.rightTragion), SIMD3<Double>(made.landmarks.leftTragion)
    )
    let tree = BoundingVolumeHierarchy(made.mesh)
    let back = try #require(tree.firstHit(origin: SIMD3(0, 24, -400), direction: SIMD3(0, 0, 1)))
    marks[.glabella] = SIMD3<Double>(back.point.position)
    let found = try doubts(prepareScan(made.mesh, landmarks: marks).head)
    #expect(found.count == 1 && found.first?.isError == true, "\(found)")
    #expect(found.first?.subject.contains("front and back are exchanged") == true)
  }

  /// A smooth egg has no nose that a landmark could miss.
  @Test func headsWithoutAFaceRaiseNoDoubt() throws {
    #expect(landmarkDoubts(EggHead.make(), read: names, template: try MannequinSamples.head(0)) == [])
  }

  @Test func aScanWithoutTheBackIsSaidToBeThat() throws {
    let made = try MannequinSamples.head(0)
    var mesh = made.mesh
    mesh.triangles.removeAll { t in made.mesh.positions[Int(t.x)].z < -25 }
    var marks = ScanLandmarks()
    for name in names { marks[name] = SIMD3<Double>(made.landmarks[name]) }
    let error = #expect(throws: ScanError.self) { try prepareScan(mesh, landmarks: marks) }
    #expect(error?.description.contains("the scan has no back of the head") == true, "\(error?.description ?? "")")
    // The face alone does not matter.
    var bald = made.mesh
    bald.triangles.removeAll { t in
      let p = made.mesh.positions[Int(t.x)]
      return p.z < -60 && p.y > 40 && p.y < 70 && abs(p.x) < 20
    }
    #expect(throws: Never.self) { try prepareScan(bald, landmarks: marks) }
  }
}
