// Sorting by whole numbers, ten bits at a time from the lowest up. A key and what it stands for travel in one record of
// 64 bits, and the digits of all passes are counted at once.

/// Values in ascending order of their keys; equal keys keep their order.
func radixSorted(keys: [UInt32], values: [UInt32], keyBits: Int) -> (order: [UInt32], keys: [UInt32]) {
  var records = [UInt64](unwritten: keys.count)
  for i in records.indices { records[i] = UInt64(keys[i]) << 32 | UInt64(values[i]) }
  radixSort(&records, bits: 32..<32 + keyBits)
  return (
    records.map { UInt32(truncatingIfNeeded: $0) }, records.map { UInt32(truncatingIfNeeded: $0 >> 32) }
  )
}

/// Sorts records by some of their bits; those that are equal in them keep their order.
func radixSort(_ records: inout [UInt64], bits: Range<Int>) {
  let passes = (bits.count + 9) / 10
  let count = records.count
  // Count the digits of all passes at once
  var counts = [UInt32](repeating: 0, count: passes * 1024)
  if passes == 3 {
    countThreeDigits(records.span, UInt64(bits.lowerBound), &counts)
  } else {
    for pass in 0..<passes { countDigits(records.span, UInt64(bits.lowerBound + 10 * pass), pass * 1024, &counts) }
  }
  var other = [UInt64](unwritten: count)
  for pass in 0..<passes {
    // A digit that all have moves nothing
    let digits = counts[pass * 1024..<(pass + 1) * 1024]
    if digits.contains(UInt32(count)) { continue }
    var starts = [UInt32](unwritten: 1024)
    var sum: UInt32 = 0
    for (b, digit) in digits.enumerated() {
      starts[b] = sum
      sum += digit
    }
    scatter(records.span, UInt64(bits.lowerBound + 10 * pass), &starts, &other)
    swap(&records, &other)
  }
}

private func countDigits(_ records: Span<UInt64>, _ shift: UInt64, _ offset: Int, _ counts: inout [UInt32]) {
  var counts = counts.mutableSpan
  for i in 0..<records.count { counts[offset + Int((records[i] &>> shift) & 1023)] &+= 1 }
}

private func countThreeDigits(_ records: Span<UInt64>, _ shift: UInt64, _ counts: inout [UInt32]) {
  var counts = counts.mutableSpan
  precondition(counts.count == 3072)
  for i in 0..<records.count {
    let digits = records[unchecked: i] &>> shift
    counts[unchecked: Int(digits & 1023)] &+= 1
    counts[unchecked: 1024 + Int((digits &>> 10) & 1023)] &+= 1
    counts[unchecked: 2048 + Int((digits &>> 20) & 1023)] &+= 1
  }
}

/// Moves records to their places by ten of their bits.
private func scatter(
  _ records: Span<UInt64>, _ shift: UInt64, _ starts: inout [UInt32], _ target: inout [UInt64]
) {
  var starts = starts.mutableSpan
  var target = target.mutableSpan
  precondition(starts.count == 1024)
  for i in 0..<records.count {
    let record = records[unchecked: i]
    let digit = Int((record &>> shift) & 1023)
    let place = starts[unchecked: digit]
    starts[unchecked: digit] = place &+ 1
    target[unchecked: Int(place)] = record
  }
}
