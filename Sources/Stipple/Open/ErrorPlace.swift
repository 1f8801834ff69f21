import TreatmentDesign

/// Where in its document an error of a compiled design was written: the key of the layer's own kind and shape.
func documentPath(of error: CompileError, in design: Design) -> String {
  guard let index = error.layer, design.layers.indices.contains(index) else { return error.field }
  func shape(_ area: ZoneLayer.Area) -> String {
    switch area {
    case .scalp: "area"
    case .ellipse: "ellipse"
    case .polygon: "polygon"
    case .band: "band"
    }
  }
  /// `area.centre.up` becomes `ellipse.centre.up`.
  func inShape(_ area: ZoneLayer.Area) -> String {
    error.field.hasPrefix("area") ? shape(area) + error.field.dropFirst("area".count) : error.field
  }
  let field: String
  switch design.layers[index] {
  case .hairline: field = "hairline." + error.field
  case .zone(let zone): field = "zone." + inShape(zone.area)
  case .scar(let scar):
    switch scar.shape {
    case .strip: field = "scar.strip." + error.field
    case .extractions(let area, _, _): field = "scar.extractions." + inShape(area)
    case .patch(let area): field = "scar.patch." + inShape(area)
    }
  case .gradient(let gradient): field = "gradient." + inShape(gradient.area)
  case .mask: field = "mask." + error.field
  }
  return "layers[\(index)].\(field)"
}

/// The error as one line that begins with file, line and column where they are known.
func located(_ error: CompileError, in design: Design, _ locations: DocumentLocations?) -> StippleError {
  let place = locations?.prefix(documentPath(of: error, in: design)) ?? ""
  return StippleError(.data, place + (place.isEmpty ? "" : ": ") + error.description)
}
