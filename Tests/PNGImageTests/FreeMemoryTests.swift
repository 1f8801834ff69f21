import Foundation
import Testing

@testable import Files

/// A system's files under a folder of our own.
private func withSystem<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
  let root = FileManager.default.temporaryDirectory.appendingPathComponent("system-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: root) }
  for (path, text) in files {
    let file = root + path
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: false, encoding: .utf8)
  }
  return try body(root)
}

@Suite struct FreeMemoryTests {
  @Test func theMachineSaysWhatItHas() throws {
    let text = "MemTotal:       24000000 kB\nMemFree:          100 kB\nMemAvailable:    2000 kB\n"
    #expect(try withSystem(["/proc/meminfo": text], MachineMemory.available) == 2_048_000)
    #expect(try withSystem(["/proc/meminfo": "MemFree: 1 kB\n"], MachineMemory.available) == nil)
    #expect(MachineMemory.available(root: "/nowhere") == nil)
  }

  /// Control groups, second version: the least room of the group and of those above it; files in the cache can go.
  @Test func aContainerSaysWhatItLeaves() throws {
    let group = "/sys/fs/cgroup"
    var files = [
      "/proc/self/cgroup": "0::/kube/pod1\n", group + "/kube/memory.max": "900\n",
      group + "/kube/memory.current": "400\n",
      group + "/kube/pod1/memory.max": "max\n", group + "/kube/pod1/memory.current": "300\n",
    ]
    #expect(try withSystem(files, MachineMemory.containerRoom) == 500)
    files[group + "/kube/pod1/memory.max"] = "350"
    #expect(try withSystem(files, MachineMemory.containerRoom) == 50)
    files[group + "/kube/pod1/memory.stat"] = "anon 1\ninactive_file 120\nactive_file 9\n"
    #expect(try withSystem(files, MachineMemory.containerRoom) == 170)
    files[group + "/kube/pod1/memory.current"] = "900"
    #expect(try withSystem(files, MachineMemory.containerRoom) == 0)
  }

  /// Inside a container the path of the group may not be there: the limit stands at the mount.
  @Test func theFirstVersionIsRead() throws {
    let group = "/sys/fs/cgroup/memory"
    let files = [
      "/proc/self/cgroup": "11:cpu:/docker/ab\n4:memory:/docker/ab\n1:name=systemd:/x\n",
      group + "/memory.limit_in_bytes": "1000\n", group + "/memory.usage_in_bytes": "700\n",
      group + "/memory.stat": "cache 5\ntotal_inactive_file 200\n",
    ]
    #expect(try withSystem(files, MachineMemory.containerRoom) == 500)
    // No limit is a number near the greatest.
    let free = files.merging([group + "/memory.limit_in_bytes": "9223372036854771712"]) { $1 }
    #expect(try withSystem(free, MachineMemory.containerRoom) == nil)
    #expect(try withSystem(["/proc/self/cgroup": ""], MachineMemory.containerRoom) == nil)
  }

  @Test func problemsAreToldInWords() {
    #expect(memoryProblem(need: 10, free: 10) == nil && memoryProblem(need: 10, free: nil) == nil)
    #expect(
      memoryProblem(need: 3_210_000_000, free: 40_000_000) == "about 3.21 GB of memory are needed and 40 MB are free")
  }
}

@Suite struct ShownTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("Zoë Łuk 木", "Zoë Łuk 木"), ("a\u{1b}[2Jb", "a\u{FFFD}[2Jb"),
    ("a\nb\rc\td", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"),
    ("x\u{202e}y\u{2066}z", "x\u{FFFD}y\u{FFFD}z"), ("\u{9b}31m", "\u{FFFD}31m"),
    ("a\u{2028}b\u{feff}", "a\u{FFFD}b\u{FFFD}"),
    ("क्\u{200D}ष", "क्\u{200D}ष"), ("", ""),
  ])
  func wordsOnlyShowThemselves(text: String, expected: String) {
    #expect(shown(text) == expected)
    #expect(shown(shown(text)) == shown(text))
  }

  @Test func lengthIsCounted() {
    #expect(shown(String(repeating: "a", count: 9), atMost: 8) == "aaaaaaaa…")
    #expect(shown(String(repeating: "a", count: 8), atMost: 8) == "aaaaaaaa")
    // One letter with very many accents is as long as they are.
    #expect(shown("e" + String(repeating: "\u{301}", count: 100_000), atMost: 10).unicodeScalars.count == 11)
    #expect(shown("ab\ncdefg\nh", atMost: 3, keepingLines: true) == "ab\ncde…\nh")
  }

  @Test func jsonEscapesThem() {
    #expect(JSONValue.quoted("a\u{1b}\u{9b}\u{202e}\u{7f}\u{e000}é") == "\"a\\u001b\\u009b\\u202e\\u007f\\ue000é\"")
  }
}
