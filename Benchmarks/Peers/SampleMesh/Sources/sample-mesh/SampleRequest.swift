import ImpressionSampling
import Meshes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Radii from 1 to 3 of some unit, by height: the mean of both halfway up, level at both ends.
///
/// The same field is written in peers.py, which judges by it.
struct RatioThree: SurfaceDensity {
  var low: Float
  var high: Float

  func evaluate(_ points: Span<SurfacePoint>, into densities: inout MutableSpan<Float>) {
    for i in 0..<points.count {
      let t = min(max((points[i].position.y - low) / (high - low), 0), 1)
      let radius = 1 + 2 * t * t * (3 - 2 * t)
      densities[i] = 9 / (radius * radius)
    }
  }
}

struct BadOption: Error, CustomStringConvertible {
  var description: String
}

/// One line of options.
struct SampleRequest {
  var count = 20_000
  var evenness = Evenness.natural
  var seed: UInt64 = 1
  var threads = 1
  var isUniform = true
  var runs = 1
  var points: String?

  init(_ words: [String]) throws(BadOption) {
    guard words.count.isMultiple(of: 2) else { throw BadOption(description: "an option has no value") }
    for i in stride(from: 0, to: words.count, by: 2) {
      let value = words[i + 1]
      let bad = BadOption(description: "\(words[i]) cannot be \(value)")
      func number() throws(BadOption) -> Int {
        guard let n = Int(value), n >= 0 else { throw bad }
        return n
      }
      switch words[i] {
      case "count": count = try number()
      case "evenness":
        guard let named = Evenness(rawValue: value) else { throw bad }
        evenness = named
      case "seed": seed = UInt64(try number())
      case "threads": threads = try number()
      case "field":
        guard value == "uniform" || value == "ratio3" else { throw bad }
        isUniform = value == "uniform"
      case "runs": runs = max(1, try number())
      case "points": points = value
      default: throw BadOption(description: "no option is called \(words[i])")
      }
    }
  }

  /// Samples, and tells the times of every run as JSON. Each run prepares the mesh anew.
  func answer(on mesh: TriangleMesh) throws -> String {
    let heights = mesh.positions.map(\.y)
    let field = RatioThree(low: heights.min() ?? 0, high: heights.max() ?? 1)
    let options = PoissonDiscOptions(evenness: evenness, count: count, threads: threads)
    var cpu: [Double] = []
    var wall: [Double] = []
    var pattern = DotPattern.empty
    for run in 0..<runs {
      let start = Times()
      pattern =
        isUniform
        ? try samplePoissonDisc(
          on: mesh, density: UniformDensity(perSquareCentimetre: 1), seed: seed + UInt64(run), options: options)
        : try samplePoissonDisc(on: mesh, density: field, seed: seed + UInt64(run), options: options)
      let end = Times()
      cpu.append(end.cpu - start.cpu)
      wall.append(end.wall - start.wall)
    }
    if let points { try writeFile(points, pointBytes(of: pattern)) }
    return #"{"count": \#(pattern.count), "cpu": \#(cpu), "wall": \#(wall), "ends": \#(pattern.sessionEnds)}"#
  }
}

/// Seconds since some moment, and seconds of processor time of all threads of this process.
struct Times {
  var cpu: Double
  var wall: Double

  init() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    wall = Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    cpu = Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}
