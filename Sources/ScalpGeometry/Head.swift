import Meshes

/// A head ready for a design: a mesh in the head frame with its landmarks.
///
/// Head frame: millimetres, right-handed, origin midway between the tragions, +x the subject's left, +y up
/// (Frankfort plane horizontal), +z forward.
public struct Head: Sendable, Equatable {
  /// The surface, in the head frame.
  public var mesh: TriangleMesh
  /// Named places on the surface, in the head frame.
  public var landmarks: HeadLandmarks
  /// For each vertex, where it lies on the template mannequin (the 50th-percentile male of
  /// the recipe), mm: the coordinates in which lips, brows and lashes are painted. Empty for scans.
  public var templatePositions: [SIMD3<Float>]
  /// Decides where hair grows; nil, as of a scan of which it was not told, counts as male.
  public var sex: Sex?
  /// The colours that a scan brought with it, for the vertices and triangles of `mesh`; `nil` for none.
  public var colour: SurfaceColour?
  /// Hair that `colour` shows, for the vertices of `mesh`; `nil` where it was not looked for, or is not to be used.
  public var photographedHair: PhotographedHair?
  /// What was left out when a scan was read, one sentence each.
  public var notes: [String] = []
  /// What was found out about a scan that figures depend on; empty for a mannequin.
  public var findings: [ScanFinding] = []
  /// What the scan does not show of it and was taken from the mean head; `nil` for a mannequin and for a scan of all of a head.
  public var completed: CompletedSkin?
  /// SHA-256 of the files that a scan was read from, in hexadecimal; `nil` for a mannequin.
  public var digest: String?

  public init(
    mesh: TriangleMesh, landmarks: HeadLandmarks, templatePositions: [SIMD3<Float>] = [], sex: Sex? = nil,
    colour: SurfaceColour? = nil
  ) {
    self.mesh = mesh
    self.landmarks = landmarks
    self.templatePositions = templatePositions
    self.sex = sex
    self.colour = colour
  }
}

/// Sex of a head: decides where hair grows and, for a mannequin, jaw, brow, forehead, nose, neck and the preset lengths.
public enum Sex: String, Sendable, CaseIterable {
  case male
  case female
}

/// Named places on a head, each on the skin, in the head frame, mm.
public struct HeadLandmarks: Sendable, Equatable {
  /// Most forward point of the forehead between the brows.
  public var glabella: SIMD3<Float>
  /// Deepest point of the nasal root, on the midline.
  public var sellion: SIMD3<Float>
  /// Notch above the small flap in front of the left ear canal.
  public var leftTragion: SIMD3<Float>
  /// Notch above the small flap in front of the right ear canal.
  public var rightTragion: SIMD3<Float>
  /// Highest point of the head, on the midline.
  public var vertex: SIMD3<Float>
  /// Bump at the lower back of the skull, on the midline.
  public var inion: SIMD3<Float>
  /// Outer corner of the left eye.
  public var leftCanthus: SIMD3<Float>
  /// Outer corner of the right eye.
  public var rightCanthus: SIMD3<Float>

  public init(
    glabella: SIMD3<Float>, sellion: SIMD3<Float>, leftTragion: SIMD3<Float>, rightTragion: SIMD3<Float>,
    vertex: SIMD3<Float>, inion: SIMD3<Float>, leftCanthus: SIMD3<Float>, rightCanthus: SIMD3<Float>
  ) {
    self.glabella = glabella
    self.sellion = sellion
    self.leftTragion = leftTragion
    self.rightTragion = rightTragion
    self.vertex = vertex
    self.inion = inion
    self.leftCanthus = leftCanthus
    self.rightCanthus = rightCanthus
  }
}

extension HeadLandmarks {
  /// Every landmark.
  package var all: [SIMD3<Float>] {
    [glabella, sellion, leftTragion, rightTragion, vertex, inion, leftCanthus, rightCanthus]
  }

  /// Every landmark moved by `map`.
  package func mapped(_ map: (SIMD3<Float>) -> SIMD3<Float>) -> HeadLandmarks {
    HeadLandmarks(
      glabella: map(glabella), sellion: map(sellion), leftTragion: map(leftTragion), rightTragion: map(rightTragion),
      vertex: map(vertex), inion: map(inion), leftCanthus: map(leftCanthus), rightCanthus: map(rightCanthus))
  }
}
