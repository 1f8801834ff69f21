// What ageing and light need to know of every impression of a placement: which session put it in, into what tissue, how
// much pigment it holds, and how lucky it was.

import Arithmetic
import ImpressionSampling
import Meshes
import PigmentAging
import SkinOptics
import TreatmentDesign

/// The impressions of a placement as deposits of pigment.
struct PlacedImpressions: Sendable {
  let placement: Placement
  let deposits: Deposits
  /// Per impression: 0 for the design's pigment, 1 and on for a layer's own; empty if no layer has one.
  let mixtures: [UInt8]
  /// Impressions per cm² of treated skin, on average.
  let density: Double

  init(_ placement: Placement, density: Double, threads: Int?) {
    self.placement = placement
    (deposits, mixtures) = makeDeposits(placement, threads: threads)
    self.density = density
  }
}

/// What ageing needs to know of one impression.
private struct Deposit: Sendable {
  var session: UInt8 = 0
  var tissue = PigmentAging.Tissue.skin
  var load: Float = 0
  var luck: Float = 1
  var clock: Float = 0
  var coreDiameter: Float = 0
  var needleDepth: Float = 0
  var mixture: UInt8 = 0
}

/// One impression in ten is weak, by judgement on close-ups (grade D); the others hold what it lacks.
private let weakShare: Float = 0.1
private let weakLoad: Float = 0.45
private let ordinaryLoad = (1 - weakShare * weakLoad) / (1 - weakShare)

/// What ageing needs to know of a placement's impressions.
private func makeDeposits(_ placement: Placement, threads: Int?) -> (deposits: Deposits, mixtures: [UInt8]) {
  let pigment = placement.design.pigment
  let random = CounterRandom(seed: placement.design.seed, stream: RandomStream.impressionLuck)
  let places = PlaceLuck(seed: placement.design.seed, cell: 30)
  let clumps = PlaceLuck(seed: placement.design.seed, cell: 5)
  let aging = placement.design.aging
  let differs = placement.fields.pigmentDiffers
  let scarred = placement.design.layers.contains { if case .scar = $0 { true } else { false } }
  let all = tabulate(placement.impressions.count, initial: Deposit(), threads: threads) { i in
    let point = placement.impressions.points[i]
    var deposit = Deposit(
      session: UInt8(placement.session(of: i)), load: Float(pigment.opticalDensity),
      coreDiameter: Float(pigment.coreDiameter), needleDepth: Float(pigment.needleDepth))
    deposit.luck = Float(
      dotLuck(Double(random.normal(UInt64(2 * i))), spread: aging.impressionLuck)
        * dotLuck(places.normal(at: point.position), spread: aging.placeLuck))
    // One in ten has hardly taken, and what the first session set lies in clumps: the hand is not warm yet.
    deposit.luck *= random.uniform(UInt64(2 * i) &+ 0x1_0000_0000) < weakShare ? weakLoad : ordinaryLoad
    if deposit.session == 0 { deposit.luck *= Float(dotLuck(clumps.normal(at: point.position), spread: 0.2)) }
    deposit.clock = random.normal(UInt64(2 * i + 1))
    if differs {
      let own = placement.fields.pigment(at: point)
      deposit.mixture = UInt8((own.layer ?? -1) + 1)
      deposit.load = Float(own.pigment.opticalDensity)
      deposit.coreDiameter = Float(own.pigment.coreDiameter)
      deposit.needleDepth = Float(own.pigment.needleDepth)
    }
    // One step lighter at the very edge of a hairline: a fifth less pigment a step.
    deposit.load *= 1 - 0.2 * placement.fields.shadeSteps(at: point)
    if scarred {
      let here = placement.fields.tissue(at: point)
      deposit.load *= here.take
      if here.scarWeight > 0.5, let surface = here.surface {
        deposit.tissue =
          switch surface {
          case .flat: .flatScar
          case .hypertrophic: .hypertrophicScar
          case .atrophic: .atrophicScar
          }
      }
    }
    return deposit
  }
  let deposits = Deposits(
    coreDiameter: all.map(\.coreDiameter), needleDepth: all.map(\.needleDepth), load: all.map(\.load),
    session: all.map(\.session), tissue: all.map(\.tissue), luck: all.map(\.luck), clock: all.map(\.clock),
    sessionDays: placement.design.sessions.map(\.day))
  return (deposits, differs ? all.map(\.mixture) : [])
}
