#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be written. `description` is one line for the person at the terminal.
public struct FileWriteError: Error, Equatable, CustomStringConvertible {
  /// What went wrong, in kinds that a caller may want to tell apart.
  public enum Kind: Sendable, Equatable {
    case noSuchFolder, notAFolder, isAFolder, permissionDenied, readOnlyVolume, invalidName
    case diskFull, fileTooLarge, other
  }

  /// Which half of the work failed. Command lines report the first as EX_CANTCREAT (73), the second as
  /// EX_IOERR (74).
  public enum Stage: Sendable, Equatable {
    case create, write
  }

  public var path: String
  public var kind: Kind
  public var stage: Stage
  /// The system's number for the reason, 0 when the name was refused before asking the system.
  public var systemError: Int32

  init(path: String, stage: Stage, systemError: Int32) {
    self.path = path
    self.stage = stage
    self.systemError = systemError
    kind =
      switch systemError {
      case ENOENT: .noSuchFolder
      case ENOTDIR: .notAFolder
      case EISDIR: .isAFolder
      case EACCES, EPERM: .permissionDenied
      case EROFS: .readOnlyVolume
      case ENAMETOOLONG, ELOOP, EINVAL: .invalidName
      case ENOSPC, EDQUOT: .diskFull
      case EFBIG: .fileTooLarge
      default: .other
      }
  }

  init(path: String, invalidName: Void) {
    self.path = path
    stage = .create
    systemError = 0
    kind = .invalidName
  }

  public var description: String { "cannot write \(shown(path)): \(reason)" }

  private var reason: String {
    switch kind {
    case .noSuchFolder: "no such folder"
    case .notAFolder: "a part of the path is a file, not a folder"
    case .isAFolder: "it is a folder"
    case .permissionDenied: "permission denied"
    case .readOnlyVolume: "the volume is read-only"
    case .invalidName: "the name is not allowed"
    case .diskFull: "the disk is full"
    case .fileTooLarge: "the file is larger than allowed here"
    case .other: String(cString: strerror(systemError))
    }
  }
}
