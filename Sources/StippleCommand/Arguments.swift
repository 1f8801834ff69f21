import ArgumentParser
import PigmentAging
import Stipple
import TreatmentDesign

extension Pictures.View: ExpressibleByArgument {}

extension Pictures.Light: ExpressibleByArgument {}

extension Pictures.Background: ExpressibleByArgument {}

extension Pictures.Quality: ExpressibleByArgument {}

extension Pictures.Place: ExpressibleByArgument {}

extension Pace: ExpressibleByArgument {}

extension SkinSource: ExpressibleByArgument {}

extension MannequinChoice.Sex: ExpressibleByArgument {}

extension ExistingHair.Loss: ExpressibleByArgument {}

extension ExistingHair.Colour: ExpressibleByArgument {}

extension Client.SkinType: ExpressibleByArgument {}
