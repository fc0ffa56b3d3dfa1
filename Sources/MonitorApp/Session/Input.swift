import AccessLog
import Engine
import Glibc
import LogInput
import LogParsing
import Messages

/// The source that the command line names, with its properties.
package struct Input {
  let reader: BlockReader
  let path: Name
  /// The descriptor whose readability wakes the program, if the log is a stream.
  var stream: Int32?
  /// Whether the stream has no writer and waits for another one.
  var awaitsWriter: () -> Bool = { false }
  /// Reports changes of the file, if one is followed.
  var watch: FileWatch?
  /// The number of bytes from where reading begins to the end; `nil` if unknown.
  var size: () -> Int64? = { nil }
  /// The state of a followed file.
  var state: (() -> SourceState)?
  /// Reads the last record of a file; `nil` for a stream. Takes the format, if it is known, what the
  /// log does not say, and the latest time that is not a wrong clock.
  var lastRecord: ((NamedFormat?, ParsingOptions, EpochSecond) -> LastRecord?)?
  /// Returns and removes the notices about faults that were overcome.
  var drainNotices: () -> [Notice] = { [] }

  package init(reader: BlockReader, path: Name) {
    self.reader = reader
    self.path = path
  }

  /// Opens the log that the options name.
  ///
  /// - Throws: if it cannot be opened or is not a log.
  static func open(_ options: Options) throws(InputFailure) -> Input {
    var input = try source(options)
    if input.stream == nil {
      let path = input.path == Name("-") ? standardInputPath : input.path
      input.lastRecord = { format, options, limit in
        guard let file = try? FileSource(path: path) else { return nil }
        return try? LastRecord.find(in: file, format: format, options, notAfter: limit)
      }
    }
    return input
  }

  private static func source(_ options: Options) throws(InputFailure) -> Input {
    let path = options.paths.first ?? Name("-")
    if path == Name("-") { return try standardInput(options) }
    switch FileStatus.of(path: path)?.kind {
    case .fifo, .terminal:
      return stream(try StreamSource(path: path, follow: options.isFollowing), options)
    default: break
    }
    return options.isFollowing
      ? try followed(path, options) : try file(try FileSource(path: path), path, options)
  }

  /// Why the log that the options name could not be opened. The message for a followed name has no
  /// advice, which would be about its current file: the name may get another one.
  static func message(for failure: InputFailure, _ options: Options) -> String {
    guard options.isFollowing, let path = options.paths.first, path != Name("-") else {
      return failure.message
    }
    switch FileStatus.of(path: path)?.kind {
    case .fifo, .terminal: return failure.message
    default: return failure.reason
    }
  }

  private static let standardInputPath = Name("/dev/stdin")

  private static func standardInput(_ options: Options) throws(InputFailure) -> Input {
    guard FileStatus.of(descriptor: STDIN_FILENO)?.kind == .regular else {
      return stream(try StreamSource(descriptor: STDIN_FILENO), options)
    }
    return try file(try FileSource(path: standardInputPath), Name("-"), options)
  }

  private static func followed(_ path: Name, _ options: Options) throws(InputFailure) -> Input {
    let watch = FileWatch()
    let source = FollowedFile(
      path: path, tail: options.tail, watch: watch, monotonic: Clocks.monotonic)
    try source.start()
    var input = Input(reader: BlockReader(source: source, forking: forking), path: path)
    input.watch = watch
    input.size = { source.length }
    input.state = { source.state }
    input.drainNotices = { watch.drainNotices() + source.drainNotices() }
    return input
  }

  /// A file is read with all processors.
  private static let forking = Forking(workers: ProcessEnvironment.processors)

  private static func file(
    _ source: FileSource, _ path: Name, _ options: Options
  ) throws(InputFailure) -> Input {
    if let lines = options.tail { try source.seekToLast(lines: lines) }
    let start = source.position
    var input = Input(
      reader: BlockReader(
        source: source, forking: forking, seek: { source.seek(to: start + $0) }), path: path)
    input.size = { source.size - start }
    input.drainNotices = { source.drainNotices() }
    return input
  }

  private static func stream(_ source: StreamSource, _ options: Options) -> Input {
    let tail = options.tail.map {
      StreamTail(source, lines: $0, follow: options.isFollowing, monotonic: Clocks.monotonic)
    }
    var input = Input(reader: BlockReader(source: tail ?? source), path: source.path)
    input.stream = source.descriptor
    input.awaitsWriter = { source.awaitsWriter }
    input.drainNotices = { tail?.drainNotices() ?? [] }
    return input
  }
}
