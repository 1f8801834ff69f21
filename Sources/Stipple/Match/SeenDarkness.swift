// How dark hair that a scan's colours show looks in the pictures: what the work beside it is matched to.

import Arithmetic
import ScalpGeometry
import SkinOptics
import TreatmentDesign

enum SeenDarkness {
  /// Darkness that a match takes: below it hair is no darker than skin, above it hair is black.
  static let range = 0.02...2.5
}

/// How many times as dark `seen` is as `told`, within what a match can make of it.
func clampedRatio(_ seen: Double, over told: Double) -> Double { min(max(seen / max(told, 0.02), 0.05), 20) }

extension Head {
  /// Darkness of the hair that the colours show, as pictures in those colours show it; `nil` where a design does not take its
  /// hair from them, or where they show too little of it to tell.
  func hairToMatch(_ design: Design) -> Double? {
    guard let hair = photographedHair, !hair.shares.isEmpty else { return nil }
    switch (design.hair.source, hair.finding) {
    case (.detect, .found), (.texture, .found), (.texture, .unclear): break
    default: return nil
    }
    // The surface of skin and hair reflects the same light over both, which no colour takes away.
    let skin = luminance(design.client.tone.linearRGB)
    let under = skin * exponential(-Double(hair.darkness))
    let seen = logarithm((skin + surfaceReflectance) / (under + surfaceReflectance))
    return min(max(seen, SeenDarkness.range.lowerBound), SeenDarkness.range.upperBound)
  }
}
