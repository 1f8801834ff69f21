// What commands answer with --json, as a JSON Schema with the unit of every figure.
//
// The table below is the schema: a line for each member, deeper ones indented under theirs. A type in brackets is a list of it;
// "?" behind a type says that the member may be null, "?" behind a name that it may be left out. CI holds every command's answer
// against it, with nothing left over.

import Files

/// The JSON Schema (draft 2020-12) of what commands print with `--json`, as text that ends with a newline.
public func answersJSONSchema() -> String {
  var definitions: [(String, JSONValue)] = []
  for block in answerTable.split(separator: "\n\n") {
    var lines = block.split(separator: "\n").map { AnswerMember(String($0)) }[...]
    guard let head = lines.popFirst() else { continue }
    var members = [
      AnswerMember("  answerVersion  integer  version of these answers, \(answerVersion)"),
      AnswerMember("  answer  text  which command answers, or measure or refusal"),
    ]
    members += lines
    var rest = members[...]
    var schema = object(of: &rest, depth: 2)
    schema.insert(("description", .text(head.help)), at: 0)
    definitions.append((head.name, .object(schema)))
  }
  return JSONValue.object([
    ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
    ("title", .text("Answers of Stipple, version \(answerVersion)")),
    ("anyOf", .list(definitions.map { .object([("$ref", .text("#/$defs/\($0.0)"))]) })),
    ("$defs", .object(definitions)),
  ]).written() + "\n"
}

/// A line of the table.
private struct AnswerMember {
  var depth: Int
  var name: String
  var type: String
  var help: String

  init(_ line: String) {
    depth = line.prefix { $0 == " " }.count
    let parts = line.split(separator: " ", maxSplits: 2)
    name = parts.isEmpty ? "" : String(parts[0])
    type = parts.count > 1 ? String(parts[1]) : ""
    help = parts.count > 2 ? String(parts[2].drop { $0 == " " }) : ""
  }

  var isOptional: Bool { name.hasSuffix("?") }
  var key: String { isOptional ? String(name.dropLast()) : name }
}

/// The members of one depth, and the schema of the object that has them.
private func object(of lines: inout ArraySlice<AnswerMember>, depth: Int) -> [(String, JSONValue)] {
  var properties: [(String, JSONValue)] = []
  var required: [JSONValue] = []
  var others: JSONValue = .flag(false)
  while let line = lines.first, line.depth == depth {
    lines.removeFirst()
    var schema = schema(of: line.type, &lines, depth: depth)
    schema.insert(("description", .text(line.help)), at: 0)
    if line.key == "*" {
      others = .object(schema)
      continue
    }
    properties.append((line.key, .object(schema)))
    if !line.isOptional { required.append(.text(line.key)) }
  }
  return [
    ("type", .text("object")), ("properties", .object(properties)), ("required", .list(required)),
    ("additionalProperties", others),
  ]
}

private func schema(of type: String, _ lines: inout ArraySlice<AnswerMember>, depth: Int) -> [(String, JSONValue)] {
  if type.hasSuffix("?") {
    return [
      (
        "anyOf",
        .list([
          .object(schema(of: String(type.dropLast()), &lines, depth: depth)), .object([("type", .text("null"))]),
        ])
      )
    ]
  }
  if type.hasPrefix("[") {
    return [
      ("type", .text("array")),
      ("items", .object(schema(of: String(type.dropFirst().dropLast()), &lines, depth: depth))),
    ]
  }
  switch type {
  case "object": return object(of: &lines, depth: depth + 2)
  case "text": return [("type", .text("string"))]
  case "flag": return [("type", .text("boolean"))]
  case "any": return []
  default: return [("type", .text(type))]
  }
}

