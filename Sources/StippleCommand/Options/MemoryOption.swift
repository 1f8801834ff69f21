import ArgumentParser
import Files

/// `--max-memory` of every command that reads a head.
struct MemoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Most memory to take, as 800M or 2G: what needs more is refused. Default: what machine and container have free.",
      valueName: "size"))
  var maxMemory: MemorySize?

  func validate() throws {
    if let maxMemory { limitMemory(to: maxMemory.bytes) }
  }
}

/// An amount of memory: bytes, or with K, M, G or T after it a power of 1024 of them.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let shift = argument.uppercased().last.flatMap { ["K": 10, "M": 20, "G": 30, "T": 40][$0] }
    guard let number = Double(shift == nil ? argument : String(argument.dropLast())), number > 0,
      let bytes = Int(exactly: (number * Double(1 << (shift ?? 0))).rounded())
    else { return nil }
    self.bytes = bytes
  }
}
