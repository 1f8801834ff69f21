// Gives every impression of a design to another program: where it goes, which way the skin faces, and in which session.
import Stipple

// snippet.place
var design = Design()
design.hair.loss = .crown
var zone = ZoneLayer()
zone.area = .ellipse(centre: ScalpPlace(up: 265, side: 8), length: 110, width: 100, turn: 0)
zone.feather = 25
design.layers = [.zone(zone)]

let placement = try OpenedDesign(design).placement()
// snippet.end

// snippet.points
for index in placement.impressions.points.indices.prefix(3) {
  let place = placement.impressions.points[index].position
  print("x \(place.x)  y \(place.y)  z \(place.z) mm, session \(placement.session(of: index) + 1)")
}
// snippet.end

// snippet.file
let bytes = patternFile(placement, format: .csv)
print("\(placement.impressions.count) impressions, \(bytes.count) bytes of CSV")
// snippet.end
