import AccessLog

extension WireFailure {
  /// What is wrong with encoded bytes, for people.
  package var text: String {
    switch self {
    case .unknownVersion(let version): "version \(version) is not known; is this program too old?"
    case .truncated: "it ends too early"
    case .tooLong: "it is too long"
    case .badNumber: "a number is out of range"
    case .tooLarge: "it is too large"
    case .malformed: "it is no message of a version that is known"
    case .contradiction: "its figures contradict each other"
    }
  }
}
