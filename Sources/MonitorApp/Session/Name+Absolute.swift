import AccessLog
import Glibc

extension Name {
  /// The path from the root on, without `.` and doubled slashes, and without resolving links: a log is
  /// known by the name it is followed by. Standard input stays `-`. (getcwd(3))
  var absolute: Name {
    let slash = UInt8(ascii: "/")
    guard self != Name("-") else { return self }
    var path = bytes
    if path.first != slash {
      guard let folder = getcwd(nil, 0) else { return self }
      defer { free(folder) }
      path = Array(String(cString: folder).utf8) + [slash] + path
    }
    let parts = path.split(separator: slash).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
    return parts.isEmpty ? Name("/") : Name(parts.flatMap { [slash] + $0 })
  }
}
