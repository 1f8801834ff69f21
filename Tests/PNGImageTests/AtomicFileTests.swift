import Foundation
import Testing

@testable import Files
@testable import PNGImage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs `body` with a new folder that is removed afterwards.
private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("png-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

private func contents(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { [UInt8]($0) } }

private func names(in folder: String) -> [String] {
  (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
}

private func mode(_ path: String) -> mode_t {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

@Suite struct AtomicFileTests {
  /// A set of files is there whole or not at all: the old set stays where one of the new cannot be written.
  @Test(arguments: [0, 1, 2]) func setsAreWrittenWhole(failing: Int) throws {
    try withFolder { folder in
      let paths = (0..<3).map { folder + "/\($0).bin" }
      try writeFilesAtomically(paths.map { ($0, [1]) })
      #expect(names(in: folder) == ["0.bin", "1.bin", "2.bin"])
      try writeFilesAtomically(paths.enumerated().map { ($1, [2, UInt8($0)]) })
      #expect(paths.map(contents) == [[2, 0], [2, 1], [2, 2]])
      // A folder in the place of one of them
      var other = paths
      other[failing] = folder + "/is-a-folder"
      try FileManager.default.createDirectory(atPath: other[failing], withIntermediateDirectories: false)
      #expect(throws: FileWriteError.self) { try writeFilesAtomically(other.map { ($0, [3]) }) }
      #expect(paths.map(contents) == [[2, 0], [2, 1], [2, 2]])
      #expect(names(in: folder) == ["0.bin", "1.bin", "2.bin", "is-a-folder"])
    }
  }

  /// Putting in place fails half-way: what is in place goes back.
  @Test func whatWasPutInPlaceGoesBack() throws {
    try withFolder { folder in
      let paths = (0..<3).map { folder + "/\($0).bin" }
      try writeFilesAtomically([(paths[0], [1]), (paths[2], [1])])
      let temporaries = try paths.map { path in
        let file = try #require(TemporaryFile(beside: path, mode: 0o644))
        close(file.descriptor)
        return (file.path, path)
      }
      // The last has been taken away.
      #expect(unlink(temporaries[2].0) == 0)
      let (code, target) = commit(temporaries.map { (temporary: $0.0, target: $0.1) })
      #expect(code == ENOENT && target == 2)
      #expect(paths.map(contents) == [[1], nil, [1]])
      #expect(names(in: folder) == ["0.bin", "2.bin"])
    }
  }

  /// Names that runs which were killed have left are passed over.
  @Test func leftoversDoNotBlockAFolder() throws {
    try withFolder { folder in
      var seen = Set<String>()
      for _ in 0..<200 {
        let file = try #require(TemporaryFile(beside: folder + "/a", mode: 0o644))
        close(file.descriptor)
        #expect(seen.insert(file.path).inserted)
      }
      try writeFileAtomically([7], to: folder + "/a")
      #expect(contents(folder + "/a") == [7])
    }
  }

  @Test func linksAreJudgedByWhereTheyLead() throws {
    try withFolder { folder in
      let home = folder + "/home"
      try FileManager.default.createDirectory(atPath: home + "/sub", withIntermediateDirectories: true)
      try writeFilesAtomically([(folder + "/outside", [1]), (home + "/sub/inside", [1])])
      #expect(symlink("../outside", home + "/out") == 0 && symlink("sub/inside", home + "/in") == 0)
      #expect(symlink(folder, home + "/up") == 0)
      #expect(leads(home + "/out", outOf: home) && leads(home + "/up/outside", outOf: home))
      #expect(!leads(home + "/in", outOf: home) && !leads(home + "/sub/inside", outOf: home))
      // A folder whose name begins with the other's is another folder; what is not there leads nowhere.
      try FileManager.default.createDirectory(atPath: folder + "/home2", withIntermediateDirectories: true)
      try writeFileAtomically([1], to: folder + "/home2/a")
      #expect(leads(folder + "/home2/a", outOf: home) && !leads(home + "/none", outOf: home))
    }
  }

  @Test(arguments: [0, 1, 100_000])
  func bytesArriveAndNothingElse(count: Int) throws {
    try withFolder { folder in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try writeFileAtomically(bytes, to: folder + "/a.bin")
      #expect(contents(folder + "/a.bin") == bytes)
      #expect(names(in: folder) == ["a.bin"])
    }
  }

  @Test func replacingKeepsTheMode() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try writeFileAtomically([1], to: path)
      #expect(chmod(path, 0o640) == 0)
      try writeFileAtomically([2, 3], to: path)
      #expect(contents(path) == [2, 3])
      #expect(mode(path) == 0o640)
    }
  }

  @Test func symbolicLinkIsFollowed() throws {
    try withFolder { folder in
      try writeFileAtomically([1], to: folder + "/real")
      #expect(symlink("real", folder + "/link") == 0)
      try writeFileAtomically([2], to: folder + "/link")
      #expect(contents(folder + "/real") == [2])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "real")
    }
  }

  @Test func manyWritersLeaveOneWholeFile() throws {
    try withFolder { folder in
      DispatchQueue.concurrentPerform(iterations: 16) { i in
        try? writeFileAtomically([UInt8](repeating: UInt8(i), count: 20_000), to: folder + "/a")
      }
      let bytes = try #require(contents(folder + "/a"))
      #expect(bytes.count == 20_000 && Set(bytes).count == 1)
      #expect(names(in: folder) == ["a"])
    }
  }

  @Test func reasonIsSaid() throws {
    try withFolder { folder in
      try writeFileAtomically([1], to: folder + "/file")
      #expect(mkdir(folder + "/folder", 0o755) == 0)
      let cases: [(String, FileWriteError.Kind, String)] = [
        (folder + "/none/a", .noSuchFolder, "no such folder"),
        (folder + "/folder", .isAFolder, "it is a folder"),
        (folder + "/new/", .isAFolder, "it is a folder"),
        (folder + "/file/a", .notAFolder, "a part of the path is a file, not a folder"),
        ("", .invalidName, "the name is not allowed"),
        (folder + "/a\u{0}b", .invalidName, "the name is not allowed"),
      ]
      for (path, kind, reason) in cases {
        let error = #expect(throws: FileWriteError.self) { try writeFileAtomically([9], to: path) }
        #expect(error?.kind == kind && error?.stage == .create)
        #expect(error?.description == "cannot write \(shown(path)): \(reason)")
      }
      #expect(names(in: folder) == ["file", "folder"])
      #expect(contents(folder + "/file") == [1])
    }
  }

  /// The name is refused only at the rename, after the temporary file was written.
  @Test func temporaryIsRemovedWhenTheRenameFails() throws {
    try withFolder { folder in
      let error = #expect(throws: FileWriteError.self) {
        try writeFileAtomically([9], to: folder + "/" + String(repeating: "n", count: 300))
      }
      #expect(error?.kind == .invalidName)
      #expect(names(in: folder).isEmpty)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write anywhere"))
  func folderWithoutPermission() throws {
    try withFolder { folder in
      #expect(chmod(folder, 0o555) == 0)
      let error = #expect(throws: FileWriteError.self) { try writeFileAtomically([9], to: folder + "/a") }
      #expect(error?.kind == .permissionDenied && error?.stage == .create)
      #expect(chmod(folder, 0o755) == 0)
    }
  }

  #if os(Linux)
    @Test func fullDevice() {
      let error = #expect(throws: FileWriteError.self) { try writeFileAtomically([9], to: "/dev/full") }
      #expect(error?.kind == .diskFull && error?.stage == .write)
      #expect(error?.description == "cannot write /dev/full: the disk is full")
    }
  #endif

  /// In a process of its own, because the limit and the umask belong to the process.
  @Test func fileSizeLimit() async {
    await #expect(processExitsWith: .success) {
      try withFolder { folder in
        signal(SIGXFSZ, SIG_IGN)
        try writeFileAtomically([1, 2, 3], to: folder + "/a")
        var limit = rlimit(rlim_cur: 5000, rlim_max: 5000)
        #if canImport(Glibc)
          let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
          let resource = RLIMIT_FSIZE
        #endif
        guard setrlimit(resource, &limit) == 0 else { exit(2) }
        do throws(FileWriteError) {
          try writeFileAtomically([UInt8](repeating: 9, count: 100_000), to: folder + "/a")
          exit(3)
        } catch {
          guard error.kind == .fileTooLarge, error.stage == .write else { exit(4) }
        }
        guard names(in: folder) == ["a"], contents(folder + "/a") == [1, 2, 3] else { exit(5) }
      }
    }
  }

  @Test func umaskIsHonoured() async {
    await #expect(processExitsWith: .success) {
      try withFolder { folder in
        umask(0o077)
        try writeFileAtomically([1], to: folder + "/private")
        umask(0o022)
        try writeFileAtomically([1], to: folder + "/shared")
        guard mode(folder + "/private") == 0o600, mode(folder + "/shared") == 0o644 else { exit(2) }
      }
    }
  }

  @Test func pictureArrivesWhole() throws {
    try withFolder { folder in
      let image = RasterImage(width: 8, height: 8, fill: SIMD3(1, 2, 3))
      try writePNG(image, to: folder + "/a.png")
      #expect(try decodePNG(#require(contents(folder + "/a.png"))).raster == image)
      let error = #expect(throws: PNGError.self) { try writePNG(image, to: folder + "/none/a.png") }
      #expect(error?.description == "cannot write \(folder)/none/a.png: no such folder")
    }
  }
}
