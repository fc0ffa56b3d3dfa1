import Glibc
import TerminalCanvas

/// Sets how characters are encoded from here on, and tells what may be drawn.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set and not empty decides (POSIX, chapter 8).
/// Where none is, UTF-8 is assumed: that is what terminals speak, and only programs started without
/// any environment come here. A UTF-8 locale that is not installed is replaced by `C.UTF-8`; an
/// explicit `C` or `POSIX`, or another encoding, means ASCII.
///
/// - Returns: glyphs for that encoding.
package func useCharacterLocale(environment: [String: String]) -> GlyphSet {
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
