import Arithmetic
import MeshFiles
import Meshes
import TestSupport
import Testing

/// A ball of 0.1 units whose middle lies at `origin`, as files hold it.
private struct FarBall {
  static let ball = icosphere(8)
  var origin: SIMD3<Double>

  var places: [SIMD3<Double>] { Self.ball.positions.map { SIMD3<Double>($0) * 0.1 + origin } }

  var obj: [UInt8] {
    var text = ""
    for p in places { text += "v \(p.x) \(p.y) \(p.z)\n" }
    for t in Self.ball.triangles { text += "f \(t.x + 1) \(t.y + 1) \(t.z + 1)\n" }
    return Array(text.utf8)
  }

  func ply(_ type: String) -> [UInt8] {
    let header = """
      ply
      format binary_little_endian 1.0
      element vertex \(Self.ball.positions.count)
      property \(type) x
      property \(type) y
      property \(type) z
      element face \(Self.ball.triangles.count)
      property list uchar int vertex_indices
      end_header

      """
    var bytes = Array(header.utf8)
    for p in places {
      for k in 0..<3 { bytes += type == "double" ? MeshBytes.bytes(p[k]) : MeshBytes.bytes(Float(p[k])) }
    }
    for t in Self.ball.triangles { bytes += [3] + (0..<3).flatMap { MeshBytes.bytes(Int32(t[$0])) } }
    return bytes
  }

  /// A GLB whose node carries the origin, as programs write it that hold coordinates in single precision.
  var glb: [UInt8] {
    let data =
      Self.ball.positions.flatMap { MeshBytes.bytes($0 * 0.1) }
      + Self.ball.triangles.flatMap { t in (0..<3).flatMap { MeshBytes.bytes(t[$0]) } }
    let (vertices, corners) = (Self.ball.positions.count, 3 * Self.ball.triangles.count)
    let json = """
      {"asset":{"version":"2.0"},"buffers":[{"byteLength":\(data.count)}],"bufferViews":[\
      {"buffer":0,"byteLength":\(12 * vertices)},\
      {"buffer":0,"byteOffset":\(12 * vertices),"byteLength":\(4 * corners)}],\
      "accessors":[{"bufferView":0,"componentType":5126,"count":\(vertices),"type":"VEC3"},\
      {"bufferView":1,"componentType":5125,"count":\(corners),"type":"SCALAR"}],\
      "meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],\
      "nodes":[{"mesh":0,"translation":[\(origin.x),\(origin.y),\(origin.z)]}],"scenes":[{"nodes":[0]}]}
      """
    return MeshBytes.glb(json, data)
  }

  /// How far the shape that was read lies from the ball, in units.
  func gap(_ file: MeshFile) -> Double {
    var worst = 0.0
    for (p, q) in zip(file.shape.positions, places) {
      let d = SIMD3<Double>(p) + file.origin - q
      worst = max(worst, (d * d).sum().squareRoot())
    }
    return worst
  }
}

struct ExactPositionsTests {
  @Test func aFarScanKeepsItsShape() throws {
    let ball = FarBall(origin: SIMD3(412_345.678, -654_321.5, 118.25))
    for bytes in [ball.obj, ball.ply("double"), ball.glb] {
      let file = try readMesh(bytes, named: "far")
      #expect(file.origin != .zero)
      #expect(ball.gap(file) < 2e-8, "\(file.format)")
      // In the file's own coordinates it is what it always was.
      #expect(length(file.surface.positions[0] - SIMD3<Float>(ball.places[0])) < 0.1)
    }
  }

  @Test func aNearScanIsReadAsItStands() throws {
    let ball = FarBall(origin: SIMD3(0.3, -0.9, 1.7))
    for bytes in [ball.obj, ball.ply("double"), ball.ply("float"), ball.glb] {
      let file = try readMesh(bytes, named: "near")
      #expect(file.origin == .zero && file.surface == file.shape)
      #expect(file.step < 1e-5)
    }
    #expect(try readMesh(ball.obj, named: "near.obj").shape.positions == ball.places.map { SIMD3<Float>($0) })
  }

  @Test func whatSinglePrecisionCannotHoldIsMeasured() throws {
    // Between 2^16 and 2^17 neighbouring numbers of single precision lie 2^-7 apart.
    let ball = FarBall(origin: SIMD3(100_000, 0, 0))
    let file = try readMesh(ball.ply("float"), named: "far.ply")
    #expect(file.step == 0x1p-7)
    #expect(try readMesh(ball.obj, named: "far.obj").step < 1e-5)
  }

  @Test func strayVerticesDoNotMoveTheOrigin() throws {
    let ball = FarBall(origin: SIMD3(200_000, 50, 0))
    let text = Array("v 0 0 0\nv 1 1 1\n".utf8) + ball.obj
    let file = try readMesh(text, named: "far.obj")
    #expect(abs(file.origin.x - 200_000) < 1)
  }

  @Test func fewDigitsAreFound() throws {
    let text = FarBall.ball.positions.map { p -> String in
      let q = (p * 90).rounded(.toNearestOrEven)
      return "v \(q.x) \(q.y) \(q.z)\n"
    }.joined()
    let faces = FarBall.ball.triangles.map { "f \($0.x + 1) \($0.y + 1) \($0.z + 1)\n" }.joined()
    #expect(try readMesh(Array((text + faces).utf8), named: "whole.obj").step == 1)
  }
}
