import HeadGeometry
import TreatmentDesign

/// Largest design document that is read, bytes.
public let largestDocument = 1 << 20
/// Largest mesh file that is read, bytes.
public let largestMesh = 1 << 30

/// Reads a design document from a file.
///
/// Throws `StippleError`: `noInput` for a file that cannot be read, `data` with file, line and column of each problem.
public func loadDesign(_ path: String) throws(StippleError) -> DesignDocument {
  let bytes = try readFile(path, limit: largestDocument)
  do {
    return try readDesignDocument(bytes: bytes, named: path)
  } catch {
    throw StippleError(.data, error.description)
  }
}

/// The head that a design names: the mannequin, generated, or a scan, read and put into the head frame.
///
/// - Parameters:
///   - folder: where a scan's relative path starts: the folder of the document.
///   - triangles: size of a generated mannequin.
public func loadHead(
  _ source: HeadSource, folder: String, triangles: Int = 100_000, threads: Int? = nil
) throws(StippleError) -> Head {
  switch source {
  case .mannequin(let choice):
    do {
      return try makeMannequin(mannequinParameters(choice), triangles: triangles, threads: threads)
    } catch {
      throw StippleError(.data, "head: \(error)")
    }
  case .scan(let choice):
    let path = choice.file.hasPrefix("/") || folder.isEmpty ? choice.file : folder + "/" + choice.file
    let bytes = try readFile(path, limit: largestMesh)
    do {
      let mesh = try readOBJ(bytes, named: path).mesh
      return try orientScan(
        mesh, glabella: SIMD3<Float>(choice.glabella), leftTragion: SIMD3<Float>(choice.leftTragion),
        rightTragion: SIMD3<Float>(choice.rightTragion), millimetresPerUnit: Float(choice.units.millimetres))
    } catch {
      throw StippleError(.data, "\(error)")
    }
  }
}

private func mannequinParameters(_ choice: MannequinChoice) -> MannequinParameters {
  var parameters = MannequinParameters(sex: choice.sex == .female ? .female : .male, percentile: choice.percentile)
  if let length = choice.headLength { parameters.headLength = length }
  if let breadth = choice.headBreadth { parameters.headBreadth = breadth }
  if let circumference = choice.headCircumference { parameters.headCircumference = circumference }
  return parameters
}

/// The folder part of a path, "" for a bare name.
public func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
