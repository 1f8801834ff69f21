import Arithmetic
import Drawing
import PNGImage

func pngKernels() -> [Kernel] {
  [
    Kernel(name: "png-encode-64") {
      var image = RasterImage(width: 64, height: 64)
      let grain = CounterRandom(seed: 1, stream: 1)
      for i in image.pixels.indices {
        image.pixels[i] = UInt8(truncatingIfNeeded: 120 + i / 192) &+ UInt8(grain.bits(UInt64(i)) & 7)
      }
      return { i in
        image.pixels[0] = UInt8(truncatingIfNeeded: i)
        return try encodePNG(image).count
      }
    },
    Kernel(name: "png-decode-64") {
      let bytes = try encodePNG(RasterImage(width: 64, height: 64, fill: SIMD3(200, 160, 140)))
      return { _ in try decodePNG(bytes).pixels.width }
    },
    Kernel(name: "label-20px") {
      var image = RasterImage(width: 128, height: 32)
      return { i in
        drawText("1 year", into: &image, x: Float(i & 7), y: 4, height: 20, colour: SIMD3(repeating: 255))
        return Int(image.pixels[300])
      }
    },
  ]
}
