import Arithmetic
import Mannequin
import Meshes
import ScalpGeometry
import Testing

@testable import TreatmentDesign

/// A design that was drawn on the mannequin, laid on a scan: the scan of another, larger head, turned, in metres, with a
/// hole at the crown, wrongly wound skin and shards around.
@Suite("Designs on scans")
struct TransferTests {
  /// The head that was scanned, as it truly is, and the scan made ready.
  static let heads: (true: Head, scanned: Scalp)? = {
    guard let head = try? makeMannequin(MannequinParameters(sex: .male, percentile: 88), triangles: 30_000),
      let prepared = try? prepareScan(scan(of: head).mesh, landmarks: scan(of: head).landmarks),
      let scalp = try? Scalp(prepared.head)
    else { return nil }
    return (head, scalp)
  }()

  static func scan(of head: Head) -> (mesh: TriangleMesh, landmarks: ScanLandmarks) {
    // Axes: x forward, y left, z up, as some scanners have them; far from the origin.
    func out(_ p: SIMD3<Float>) -> SIMD3<Float> { (SIMD3(p.z, p.x, p.y) + SIMD3(400, -250, 1600)) / 1000 }
    var mesh = head.mesh
    let crown = SIMD3<Float>(15, 128, -70)
    mesh.triangles.removeAll { length(mesh.positions[Int($0.x)] - crown) < 9 }
    for i in mesh.triangles.indices where i % 3 == 0 {
      let t = mesh.triangles[i]
      mesh.triangles[i] = SIMD3(t.x, t.z, t.y)
    }
    for k in 0..<8 {
      let a = SIMD3<Float>(Float(k) * 30 - 120, 160, 40)
      let first = UInt32(mesh.positions.count)
      mesh.positions += [a, a + SIMD3(4, 0, 0), a + SIMD3(0, 4, 0)]
      mesh.triangles.append(SIMD3(first, first + 1, first + 2))
    }
    var landmarks = ScanLandmarks()
    landmarks[.leftTragion] = SIMD3<Double>(out(head.landmarks.leftTragion))
    landmarks[.rightTragion] = SIMD3<Double>(out(head.landmarks.rightTragion))
    landmarks[.glabella] = SIMD3<Double>(out(head.landmarks.glabella))
    landmarks[.sellion] = SIMD3<Double>(out(head.landmarks.sellion))
    return (TriangleMesh(positions: mesh.positions.map(out), triangles: mesh.triangles), landmarks)
  }

  static func design() -> Design {
    var line = HairlineLayer()
    line.height = 72
    line.style = .medium
    line.density = 180
    line.templeRecession = 20
    var disc = ZoneLayer()
    disc.area = .ellipse(centre: ScalpPlace(up: 190, side: 20), length: 90, width: 70, turn: 0)
    disc.density = 150
    disc.feather = 12
    var design = Design()
    design.hair.loss = .total
    design.layers = [.hairline(line), .zone(disc)]
    return design
  }

  @Test func theHairlineLiesAtThePractitionersMeasures() throws {
    let scan = try #require(Self.heads?.scanned)
    let onScan = try compile(Self.design(), on: scan)
    let line = try #require(onScan.hairlines.first).smooth
    // Taped on the scan, the middle of the line is where the design says.
    let middle = try #require(line.positions.min { abs($0.x) < abs($1.x) })
    #expect(abs(scan.frame.coordinates(of: middle).up - 72) < 1)
    // And so it is on the head that was scanned, which nobody repaired or turned: its tape is independent of the
    // scan's. Pitch is the frame's convention; the tape hardly feels it.
    let head = try #require(Self.heads?.true)
    let truth = try compile(Self.design(), on: head)
    let trueLine = try #require(truth.hairlines.first).smooth
    for arc in stride(from: Float(20), to: min(line.length, trueLine.length) - 20, by: 20) {
      let here = truth.scalp.frame.coordinates(of: trueLine.position(at: arc))
      let there = scan.frame.coordinates(of: line.position(at: arc))
      #expect(abs(here.up - there.up) < 2 && abs(here.side - there.side) < 2, "at \(arc): \(here) \(there)")
    }
  }

  @Test func feathersKeepTheirMillimetres() throws {
    let scan = try #require(Self.heads?.scanned)
    let design = try compile(Self.design(), on: scan)
    let guide = try #require(design.hairlines.first).smooth
    guard case .hairline(let layer) = Self.design().layers[0] else { return }
    let feather = Float(layer.figures.feather)
    for share: Float in [0.4, 0.5, 0.6] {
      let i = guide.step(at: share * guide.length).corner
      let back = cross(guide.tangent(at: i), guide.normals[i])
      let values = walk(from: guide.positions[i], heading: back, -15...18, on: scan).map {
        (way: $0.way, value: design.impressions(at: $0.point))
      }
      let low = try #require(crossing(values, 18))
      let high = try #require(crossing(values, 162))
      #expect(abs(high - low - feather) < 0.1 * feather + 0.3, "\(high - low) for \(feather)")
    }
  }

  @Test func areasKeepTheirSquareCentimetres() throws {
    let scan = try #require(Self.heads?.scanned)
    var design = Self.design()
    design.layers = [design.layers[1]]
    let onScan = try compile(design, on: scan).totals()
    // An ellipse of 90 by 70 mm has 49.5 cm²; on a curved skin a little less.
    let man = try #require(meanMan)
    let onMan = try compile(design, on: man).totals()
    #expect(abs(onScan.impressions / onMan.impressions - 1) < 0.03)
    #expect(abs(onScan.treatedArea / onMan.treatedArea - 1) < 0.03)
  }

  @Test func theHoleAtTheCrownIsTreatedToo() throws {
    let scan = try #require(Self.heads?.scanned)
    let form = scan.head.mesh.invariants()
    #expect(form.isClosed && form.isManifold && form.isConsistentlyOriented && form.componentCount == 1)
    let tape = scan.frame.coordinates(of: SIMD3(15, 128, -70))
    let point = try #require(scan.frame.place(up: tape.up, side: tape.side))
    #expect(scan.region.distances[Int(scan.head.mesh.triangles[Int(point.triangle)].x)] > 20)
  }
}
