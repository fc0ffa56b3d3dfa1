import AccessLog
import Engine
import Glibc
import KafkaTransfer
import LogInput
import LogParsing

/// Opens the sources that the command line names.
struct InputOpener {
  /// How often files are looked for that are not found, or are renamed meanwhile.
  private static let attempts = 5
  private static let standardInput = Name("-")
  private static let standardInputPath = Name("/dev/stdin")

  let options: Options
  private(set) var continuation = LogContinuation()
  let memory = ReadingMemory(forking: Forking(workers: ProcessEnvironment.processors))
  private(set) var watch: FileWatch?
  private var inputs: [Input] = []
  private var notices: [Notice] = []
  private var failures: [OpeningFailure] = []
  private var hasFailedGeneration = false
  /// The name by which each file is read.
  private var names: [FileIdentity: Name] = [:]

  private init(_ options: Options) { self.options = options }

  /// Opens the logs that the options name. One that cannot be opened does not stop the others.
  ///
  /// - Parameter checkpoints: where an earlier run stopped to follow logs, by absolute path.
  /// - Throws: why they cannot be read, if none of them can.
  static func open(
    _ options: Options, checkpoints: [Name: Checkpoint] = [:]
  ) throws(OpeningFailures) -> InputSet {
    var opener = InputOpener(options)
    let named = options.paths.isEmpty ? [standardInput] : options.paths
    var paths: [Name] = []
    for path in named.flatMap(FileNames.matching) where opener.isNew(path, among: paths) {
      paths.append(path)
    }
    // A topic has no generations, whatever its name looks like.
    let histories =
      LogHistory.grouping(paths.filter { !KafkaAddress.isTopic($0) })
      + paths.filter(KafkaAddress.isTopic).map { LogHistory(newest: $0, older: []) }
    opener.prepareContinuation(histories, checkpoints)
    for history in histories { opener.add(history) }
    guard opener.failures.count < opener.inputs.count else {
      throw OpeningFailures(failures: opener.failures)
    }
    var set = InputSet(opener.inputs)
    set.watch = opener.watch
    set.continuation = opener.continuation
    set.hasFailure = !opener.failures.isEmpty || opener.hasFailedGeneration
    opener.noteCopies(paths)
    set.openingNotices.add(opener.notices)
    return set
  }

  /// Finds out which logs continue where an earlier run stopped.
  private mutating func prepareContinuation(
    _ histories: [LogHistory], _ checkpoints: [Name: Checkpoint]
  ) {
    guard options.isFollowing, !checkpoints.isEmpty else { return }
    let followed = histories.map(\.newest).filter { path in
      path != Self.standardInput && !path.isService && isFile(path)
        && (try? CompressedFile(path: path)) == nil
    }
    var ofPaths: [Name: Checkpoint] = [:]
    for path in followed { ofPaths[path] = checkpoints[path.absolute] }
    // What a rotation does to the files once they are found is not missed.
    for path in ofPaths.keys { watching(path) }
    // A rotation that is going on may hide a file for a moment.
    for attempt in 0..<Self.attempts {
      if attempt > 0 { usleep(100_000) }
      continuation = LogContinuation(ofPaths, of: followed)
      if !continuation.mayLackFiles { break }
    }
    continuation.isOfFilesOnly = followed.count == histories.count
    for path in continuation.unfit { note(path, .checkpointUnfit) }
  }

  /// Whether a source was not named before, by any name of its file.
  private mutating func isNew(_ path: Name, among others: [Name]) -> Bool {
    var same = others.first { $0 == path }
    let status =
      path == Self.standardInput
      ? FileStatus.of(descriptor: STDIN_FILENO)
      : path.isService ? nil : FileStatus.of(path: path)
    if same == nil, let identity = status?.identity {
      same = names[identity]
      names[identity] = names[identity] ?? path
    }
    if let same { note(path, path.isService ? .namedTwice : .sameFile(as: same)) }
    return same == nil
  }

  private mutating func noteCopies(_ paths: [Name]) {
    for (copy, original) in FileCopies.find(paths) { note(copy, .sameBytes(as: original)) }
  }

  mutating func note(_ path: Name, _ notice: InputNotice) {
    notices.append(.about(path, .input(notice)))
  }

  /// Adds a source.
  private mutating func add(_ history: LogHistory) {
    do throws(InputFailure) {
      inputs.append(try source(history))
    } catch {
      let path = history.newest
      if !options.isFollowing, let last = history.older.last {
        // The other generations are a history too.
        fail(path, error)
        return add(LogHistory(newest: last, older: history.older.dropLast()))
      }
      failures.append(OpeningFailure(path: path, message: message(for: error, path)))
      let isRetried = options.isFollowing && isFile(path) && !path.isService
      // A followed file is tried again; any other is given up when it is read.
      inputs.append(
        isRetried
          ? input(older: olderSources(history), followed(path))
          : Input(failing: path, error, memory))
    }
  }

  private mutating func source(_ history: LogHistory) throws(InputFailure) -> Input {
    let path = history.newest
    if path == Self.standardInput { return try standardInput() }
    if ListenAddress.isListener(path) { return try listener(path) }
    if KafkaAddress.isTopic(path) { return try KafkaSetup.input(path, options, memory) }
    guard isFile(path) else {
      return stream(try StreamSource(path: path, follow: options.isFollowing))
    }
    guard options.isFollowing else {
      let newest = try RecordedLog.open(path: path)
      return try input(older: olderSources(history), newest, path, readAt: path)
    }
    // What cannot be opened now is waited for.
    if let newest = try? CompressedFile(path: path) {
      note(path, .notFollowed(newest.compression))
      return try input(older: olderSources(history), newest, path, readAt: path)
    }
    if let log = continuation.logs[path] { return try continued(path, log) }
    // The log is opened first: what a rotation makes of it meanwhile is not missed.
    let source = followed(path)
    try source.start()
    return input(older: olderSources(history), source)
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

  /// Notes that a generation of a log cannot be opened.
  mutating func fail(_ path: Name, _ failure: InputFailure) {
    note(path, .leftOut(failure))
    hasFailedGeneration = true
  }

  // MARK: - Kinds of sources

  private mutating func standardInput() throws(InputFailure) -> Input {
    guard FileStatus.of(descriptor: STDIN_FILENO)?.kind == .regular else {
      return stream(try StreamSource(descriptor: STDIN_FILENO))
    }
    return try input(
      older: [], try RecordedLog.open(path: Self.standardInputPath), Self.standardInput,
      readAt: Self.standardInputPath)
  }

  private func listener(_ path: Name) throws(InputFailure) -> Input {
    // Mistakes in the address were reported when the options were checked.
    guard let address = try? ListenAddress(path) else { throw .system(code: EINVAL) }
    let listener = try SyslogListener(address, path: path, monotonic: Clocks.monotonic)
    var input = Input(reader: BlockReader(source: listener, memory: memory), path: path)
    input.listener = listener
    input.drainNotices = listener.drainNotices
    return input
  }

  mutating func followed(_ path: Name, resuming log: ResumedLog? = nil) -> FollowedFile {
    FollowedFile(
      path: path, tail: options.tail, resuming: log, watch: watching(path),
      monotonic: Clocks.monotonic)
  }

  /// The watch, with a path that it watches from now on.
  @discardableResult
  private mutating func watching(_ path: Name) -> FileWatch {
    let watch = watch ?? FileWatch()
    self.watch = watch
    watch.add(path)
    return watch
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
