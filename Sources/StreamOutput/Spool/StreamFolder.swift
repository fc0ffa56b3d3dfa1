import PrivateFiles
import Spooling

/// The folder of a stream, locked against other processes as long as the object exists: the batches that
/// are not sent yet, and how far runs have come.
final class StreamFolder: Sendable {
  private static let progressName = "state"
  private static let lockName = "lock"
  /// The largest file that is read, in bytes.
  private static let largestFile = 8 << 20

  let folder: PrivateFolder
  private let lock: InstanceLock
  /// What former runs have left, oldest first.
  let batches: [StreamBatchFile]
  /// How far they have come; `nil` if that is not known.
  let progress: StreamProgress?
  /// The number of files that were set aside because they are damaged.
  let damaged: Int

  /// Opens the folder, which is made if it does not exist.
  ///
  /// - Parameters:
  ///   - path: the folder of all streams.
  ///   - key: identifies the stream.
  /// - Throws: if it cannot be made, is not safe, or is in use by another process.
  init(_ path: String, key: String) throws(InstanceLock.Problem) {
    do throws(FileProblem) {
      folder = try PrivateFolder("\(path)/\(key)", creates: true)
    } catch {
      throw .file(error)
    }
    lock = try InstanceLock(Self.lockName, in: folder)
    let names = folder.names
    var damaged = 0
    var progress: StreamProgress?
    if names.contains(Self.progressName) {
      progress = folder.read(Self.progressName, limit: Self.largestFile).flatMap {
        StreamProgress(decoding: $0)
      }
      if progress == nil {
        damaged += 1
        folder.setAside(Self.progressName)
      }
    }
    (batches, damaged) = Self.batches(folder, names, progress?.lastBatch, damaged)
    self.progress = progress
    self.damaged = damaged
  }

  /// The batches among files. Those that no run has counted are removed: they were never sent, and are
  /// made again.
  ///
  /// - Parameter last: the last batch that was counted; `nil` if that is not known.
  private static func batches(
    _ folder: PrivateFolder, _ names: [String], _ last: UInt64?, _ damagedBefore: Int
  ) -> ([StreamBatchFile], damaged: Int) {
    var batches: [StreamBatchFile] = []
    var damaged = damagedBefore
    for name in names.sorted()
    where name != progressName && name != lockName && !PrivateFolder.isSetAside(name) {
      guard let size = folder.size(of: name), (1...largestFile).contains(size),
        let file = StreamBatchFile(name: name, size: size)
      else {
        damaged += 1
        folder.setAside(name)
        continue
      }
      if let last, file.sequence > last {
        folder.remove(name)
      } else {
        batches.append(file)
      }
    }
    return (batches, damaged)
  }

  /// Keeps how far the run has come. Once this returns, it survives a loss of power.
  func write(_ progress: StreamProgress) throws(FileProblem) {
    try folder.write(progress.encoded, to: Self.progressName, isDurable: true)
  }
}
