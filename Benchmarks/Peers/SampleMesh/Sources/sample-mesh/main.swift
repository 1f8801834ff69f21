// sample-mesh make head|scalp|sheets TRIANGLES OUT.obj
// sample-mesh sample MESH.obj [option value]...
// sample-mesh serve MESH.obj        reads lines of such options, answers each with a line of JSON
//
//   count      exact number of dots (20000)
//   evenness   natural, even or relaxed (natural)
//   seed       of the first run (1); each further run takes the next
//   threads    worker threads (1)
//   field      uniform, or ratio3: radii from 1 at the bottom to 3 at the top (uniform)
//   runs       how often (1); times are listed for each, points are those of the last
//   points     file for x y z nx ny nz radius session of every dot, Float32, little endian

import ImpressionSampling
import MeshFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

func fail(_ message: String, code: Int32 = 64) -> Never {
  let bytes = Array("sample-mesh: \(message)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
  exit(code)
}

let arguments = CommandLine.arguments.dropFirst().map { $0 }
do {
  switch (arguments.first, arguments.count) {
  case ("make", 4):
    guard let triangles = Int(arguments[2]) else { fail("\(arguments[2]) is not a number of triangles") }
    let mesh = try makeTestMesh(arguments[1], triangles: triangles)
    try writeFile(arguments[3], objBytes(of: mesh))
    print(#"{"triangles": \#(mesh.triangles.count)}"#)
  case ("sample", 2...):
    let mesh = try readOBJ(readFile(arguments[1]), named: arguments[1])
    print(try SampleRequest(Array(arguments[2...])).answer(on: mesh))
  case ("serve", 2):
    let mesh = try readOBJ(readFile(arguments[1]), named: arguments[1])
    print(#"{"ready": \#(mesh.triangles.count)}"#)
    fflush(nil)
    while let line = readLine() {
      print(try SampleRequest(line.split(separator: " ").map(String.init)).answer(on: mesh))
      fflush(nil)
    }
  default:
    fail("usage: make head|scalp|sheets TRIANGLES OUT.obj | sample MESH.obj [option value]... | serve MESH.obj")
  }
} catch {
  fail("\(error)", code: 70)
}
