extension Style {
  package static let bar = Style(.hits4)
  package static let barTrack = Style(.muted)
  package static let chartBar = Style(.hits4)
  package static let chartAlertBar = Style(.serverError)
  package static let chartAlertSpan = Style(.serverError)
  package static let chartPeak = Style(.accent)
  package static let threshold = Style(.clientError)
  package static let axis = Style(.muted)
}
