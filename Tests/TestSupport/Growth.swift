// How the time of a job grows with its input: what tells work in proportion from a square.

import Arithmetic

/// The most that the time may grow by when the input grows tenfold: 10 in proportion, 13 with the logarithm of n log n, and
/// as much again for memory that no longer fits the caches and for neighbours on the machine. A square grows by 100.
package let mostGrowth = 25.0

/// Time with `large` over time with `small`, each the least of three runs that alternate, so that a neighbour on the machine
/// disturbs both or neither. Where that is too much all is measured again, at most three times: noise passes, a square stays.
/// The exponent is printed under the name of the test.
package func growth(
  _ small: () throws -> Void, _ large: () throws -> Void, of test: String = #function
) rethrows -> Double {
  let clock = ContinuousClock()
  var least = Double.infinity
  for _ in 0..<3 {
    var times = (small: Duration.seconds(3600), large: Duration.seconds(3600))
    for _ in 0..<3 {
      times.small = min(times.small, try clock.measure(small))
      times.large = min(times.large, try clock.measure(large))
    }
    least = min(least, times.large / times.small)
    if least < mostGrowth { break }
  }
  let exponent = (100 * logarithm(least) / logarithm(10)).rounded() / 100
  print("time of \(test.prefix { $0 != "(" }): \(exponent)th power of the input")
  return least
}
