import AccessLog
import Glibc
import PrivateFiles

/// The folder of a run's unsent batches, locked against other processes as long as the object exists.
///
/// Each process has a folder of its own for each store, in which the next one finds what is left. A
/// second folder keeps how far runs have come: their intervals must not be computed and sent again when
/// the log is read again, since its beginning may be missing then, or it may have grown.
final class BatchFolder: Sendable {
  /// The most processes that keep what they send to one store on disk.
  private static let processes = 32
  /// The largest file that is read, in bytes.
  private static let largestFile = 4 << 20

  let folder: PrivateFolder
  private let marks: PrivateFolder
  /// The batches that a former run has left, oldest first.
  let remainder: [BatchFile]
  /// The number of files that could not be read.
  let damaged: Int

  /// Opens the first folder that no other process uses, and moves to it what others have left.
  ///
  /// - Parameters:
  ///   - path: the folder of all stores.
  ///   - key: identifies the store.
  /// - Throws: if the folder cannot be made or is not safe.
  init(_ path: String, key: String) throws(FileProblem) {
    marks = try PrivateFolder("\(path)/\(key).sent", creates: true)
    var own: PrivateFolder?
    var abandoned: [PrivateFolder] = []
    for index in 0..<Self.processes {
      let name = "\(path)/\(key).\(index)"
      var status = stat()
      let exists = lstat(name, &status) == 0
      guard exists || own == nil else { continue }
      let folder = try PrivateFolder(name, creates: true)
      guard folder.lock() else { continue }
      if own == nil { own = folder } else { abandoned.append(folder) }
    }
    guard let own else { throw FileProblem("too many programs send to this store") }
    folder = own
    (remainder, damaged) = Self.collect(own, abandoned)
  }

  /// What is left in the folders, in the first of them.
  private static func collect(
    _ own: PrivateFolder, _ abandoned: [PrivateFolder]
  ) -> ([BatchFile], damaged: Int) {
    var files: [BatchFile] = []
    var damaged = 0
    func add(_ name: String, in folder: PrivateFolder) {
      guard var file = BatchFile(name: name), let size = folder.size(of: name),
        (1...largestFile).contains(size)
      else {
        damaged += 1
        folder.remove(name)
        return
      }
      file.size = size
      if folder !== own {
        file.sequence = (files.last?.sequence ?? 0) + 1
        guard renameat(folder.descriptor, name, own.descriptor, file.name) == 0 else { return }
      }
      files.append(file)
    }
    for folder in [own] + abandoned { for name in folder.names.sorted() { add(name, in: folder) } }
    return (files, damaged)
  }

  // MARK: - How far runs have come

  /// The end of the last interval that a run with these tags has handed over; `nil` if none has.
  func mark(of tags: String) -> EpochSecond? {
    guard let bytes = marks.read(tags, limit: 32) else { return nil }
    return Int64(String(decoding: bytes, as: UTF8.self)).map { EpochSecond($0) }
  }

  func setMark(_ second: EpochSecond, of tags: String) throws(FileProblem) {
    try marks.write(Array("\(second.value)".utf8), to: tags)
  }
}
