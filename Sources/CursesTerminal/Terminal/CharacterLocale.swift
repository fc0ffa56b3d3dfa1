import Glibc
import TerminalCanvas

/// Sets the character encoding of the process and returns the glyphs that can be drawn in it.
/// (setlocale(3))
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set and not empty determines the locale (POSIX,
/// chapter 8). If all are unset or empty, UTF-8 is assumed: terminals use it, and only programs started
/// with an empty environment get here. A UTF-8 locale that is not installed is replaced by `C.UTF-8`.
/// An explicit `C` or `POSIX` locale, or an encoding other than UTF-8, gives ASCII.
///
/// - Returns: the glyphs for the encoding.
package func setCharacterLocale(environment: [String: String]) -> GlyphSet {
  let chosen = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
    .compactMap { environment[$0] }
    .first { !$0.isEmpty }
  let name = chosen ?? "C.UTF-8"
  if setlocale(LC_CTYPE, name) == nil {
    let encoding = name.lowercased()
    let isUnicode = encoding.contains("utf-8") || encoding.contains("utf8")
    setlocale(LC_CTYPE, isUnicode ? "C.UTF-8" : "C")
  }
  guard let encoding = nl_langinfo(Int32(CODESET)) else { return .ascii }
  return strcmp(encoding, "UTF-8") == 0 ? .unicode : .ascii
}
