import AccessLog
import Glibc

// Adding and removing inotify watches.

extension FileWatch {
  /// Watches the directory and the file of a path, if they exist.
  func watch(_ index: Int) {
    guard let descriptors else { return }
    let wasAbsent = watched[index].isAbsent
    watched[index].isAbsent = true
    do throws(SystemError) {
      let directory = watched[index].directory.path
      let number = try add(directory, Self.directoryEvents, to: descriptors.names)
      if let old = watched[index].directoryWatch, old != number { markUncertain(index) }
      watched[index].directoryWatch = number
    } catch {
      watched[index].directoryWatch = nil
      if !error.isAbsence { refuse(error) }
      return
    }
    let path = watched[index].path.path
    do throws(SystemError) {
      let file = File(
        name: try add(path, Self.fileEvents, to: descriptors.names),
        contents: try add(path, UInt32(IN_MODIFY), to: descriptors.contents))
      watched[index].isAbsent = false
      // The file may have been created before the directory was watched.
      if wasAbsent { hasNameEvents = true }
      watched[index].files.removeAll { $0.name == file.name }
      watched[index].files.append(file)
      if watched[index].files.count > Self.maximumFiles { unwatchOldest(index, descriptors) }
    } catch {
      // Events of an unreadable file come from its directory.
      if !error.isAbsence, error.code != EACCES { refuse(error) }
    }
  }

  private func add(
    _ path: [CChar], _ events: UInt32, to descriptor: Int32
  ) throws(SystemError) -> Int32 {
    try retryingOnInterrupt { () throws(SystemError) in try calls.watch(descriptor, path, events) }
  }

  private func unwatchOldest(_ index: Int, _ descriptors: Descriptors) {
    let file = watched[index].files.removeFirst()
    calls.unwatch(descriptors.names, file.name)
    calls.unwatch(descriptors.contents, file.contents)
  }

  /// Notes that some path cannot be watched.
  func refuse(_ error: SystemError) {
    guard refusal == nil else { return }
    let notice = Notice.input(.watchUnavailable(code: error.code))
    refusal = notice
    notices.append(notice)
  }
}
