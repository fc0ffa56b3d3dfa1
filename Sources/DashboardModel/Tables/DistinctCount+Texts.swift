import AccessLog
import Messages

// How the number of distinct clients is displayed.

extension DistinctCount {
  /// `1,204`, or `~1.2M` for an estimate.
  var text: String {
    error == nil ? Wording.grouped(count) : "~" + ShortNumber.text(Double(count))
  }

  /// The error of an estimate as a share: `within 1.6 %`; `nil` if the count is exact.
  var errorText: String? {
    error.map { "within " + Wording.percent($0, of: count) }
  }

  /// The number in the window of a table, with its error and with the number in the whole log as far
  /// as there is room: `60 unique, 1,204 in all`, `~1.2M unique within 1.6 %`.
  ///
  /// - Parameters:
  ///   - total: the number in the whole log; `nil` if that is the window.
  ///   - room: the columns that the text may take.
  /// - Returns: `nil` if there is no room.
  func readout(of total: DistinctCount?, room: Int) -> String? {
    let short = text + " unique"
    let long = errorText.map { short + " " + $0 } ?? short
    let longest = total.map { long + ", " + $0.text + " in all" } ?? long
    return [longest, long, short].first { $0.utf8.count <= room }
  }
}
