import Dispatch
import Foundation

/// The folder of all simulated logs and of what other programs write. It is removed when this program
/// ends, also by Ctrl-C.
enum TemporaryFolder {
  static let path: String = {
    let path = NSTemporaryDirectory() + "/lm2000-bench-\(getpid())"
    guard mkdir(path, 0o700) == 0 else {
      Measurement.stop("\(path): \(String(cString: strerror(errno)))")
    }
    atexit { try? FileManager.default.removeItem(atPath: TemporaryFolder.path) }
    for number in [SIGINT, SIGTERM, SIGHUP] { end(at: number) }
    return path
  }()

  /// Ends the program in order at a signal. (signal(7))
  private static func end(at number: Int32) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    // The source lives as long as its handler, which refers to it.
    source.setEventHandler {
      _ = source
      exit(128 + number)
    }
    source.resume()
  }
}
