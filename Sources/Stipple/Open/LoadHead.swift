import Arithmetic
import Files
import Mannequin
import MeshFiles
import Meshes
import ScalpGeometry
import TreatmentDesign

/// The head that a design names: the mannequin, generated, or a scan, read and put into the head frame.
///
/// - Parameters:
///   - source: which head the design names.
///   - age: the client's, for a mannequin that is given none of its own; over 80 counts as 80.
///   - folder: where a scan's relative path starts: the folder of the document.
///   - locations: where the design's keys were written, so that errors can point there.
///   - triangles: size of a generated mannequin.
///   - threads: worker threads; `nil` is one per core. The result does not depend on it.
func loadHead(
  _ source: HeadSource, age: Double? = nil, folder: String, locations: DocumentLocations? = nil,
  triangles: Int = 100_000,
  threads: Int? = nil
) throws(StippleError) -> Head {
  switch source {
  case .mannequin(let choice):
    // Measured: 80 MB for a head of 100,000 triangles with a design on it.
    if let problem = memoryProblem(need: 20_000_000 + 800 * triangles) {
      throw StippleError(.limit, "for the head \(problem)")
    }
    do {
      return try makeMannequin(mannequinParameters(choice, age: age), triangles: triangles, threads: threads)
    } catch {
      throw StippleError(.data, "\(locations.map { $0.prefix("head") + ": " } ?? "")head: \(error)")
    }
  case .scan(let choice):
    let path = try pathBeside(folder, choice.file, "head.scan:")
    var hash = SHA256()
    let file = try loadMesh(path) { hash.addFile($0) }
    func prepared(_ landmarks: ScanLandmarks) throws(ScanError) -> PreparedScan {
      try prepareScan(
        file.shape, landmarks: landmarks.about(file.origin), millimetresPerUnit: choice.units?.millimetres,
        measure: choice.measure, origin: file.origin,
        template: { meanHead(isFemale: choice.sex == .female, age: age, threads: threads) }, threads: threads)
    }
    do {
      let prepared = try prepared(choice.scanLandmarks)
      var head = prepared.head
      head.sex = choice.sex.map { $0 == .female ? .female : .male }
      head.colour = file.colour?.carried(
        from: file.shape, to: head.mesh, cornerSources: prepared.cornerSources,
        continuedFrom: head.completed?.firstTriangle)
      head.digest = hash.hex()
      head.notes = (file.notes + prepared.notes).map { "\(shown(choice.file)): \($0)" }
      if let completed = head.completed { head.notes.append("\(shown(choice.file)): \(completed.text)") }
      if let found = precisionFinding(file, millimetresPerUnit: prepared.frame.millimetresPerUnit) {
        head.findings.insert(found, at: 0)
      }
      return head
    } catch {
      // A wrong landmark is mended in the document, so that is where the error points.
      if let exchanged = choice.scanLandmarks.exchanged, (try? prepared(exchanged)) != nil {
        let place = locations.map { $0.prefix("head.landmarks.leftTragion") + ": " } ?? ""
        throw StippleError(
          .data,
          "\(place)\(shown(choice.file)): left and right are exchanged: the landmarks fit a head with the left ones taken "
            + "for the right; left is the subject's left")
      }
      if let misread = misreadLandmark(choice, in: file, threads: threads) {
        let place = locations.map { $0.prefix("head.landmarks.\(misread.name.rawValue)") + ": " } ?? ""
        throw StippleError(
          .data,
          "\(place)\(shown(choice.file)): \(error.description); the head's shape puts the \(misread.name.title) "
            + "\(fixed(misread.miss, 0)) mm elsewhere ('stipple landmarks' shows where)")
      }
      let key = error.landmark.map { "head.landmarks.\($0.rawValue)" } ?? "head.landmarks"
      let place = locations.map { $0.prefix(key) + ": " } ?? ""
      throw StippleError(.data, "\(place)\(shown(choice.file)): \(error.description)\(coarse(file, choice))")
    }
  }
}

