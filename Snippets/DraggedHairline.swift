// Draws a frame for each place of a hairline that is being dragged. The head, its light and its hair are made ready once.
import Stipple

// snippet.prepare
var design = Design()
design.hair.loss = .norwoodIII
design.layers = [.hairline(HairlineLayer())]

var portrait = try LivePortrait(OpenedDesign(design), size: 512)
// snippet.end

// snippet.drag
for height in stride(from: 70.0, through: 78.0, by: 2.0) {
  var hairline = HairlineLayer()
  hairline.height = height
  design.layers = [.hairline(hairline)]
  let frame = try portrait.frame(design)
  print("hairline at \(height) mm: a frame of \(frame.width) x \(frame.height) pixels")
}
// snippet.end

// snippet.keep
// What was dragged is a design like any other, and can be kept as the document that the command line reads.
print(writeDesign(design))
// snippet.end
