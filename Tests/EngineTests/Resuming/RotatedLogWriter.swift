import AccessLog
import Foundation
import LogInput

/// Writes a log and rotates it at random, in single steps between which a program may look at the files.
final class RotatedLogWriter {
  let path: Name
  private let folder: URL
  /// How many rotated files stay.
  private let generations: Int
  /// All lines, in the order in which they were written.
  private(set) var lines: [[UInt8]] = []
  /// The time of the last line.
  private(set) var time: Int64 = 1_795_453_200
  /// The time of the last line that was removed with its file.
  private(set) var removedThrough: Int64 = 0
  /// The times of the last lines of the log and its rotated files, newest first.
  private var lastTimes: [Int64] = [0]
  /// What is left to be done of a rotation.
  private var pending: [() throws -> Void] = []
  private var random: SeededRandom

  init(seed: UInt64, generations: Int) throws {
    self.generations = generations
    random = SeededRandom(seed: seed)
    folder = FileManager.default.temporaryDirectory.appending(path: "resume-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = Name(folder.path + "/access.log")
    try Data().write(to: file())
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func file(_ ending: String = "") -> URL { folder.appending(path: "access.log\(ending)") }

  /// Writes to the log, or rotates it as a whole, or compresses a rotated file.
  func change() throws {
    begin()
    try finish()
  }

  /// Does the next step of a change, or begins one.
  func step() throws {
    if pending.isEmpty { begin() }
    if !pending.isEmpty { try pending.removeFirst()() }
  }

  /// Completes the change that has begun.
  func finish() throws {
    while !pending.isEmpty { try pending.removeFirst()() }
  }

  private func begin() {
    switch random.next(8) {
    case 0: rotate()
    case 1: compress()
    default: pending.append(write)
    }
  }

  /// Appends up to a hundred lines, a few of them out of order.
  private func write() throws {
    let handle = try FileHandle(forWritingTo: file())
    defer { try? handle.close() }
    try handle.seekToEnd()
    // Bursts let the alert trigger and recover.
    let burst = random.next(4) == 0
    var text = Data()
    for _ in 0..<(1 + random.next(100)) {
      if !burst || random.next(6) == 0 { time += Int64(random.next(3)) }
      let late = random.next(5) == 0 ? Int64(random.next(3)) : 0
      let line =
        "10.0.0.\(random.next(40)) - - [\(EpochSecond(time - late).commonLog)] "
        + "\"GET /s\(random.next(5))/x HTTP/1.1\" \(200 + random.next(4) * 100) \(lines.count + 1)"
      lines.append(Array(line.utf8))
      text += Data(line.utf8) + [0x0A]
    }
    lastTimes[0] = time
    try handle.write(contentsOf: text)
  }

  // MARK: - Rotation

  /// Rotates the log in one of the usual ways.
  private func rotate() {
    pending.append { [self] in
      for ending in ["", ".gz"] {
        try? FileManager.default.removeItem(at: file(".\(generations)\(ending)"))
      }
      lastTimes.insert(0, at: 0)
      if lastTimes.count > generations + 1 {
        removedThrough = max(removedThrough, lastTimes.removeLast())
      }
    }
    for number in stride(from: min(30, generations - 1), to: 0, by: -1) {
      for ending in ["", ".gz"] where exists(".\(number)\(ending)") {
        pending.append { [self] in
          try move(".\(number)\(ending)", to: ".\(number + 1)\(ending)")
        }
      }
    }
    if random.next(2) == 0 { copyAndTruncate() } else { replace() }
  }

  private func replace() {
    pending.append { [self] in try move("", to: ".1") }
    pending.append { [self] in try Data().write(to: file(), options: .withoutOverwriting) }
  }

  private func copyAndTruncate() {
    pending.append { [self] in try Data().write(to: file(".1"), options: .withoutOverwriting) }
    pending.append { [self] in try copy { $0.prefix($0.count / 2) } }
    pending.append { [self] in try copy { $0.suffix($0.count - $0.count / 2) } }
    pending.append { [self] in try FileHandle(forWritingTo: file()).truncate(atOffset: 0) }
  }

  private func copy(_ part: (Data) -> Data) throws {
    let handle = try FileHandle(forWritingTo: file(".1"))
    try handle.seekToEnd()
    try handle.write(contentsOf: part(try Data(contentsOf: file())))
    try handle.close()
  }

  /// Compresses the generation before the last one, as `delaycompress` does.
  private func compress() {
    guard exists(".2") else { return }
    pending.append { [self] in try Data().write(to: file(".2.gz")) }
    pending.append { [self] in
      let gzip = Process()
      gzip.executableURL = URL(filePath: "/bin/gzip")
      gzip.arguments = ["--force", "--keep", file(".2").path]
      try gzip.run()
      gzip.waitUntilExit()
    }
    pending.append { [self] in try FileManager.default.removeItem(at: file(".2")) }
  }

  private func exists(_ ending: String) -> Bool {
    FileManager.default.fileExists(atPath: file(ending).path)
  }

  private func move(_ old: String, to new: String) throws {
    guard rename(file(old).path, file(new).path) == 0 else {
      throw CocoaError(.fileWriteUnknown)
    }
  }
}

extension EpochSecond {
  /// The time as the common log format writes it.
  fileprivate var commonLog: String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
    return formatter.string(from: Date(timeIntervalSince1970: Double(value)))
  }
}
