import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

extension Pictures.View: ExpressibleByArgument {}

extension Pace: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public static var allValueStrings: [String] { Pace.allCases.map(\.name) }
}

extension Pictures.Light: ExpressibleByArgument {}

extension Pictures.Background: ExpressibleByArgument {}

extension Pictures.Quality: ExpressibleByArgument {}

extension Pictures.Place: ExpressibleByArgument {}

extension Pictures.SkinSource: ExpressibleByArgument {}

extension MannequinChoice.Sex: ExpressibleByArgument {}

extension ExistingHair.Loss: ExpressibleByArgument {}

extension ExistingHair.Colour: ExpressibleByArgument {}

extension Client.SkinType: ExpressibleByArgument {}

extension Pigment.Kind: ExpressibleByArgument {}

extension HairLook: ExpressibleByArgument {}
