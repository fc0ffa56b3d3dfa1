import ReferenceModel

/// The program, a monotonic clock and a wall clock, which tells the time of the log.
struct FollowedLog {
  var program: FollowedProgram
  var wall: Int64
  private(set) var monotonic = 500.0
  private(set) var told: [String] = []

  init(wall: Int64, _ change: (inout ModelOptions) -> Void = { _ in }) {
    var options = ModelOptions()
    options.isFollowing = true
    options.wallClock = wall
    change(&options)
    self.wall = wall
    program = FollowedProgram(options)
  }

  /// Lets time pass, then looks at what has come.
  @discardableResult
  mutating func look(after seconds: Double = 0, _ text: String = "") throws -> Figures {
    monotonic += seconds
    wall += Int64(seconds)
    told.append(
      program.look(Look(monotonic: monotonic, wallClock: wall, bytes: Array(text.utf8))))
    return try Figures(told[told.count - 1])
  }

  mutating func stop() throws -> Figures {
    told.append(program.stop())
    return try Figures(told.joined())
  }
}

/// A line for each of the seconds.
func lines(_ seconds: some Sequence<Int>) -> String {
  seconds.map { csv($0) + "\n" }.joined()
}
