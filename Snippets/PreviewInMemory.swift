// Draws a design that was built in code: no file is read, and none is written.
import Stipple

// snippet.design
var hairline = HairlineLayer()
hairline.height = 72
hairline.density = 190
hairline.reach = 90

var design = Design()
design.seed = 3
design.client.skin = .iii
design.hair.loss = .norwoodIII
design.layers = [.hairline(hairline)]
design.pictures.size = 256
// snippet.end

// snippet.draw
let opened = try OpenedDesign(design)
for picture in try preview(opened) {
  print("\(picture.name): \(picture.image.width) x \(picture.image.height) pixels")
}
print("\(try opened.placement().impressions.count) impressions")
// snippet.end
