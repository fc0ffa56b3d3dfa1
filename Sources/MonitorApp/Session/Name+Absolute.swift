import AccessLog
import Glibc

extension Name {
  /// The path from the root on, without resolving links: a log is known by the name it is followed by.
  /// Standard input stays `-`. (getcwd(3))
  var absolute: Name {
    guard self != Name("-"), bytes.first != UInt8(ascii: "/"), let folder = getcwd(nil, 0) else {
      return self
    }
    defer { free(folder) }
    return Name(Array(String(cString: folder).utf8) + [UInt8(ascii: "/")] + bytes)
  }
}
