// Point sets on disk, so that others can judge them: CSV and PLY with position, normal, minimum distance and session.

import Files
import ImpressionSampling
import Meshes
import PNGImage
import TreatmentDesign

/// Formats of a point file, by the ending of its name.
public enum PatternFormat: String, Sendable, CaseIterable {
  case csv, ply
}

/// The first line of a point file as CSV.
let patternHeader = "x,y,z,nx,ny,nz,radius,session\n"

/// The impressions of a plan as the bytes of a file: x y z (mm, head frame), nx ny nz (unit), radius (local minimum
/// distance, mm), session (1 for the first). Numbers are the shortest that read back exactly.
public func patternFile(_ placement: Placement, format: PatternFormat) -> [UInt8] {
  let pattern = placement.impressions
  var text = ""
  text.reserveCapacity(pattern.count * 90 + 400)
  let separator: String
  switch format {
  case .csv:
    text += patternHeader
    separator = ","
  case .ply:
    text += "ply\nformat ascii 1.0\ncomment \(generatorMark), impressions in mm\nelement vertex \(pattern.count)\n"
    for name in ["x", "y", "z", "nx", "ny", "nz", "radius"] { text += "property float \(name)\n" }
    text += "property uchar session\nend_header\n"
    separator = " "
  }
  for i in 0..<pattern.count {
    let p = pattern.points[i].position
    let n = pattern.normals[i]
    for value in [p.x, p.y, p.z, n.x, n.y, n.z, pattern.radii[i]] {
      text += value.description
      text += separator
    }
    text += "\(placement.session(of: i) + 1)\n"
  }
  return Array(text.utf8)
}

/// Writes a design's impressions to a file that ends in `.csv` or `.ply`.
///
/// - Returns: the placement, for what else is to be said about it.
public func writePattern(of opened: OpenedDesign, to path: String, writing: WriteOptions = .init()) throws(StippleError)
  -> Placement
{
  guard let format = PatternFormat.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) }) else {
    throw StippleError(.usage, "\(path): the name of a point file ends in .csv or .ply")
  }
  try checkOutputs([path], writing)
  let placement = try opened.placement()
  if !writing.isRehearsal {
    try writeFiles([OutputFile(path: path, bytes: patternFile(placement, format: format))], writing)
  }
  return placement
}
