// Rules about the plan around the impressions: L11 sessions, L16 scar rings.

/// L11: no session puts in more than 60 % of the design, and the skin has at least 7 days, better 14, between two.
/// Clinics' shortest intervals are 7 to 10 days (grade C); the surface closes in about 7.
/// Treatments take 2 to 4 sessions; a fifth says that something does not hold.
func sessionRule(_ design: Design) -> [LintFinding] {
  var findings: [LintFinding] = []
  let count = Double(design.sessions.count)
  let counts = LintFinding.Advice.within(2...4)
  if !counts.allows(count) {
    findings.append(
      LintFinding(
        id: "L11", level: .warning, subject: "number of sessions", measured: count, advised: counts, unit: "",
        reason: count < 2
          ? "one visit cannot be corrected after it has healed" : "skin that needs more does not hold the pigment",
        keyPath: "sessions"))
  }
  var before = Session(day: -.infinity, share: 0)
  for (index, session) in design.sessions.enumerated() {
    let put = session.share - before.share
    if !LintFinding.Advice.atMost(0.6).allows(put) {
      findings.append(
        LintFinding(
          id: "L11", level: .error, subject: "share of the design in one session", measured: put, advised: .atMost(0.6),
          unit: "", reason: "swollen skin hides how dense the work is; build it up", keyPath: "sessions[\(index)].share"
        ))
    }
    let days = session.day - before.day
    if !LintFinding.Advice.atLeast(14).allows(days) {
      findings.append(
        LintFinding(
          id: "L11", level: days < leastSessionInterval ? .error : .warning, subject: "interval to the session before",
          measured: days, advised: .atLeast(days < leastSessionInterval ? leastSessionInterval : 14), unit: "days",
          reason: "what has healed cannot be judged yet", keyPath: "sessions[\(index)].day"))
    }
    before = session
  }
  return findings
}

/// L16: a treated scar is at least 6 months old, of a client who does not form keloids, and its work blends at least 8 mm
/// into the skin around it. Dots inside the scar alone draw its outline; needles in young or keloid scars make more scar.
func scarRule(_ design: Design) -> [LintFinding] {
  scars(of: design).flatMap { scar, keyPath -> [LintFinding] in
    guard scar.treat else { return [] }
    var findings: [LintFinding] = []
    func judge(
      _ value: Double, _ advice: LintFinding.Advice, _ subject: String, _ unit: String, _ key: String, _ why: String
    ) {
      if advice.allows(value) { return }
      findings.append(
        LintFinding(
          id: "L16", level: .error, subject: subject, measured: value, advised: advice, unit: unit, reason: why,
          keyPath: "\(keyPath).\(key)"))
    }
    if let ring = scar.ring {
      judge(ring, .atLeast(8), "blend ring", "mm", "ring", "dots inside a scar alone draw its outline")
    }
    if let age = scar.age {
      judge(
        age, .atLeast(6), "age of the scar", "months", "age",
        "a scar this young still changes, and the needle adds to it")
    }
    judge(
      scar.keloid ? 1 : 0, .atMost(0), "keloids (1 yes)", "", "keloid",
      "the needle may raise a keloid; a physician decides")
    return findings
  }
}
