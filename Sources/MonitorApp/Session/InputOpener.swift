import AccessLog
import Engine
import Glibc
import LogInput
import LogParsing

/// Opens the sources that the command line names.
struct InputOpener {
  private static let standardInput = Name("-")
  private static let standardInputPath = Name("/dev/stdin")

  private let options: Options
  private let memory = ReadingMemory(forking: Forking(workers: ProcessEnvironment.processors))
  private var watch: FileWatch?
  private var inputs: [Input] = []
  private var notices: [(path: Name, notice: Notice)] = []
  private var failures: [OpeningFailure] = []
  /// The name by which each file is read.
  private var names: [FileIdentity: Name] = [:]

  private init(_ options: Options) { self.options = options }

  /// Opens the logs that the options name. One that cannot be opened does not stop the others.
  ///
  /// - Throws: why they cannot be read, if none of them can.
  static func open(_ options: Options) throws(OpeningFailures) -> InputSet {
    var opener = InputOpener(options)
    let paths = options.paths.isEmpty ? [standardInput] : options.paths.flatMap(FileNames.matching)
    for path in paths { opener.add(path) }
    guard opener.failures.count < opener.inputs.count else {
      throw OpeningFailures(failures: opener.failures)
    }
    var set = InputSet(opener.inputs)
    set.watch = opener.watch
    set.notices = opener.notices
    set.hasFailure = !opener.failures.isEmpty
    return set
  }

  /// Adds a source, unless its file is read by another name.
  private mutating func add(_ path: Name) {
    if let other = sameSource(as: path) {
      notices.append((path, .input(.sameFile(as: other))))
      return
    }
    do throws(InputFailure) {
      inputs.append(try source(path))
    } catch {
      failures.append(OpeningFailure(path: path, message: message(for: error, path)))
      // A followed file is tried again; any other is given up when it is read.
      inputs.append(
        options.isFollowing && isFile(path)
          ? followed(path).input : Input(failing: path, error, memory))
    }
  }

  /// The source that reads the same file, if one does.
  private mutating func sameSource(as path: Name) -> Name? {
    if let same = inputs.first(where: { $0.path == path }) { return same.path }
    let status =
      path == Self.standardInput
      ? FileStatus.of(descriptor: STDIN_FILENO) : FileStatus.of(path: path)
    guard let identity = status?.identity else { return nil }
    if let other = names[identity] { return other }
    names[identity] = path
    return nil
  }

  private mutating func source(_ path: Name) throws(InputFailure) -> Input {
    if path == Self.standardInput { return try standardInput() }
    guard isFile(path) else {
      return stream(try StreamSource(path: path, follow: options.isFollowing))
    }
    guard options.isFollowing else {
      return try file(try FileSource(path: path), path, readAt: path)
    }
    let (source, input) = followed(path)
    try source.start()
    return input
  }

  /// Whether a path leads to a file, or to nothing yet.
  private func isFile(_ path: Name) -> Bool {
    switch FileStatus.of(path: path)?.kind {
    case .fifo, .terminal: false
    default: true
    }
  }

  /// Why a log could not be opened. The message for a followed name has no advice, which would be
  /// about its current file: the name may get another one.
  private func message(for failure: InputFailure, _ path: Name) -> String {
    guard options.isFollowing, path != Self.standardInput, isFile(path) else {
      return failure.message
    }
    return failure.reason
  }

  // MARK: - Kinds of sources

  private mutating func standardInput() throws(InputFailure) -> Input {
    guard FileStatus.of(descriptor: STDIN_FILENO)?.kind == .regular else {
      return stream(try StreamSource(descriptor: STDIN_FILENO))
    }
    return try file(
      try FileSource(path: Self.standardInputPath), Self.standardInput,
      readAt: Self.standardInputPath)
  }

  private mutating func followed(_ path: Name) -> (source: FollowedFile, input: Input) {
    let watch = watch ?? FileWatch()
    self.watch = watch
    let source = FollowedFile(
      path: path, tail: options.tail, watch: watch, monotonic: Clocks.monotonic)
    var input = Input(reader: BlockReader(source: source, memory: memory), path: path)
    input.size = { source.length }
    input.state = { source.state }
    input.drainNotices = { source.drainNotices() }
    input.lastRecord = lastRecord(at: path)
    return (source, input)
  }

  private func file(
    _ source: FileSource, _ path: Name, readAt place: Name
  ) throws(InputFailure) -> Input {
    if let lines = options.tail { try source.seekToLast(lines: lines) }
    let start = source.position
    var input = Input(
      reader: BlockReader(source: source, memory: memory, seek: { source.seek(to: start + $0) }),
      path: path)
    input.size = { source.size - start }
    input.drainNotices = { source.drainNotices() }
    input.lastRecord = lastRecord(at: place)
    return input
  }

  private func lastRecord(
    at path: Name
  ) -> (NamedFormat?, ParsingOptions, EpochSecond) -> LastRecord? {
    { format, options, limit in
      guard let file = try? FileSource(path: path) else { return nil }
      return try? LastRecord.find(in: file, format: format, options, notAfter: limit)
    }
  }

  private func stream(_ source: StreamSource) -> Input {
    let tail = options.tail.map {
      StreamTail(source, lines: $0, follow: options.isFollowing, monotonic: Clocks.monotonic)
    }
    var input = Input(
      reader: BlockReader(source: tail ?? source, memory: memory), path: source.path)
    input.stream = source.descriptor
    input.awaitsWriter = { source.awaitsWriter }
    input.drainNotices = { tail?.drainNotices() ?? [] }
    return input
  }
}

/// Why a source cannot be opened.
struct OpeningFailure: Error, Equatable {
  var path: Name
  var message: String
}

/// Why none of the sources can be opened.
struct OpeningFailures: Error {
  var failures: [OpeningFailure]
}

/// A source that could not be opened: the first read fails.
private final class UnreadableSource: ByteSource {
  private let failure: InputFailure

  init(_ failure: InputFailure) { self.failure = failure }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
    throw failure
  }
}

extension Input {
  /// A source that could not be opened.
  fileprivate init(failing path: Name, _ failure: InputFailure, _ memory: ReadingMemory) {
    // Rewinding does not change the failure.
    let reader = BlockReader(source: UnreadableSource(failure), memory: memory, seek: { _ in })
    self.init(reader: reader, path: path)
    size = { 0 }
    let state = SourceState(path: path, phase: .failed(failure))
    self.state = { state }
  }
}
