import Testing

@testable import TreatmentDesign

@Suite struct TwoAnswersTests {
  @Test(arguments: [
    ("client: {skin: II, monk: 3}", "6:20: both 'skin' and 'monk' are given; the skin is told by one of them"),
    ("client: {monk: 3, skin: II}", "6:19: both 'skin' and 'monk' are given; the skin is told by one of them"),
    (
      "pictures:\n  macro: {up: 70}\n  at: crown",
      "8:3: both 'macro' and 'at' are given; the close-up looks at one of them"
    ),
    (
      "pictures:\n  camera: {azimuth: 20}\n  view: left45",
      "8:3: both 'view' and 'camera' are given; the pictures are taken from one of them"
    ),
  ])
  func areRefused(text: String, problem: String) {
    #expect(problems(of: smallDesign + text + "\n") == [problem])
  }

  @Test(arguments: [
    "client: {monk: 3}", "client: {skin: II}", "pictures: {view: top, at: crown}",
    "pictures: {camera: {elevation: 20}, macro: {up: 70}}",
  ])
  func oneIsTaken(text: String) { #expect(problems(of: smallDesign + text + "\n") == []) }
}
