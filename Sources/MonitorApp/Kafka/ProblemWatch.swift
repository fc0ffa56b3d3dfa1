/// Tells when a problem has lasted long enough to be reported, and when it is over.
struct ProblemWatch {
  /// A problem that is over sooner is not reported, in seconds.
  let delay: Double
  /// When the present problem began, in monotonic seconds; `nil` without one.
  private(set) var start: Double?
  private var isReported = false

  init(delay: Double) { self.delay = delay }

  /// Whether the problem has begun to count, or has ended, since the last call; `nil` for neither.
  mutating func update(_ hasProblem: Bool, at now: Double) -> Bool? {
    guard hasProblem else {
      defer { (start, isReported) = (nil, false) }
      return isReported ? false : nil
    }
    start = start ?? now
    guard !isReported, now - (start ?? now) >= delay else { return nil }
    isReported = true
    return true
  }
}
