// Doing something again whenever a file is saved: looked at ten times a second, which works on every volume.

import Stipple

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs `body` now and whenever one of the files that it looked at changes, until a signal ends the process. An error is told,
/// and waited on to be mended.
///
/// - Parameters:
///   - document: looked at whatever happens.
///   - body: returns the other files that it looked at.
func watching(document: String, _ body: () throws -> [String]) throws {
  var others: [String] = []
  while true {
    var seen = FileStamps([document] + others)
    do {
      others = try body()
      // What the design names may be new.
      if FileStamps([document]) == seen.first { seen = FileStamps([document] + others) }
      printError("stipple: watching \(others.count + 1) files; Ctrl-C ends it")
    } catch let error as StippleError {
      // Without the document there is nothing to wait for.
      if error.kind == .usage || error.kind == .cannotCreate || error.kind == .inputOutput { throw error }
      printError("stipple: " + error.message)
    }
    var now = FileStamps([document] + others)
    while now == seen {
      usleep(80_000)
      now = FileStamps([document] + others)
    }
    // Until whoever writes has done so.
    repeat {
      seen = now
      usleep(40_000)
      now = FileStamps([document] + others)
    } while now != seen
  }
}

/// Shows a file in the system's viewer, which is a program of its own.
func show(_ file: String) {
  #if canImport(Darwin)
    let viewer = "open"
  #else
    let viewer = "xdg-open"
  #endif
  let arguments: [UnsafeMutablePointer<CChar>?] = [strdup(viewer), strdup(file), nil]
  defer { for argument in arguments { free(argument) } }
  var actions: posix_spawn_file_actions_t = .init()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  // What the viewer says is not ours.
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  var process: pid_t = 0
  if posix_spawnp(&process, viewer, &actions, nil, arguments, environ) != 0 {
    printError("stipple: no viewer to show \(file): \(viewer) is not installed")
  }
}
