import AccessLog
import Glibc
import LogInput
import LogParsing
import Monitoring

/// The source that the command line names, and what has to be known of it.
struct Input {
  let feed: Feed
  let path: Name
  /// To be watched for readability, where reading is what wakes the program.
  var stream: Int32?
  /// In bytes, where it is known.
  var size: () -> Int64? = { nil }
  /// What a followed file says of itself.
  var state: (() -> SourceState)?
  /// The file's last record, where there is a file; given the format, if that is known.
  var lastRecord: (((any LogFormat.Type)?) -> LastRecord?)?

  static func open(_ options: Options) throws(InputFailure) -> Input {
    var input = try source(options)
    if input.stream == nil {
      let path = input.path == Name("-") ? standardInputPath : input.path
      input.lastRecord = { format in
        guard let file = try? FileSource(path: path) else { return nil }
        return try? LastRecord.find(in: file, format: format)
      }
    }
    return input
  }

  private static func source(_ options: Options) throws(InputFailure) -> Input {
    let path = options.paths.first ?? Name("-")
    if path == Name("-") { return try standardInput() }
    if FileStatus.of(path: path)?.kind == .fifo {
      let source = try StreamSource(path: path, follow: options.isFollowing)
      return Input(feed: Feed(source: source), path: path, stream: source.descriptor)
    }
    if options.isFollowing {
      let source = FollowedFile(path: path, tail: options.tail, monotonic: Clocks.monotonic)
      try source.start()
      return Input(
        feed: Feed(source: source), path: path, size: { source.size }, state: { source.state })
    }
    let source = try FileSource(path: path)
    if let lines = options.tail { try source.seekToLast(lines: lines) }
    let start = source.position
    return Input(
      feed: Feed(source: source, seek: { source.seek(to: start + $0) }), path: path,
      size: { source.size - start })
  }

  private static let standardInputPath = Name("/dev/stdin")

  private static func standardInput() throws(InputFailure) -> Input {
    let path = Name("-")
    if FileStatus.of(descriptor: STDIN_FILENO)?.kind == .regular {
      let source = try FileSource(path: standardInputPath)
      return Input(feed: Feed(source: source), path: path, size: { source.size })
    }
    let source = try StreamSource(descriptor: STDIN_FILENO)
    return Input(feed: Feed(source: source), path: path, stream: STDIN_FILENO)
  }
}
