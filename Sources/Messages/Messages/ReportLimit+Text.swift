import AccessLog
import TrafficAnalysis

extension ReportLimit {
  /// Why seconds that servers send cannot answer what is asked, and what would help.
  package var text: String {
    let subject =
      switch subject {
      case .filter: "the filter"
      case .lines: "the output of lines"
      case .rule(let name): "the rule \(name)"
      }
    return "\(subject) cannot be answered from seconds: \(reason.text)"
  }
}

extension ReportLimit.Reason {
  fileprivate var text: String {
    switch self {
    case .noLines: "they hold no lines"
    case .severalTerms:
      "they do not say what hits had together, so a condition may have one term only"
    case .unranked(let field): "they do not say how many hits had which \(field.rawValue)"
    case .notRanked(let dimension):
      "they are not ranked by \(dimension.profile.name) here; add --rank \(dimension.profile.name)"
    case .together(let one, let other):
      "they do not say which hits had a \(one) and a \(other) together"
    case .latenciesOfClients: "they do not say how long the hits of a client took"
    case .methods: "of a method they say only how many hits it had"
    }
  }
}
