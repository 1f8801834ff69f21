// Tables as Swift source.

import ArgumentParser
import Foundation
import SkinOptics

/// Writes one source file per table.
func writeTables(_ tables: Tables, _ plan: Plan, to folder: String) throws {
  let stations = TableAxes.stationCount
  let error = String(format: "%.1f %%", 100 * tables.medianError)
  try writeTable(
    "BareSkinTable", "Reflectance of bare skin, [band][epidermis][dermis].", tables.bare,
    block: TableAxes.epidermis.count * TableAxes.dermis.count, digits: 3, plan, to: folder)
  try writeTable(
    "DotTable",
    "Shares of the loss of a dot, [tone][channel][depth][diameter][kappa][station]. Median standard error of a loss in one band: \(error).",
    tables.dots, block: stations, digits: 2, plan, to: folder)
  try writeTable(
    "DotAreaTable", "Shares of the area that a dot removes, mm², [tone][band][depth][diameter][kappa].",
    tables.dotAreas, block: TableAxes.kappas.count, digits: 2, plan, to: folder)
  try writeTable(
    "LayerTable", "Shares of the loss of an unbounded layer, [tone][band][depth][kappa].", tables.layers,
    block: TableAxes.kappas.count, digits: 2, plan, to: folder)
  try writeTable(
    "HairTable", "Shares of the loss of a hair shaft, [tone][channel][lower end][diameter][kappa][station].",
    tables.hairs, block: stations, digits: 2, plan, to: folder)
  try writeTable(
    "HairAreaTable", "Shares of the area that a hair shaft removes, mm², [tone][band][lower end][diameter][kappa].",
    tables.hairAreas, block: TableAxes.hairKappas.count, digits: 2, plan, to: folder)
}

private func writeTable(
  _ name: String, _ what: String, _ values: [Float], block: Int, digits: Int, _ plan: Plan, to folder: String
) throws {
  var text = """
    // \(what)
    // Made by: swift run -c release SkinMonteCarlo --seed \(plan.seed) --paths \(plan.paths) --bare-paths \(plan.barePaths)
    // Do not edit. See Sources/SkinMonteCarlo/README.md.

    enum \(name) {
      static let values = PackedTable.unpack(text, block: \(block), digits: \(digits))

      private static let text: StaticString = \"\"\"

    """
  for line in PackedTable.pack(values, block: block, digits: digits) { text += "    \(line)\n" }
  text += "    \"\"\"\n}\n"
  let path = "\(folder)/\(name).swift"
  do {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  } catch {
    throw ValidationError("\(path) cannot be written: \(error.localizedDescription)")
  }
}
