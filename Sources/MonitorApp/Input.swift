import AccessLog
import Glibc
import LogInput
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

  static func open(_ options: Options, following: Bool) throws(InputFailure) -> Input {
    let path = options.paths.first ?? Name("-")
    if path == Name("-") { return try standardInput() }
    var status = stat()
    let found = (path.bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
      stat($0.baseAddress!, &status)
    }
    if found == 0, status.st_mode & S_IFMT == S_IFIFO {
      let descriptor = Glibc.open(String(decoding: path.bytes, as: UTF8.self), O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw InputFailure(String(cString: strerror(errno))) }
      let source = try StreamSource(descriptor: descriptor)
      return Input(feed: Feed(source: source), path: path, stream: descriptor)
    }
    if following {
      let source = try FollowedFile(path: path, tail: options.tail, monotonic: Clocks.monotonic)
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

  private static func standardInput() throws(InputFailure) -> Input {
    let path = Name("-")
    var status = stat()
    if fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      let source = try FileSource(path: Name("/dev/stdin"))
      return Input(feed: Feed(source: source), path: path, size: { source.size })
    }
    let source = try StreamSource(descriptor: STDIN_FILENO)
    return Input(feed: Feed(source: source), path: path, stream: STDIN_FILENO)
  }
}
