import Meshes
import PNGImage
import Testing

@testable import ScalpRendering

@Suite("Views true to scale")
struct OrthographicViewTests {
  static let paper = SIMD3<UInt8>(10, 200, 10)

  /// Two squares, 40 by 20 units at z = 0 and, in front of its middle, 10 by 10 at z = 5 that faces away.
  static func squares(turned: Bool) -> TriangleMesh {
    func square(_ w: Float, _ h: Float, _ z: Float) -> [SIMD3<Float>] {
      [SIMD3(-w, -h, z), SIMD3(w, -h, z), SIMD3(w, h, z), SIMD3(-w, h, z)]
    }
    let near: [SIMD3<UInt32>] =
      turned ? [SIMD3(4, 6, 5), SIMD3(4, 7, 6)] : [SIMD3(4, 5, 6), SIMD3(4, 6, 7)]
    return TriangleMesh(
      positions: square(20, 10, 0) + square(5, 5, 5), triangles: [SIMD3(0, 1, 2), SIMD3(0, 2, 3)] + near)
  }

  static let view = OrthographicView(
    right: SIMD3(1, 0, 0), up: SIMD3(0, 1, 0), centre: SIMD3(3, 0, 0), pixelsPerUnit: 2, width: 120, height: 80)

  @Test func lengthsAreTrue() {
    let image = Self.view.drawn(Self.squares(turned: false), paper: Self.paper)
    let row = (0..<120).filter { image[$0, 40] != Self.paper }
    let column = (0..<80).filter { image[60, $0] != Self.paper }
    #expect(row.count == 80 && column.count == 40)
    // The middle of the picture is x = 3: the left edge at -20 lies 46 pixels to its left.
    #expect(row.first == 60 - 46)
    let corner = Self.view.project(SIMD3(20, 10, 0))
    #expect(corner.x == 94 && corner.y == 20 && corner.nearness == 0)
  }

  @Test func nearSkinHidesFarSkinAndBacksAreNotDrawn() {
    let front = Self.view.drawn(Self.squares(turned: false), paper: Self.paper)
    let back = Self.view.drawn(Self.squares(turned: true), paper: Self.paper)
    // The rim of the near square is a step in depth and drawn dark; one that faces away leaves no trace.
    let left = Int(Self.view.project(SIMD3(-5, 0, 5)).x)
    #expect(front[left, 40].x < front[left - 6, 40].x)
    #expect(back[left, 40] == back[left - 6, 40])
  }

  @Test func aScansOwnColoursAreDrawn() throws {
    // Left half of the far square red at its vertices, right half blue, the near square without a colour.
    let mesh = Self.squares(turned: false)
    var colour = SurfaceColour(
      materials: [SurfaceColour.Material(hasVertexColours: true), SurfaceColour.Material()], textures: [])
    colour.vertexColours = mesh.positions.map { $0.x < 0 ? SIMD3(0.6, 0.05, 0.05) : SIMD3(0.05, 0.05, 0.6) }
    colour.materialOfTriangle = [0, 0, 1, 1]
    let image = Self.view.drawn(mesh, paper: Self.paper, skin: try ScanSkin(colour))
    let left = Self.view.project(SIMD3(-15, 0, 0))
    let right = Self.view.project(SIMD3(15, 0, 0))
    let middle = Self.view.project(SIMD3(0, 0, 5))
    let (a, b, c) = (image[Int(left.x), 40], image[Int(right.x), 40], image[Int(middle.x), 40])
    #expect(a.x > a.z && Int(a.x) - Int(a.z) > 60)
    #expect(b.z > b.x && Int(b.z) - Int(b.x) > 60)
    #expect(c.x == c.y && c.y == c.z)
  }
}
