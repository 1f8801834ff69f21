import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

extension Pictures.View: ExpressibleByArgument {
  static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Pace: ExpressibleByArgument {
  static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension MannequinChoice.Sex: ExpressibleByArgument {}

extension ExistingHair.Loss: ExpressibleByArgument {
  static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension ExistingHair.Colour: ExpressibleByArgument {
  static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Client.SkinType: ExpressibleByArgument {}
