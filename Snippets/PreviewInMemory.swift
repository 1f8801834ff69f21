// Draws a design that was built in code: no file is read, and none is written.
import Stipple

var design = Design()
design.hair.loss = .norwood3
design.layers = [
  .hairline(HairlineLayer(height: 72, density: 180)),
  .zone(ZoneLayer(area: .ellipse(centre: ScalpPlace(up: 265, side: 8), length: 110, width: 100), density: 160)),
]
design.pictures.size = 256

let opened = try OpenedDesign(design)
let pictures = try preview(opened)
for picture in pictures {
  print("\(picture.name): \(picture.image.width) x \(picture.image.height)")
}
print("\(try opened.placement().impressions.count) impressions")
