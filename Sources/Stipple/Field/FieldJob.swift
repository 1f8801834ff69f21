// The density field on disk: the mesh with densities at its vertices, and the job that writes picture and file.

import Files
import ImpressionSampling
import Meshes
import PNGImage
import ScalpGeometry
import ScalpRendering
import TreatmentDesign

/// The head's mesh as PLY text: x y z (mm, head frame), impressions per cm² after the last session, hairs per cm² that
/// stand now, hair that shows (by calibre), and the triangles.
public func fieldPLY(_ fields: CompiledDesign) -> [UInt8] {
  let mesh = fields.scalp.head.mesh
  var values = [SIMD3<Float>](repeating: .zero, count: mesh.positions.count)
  for (i, t) in mesh.triangles.enumerated() {
    for (corner, v, w) in [(t.x, 0, 0), (t.y, 1, 0), (t.z, 0, 1)] as [(UInt32, Float, Float)] {
      let point = SurfacePoint(position: mesh.positions[Int(corner)], triangle: UInt32(i), v: v, w: w)
      values[Int(corner)] = SIMD3(
        fields.impressions(at: point), fields.hair(at: point).now, fields.visibleHair(at: point).now)
    }
  }
  var text = "ply\nformat ascii 1.0\ncomment densities per cm2, lengths in mm\n"
  text.reserveCapacity(mesh.positions.count * 60 + mesh.triangles.count * 22)
  text += "comment \(generatorMark), densities per cm2\n"
  text += "element vertex \(mesh.positions.count)\n"
  for name in ["x", "y", "z", "density", "hair", "visible_hair"] { text += "property float \(name)\n" }
  text += "element face \(mesh.triangles.count)\nproperty list uchar int vertex_indices\nend_header\n"
  for (p, value) in zip(mesh.positions, values) {
    text += "\(p.x) \(p.y) \(p.z) \(value.x) \(value.y) \(value.z)\n"
  }
  for t in mesh.triangles { text += "3 \(t.x) \(t.y) \(t.z)\n" }
  return Array(text.utf8)
}

/// What `writeField` wrote.
public struct FieldResult: Sendable, Report {
  public var files: [String]
  public var work: WorkFigures

  public var text: String { (files + [work.text]).joined(separator: "\n") + "\n" }

  public var json: String {
    JSONValue.object(
      answer("field") + [("files", .list(files.map { .text($0) }))] + work.members
    ).written() + "\n"
  }
}

/// Writes a design's density field: as a picture to `picture`, as a mesh with densities to `points`, whose name ends in
/// `.ply`, and on the chart that masks are painted on to `chart`.
///
/// - Parameters:
///   - opened: the design.
///   - picture: where the picture is written.
///   - points: where the mesh with its densities is written.
///   - chart: where the chart is written.
///   - options: what to draw, and how.
///   - metadata: whether the pictures carry the design.
///   - writing: what may be replaced, and whether anything is drawn and written at all.
///
/// Throws `StippleError` for anything that is wrong with the design, the head or the files.
public func writeField(
  of opened: OpenedDesign, to picture: String, points: String? = nil, chart: String? = nil,
  options: FieldOptions = .init(), metadata: Bool = true, writing: WriteOptions = .init()
) throws(StippleError) -> FieldResult {
  if let points, !points.lowercased().hasSuffix(".ply") {
    throw StippleError(.usage, "\(points): the name of a density file ends in .ply")
  }
  let paths = [picture] + [points, chart].compactMap(\.self)
  try checkOutputs(paths, writing)
  if writing.isRehearsal { return FieldResult(files: paths, work: try opened.work()) }
  let image = try fieldPicture(opened, options: options)
  let png = PNGOptions(dotsPerInch: 300, texts: opened.pictureTexts(metadata))
  var files = [try OutputFile(image, path: picture, options: png)]
  if let points { files.append(OutputFile(path: points, bytes: fieldPLY(try opened.fields()))) }
  if let chart {
    files.append(
      try OutputFile(maskChart(opened.fields(), threads: opened.threads), path: chart, options: png))
  }
  let work = try opened.work()
  try writeFiles(files, writing)
  return FieldResult(files: files.map(\.path), work: work)
}
