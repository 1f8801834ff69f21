// A head's colours in patches of four millimetres: the smallest place that can be told to be hair or skin, for stubble is
// a shaft or two to the square millimetre.
//
// Of each patch four figures, all of linear light:
//
//   tone    ln of luminance                    darker under hair; also in shade
//   red     ln of red over green               skin is red of blood, hair is not; shade leaves it as it is
//   blue    ln of blue over green
//   grain   ln of the deviation of ln luminance from place to place in the patch

import Arithmetic
import Meshes

/// The four figures of a patch, or differences of them: tone, red, blue, grain.
typealias SkinFigures = SIMD4<Float>

struct SkinPatches: Sendable {
  /// Edge of the cubes that cut the skin into patches, mm.
  static let width: Float = 4

  private(set) var positions: [SIMD3<Float>] = []
  private(set) var normals: [SIMD3<Float>] = []
  private(set) var figures: [SkinFigures] = []
  /// Mean colour, linear Rec.709.
  private(set) var colours: [SIMD3<Float>] = []
  /// mm²
  private(set) var areas: [Float] = []
  /// The vertex of the mesh that is nearest to the middle.
  private(set) var vertices: [UInt32] = []
  // Neighbours of patch i, which look the same way: `neighbours[starts[i]..<starts[i + 1]]`.
  private(set) var starts: [Int32] = [0]
  private(set) var neighbours: [Int32] = []
  private let cells: [Cell: Int32]

  private struct Cell: Hashable {
    var x: Int16
    var y: Int16
    var z: Int16

    init(_ p: SIMD3<Float>) {
      func step(_ v: Float) -> Int16 { Int16(held((v / SkinPatches.width).rounded(.down), -3000, 3000)) }
      (x, y, z) = (step(p.x), step(p.y), step(p.z))
    }

    func moved(_ i: Int, _ j: Int, _ k: Int) -> Cell {
      var cell = self
      cell.x += Int16(i)
      cell.y += Int16(j)
      cell.z += Int16(k)
      return cell
    }
  }

  /// What the places of a cell add up to.
  private struct CellSums {
    var cell: Cell
    var count: Float = 0
    var place = SIMD3<Float>.zero
    var normal = SIMD3<Float>.zero
    var colour = SIMD3<Float>.zero
    var tone: Float = 0
    var square: Float = 0
    /// Of the first place.
    var triangle: UInt32 = 0

    init(cell: Cell) { self.cell = cell }

    mutating func add(_ point: SurfacePoint, on mesh: TriangleMesh, _ colour: SIMD3<Float>, tone: Float) {
      if count == 0 { triangle = point.triangle }
      count += 1
      place += point.position
      normal += point.mix(mesh.normals, mesh.triangles)
      self.colour += colour
      self.tone += tone
      square += tone * tone
    }
  }

  var count: Int { positions.count }

