import Testing

@testable import CursesTerminal

extension CursesScreenTests {
  @Suite struct Locales {
    @Test(
      arguments: [
        ([:], true), (["LANG": "C.UTF-8"], true), (["LANG": "C"], false),
        (["LC_ALL": "POSIX", "LANG": "C.UTF-8"], false),
        (["LC_CTYPE": "C", "LANG": "C.UTF-8"], false),
        (["LC_ALL": "", "LANG": "C.UTF-8"], true), (["LANG": "xx_YY.UTF-8"], true),
        (["LC_ALL": "xx_YY.utf8"], true), (["LANG": "de_DE.ISO-8859-1"], false),
        (["LC_ALL": "", "LC_CTYPE": "", "LANG": ""], true),
      ] as [([String: String], Bool)])
    func theLocaleDeterminesTheGlyphs(environment: [String: String], isUnicode: Bool) {
      #expect((setCharacterLocale(environment: environment).encoding == .unicode) == isUnicode)
      _ = setCharacterLocale(environment: [:])
    }
  }
}