/// What a scan's coordinates cannot hold, as the end of an error that it may have caused.
private func coarse(_ file: MeshFile, _ choice: ScanChoice) -> String {
  guard let left = choice.landmarks[.leftTragion], let right = choice.landmarks[.rightTragion] else { return "" }
  let distance = ((left - right) * (left - right)).sum().squareRoot()
  let scale = choice.units?.millimetres ?? ScanUnit.fitting(tragionDistance: distance).map { Double($0.millimetres) }
  guard let scale, let found = precisionFinding(file, millimetresPerUnit: scale) else { return "" }
  return "; \(found.subject) \(short(found.measured)) \(found.unit): \(found.reason)"
}

extension ScanLandmarks {
  /// The same places in coordinates that are counted from `origin`.
  fileprivate func about(_ origin: SIMD3<Double>) -> ScanLandmarks {
    var moved = self
    for (name, place) in all { moved[name] = place - origin }
    return moved
  }
}

/// The landmark that lies farthest from where the shape of a scan shows it, mm, if shape leaves no doubt of it and it is far:
/// the cause of what no head could have. About a second.
private func misreadLandmark(_ choice: ScanChoice, in file: MeshFile, threads: Int?)
  -> (name: ScanLandmarks.Name, miss: Double)?
{
  guard let template = try? makeMannequin(MannequinParameters(sex: .male), triangles: 30_000, threads: threads),
    let guess = FrameGuess(repairScan(file.shape).mesh, template: template, threads: threads), guess.isSure
  else { return nil }
  let misses = choice.scanLandmarks.about(file.origin).all.compactMap { name, place -> (ScanLandmarks.Name, Double)? in
    guard let shown = guess.landmarks[name] else { return nil }
    let d = place - shown
    return (name, (d * d).sum().squareRoot() * guess.frame.millimetresPerUnit)
  }
  return misses.max { $0.1 < $1.1 }.flatMap { $0.1 > 20 ? ($0.0, $0.1) : nil }
}

/// The head of mean size that a scan of part of a head is completed from.
private func meanHead(isFemale: Bool, age: Double?, threads: Int?) -> Head? {
  var parameters = MannequinParameters(sex: isFemale ? .female : .male)
  // Mannequins are adults of 18 to 80.
  if let age { parameters.age = min(max(age, 18), 80) }
  return try? makeMannequin(parameters, triangles: 30_000, threads: threads)
}

/// The numbers of a mannequin; `age` stands in where it has none of its own.
func mannequinParameters(_ choice: MannequinChoice, age: Double?) -> MannequinParameters {
  var parameters = MannequinParameters(sex: choice.sex == .female ? .female : .male, percentile: choice.percentile)
  if let age = choice.age ?? age.map({ min($0, 80) }) { parameters.age = age }
  parameters.face.noseWidth = choice.noseWidth
  parameters.face.noseProjection = choice.noseProjection
  parameters.face.lipFullness = choice.lipFullness
  parameters.face.jawWidth = choice.jawWidth
  parameters.face.browRidge = choice.browRidge
  parameters.face.cheekbones = choice.cheekbones
  parameters.face.earProtrusion = choice.earProtrusion
  if choice.headShape != 0 { parameters.setHeadShape(choice.headShape) }
  if choice.headLength != nil || choice.headBreadth != nil {
    // A broader head has a broader face and a longer way over its top.
    parameters.resize(
      length: choice.headLength ?? parameters.headLength, breadth: choice.headBreadth ?? parameters.headBreadth)
  }
  if let circumference = choice.headCircumference { parameters.headCircumference = circumference }
  return parameters
}

/// The folder part of a path, "" for a bare name.
func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

extension ScanLandmarks {
  /// The same with left and right taken for each other; `nil` without both tragions.
  fileprivate var exchanged: ScanLandmarks? {
    guard self[.leftTragion] != nil, self[.rightTragion] != nil else { return nil }
    var other = self
    (other[.leftTragion], other[.rightTragion]) = (self[.rightTragion], self[.leftTragion])
    (other[.leftCanthus], other[.rightCanthus]) = (self[.rightCanthus], self[.leftCanthus])
    return other
  }
}
