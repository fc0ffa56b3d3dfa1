import Foundation

/// Programs of the machine.
enum Shell {
  /// Whether the tests run as root, who may mount and give files away.
  static var isRoot: Bool { geteuid() == 0 }

  /// Runs a command.
  ///
  /// - Returns: what it printed, and its exit status.
  @discardableResult
  static func run(_ command: String) throws -> (output: String, status: Int32) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    return (text, process.terminationStatus)
  }

  /// Runs `sqlite3` until the object goes, with a transaction that keeps others from writing.
  final class Holder {
    private let process = Process()
    private let input = Pipe()

    init(_ path: String) throws {
      process.executableURL = URL(filePath: "/usr/bin/sqlite3")
      process.arguments = [path]
      process.standardInput = input
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      input.fileHandleForWriting.write(Data("BEGIN EXCLUSIVE;\nSELECT 'held';\n".utf8))
      _ = output.fileHandleForReading.availableData
    }

    func release() {
      input.fileHandleForWriting.write(Data("ROLLBACK;\n.quit\n".utf8))
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
  }
}
