import Foundation

/// The command as a person runs it: arguments in, text and exit code out.
func run(_ arguments: String...) throws -> (status: Int32, out: String, error: String) { try run(arguments) }

/// - Parameter environment: variables beside those of the tests.
func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (
  status: Int32, out: String, error: String
) {
  try ended(command(arguments, environment: environment))
}

/// The command, ready to be started, with nothing on its standard input.
func command(_ arguments: [String], environment: [String: String] = [:]) -> Process {
  process(executable, arguments, environment)
}

/// A line for the shell, in which `$S` is the command. A process that a signal ended has 128 and the signal's number.
func shell(_ line: String) throws -> (status: Int32, out: String, error: String) {
  try ended(process(URL(fileURLWithPath: "/bin/sh"), ["-c", "S='\(executable.path)'; " + line]))
}

private func process(_ program: URL, _ arguments: [String], _ environment: [String: String] = [:]) -> Process {
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  process.standardInput = FileHandle.nullDevice
  return process
}

private func ended(_ process: Process) throws -> (status: Int32, out: String, error: String) {
  let out = Pipe()
  let error = Pipe()
  process.standardOutput = out
  process.standardError = error
  try process.run()
  let outText = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  let errorText = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (process.terminationStatus, outText, errorText)
}

/// The tests lie beside the executable that they test.
private let executable: URL = {
  let products = Bundle(for: Marker.self).bundleURL.deletingLastPathComponent()
  let candidates = [
    products.appendingPathComponent("stipple"),
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("stipple"),
    root.appendingPathComponent(".build/debug/stipple"),
  ]
  return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[0]
}()

private final class Marker {}

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
let sample = root.appendingPathComponent("samples/norwood-3.yaml").path

func scratch() throws -> String {
  let path = NSTemporaryDirectory() + "stipple-cli-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}
