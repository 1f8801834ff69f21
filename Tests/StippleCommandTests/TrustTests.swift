import Foundation
import Testing

/// What a person, a shell or a batch system may rely on.
@Suite struct TrustTests {
  /// Every command with what it needs; `OUT` is a folder.
  static let commands = [
    "--help", "--version", "check --help", "init", "schema", "dot", "dot --json", "match --skin II --hair black",
    "match SAMPLE --json", "check SAMPLE", "check SAMPLE --json", "plan SAMPLE", "plan SAMPLE --json", "info SAMPLE",
    "info SAMPLE --json", "timeline SAMPLE", "timeline SAMPLE --json", "pattern SAMPLE -o OUT/p.csv",
    "pattern SAMPLE -o OUT/p.csv --json", "field SAMPLE --size 256 --view top -o OUT/f.png",
    "preview SAMPLE --size 64 -o OUT", "preview SAMPLE --size 64 --json -o OUT",
    "landmarks OUT/scan.obj -o OUT/sheet.png", "schema --answers",
    "sheet SAMPLE --size 64 --vary years=0,5 -o OUT/v.png",
    "animate SAMPLE --size 64 --until 0.5 -o OUT/a.png", "report SAMPLE --size 64 --quality draft -o OUT/r.html",
    "timeline SAMPLE --times 1y --size 64 -o OUT", "preview SAMPLE --size 64 -o -", "check - < SAMPLE",
  ]

  private func line(_ command: String, _ folder: String) throws -> String {
    if command.contains("scan.obj") {
      try "v 0 0 0\nv 100 0 0\nv 0 100 0\nv 0 0 100\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n".write(
        toFile: folder + "/scan.obj", atomically: true, encoding: .utf8)
    }
    return "$S "
      + command.replacingOccurrences(of: "SAMPLE", with: "'\(sample)'")
      .replacingOccurrences(of: "OUT", with: "'\(folder)'")
  }

  #if os(Linux)
    /// Output that does not arrive is an error, told on standard error.
    @Test(arguments: commands) func lostOutputIsAnError(command: String) throws {
      let folder = try scratch()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let full = try shell(line(command, folder) + " > /dev/full")
      #expect(full.status == 74)
      #expect(full.error == "stipple: cannot write to standard output: the disk is full\n")
    }

    /// A machine with too little memory is told so before it is taken.
    @Test(arguments: [150_000, 300_000, 1_000_000]) func memoryIsAskedForFirst(kilobytes: Int) throws {
      let folder = try scratch()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let drawn = try shell(
        "ulimit -v \(kilobytes); $S preview '\(sample)' --size 8192 --quality draft -o '\(folder)'")
      #expect(drawn.status == 77, "\(drawn.error)")
      #expect(drawn.error.contains("memory are needed") && drawn.error.contains("are free"))
      if kilobytes < 200_000 { #expect(try shell("ulimit -v \(kilobytes); $S check '\(sample)'").status == 77) }
    }
  #endif

  @Test func aReaderThatHasGoneIsNoError() throws {
    let gone = try shell("{ $S schema; echo $? >&2; } | head -c 1")
    #expect(gone.error == "0\n")
    // What a command found out stands.
    let refused = try shell("{ $S check /nowhere.yaml; echo $? >&2; } | true")
    #expect(refused.error.hasSuffix("66\n"))
  }

  @Test func aClosedOutputIsAnError() throws {
    #expect(try shell("$S schema >&-").status == 74)
  }

  @Test(arguments: [("TERM", 143), ("INT", 130), ("HUP", 129)])
  func signalsEndInAnOrderlyWay(signal: String, status: Int32) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // A shell starts what runs beside it deaf to interrupts: python does not.
    let ended = try shell(
      """
      exec python3 - "$S" '\(sample)' '\(folder)' <<'END'
      import os, signal, subprocess, sys, time
      def listen(): signal.signal(signal.SIGINT, signal.SIG_DFL)
      p = subprocess.Popen([sys.argv[1], "preview", sys.argv[2], "--size", "1024", "-o", sys.argv[3]],
        preexec_fn=listen)
      time.sleep(0.6)
      start = time.time()
      p.send_signal(signal.SIG\(signal))
      code = p.wait()
      print(128 - code if code < 0 else code, time.time() - start < 2, sorted(os.listdir(sys.argv[3])))
      END
      """)
    #expect(ended.out == "\(status) True []\n", "\(ended.out) \(ended.error)")
  }

  @Test func aFileLargerThanAllowedLeavesNothing() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let cut = try shell("ulimit -f 8; $S preview '\(sample)' --size 128 -o '\(folder)'")
    #expect(cut.status == 74)
    #expect(cut.error.contains("larger than allowed"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func namesThatAreNotTextAreRefused() throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let name = try shell("$S init \"\(folder)/$(printf 'a\\377b.yaml')\"")
    #expect(name.status == 64 && name.error.contains("argument 2") && name.error.contains("UTF-8"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test(arguments: [("64M", 77), ("0.05G", 77), ("4G", 0), ("none", 64), ("-3M", 64)])
  func memoryMayBeHeldBack(size: String, status: Int32) throws {
    #expect(try run("check", sample, "--max-memory=\(size)").status == status)
  }

  @Test(arguments: ["check", "info", "preview", "plan"]) func aPipeInPlaceOfADesignIsRefused(command: String) throws {
    let folder = try scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pipe = try shell("mkfifo '\(folder)/p'; $S \(command) '\(folder)/p'")
    #expect(pipe.status == 66 && pipe.error.contains("not a regular file"))
  }
}
