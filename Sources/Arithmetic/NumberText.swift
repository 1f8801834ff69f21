// Numbers as people read them, without a C library's formats: the same text on every machine.

/// At most so many decimals and no needless digits; "1.5", "20". Numbers too large for that as Swift writes them.
package func short(_ value: Double, _ decimals: Int = 2) -> String {
  if let whole = Int(exactly: value) { return String(whole) }
  var text = Substring(fixed(value, decimals))
  guard text.contains("."), !text.contains("e") else { return String(text) }
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return String(text)
}

/// A number with so many decimals.
package func fixed(_ value: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  guard let units = Int(exactly: (value * scale).rounded()) else { return "\(value)" }
  let digits = String(abs(units))
  if decimals == 0 { return (units < 0 ? "-" : "") + digits }
  let long = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return (units < 0 ? "-" : "") + long.dropLast(decimals) + "." + long.suffix(decimals)
}

/// A share in whole per cent; shares beyond what an `Int` holds end there.
package func percent(_ share: Double) -> Int { Int(exactly: (share * 100).rounded()) ?? (share > 0 ? .max : .min) }
