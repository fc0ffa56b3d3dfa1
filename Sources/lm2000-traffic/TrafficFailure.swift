import Glibc

/// The reason why the program stops.
enum TrafficFailure: Error {
  case unknownOption(String)
  case missingValue(option: String)
  case badValue(option: String, value: String, expected: String)
  case cannotWrite(path: String, code: Int32)

  var exitStatus: Int32 {
    if case .cannotWrite = self { 1 } else { 2 }
  }

  /// The message for the user.
  var text: String {
    switch self {
    case .unknownOption(let option): "\(option): there is no such option; try --help"
    case .missingValue(let option): "\(option): a value is missing; try --help"
    case .badValue(let option, let value, let expected):
      "\(option): '\(value)' is not \(expected); try --help"
    case .cannotWrite(let path, let code): "\(path): \(String(cString: strerror(code)))"
    }
  }
}
