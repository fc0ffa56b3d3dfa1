import AccessLog
import Messages
import SafeText
import TrafficAnalysis

extension HeaderModel {
  /// The text of the notice line; `nil` if there is nothing to report.
  package static func notice(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState
  ) -> SafeString? {
    func text(_ notice: Notice) -> String {
      let time = { state.times.date($0) + " " + state.times.clock($0) }
      return notice.text(time: time, number: { Wording.grouped($0) }).text
    }
    let blinding = snapshot.notices.first(where: \.invalidatesFigures)
    if let held = snapshot.quarantine, blinding == nil {
      let notice = Notice.setAside(
        records: held.records, ordinary: held.ordinary, earliest: held.earliest)
      return SafeString(text(notice))
    }
    let source = status.source
    var first = blinding.map { [$0] } ?? []
    if source.unreadFiles > 0 { first.append(.input(.unreadFiles(source.unreadFiles))) }
    var notices: [Notice] = []
    if let listener = source.listener, listener.lost > 0, status.hasRecentLoss {
      notices.append(
        .input(.lostMessages(byKernel: listener.droppedByKernel, here: listener.droppedHere)))
    }
    notices += snapshot.notices.filter { !$0.invalidatesFigures }
    if source.truncations > 0 { notices.append(.input(.truncations(source.truncations))) }
    // What a busy network loses must not hide that nothing is saved.
    var parts = first.map(text) + status.storeNotices.map(\.text)
    parts += (notices + status.notices).map(text)
    if let failure = status.failure {
      parts.insert(text(.input(.unreadable(failure))), at: 0)
    } else if status.sources.count > 1 {
      parts.insert(contentsOf: failures(status.sources), at: 0)
    } else if case .failed(let failure) = source.phase {
      parts.insert(failure.reason, at: 0)
    }
    if let notice = status.terminalNotice { parts.append(notice) }
    return parts.isEmpty ? nil : SafeString(parts.joined(separator: "; "))
  }

  /// The most sources that a notice names.
  private static let mostFailures = 3

  /// What is wrong with the sources that cannot be read, or do not exist yet.
  private static func failures(_ sources: [SourceState]) -> [String] {
    let all = sources.compactMap { source -> String? in
      let name = SafeString(source.path.bytes, limit: 64).text
      switch source.phase {
      case .failed(let failure): return "\(name): \(failure.reason)"
      case .waiting: return "waiting for \(name) to appear"
      case .loading, .following, .ended: return nil
      }
    }
    guard all.count > mostFailures else { return all }
    return all.prefix(mostFailures) + ["\(all.count - mostFailures) more cannot be read"]
  }
}
