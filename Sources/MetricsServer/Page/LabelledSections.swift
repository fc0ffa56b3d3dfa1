import AccessLog
import TrafficAnalysis

/// The figures of a section under the name that its label has.
struct LabelledSection: Equatable {
  var label: String
  var hits: Int
  var bytes: Int64
  var clientErrors: Int
  var serverErrors: Int

  /// The sections in their order. Those whose names give the same label are added up, because no two
  /// series may be equal.
  static func sections(_ rows: [RankedName]) -> [LabelledSection] {
    var sections: [LabelledSection] = []
    for row in rows {
      let label = LabelText.value(of: row.name)
      if let place = sections.firstIndex(where: { $0.label.utf8.elementsEqual(label.utf8) }) {
        sections[place].hits = sections[place].hits.addingSaturated(row.hits)
        sections[place].bytes = sections[place].bytes.addingSaturated(row.bytes)
        sections[place].clientErrors += row.clientErrors
        sections[place].serverErrors += row.serverErrors
      } else {
        sections.append(
          LabelledSection(
            label: label, hits: row.hits, bytes: row.bytes, clientErrors: row.clientErrors,
            serverErrors: row.serverErrors))
      }
    }
    return sections
  }
}
