import Benchmark
import Drawing
import PNGImage

/// A skin-coloured gradient with grain: about as hard to compress as a rendered view.
func skinLikePicture(side: Int) -> RasterImage {
  let grain = HashedNoise(seed: 1)
  var image = RasterImage(width: side, height: side)
  for y in 0..<side {
    for x in 0..<side {
      let shade = 200 - (x + y) * 80 / (2 * side)
      let noise = Int(grain.bits(UInt64(y * side + x)) & 7)
      image[x, y] = SIMD3(UInt8(shade + noise), UInt8(shade - 40 + noise), UInt8(shade - 60 + noise))
    }
  }
  return image
}

func pngBenchmarks() {
  let image = skinLikePicture(side: 1024)

  Benchmark("PNG write 1024x1024") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(try encodePNG(image)) }
  }

  Benchmark("labels, one line at 24 px") { benchmark in
    var sheet = RasterImage(width: 512, height: 64)
    for _ in benchmark.scaledIterations {
      drawText("SIMULATION · after 3 years", into: &sheet, x: 8, y: 8, height: 24, colour: SIMD3(repeating: 255))
    }
    blackHole(sheet)
  }
}
