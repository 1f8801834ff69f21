import Arithmetic
import Foundation
import Meshes
import ScalpGeometry
import TestSupport
import Testing

@Suite("Tape coordinates")
struct ScalpFrameTests {
  static let head = EggHead.make()

  @Test(arguments: [20.0, 72, 120, 200, 280, 340] as [Float], [-80.0, -35, 0, 10, 60] as [Float])
  func placeAndMeasureAreInverse(up: Float, side: Float) throws {
    let frame = try ScalpFrame(Self.head)
    let point = try #require(frame.place(up: up, side: side))
    let back = frame.coordinates(of: point.position)
    // Rounding of single precision over 300 mm, a few times.
    #expect(abs(back.up - up) < 0.01)
    #expect(abs(back.side - side) < 0.01)
    // The point lies in its triangle.
    let t = Self.head.mesh.triangles[Int(point.triangle)]
    let p = Self.head.mesh.positions
    let q = p[Int(t.x)] * (1 - point.v - point.w) + p[Int(t.y)] * point.v + p[Int(t.z)] * point.w
    #expect(length(q - point.position) < 0.001)
  }

  /// Along the midline from the glabella, against the ellipse's own arc.
  @Test(arguments: [30.0, 72, 110, 160, 240, 320] as [Float])
  func upIsTheArcOfTheMidline(up: Float) throws {
    let frame = try ScalpFrame(Self.head)
    let point = try #require(frame.place(up: up, side: 0))
    func onEllipse(_ angle: Double) -> SIMD2<Double> {
      let p = EggHead.point(SIMD3(0, Float(sin(angle)), Float(cos(angle))))
      return SIMD2(Double(p.z), Double(p.y))
    }
    let marks = Self.head.landmarks
    let from = atan2(Double(marks.glabella.y), Double(marks.glabella.z))
    var to = atan2(Double(point.position.y), Double(point.position.z))
    if to < -1 { to += 2 * .pi }
    let arc = arcLength(from: from, to: to, onEllipse)
    // Triangles of 5 mm cut corners off an ellipsoid of 100 mm: 0.05 % of the length, and the tape's smoothing as much.
    #expect(abs(arc - Double(up)) < 0.1 + 0.0015 * Double(up))
  }

  @Test(arguments: [60.0, 160, 300] as [Float], [-70.0, 25, 70] as [Float])
  func sideIsTheArcOfTheSection(up: Float, side: Float) throws {
    let frame = try ScalpFrame(Self.head)
    let point = try #require(frame.place(up: up, side: side))
    let forward = normalized(SIMD3(0, point.position.y, point.position.z))
    func onEllipse(_ angle: Double) -> SIMD2<Double> {
      let p = EggHead.point(forward * Float(cos(angle)) + SIMD3(Float(sin(angle)), 0, 0))
      return SIMD2(Double(p.x), Double(dot(p, forward)))
    }
    let angle = atan2(Double(point.position.x), Double(dot(point.position, forward)))
    let arc = arcLength(from: 0, to: angle, onEllipse)
    #expect(abs(arc - Double(abs(side))) < 0.4)
    #expect((point.position.x > 0) == (side > 0))
  }

  @Test func scanNoiseDoesNotLengthenTheTape() throws {
    let clean = try ScalpFrame(Self.head)
    let noisy = try ScalpFrame(EggHead.make(noise: 0.4))
    // ±0.4 mm on every vertex; a tape that followed each would read about 2 % more.
    #expect(abs(noisy.inionUp / clean.inionUp - 1) < 0.006)
  }

  @Test func sharesNameTheLandmarks() throws {
    let frame = try ScalpFrame(Self.head)
    let marks = Self.head.landmarks
    let sellion = frame.coordinates(of: marks.sellion)
    let inion = frame.coordinates(of: marks.inion)
    #expect(abs(frame.shares(up: sellion.up, side: 0).s) < 1e-4)
    #expect(abs(frame.shares(up: inion.up, side: 0).s - 1) < 1e-4)
    let tape = frame.tape(s: 0.4, t: -0.3)
    let back = frame.shares(up: tape.up, side: tape.side)
    #expect(abs(back.s - 0.4) < 1e-4)
    #expect(abs(back.t + 0.3) < 1e-4)
    #expect(tape.side < 0)
  }

  @Test func placesOffTheScalpAreNone() throws {
    let frame = try ScalpFrame(Self.head)
    #expect(frame.place(up: -5, side: 0) == nil)
    #expect(frame.place(up: 900, side: 0) == nil)
    #expect(frame.place(up: 100, side: 400) == nil)
    #expect(frame.place(up: .nan, side: 0) == nil)
    #expect(frame.place(up: 72, straightAside: 500) == nil)
    let beside = try #require(frame.place(up: 100, straightAside: -46))
    #expect(abs(beside.position.x + 46) < 0.1)
  }

  @Test func aHoleIsBridged() throws {
    var head = Self.head
    let middle = EggHead.point(SIMD3(0.2, 1, 0.3))
    head.mesh.triangles.removeAll { length(head.mesh.positions[Int($0.x)] - middle) < 18 }
    let frame = try ScalpFrame(head)
    let whole = try ScalpFrame(Self.head)
    let there = whole.coordinates(of: middle)
    #expect(frame.place(up: there.up, side: there.side) == nil)
    let beyond = try #require(frame.place(up: there.up, side: there.side + 40))
    let truth = try #require(whole.place(up: there.up, side: there.side + 40))
    // The bridge is straight in radius, so the tape over the hole stays close to the skin that was there.
    #expect(length(beyond.position - truth.position) < 1)
  }

  @Test func threadsDoNotChangeTheCoordinates() throws {
    let one = try ScalpFrame(Self.head, threads: 1)
    let two = try ScalpFrame(Self.head, threads: 2)
    #expect(
      one.coordinates(of: Self.head.mesh.positions, threads: 1)
        == two.coordinates(of: Self.head.mesh.positions, threads: 2))
  }

  @Test func badHeadsAreRefused() {
    var lost = Self.head
    lost.landmarks.leftTragion = SIMD3(-77, 0, 0)
    #expect(throws: ScalpError.self) { try ScalpFrame(lost) }
    var empty = Self.head
    empty.mesh = TriangleMesh(positions: [], triangles: [])
    #expect(throws: ScalpError.noMidline) { try ScalpFrame(empty) }
    var broken = Self.head
    broken.landmarks.inion.z = .nan
    #expect(throws: ScalpError.self) { try ScalpFrame(broken) }
  }
}
