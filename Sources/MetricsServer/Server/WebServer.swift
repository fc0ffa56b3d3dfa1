import CMicrohttpd
import Dispatch
import Glibc

/// A small HTTP server on a queue of its own, which answers GET and HEAD requests.
///
/// Whoever is slow can hold one of its connections for `Limits.seconds` at most.
package final class WebServer: @unchecked Sendable {
  package struct Limits: Sendable {
    /// Connections at a time; more wait.
    package var connections = 8
    /// The longest head of a request, in bytes.
    package var headSize = 8_192
    /// How long a connection lasts at most, in seconds.
    package var seconds = 5.0

    package init() {}
  }

  /// Whether the library can be loaded.
  package static var isAvailable: Bool { cmicrohttpd_is_available() != 0 }

  private let answer: @Sendable (String) -> WebPage
  private let monotonic: @Sendable () -> Double
  private let queue = DispatchQueue(label: "metrics")
  // What follows is used on the queue only.
  private var server: OpaquePointer?
  private var readable: (any DispatchSourceRead)?
  private var timer: (any DispatchSourceTimer)?

  /// Starts a server, which runs until `stop` is called.
  ///
  /// - Parameters:
  ///   - monotonic: reads a clock that never jumps, in seconds.
  ///   - answer: makes the answer for a path; called on the queue of the server.
  package init(
    _ address: ServerAddress, limits: Limits = Limits(),
    monotonic: @escaping @Sendable () -> Double,
    answer: @escaping @Sendable (String) -> WebPage
  ) throws(ListenFailure) {
    self.answer = answer
    self.monotonic = monotonic
    guard Self.isAvailable else {
      throw ListenFailure("libmicrohttpd.so.12 not found: install libmicrohttpd12")
    }
    let listener = try ListeningSocket.open(address)
    let bounds = cmicrohttpd_limits(
      connections: UInt32(limits.connections), head_size: limits.headSize, seconds: limits.seconds)
    let context = Unmanaged.passUnretained(self).toOpaque()
    guard let server = cmicrohttpd_start(listener, bounds, answerRequest, context) else {
      close(listener)
      throw ListenFailure("libmicrohttpd does not start")
    }
    self.server = server
    watch(server)
  }

  private func watch(_ server: OpaquePointer) {
    let readable = DispatchSource.makeReadSource(
      fileDescriptor: cmicrohttpd_descriptor(server), queue: queue)
    let timer = DispatchSource.makeTimerSource(queue: queue)
    // The handlers keep the server alive until it is stopped.
    readable.setEventHandler { [self] in run() }
    timer.setEventHandler { [self] in run() }
    self.readable = readable
    self.timer = timer
    readable.resume()
    timer.resume()
  }

  /// Does what can be done now. Without connections nothing wakes the program.
  private func run() {
    guard let server else { return }
    let wait = cmicrohttpd_run(server, monotonic())
    timer?.schedule(deadline: wait < 0 ? .distantFuture : .now() + wait, leeway: .milliseconds(10))
  }

  /// Ends all connections and closes the port.
  package func stop() {
    let ended = DispatchSemaphore(value: 0)
    queue.async { [self] in
      guard let server, let readable else {
        ended.signal()
        return
      }
      // The descriptor may be closed once nothing watches it any more.
      readable.setCancelHandler {
        cmicrohttpd_stop(server)
        ended.signal()
      }
      readable.cancel()
      timer?.cancel()
      (self.server, self.readable, timer) = (nil, nil, nil)
    }
    ended.wait()
  }

  fileprivate func page(_ path: String) -> WebPage { answer(path) }
}

/// Fills in the answer to a request. Called by the C part.
private func answerRequest(
  _ context: UnsafeMutableRawPointer?, _ path: UnsafePointer<CChar>?,
  _ answer: UnsafeMutablePointer<cmicrohttpd_answer>?
) {
  guard let context, let path, let answer else { return }
  let server = Unmanaged<WebServer>.fromOpaque(context).takeUnretainedValue()
  var page = server.page(String(cString: path))
  answer.pointee.status = UInt32(page.status)
  answer.pointee.content_type = page.kind.mediaType
  page.text.withUTF8 { bytes in
    guard let body = malloc(max(1, bytes.count)) else { return }
    if let first = bytes.baseAddress { memcpy(body, first, bytes.count) }
    answer.pointee.body = body
    answer.pointee.size = bytes.count
  }
}
