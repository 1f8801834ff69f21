/// The version of this package.
public let stippleVersion = "0.2.0"
