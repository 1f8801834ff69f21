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
  public var totals: DesignTotals

  public var text: String {
    (files + ["\(Int(totals.impressions.rounded())) impressions over \(Int(totals.treatedArea.rounded())) cm2"])
      .joined(separator: "\n") + "\n"
  }

  public var json: String {
    JSONValue.object([
      ("files", .list(files.map { .text($0) })), ("impressions", .integer(Int(totals.impressions.rounded()))),
      ("treatedArea", .number((totals.treatedArea * 10).rounded() / 10)),
    ]).written() + "\n"
  }
}

/// Reads a design and writes its density field: as a picture to `picture`, as a mesh with densities to `points`, whose name
/// ends in `.ply`, and on the chart that masks are painted on to `chart`.
///
/// Throws `StippleError` for anything that is wrong with the design, the head or the files.
public func writeField(
  of design: String, to picture: String, points: String? = nil, chart: String? = nil, options: FieldOptions = .init(),
  metadata: Bool = true
) throws(StippleError) -> FieldResult {
  if let points, !points.lowercased().hasSuffix(".ply") {
    throw StippleError(.usage, "\(points): the name of a density file ends in .ply")
  }
  let document = try loadDesign(design)
  let head = try loadHead(of: document, threads: options.threads)
  let fields: CompiledDesign
  do {
    fields = try compile(document.design, on: head, threads: options.threads)
  } catch {
    throw located(error, in: document.design, document.locations)
  }
  let image = try fieldPicture(fields, options: options)
  var texts: [PNGText] = []
  if metadata {
    texts = [
      PNGText(keyword: "stipple:version", text: stippleVersion),
      PNGText(keyword: "stipple:design", text: document.canonical),
    ]
  }
  var result = FieldResult(files: [], totals: fields.totals(threads: options.threads))
  do {
    try writeFileAtomically(try encodePNG(image, options: PNGOptions(dotsPerInch: 300, texts: texts)), to: picture)
    result.files.append(picture)
    if let points {
      try writeFileAtomically(fieldPLY(fields), to: points)
      result.files.append(points)
    }
    if let chart {
      let page = maskChart(fields, threads: options.threads)
      try writeFileAtomically(try encodePNG(page, options: PNGOptions(dotsPerInch: 300, texts: texts)), to: chart)
      result.files.append(chart)
    }
  } catch let error as FileWriteError {
    throw writeError(error)
  } catch {
    throw StippleError(.inputOutput, "\(picture): \(error)")
  }
  return result
}
