// The body that libFuzzer calls with one input after another: hands it to the reader named by STIPPLE_FUZZ. A trap, an
// overrun or a broken promise is a finding.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private let name = getenv("STIPPLE_FUZZ").map { String(cString: $0) } ?? ""

private let fuzz: @Sendable ([UInt8]) -> Void =
  switch name {
  case "design": fuzzDesign
  case "png": fuzzPNG
  case "jpeg": fuzzJPEG
  case "manifest": fuzzManifest
  case "obj", "ply", "stl", "gltf", "glb": { fuzzMesh($0, format: name) }
  default: fatalError("STIPPLE_FUZZ names no reader")
  }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  fuzz(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}