  init(_ skin: ColouredSkin, on mesh: TriangleMesh, threads: Int? = nil) {
    let points = skin.points
    let tones = tabulate(points.count, initial: Float(0), threads: threads) { tone(skin.colours[$0]) }
    // Cells in the order in which places reach them.
    var sums: [CellSums] = []
    var cells: [Cell: Int32] = [:]
    for i in points.indices {
      let cell = Cell(points[i].position)
      var k = Int(cells[cell] ?? -1)
      if k < 0 {
        k = sums.count
        cells[cell] = Int32(k)
        sums.append(CellSums(cell: cell))
      }
      sums[k].add(points[i], on: mesh, skin.colours[i], tone: tones[i])
    }
    let area = skin.spacing * skin.spacing
    var variances: [Float] = []
    // A corner of the skin that hardly enters a cube says little; its neighbours speak for it.
    for sum in sums where sum.count < 3 { cells[sum.cell] = nil }
    for sum in sums where sum.count >= 3 {
      let n = sum.count
      let (place, colour) = (sum.place / n, sum.colour / n)
      variances.append(max(sum.square / n - (sum.tone / n) * (sum.tone / n), 0))
      let t = mesh.triangles[Int(sum.triangle)]
      var nearest = t.x
      for v in [t.y, t.z] where length(mesh.positions[Int(v)] - place) < length(mesh.positions[Int(nearest)] - place) {
        nearest = v
      }
      cells[sum.cell] = Int32(positions.count)
      positions.append(place)
      normals.append(normalized(sum.normal))
      colours.append(colour)
      figures.append(
        SkinFigures(
          tone(colour), logarithm((colour.x + faint) / (colour.y + faint)),
          logarithm((colour.z + faint) / (colour.y + faint)), 0))
      areas.append(n * area)
      vertices.append(nearest)
    }
    self.cells = cells
    for i in positions.indices {
      let cell = Cell(positions[i])
      for z in -1...1 {
        for y in -1...1 {
          for x in -1...1 where (x, y, z) != (0, 0, 0) {
            guard let j = cells[cell.moved(x, y, z)], dot(normals[i], normals[Int(j)]) > 0.2 else { continue }
            neighbours.append(j)
          }
        }
      }
      starts.append(Int32(neighbours.count))
    }
    // Shade that runs through a patch is no grain of it: a slope adds its square times a twelfth of the width's.
    let slopes = positions.indices.map { i -> Float in
      var (sum, weight): (Float, Float) = (0, 0)
      for j in around(i).map({ Int($0) }) {
        let (rise, run) = (figures[j].x - figures[i].x, positions[j] - positions[i])
        sum += rise * rise
        weight += dot(run, run)
      }
      return weight > 0 ? 2 * sum / weight : 0
    }
    for i in positions.indices {
      let variance = max(variances[i] - slopes[i] * Self.width * Self.width / 12, 0)
      figures[i].w = logarithm(variance.squareRoot() + 0.01)
    }
  }

  func around(_ i: Int) -> ArraySlice<Int32> { neighbours[Int(starts[i])..<Int(starts[i + 1])] }

  /// Each patch's value and its neighbours', by area; what is not a number counts nothing.
  func smoothed(_ values: [SkinFigures], weights: [Float]? = nil, rounds: Int = 1, threads: Int? = nil) -> [SkinFigures]
  {
    var values = values
    for _ in 0..<rounds {
      let old = values
      values = tabulate(old.count, initial: .zero, threads: threads) { i in
        var weight = areas[i] * (weights?[i] ?? 1)
        var sum = old[i] * weight
        for j in around(i) {
          let share = 0.5 * areas[Int(j)] * (weights?[Int(j)] ?? 1)
          sum += old[Int(j)] * share
          weight += share
        }
        return weight > 0 ? sum / weight : old[i]
      }
    }
    return values
  }

  /// Mean of `values` about a place of the skin, nearest patches first; `nil` where there is no patch within 6 mm.
  func value(_ values: [SIMD4<Float>], at p: SIMD3<Float>, normal: SIMD3<Float>) -> SIMD4<Float>? {
    let cell = Cell(p)
    var (sum, weight) = (SIMD4<Float>.zero, Float(0))
    for z in -1...1 {
      for y in -1...1 {
        for x in -1...1 {
          guard let j = cells[cell.moved(x, y, z)].map({ Int($0) }), dot(normal, normals[j]) > 0 else { continue }
          let d = positions[j] - p
          let square = dot(d, d)
          if square > 36 { continue }
          let share = areas[j] * exponential(-square / 12)
          sum += values[j] * share
          weight += share
        }
      }
    }
    return weight > 0 ? sum / weight : nil
  }
}

/// Light that is lost among the codes of a picture of 8 bits.
private let faint: Float = 0.003

/// Logarithms of red, green and blue with these figures.
func channels(_ figures: SkinFigures) -> SIMD3<Float> {
  let light = 0.2126729 * exponential(figures.y) + 0.7151522 + 0.0721750 * exponential(figures.z)
  let green = figures.x - logarithm(light)
  return SIMD3(green + figures.y, green, green + figures.z)
}

/// ln of luminance.
private func tone(_ c: SIMD3<Float>) -> Float {
  logarithm(max(0.2126729 * c.x + 0.7151522 * c.y + 0.0721750 * c.z, 0) + faint)
}
