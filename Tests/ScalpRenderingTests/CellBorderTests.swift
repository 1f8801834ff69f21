// Every table that a picture is made of, asked exactly at the borders of its cells: a number that is rounded up to the
// upper border must not read one cell too far, and what is no number must not end the program.

import Arithmetic
import Meshes
import PNGImage
import ScalpGeometry
import SkinOptics
import TestSupport
import Testing

@testable import ScalpRendering

/// What no table is meant for.
private let wild = wildNumbers + [0x1p31, -0x1p31, 1e5, -1e5, .leastNonzeroMagnitude]

private func isFinite(_ v: SIMD3<Float>) -> Bool { v.x.isFinite && v.y.isFinite && v.z.isFinite }

/// Rows, columns and the depths at which `FaceDetail` changes, with their neighbours.
private let faceRows = (0...46).flatMap { around(-100 + 4 * Float($0)) }
private let faceColumns = (-18...18).flatMap { around(4 * Float($0)) }

@Suite struct CellBorders {
  // MARK: - One table after another

  /// Just below the plane y = 84 mm, the upper border of the face, the row is rounded up to one that is not there.
  @Test func thePlaneOfTheUpperBorder() {
    let face = FaceDetail(age: 60, seed: 1)
    for y in around(84) { #expect(face(SIMD3(20, y, 90), pixel: 0.1).shade.isFinite) }
  }

  @Test func rowsAndColumnsOfTheFace() {
    let face = FaceDetail(age: 60, seed: 1)
    for z: Float in [40, 90] {
      for y in faceRows {
        for x in faceColumns {
          let place = face(SIMD3(x, y, z), pixel: 0.1)
          #expect(isFinite(place.tilt) && place.shade.isFinite && place.melanin.isFinite && place.oil.isFinite)
        }
      }
    }
    for v in wild {
      for p in [SIMD3(v, 0, 90), SIMD3(10, v, 90), SIMD3(10, 0, v), SIMD3(v, v, v)] { _ = face(p, pixel: 0.1) }
      _ = face(SIMD3(10, 20, 90), pixel: v)
    }
  }

  @Test func wholeNumbersBelow() {
    for k in -1000...1000 {
      for v in around(Float(k)) { #expect(floorInt(v) == Int32(v.rounded(.down))) }
    }
    for v: Float in [0x1.fffffep30, -0x1p31, 8_388_607.5, -8_388_607.5, 0.0, -0.0, .leastNonzeroMagnitude] {
      #expect(floorInt(v) == Int32(v.rounded(.down)))
    }
    #expect(floorInt(.infinity) == Int32(Float(0x1.fffffep30)))
    for v: Float in [-.infinity, -3e9, .nan] { #expect(floorInt(v) == .min) }
  }

  /// Noise runs on over the borders of its cells.
  @Test func noiseAtWholeNumbers() {
    for k: Float in [-77, -1, 0, 1, 2, 40] {
      for p in [SIMD3(k, 0.3, 0.7), SIMD3(0.3, k, 0.7), SIMD3(0.3, 0.7, k), SIMD3(k, k, k)] {
        let one = valueNoise(p, seed: 5)
        let three = valueNoise3(p, seed: 5)
        for d in [Float(1e-5), -1e-5] {
          #expect(abs(valueNoise(p + d, seed: 5) - one) < 1e-3)
          #expect(length(valueNoise3(p + d, seed: 5) - three) < 1e-3)
        }
        for factor: Float in [1, 1 / 1.35, 1 / 2.9, 0.64] {
          #expect(skinRelief(p * factor, pixel: 0.05, fine: 1, seed: 5).depth.isFinite)
          if let pore = skinPore(p * factor, pixel: 0.05, seed: 5) { #expect(pore.depth.isFinite) }
        }
      }
    }
    NoiseMemo.with { memo in
      for v in wild {
        for p in [SIMD3(v, 0, 0), SIMD3(0, v, 0), SIMD3(0, 0, v), SIMD3(v, v, v)] {
          _ = valueNoise(p, seed: 5, memo: memo)
          _ = valueNoise3(p, seed: 5, memo: memo)
          _ = skinRelief(p, pixel: 0.05, fine: 1, seed: 5, memo: memo)
          _ = skinPore(p, pixel: 0.05, seed: 5, memo: memo)
        }
      }
    }
  }

  @Test func lampsAndGloss() {
    let lamp = LampTable(sharpness: 20)
    for k in -1...65 {
      for c in around(Float(k) / 32 - 1) {
        #expect((-1e-6...1.0001).contains(lamp.meanCosine(c)))
        #expect(lamp.slope(c).isFinite)
      }
    }
    let gloss = SkinGloss(oil: 0.5)
    for k in -1...17 {
      for nv in around(Float(k) / 16) { #expect((0...1).contains(gloss.albedo(nv))) }
    }
    for v in wild {
      #expect(lamp.meanCosine(v).isFinite)
      #expect(lamp.slope(v).isFinite)
      #expect(gloss.albedo(v).isFinite)
      _ = LampTable(sharpness: v).meanCosine(0.5)
      _ = SkinGloss(oil: v).albedo(0.5)
      _ = turn(Double(v))
    }
    for quarter in -5...5 {
      for degrees in [Double(quarter) * 90, (Double(quarter) * 90).nextUp, (Double(quarter) + 0.5) * 90] {
        let t = turn(degrees)
        #expect(abs(t.sine * t.sine + t.cosine * t.cosine - 1) < 1e-5)
      }
    }
  }

  @Test func codesOfLight() {
    for k in 0...4096 {
      for light in around(Float(k) / 4096) where light >= 0 && light <= 1 {
        #expect((0...255).contains(displayCode(light)))
        #expect((0...255.01).contains(exactCode(light)))
      }
    }
    #expect(encoded(SIMD3(1, Float(1).nextDown, Float(1).nextUp)) == SIMD3(255, 255, 255))
    #expect(encoded(SIMD3(-0.0, Float(0).nextDown, .nan)) == .zero)
    #expect(encoded(SIMD3(.infinity, -.infinity, 2)) == SIMD3(255, 0, 255))
  }

  @Test func bordersOfATexture() throws {
    var image = RasterImage(width: 5, height: 3, fill: SIMD3(repeating: 40))
    image[4, 2] = SIMD3(repeating: 200)
    let pixels = try decodePNG(encodePNG(image), limits: PNGReadLimits(side: 16, pixels: 256)).pixels
    let corners: [[SIMD2<Float>]] = [
      [], [SIMD2(0, 0), SIMD2(1, 0), SIMD2(0, 1), SIMD2(1, 1), SIMD2(0, 1), SIMD2(1, 0)],
      [SIMD2(.nan, 0), SIMD2(1, 0), SIMD2(0, 1)], [SIMD2(0, 0), SIMD2(1, .nan), SIMD2(0, 1)],
      [SIMD2(0, 0), SIMD2(1, 0), SIMD2(.infinity, 1)], [SIMD2(0, 0), SIMD2(Float(1).nextUp, 0), SIMD2(0, 1)],
    ]
    for triangles in corners {
      let pyramid = TexturePyramid(pixels, triangles: triangles, threads: 1)
      func look(_ uv: SIMD2<Float>, _ dx: SIMD2<Float>, _ dy: SIMD2<Float>) -> [SIMD3<Float>] {
        [SurfaceColour.Wrap.clamp, .repeat, .mirror].map {
          pyramid.colour(uv, across: dx, down: dy, wrapU: $0, wrapV: $0)
        }
      }
      let small = SIMD2<Float>(0.001, 0)
      let borders = (0...10).flatMap { around(Float($0) / 10) } + (0...6).flatMap { around(Float($0) / 6) }
      for u in borders {
        for v in around(0) + around(1) + around(0.5) {
          for uv in [SIMD2(u, v), SIMD2(v, u), SIMD2(u - 7, v + 7)] {
            for colour in look(uv, small, small) { #expect(isFinite(colour)) }
            for colour in look(uv, SIMD2(0.3, 0), SIMD2(0, 0.2)) { #expect(isFinite(colour)) }
          }
        }
      }
      for v in wild {
        _ = look(SIMD2(v, 0.5), small, small)
        _ = look(SIMD2(0.5, v), small, small)
        _ = look(SIMD2(0.5, 0.5), SIMD2(v, 0), small)
        _ = look(SIMD2(0.5, 0.5), small, SIMD2(0, v))
      }
    }
  }

  // MARK: - Triangles, marks and hairs on the frame

  /// A sheet before the camera whose corners lie on the frame, on borders of bands, or are no numbers.
  @Test func trianglesOnTheFrame() {
    let borders: [Float] = [0, 1, 63, 64, 65, 127, 128, 129].flatMap(around) + wild
    let size = 128
    let count = size * size
    var ids = [Int32](repeating: 7, count: count)
    var depths = [Float](repeating: 7, count: count)
    for a in borders {
      for b in borders {
        let vertices = [SIMD3(a, b, 5), SIMD3(20, 90, 5), SIMD3(b, a, 5), SIMD3(90, 20, 5), SIMD3(20, 90, a)]
        ids.withUnsafeMutableBufferPointer { ids in
          depths.withUnsafeMutableBufferPointer { depths in
            rasterise(
              triangles: [SIMD3(0, 1, 2), SIMD3(2, 1, 0), SIMD3(3, 0, 1), SIMD3(0, 3, 1), SIMD3(3, 4, 0)],
              vertices: vertices, width: size, height: size, ids: ids, depths: depths)
          }
        }
        #expect(ids.allSatisfy { (-1..<5).contains($0) })
      }
    }
  }

  /// The same through a camera, in all bands.
  @Test func aMeshThatIsNoNumberInPlaces() {
    var mesh = card(height: 90).mesh
    for (i, v) in wild.enumerated() { mesh.positions[7 * i][i % 3] = v }
    for camera in [front, front.orthographic] {
      let projection = Projection(camera, width: 64, height: 64)
      let seen = VisibilityBuffer(mesh: mesh, projection: projection, threads: 1)
      #expect(seen.triangle.allSatisfy { (-1..<Int32(mesh.triangles.count)).contains($0) })
    }
    let head = Head(mesh: mesh, landmarks: ellipsoidHead(rings: 4).landmarks)
    _ = SeenSurface(head, camera: front, width: 32, height: 32, threads: 1)
    let plain = OrthographicView(
      right: SIMD3(1, 0, 0), up: SIMD3(0, 1, 0), centre: .zero, pixelsPerUnit: 0.25, width: 32, height: 32)
    _ = plain.drawn(mesh, paper: SIMD3(repeating: 255))
    for v in wild { mesh.normals = mesh.normals.map { SIMD3($0.x, v, $0.z) } }
    _ = plain.drawn(mesh, paper: SIMD3(repeating: 255))
  }

  /// Marks and hairs whose places lie on the frame, on borders of bands and of pixels, far out, or are no numbers.
  @Test func marksAndHairsOnTheFrame() {
    let size = 64
    let view = prepareView(
      of: prepared, look: SkinLook(tone: testSkin), camera: front.orthographic, width: size, height: size, threads: 1)
    var marks = Marks(styles: [lossProfile(testBody, in: testSkin)])
    var hairs = Follicles()
    // A pixel is 4 mm: column k is x = 4 k - 128.
    let columns: [Float] = [0, 1, 31, 32, 33, 63, 64].map { 4 * $0 - 128 }
    let numbers = columns.flatMap(around) + wild
    func add(_ p: SIMD3<Float>, _ n: SIMD3<Float>, length: Float = 1) {
      marks.append(position: p, normal: n, style: 0, strength: 1)
      hairs.append(
        position: p, normal: n, vertex: 0, diameter: 0.1, length: length, colour: SIMD3(repeating: 0.05))
    }
    let out = SIMD3<Float>(0, 0, 1)
    for x in numbers {
      for y in numbers { add(SIMD3(x, y, 90.1), out, length: 4) }
      add(SIMD3(0, 0, x), out)
      for n in [SIMD3(x, 0, 1), SIMD3(0, 0, x), SIMD3(0, x, 1)] { add(SIMD3(2, 6, 90.1), n) }
      add(SIMD3(2, 6, 90.1), out, length: x)
    }
    let strands = growHair(hairs, flow: HairFlow(landmarks: ellipsoidHead(rings: 4).landmarks), seed: 1)
    let dressed = DressedView(view, shafts: [marks], strands: strands, background: .transparent, threads: 1)
    #expect(dressed.picture(impressions: [marks], threads: 1).pixels.count == size * size * 3)
    for bits16 in [false, true] { _ = dressed.samples(impressions: [marks], bits16: bits16, threads: 1) }

    // Near a pinhole, shadows may fall beside it.
    let near = Camera(
      target: SIMD3(0, 0, 90), azimuth: 0, elevation: 0, distance: 12, fieldHeight: 0.01)
    let close = prepareView(
      of: prepared, look: SkinLook(tone: testSkin), camera: near, width: 32, height: 32, threads: 1)
    _ = DressedView(close, shafts: [marks], strands: strands, threads: 1).picture(impressions: [marks], threads: 1)
  }

  @Test func normalsThatAreNoNumbers() {
    var head = card(height: 90)
    for i in head.mesh.normals.indices { head.mesh.normals[i].y = wild[i % wild.count] }
    let broken = PreparedHead(head, threads: 1)
    let view = prepareView(
      of: broken, look: SkinLook(tone: testSkin), camera: front, width: 32, height: 32, threads: 1)
    let dressed = DressedView(view, shafts: [], strands: Strands(), background: .transparent, threads: 1)
    #expect(dressed.picture(threads: 1).pixels.count == 32 * 32 * 3)
    _ = dressed.samples(bits16: false, threads: 1)
  }

  // MARK: - Whole pictures

  /// Orthographic pictures whose rows and columns of pixels fall on the borders of every table over the face, exactly and
  /// a rounding beside them: a sheet that says of all its places that they lie there.
  @Test func picturesOnTheBordersOfTheFace() {
    for share in [-1, 0, 1] {
      func nudged(_ v: Float) -> Float { share < 0 ? v.nextDown : (share > 0 ? v.nextUp : v) }
      var head = card(height: 90)
      for i in head.templatePositions.indices {
        let p = head.templatePositions[i]
        head.templatePositions[i] = SIMD3(nudged(p.x), nudged(p.y), p.z)
      }
      let prepared = PreparedHead(head, threads: 1)
      var look = SkinLook(tone: testSkin)
      look.age = 70
      // Half a pixel aside, so that middles of pixels lie on whole millimetres; pixels of 4, 1 and 0.25 mm.
      let views: [(Float, SIMD2<Float>)] = [
        (4, SIMD2(0, 0)), (1, SIMD2(0, 60)), (1, SIMD2(48, 60)), (0.25, SIMD2(20, 80)),
      ]
      for (pixel, at) in views {
        let size = 64
        let camera = Camera(
          target: SIMD3(at.x + pixel / 2, at.y + pixel / 2, 90), azimuth: 0, elevation: 0, distance: 600,
          fieldHeight: pixel * Float(size)
        ).orthographic
        let view = prepareView(of: prepared, look: look, camera: camera, width: size, height: size, threads: 1)
        let light = DressedView(view, shafts: [], strands: Strands(), threads: 1).light(threads: 1)
        #expect(light.allSatisfy(isFinite))
      }
    }
  }

  /// A sheet of skin whose rows all lie just below the upper border of the face: what ended the program.
  @Test func aPictureOfTheUpperBorder() {
    var head = card(height: 90)
    for i in head.templatePositions.indices { head.templatePositions[i].y = Float(84).nextDown }
    let view = prepareView(
      of: PreparedHead(head, threads: 1), look: SkinLook(tone: testSkin), camera: front.orthographic, width: 16,
      height: 16, threads: 1)
    #expect(view.coverage.contains { $0 > 0 })
  }

  /// The slow picture: its grid of marks is asked at its own corners.
  @Test func marksOnTheBordersOfTheSlowPicture() {
    var marks = Marks(styles: [lossProfile(testBody, in: testSkin)])
    let places: [SIMD3<Float>] = [
      SIMD3(-4, -4, 90), SIMD3(3.6, 3.6, 90), SIMD3(-0.2, 0, 90), SIMD3(.nan, 0, 90), SIMD3(0, .infinity, 90),
    ]
    for p in places { marks.append(position: p, normal: SIMD3(0, 0, 1), style: 0, strength: 1) }
    let camera = Camera(target: SIMD3(0, 0, 90), azimuth: 0, elevation: 0, distance: 600, fieldHeight: 16)
    var view = ReferenceView(
      head: prepared, look: SkinLook(tone: testSkin), camera: camera.orthographic, setup: .clinic)
    (view.side, view.directions) = (1, 4)
    #expect(view.light(PictureWindow(width: 8, height: 8), marks: [marks], threads: 1).count == 64)
  }
}

/// A flat sheet of skin of 4 mm squares that faces forward, 240 mm wide and high, as a head with paint coordinates.
private func card(height: Float) -> Head {
  var positions: [SIMD3<Float>] = []
  var triangles: [SIMD3<UInt32>] = []
  let side = 61
  for y in 0..<side {
    for x in 0..<side { positions.append(SIMD3(4 * Float(x) - 120, 4 * Float(y) - 120, height)) }
  }
  for y in 0..<side - 1 {
    for x in 0..<side - 1 {
      let a = UInt32(y * side + x)
      let (b, c, d) = (a + 1, a + UInt32(side), a + UInt32(side) + 1)
      triangles += [SIMD3(a, b, c), SIMD3(b, d, c)]
    }
  }
  let mesh = TriangleMesh(positions: positions, triangles: triangles)
  return Head(mesh: mesh, landmarks: ellipsoidHead(rings: 4).landmarks, templatePositions: positions)
}

private let prepared = PreparedHead(card(height: 90), threads: 1)
private let front = Camera(target: SIMD3(0, 0, 90), azimuth: 0, elevation: 0, distance: 600, fieldHeight: 256)
