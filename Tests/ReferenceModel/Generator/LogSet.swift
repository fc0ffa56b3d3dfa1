/// Several small logs that are generated from a seed, and options to read them with.
package struct LogSet: Sendable {
  package var files: [[UInt8]]
  package var paths: [String]
  package var options: ModelOptions
  /// The sizes of the reads of each file.
  package var chunks: [[Int]]

  package init(seed: UInt64) {
    var random = RandomSource(seed: seed &* 7919 &+ 13)
    for _ in 0..<4 { _ = random.next() }
    let logs = (0..<random.number(2...5)).map { _ in
      var log = GeneratedLog(seed: random.next())
      // The formats are detected, and nothing tells one that a format string describes.
      while log.hasFormatString { log = GeneratedLog(seed: random.next()) }
      return log
    }
    files = logs.map(\.bytes)
    options = logs[0].options
    options.format = "auto"
    // Now and then two sources have the same name, or one is empty.
    paths = logs.indices.map { "log \($0)" }
    if random.chance(100) { paths[1] = paths[0] }
    if random.chance(100) { files[1] = [] }
    chunks = files.map { _ in
      let size = random.pick([3, 100, 1000, 100_000])
      return (0..<1000).map { _ in random.number(1...size) }
    }
  }

  /// The same logs in the reverse order.
  package var reversed: LogSet {
    var set = self
    set.files.reverse()
    set.paths.reverse()
    set.chunks.reverse()
    return set
  }
}
