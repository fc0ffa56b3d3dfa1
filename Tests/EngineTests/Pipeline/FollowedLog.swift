import ReferenceModel

/// A program that follows a log in memory, with a monotonic clock and a wall clock that are moved
/// by hand.
struct FollowedLog {
  var program: FollowedProgram
  var wall: Int64
  private(set) var monotonic = 500.0
  private(set) var outputs: [String] = []

  init(wall: Int64, _ change: (inout ModelOptions) -> Void = { _ in }) {
    var options = ModelOptions()
    options.isFollowing = true
    options.wallClock = wall
    change(&options)
    self.wall = wall
    program = FollowedProgram(options)
  }

  /// Lets time pass, then polls the log, to which `text` was appended.
  @discardableResult
  mutating func poll(after seconds: Double = 0, _ text: String = "") throws -> Figures {
    monotonic += seconds
    wall += Int64(seconds)
    outputs.append(
      program.poll(Poll(monotonic: monotonic, wallClock: wall, bytes: Array(text.utf8))))
    return try Figures(outputs[outputs.count - 1])
  }

  mutating func stop() throws -> Figures {
    outputs.append(program.stop())
    return try Figures(outputs.joined())
  }
}

/// One line for each of the seconds.
func lines(_ seconds: some Sequence<Int>) -> String {
  seconds.map { csv($0) + "\n" }.joined()
}
