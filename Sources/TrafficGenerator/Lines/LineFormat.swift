/// The log formats that simulated traffic can be written in.
package enum LineFormat: String, CaseIterable, Sendable {
  case csv, common, combined, vcombined
}
