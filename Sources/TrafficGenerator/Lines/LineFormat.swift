/// The formats in which simulated traffic can be written.
package enum LineFormat: String, CaseIterable, Sendable {
  case csv, common, combined, vcombined
}
