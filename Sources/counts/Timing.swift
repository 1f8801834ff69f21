// counts --time    a table of wall times: each kernel run for about a second, median and worst of its units

import Arithmetic

/// Median and worst time of one unit of each kernel, ms. For the reader of a log: nothing is held against it.
func printTimes(_ kernels: [Kernel]) throws {
  func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
  let clock = ContinuousClock()
  print("wall time, ms".padding(36) + padded("median", 10) + padded("worst", 10) + padded("runs", 8))
  for kernel in kernels {
    let unit = try kernel.prepare()
    var times: [Double] = []
    var sum = 0
    let start = clock.now
    while times.count < 3 || (clock.now - start < .seconds(1) && times.count < 1000) {
      let took = try clock.measure { sum &+= try unit(times.count) }
      times.append(took / .milliseconds(1))
    }
    times.sort()
    withExtendedLifetime(sum) {}
    print(
      kernel.name.padding(36) + padded(fixed(times[times.count / 2], 3), 10)
        + padded(fixed(times[times.count - 1], 3), 10) + padded("\(times.count)", 8))
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