/// A block for each answer; see the head of this file.
private let answerTable = """
  preview  object  what preview drew
    impressions  integer  how many are placed
    treatedArea  number  cm2 with more than 5 impressions per cm2
    hairs  integer  that are drawn; not those that the scan's colours show
    files  [text]  paths of the files, in the order in which they were written
    dose  [text]  the dose that was found, in words; empty where the design states it all
    warnings  [text]  what check would warn of, and what was left out of a scan

  measure  object  what preview --measure found in its own picture
    view  text  the side that was measured
    size  integer  pixels, side of the picture
    forehead  object?  skin of the forehead; null where none is seen
      pixels  integer  how many were measured
      lightness  number?  L*, the middle of them
      a  number?  a*
      b  number?  b*
      texture  number?  standard deviation of L* in the 0.7 to 1.5 pixel band
      mottleA  number?  standard deviation of a* over larger patches
      mottleB  number?  the same of b*
      highlights  number?  share of the skin that lies 12 L* over its median, 0 to 1
      brightest  number?  L* of the brightest hundredth
    scalp  object?  bare or treated skin of the scalp; null where none is seen
      pixels  integer  how many were measured
      lightness  number?  L*, the middle of them
      a  number?  a*
      b  number?  b*
      texture  number?  standard deviation of L* in the 0.7 to 1.5 pixel band
      mottleA  number?  standard deviation of a* over larger patches
      mottleB  number?  the same of b*
      highlights  number?  share of the skin that lies 12 L* over its median, 0 to 1
      brightest  number?  L* of the brightest hundredth
    hair  object?  hair that is there; null where there is none
      pixels  integer  how many were measured
      darkness  number?  -lnY over bare skin
      lightness  number?  L*
      a  number?  a*
      b  number?  b*
      grain  number?  standard deviation of L* in the 1 mm band
    work  object?  treated skin; null where there is none
      pixels  integer  how many were measured
      darkness  number?  -lnY over bare skin
      lightness  number?  L*
      a  number?  a*
      b  number?  b*
      grain  number?  standard deviation of L* in the 1 mm band
    step  number?  ΔE00 between work and the hair that it adjoins
    share  number?  darkness of the work over that of the hair

  timeline  object  how the work heals and fades
    pace  text  of the figures without a range: slow, typical, fast or a percentile such as p10
    healed  text  what 1 stands for in every darkness
    spacing  number?  mm between neighbours where impressions are densest
    times  [object]  in order of time
      time  text  as 30d, 6mo or 5y after the last session
      years  number  the same in years
      darkness  number  times the healed work's
      slow  number  darkness at the slow pace
      typical  number  darkness at the typical pace
      fast  number  darkness at the fast pace
      least  number  darkness, the least of all paces
      greatest  number  darkness, the greatest of all paces
      pigmentLeft  number  share of what was put in, 0 to 1
      leastPigmentLeft  number  the least of all paces
      greatestPigmentLeft  number  the greatest of all paces
      dotWidth  number  mm
      leastDotWidth  number  mm, the least of all paces
      greatestDotWidth  number  mm, the greatest of all paces
      widthOverSpacing  number?  dots run together from the limit in 'merging' on
      leastWidthOverSpacing  number?  the least of all paces
      greatestWidthOverSpacing  number?  the greatest of all paces
      redness  number  of the skin, 0 to 1
    touchUps  [object]  the design's, in order
      years  number?  after the last session; null where it is never due
      earliest  number?  years, at the fastest pace
      latest  number?  years, at the slowest pace
      date  text?  where --start says when the first session is
      darkness  number  before the visit, times the healed work's
      leastDarkness  number?  by pace
      greatestDarkness  number?  by pace
      dose  number  of the visit, times the first treatment's
      lifetimeDose  number  with all visits before
    laser  [object]  the design's
      years  number  after the last session
      sessions  integer  one after the other
    merging  object  when dots run together
      limit  number  width over spacing
      years  number?  at the own pace; null within 20
      yearsFast  number?  at the fast pace; null within 20
    note  text  what is not known
    pictures?  [object]  that were drawn
      file  text  its path
      time  text  after the last session
      years  number  the same in years
      pace  text  at which it fades
      darkness  number  times the healed work's
      least  number  the least of all paces
      greatest  number  the greatest of all paces
    files?  [text]  the sheet and the plot

  sheet  object  variants side by side
    variants  [object]  the designs, in order
      title  text  what changes
      impressions  integer  how many are placed
      treatedArea  number  cm2
    files  [text]  paths of the files, in the order in which they were written

  animate  object  an animated picture
    pictures  integer  in it
    seconds  number  a round takes
    files  [text]  paths of the files, in the order in which they were written

  report  object  a client's report
    file  text  its path
    bytes  integer  its size; 0 where nothing was written
    pictures  integer  in it
    quality  integer  of its JPEG pictures, 1 to 100
    language  text  en, de, es, fr, tr or pt
    warnings  [text]  what check would warn of, and what was left out of a scan

  template  object  a template for tracing
    files  [text]  paths of the files, in the order in which they were written
    bytes  integer  its size; 0 where nothing was written
    pages  integer  in it
    pieces  [object]  to cut out, in the order of their numbers
      name  text  what lines it bears
      stretch  number  greatest anywhere on it, a share
      stretchOfLines  number  greatest along what is drawn on it, a share
    tapes  [object]  lengths to check on the client
      name  text  from where to where
      skin  number  mm on the skin
      paper  number  mm on paper

  field  object  the density that is asked for
    files  [text]  paths of the files, in the order in which they were written
    impressions  integer  how many are placed
    treatedArea  number  cm2 with more than 5 impressions per cm2

  pattern  object  where every impression goes
    impressions  integer  how many are placed
    treatedArea  number  cm2 with more than 5 impressions per cm2
    warnings?  [text]  what was left out of a scan

  patternStatistics  object  how evenly impressions lie: pattern --stats
    count  number  impressions
    wanted  number  integral of the density
    minimumDistance  number?  mm, the closest pair
    minimumDistanceOverRadius  number?  closest pair over the distance allowed there; below 1 is a violation
    rho  number?  closest pair over the hexagonal spacing
    largestHole  number?  over the spacing; 0.58 for a hexagonal lattice
    uncoveredShare  number?  of the area lies farther from a dot than its distance
    nearestNeighbourVariation  number?  standard deviation over mean
    numberVariance  number?  1 for chance, about 0.1 for random darts
    pairCorrelation  [number]  by distance over the spacing
    radialSpectrum  [number]  by frequency over that of the spacing
    zones  [object]  by layer
      name  text  of the layer
      wanted  number  integral of its density
      placed  integer  impressions in it
      relativeError  number?  placed over wanted, less 1
    warnings?  [text]  what was left out of a scan

  check  object  what a careful practitioner would question
    findings  [object]  in the order of the rules
      id  text  of the rule, L1 to L20, or of the scan, S1 to S6
      level  text  info, warning or error
      place  text  file:line:column
      key  text  of the design
      subject  text  what was measured
      measured  number?  in 'unit'
      unit  text  of 'measured'
      waived  text?  why the design sets the rule aside
      message  text  for people
    notes  [text]  what was left out of a scan
    impressions  integer  how many are placed
    treatedArea  number  cm2 with more than 5 impressions per cm2

  info  object  measures of a design or a mesh
    title  text  what was measured
    statements  [object]  in words
      name  text  of what
      text  text  what is said of it
    facts  [object]  in figures
      name  text  of what
      value  number?  in 'unit'
      unit  text  of 'value'

  plan  object  the plan of work
    impressions  integer  how many are placed
    treatedArea  number  cm2 with more than 5 impressions per cm2
    zones  [object]  by layer
      name  text  of the layer
      impressions  integer  in it
      area  number  cm2
      needlePoints  integer  of the cartridge
      needleDiameter  number  mm, of one point
      needleDepth  number  mm
      waterPerPigment  number  ml per ml
      pigmentShare  number  of the mixture, 0 to 1
      take  number  share of impressions that hold, 0 to 1
    sessions  [object]  in order
      day  number  days after the first
      date  text?  where --start says when the first is
      share  number  of all impressions in place after it, 0 to 1
      impressions  integer  put in
      hours  number  in the chair
      shortestHours  number  in the chair, by a quick hand
      longestHours  number  in the chair, by a slow hand
    healing  [object]  after each session
      day  number  days after it
      darkness  number  times the healed work's
      redness  number  of the skin, 0 to 1
      seen  text  what is seen
    touchUps  [object]  the design's, in order
      date  text?  where --start says when the first session is
      years  number?  after the last session; null where it is never due
      earliest  number?  years, at the fastest pace
      latest  number?  years, at the slowest pace
      darkness  number  before the visit, times the healed work's
      leastDarkness  number?  by pace
      greatestDarkness  number?  by pace
      impressions  integer  of the visit
      dose  number  of the visit, times the first treatment's
      lifetimeDose  number  with all visits before
    warnings  [text]  of touch-ups
    price  object?  null where the design has no rates
      currency  text  as the design has it
      total  number  in it
      deposit  number  of the total, paid when the first session is booked
      lines  [object]  what makes the total
        name  text  for what
        count  number  how many
        unit  text  of the count
        rate  number  for one
        amount  number  count times rate

  match  object  a dose found for the hair
    skin  text  type or tone
    hair  text  colour
    grey  number  share of grey hairs, 0 to 1
    hairDensity  number  per cm2 where nothing is lost
    hairCalibre  number  mm
    hairLength  number  mm above the skin
    wantedDarkness  number  times the hair's
    pigment  text  what it is made of
    hairStep  number  ΔE00 of hair from bare skin
    hairDarkness  number  -lnY of hair over bare skin
    proposal  object  what is proposed
      shade  number  ml of water per ml of pigment
      pigmentShare  number  of the mixture, 0 to 1
      needlePoints  integer  of the cartridge
      needleDiameter  number  mm, of one point
      needleDepth  number  mm
      impressions  number  per cm2 where no hair is left
      passes  integer  over the area in all sessions
      opticalDensity  number  of a healed impression at 550 nm
      coreDiameter  number  mm, of the healed pigment
      difference  number  ΔE00 from the hair, the greatest of three lights
      differences  object  ΔE00 from the hair
        daylight  number  under daylight
        tungsten  number  under tungsten light
        led  number  under LED light
      treatedStep  number  ΔE00 of treated from bare skin
      dotStep  number  ΔE00 of one dot's middle from bare skin
      darkness  number  of treated skin, times that of the hair
    stated  object?  what the design states, judged the same; null where it states nothing
      shade  number  ml of water per ml of pigment
      pigmentShare  number  of the mixture, 0 to 1
      needlePoints  integer  of the cartridge
      needleDiameter  number  mm, of one point
      needleDepth  number  mm
      impressions  number  per cm2 where no hair is left
      passes  integer  over the area in all sessions
      opticalDensity  number  of a healed impression at 550 nm
      coreDiameter  number  mm, of the healed pigment
      difference  number  ΔE00 from the hair, the greatest of three lights
      differences  object  ΔE00 from the hair
        daylight  number  under daylight
        tungsten  number  under tungsten light
        led  number  under LED light
      treatedStep  number  ΔE00 of treated from bare skin
      dotStep  number  ΔE00 of one dot's middle from bare skin
      darkness  number  of treated skin, times that of the hair
    years  [object]  how the proposal fades
      years  number  after the last session
      differences  object  ΔE00 from the hair at the typical pace
        daylight  number  under daylight
        tungsten  number  under tungsten light
        led  number  under LED light
      least  object  the least of all paces
        daylight  number  under daylight
        tungsten  number  under tungsten light
        led  number  under LED light
      greatest  object  the greatest of all paces
        daylight  number  under daylight
        tungsten  number  under tungsten light
        led  number  under LED light
    needles  [object]  the best with each needle
      shade  number  ml of water per ml of pigment
      pigmentShare  number  of the mixture, 0 to 1
      needlePoints  integer  of the cartridge
      needleDiameter  number  mm, of one point
      needleDepth  number  mm
      impressions  number  per cm2 where no hair is left
      passes  integer  over the area in all sessions
      opticalDensity  number  of a healed impression at 550 nm
      coreDiameter  number  mm, of the healed pigment
      difference  number  ΔE00 from the hair, the greatest of three lights
      differences  object  ΔE00 from the hair
        daylight  number  under daylight
        tungsten  number  under tungsten light
        led  number  under LED light
      treatedStep  number  ΔE00 of treated from bare skin
      dotStep  number  ΔE00 of one dot's middle from bare skin
      darkness  number  of treated skin, times that of the hair
    warnings  [text]  what stands in the way

  dot  object  one dot of pigment under skin
    tone  text  of the skin
    pigment  text  what it is made of
    depth_mm  number  mm, of the pigment's middle
    diam_mm  number  mm, of the pigment itself
    OD550  number  optical density along the axis at 550 nm
    contrast_Y  number  0 to 1, in luminance at the centre
    fwhm_Y_mm  number  mm, apparent width at half the contrast
    centre_L  number  L* at the centre
    centre_a  number  a* at the centre
    centre_b  number  b* at the centre
    centre_dE00  number  ΔE00 of the centre from bare skin
    dL  number  L* of the centre less that of bare skin
    da  number  the same of a*
    db  number  the same of b*
    area_Y_2mm  number  mm2 of black that take as much luminance, within 2 mm
    area_Y_4mm  number  the same within 4 mm
    area_R_4mm  number  the same in red
    area_G_4mm  number  the same in green
    area_B_4mm  number  the same in blue
    diam_dE1_mm  number  mm, within which the dot differs by more than 1 ΔE
    bare_L  number  L* of bare skin
    bare_a  number  a* of bare skin
    bare_b  number  b* of bare skin
    profile  [object]  from the axis outward
      r_mm  number  mm from the axis
      ratioR  number  of red light to that of bare skin
      ratioG  number  the same in green
      ratioB  number  the same in blue

  landmarks  object  where a head lies in a scan
    views  [object]  on the sheet
      name  text  of the view
      right  text  which axis runs to the right
      up  text  which axis runs up
    gridStep  number  units of the scan, or mm along the head's axes
    units?  any  name of the unit, or mm per unit of a head of mean size
    sure?  flag  whether the shape leaves no doubt
    gap?  number  mm, mean, of the mean head from the scan
    spread?  number  mm, how far other starts put a landmark elsewhere
    landmarks?  object  by name, x, y, z in the scan's coordinates
      *  [number]  x, y, z
    axes  object?  the head's in the scan; null where the sheet runs along the scan's own
      origin  [number]  midway between the tragions
      left  [number]  to the subject's left
      up  [number]  up
      perUnit  [number]  mm
    completed?  object  what the scan does not show and was taken from the mean head
      area  number  cm2
      share  number  of the head, 0 to 1
      sides  [text]  that are missing
    notes  [text]  what could not be used, and what was completed

  collect  object  what the shards of a batch have done
    jobs  integer  of the manifest
    there  integer  done
    amiss  [object]  failed or missing
      id  text  of the job
      line  integer  of the manifest
      state  text  failed, missing or damaged
      message  text  why
    files  [text]  paths of the files, in the order in which they were written

  refusal  object  what any command prints with --json when it refuses
    exitCode  integer  after sysexits: 64 usage, 65 data, 66 no input, 73 cannot create, 74 input or output, 77 limit
    message  text  for people
    problems  [object]  those of a document, each with its place
      file  text  its name
      line  integer  from 1
      column  integer  from 1
      message  text  for people
  """
