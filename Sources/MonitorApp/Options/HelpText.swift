import LogParsing

/// The texts of `--help`, `--version` and `--formats`.
package enum HelpText {
  /// The name and the version of the program.
  package static let version = "lm2000 (Logs Monitor 2000) \(versionNumber)\n"
  static let versionNumber = "0.1.0"

  /// The usage, with every option of `OptionTable`.
  package static var usage: String {
    var text = """
      Usage: lm2000 [options] [SOURCE...]
      Watch the HTTP traffic in access logs, live or replayed, in the terminal.
      A SOURCE is a log, plain or compressed (gzip, zstd, xz, bzip2), or a FIFO;
      - or nothing is standard input. Several are joined in one view; access.log.1,
      access.log.2.gz, ... are read as the history of access.log.
      syslog:[ADDRESS:]PORT receives lines by UDP and TCP;
      kafka://BROKER[,BROKER]/TOPIC reads them from Kafka.

      """
    for group in OptionTable.groups {
      text += "\n\(group.title):\n"
      for rule in group.rules { text += line(rule) }
    }
    text += """

      Examples:
        lm2000 /var/log/nginx/access.log          watch a log
        lm2000 /var/log/nginx/*access.log*        watch all, with their history
        ssh host tail -F access.log | lm2000 -    watch one on another machine
        lm2000 syslog:5514                        receive what servers send
        lm2000 --output ndjson access.log         the same figures for a program
        lm2000 --demo                             try it without a log

      Exit status: 0 success, 1 input or output failed or no line matched a format,
      2 wrong usage, 3 an alert was triggered (with --fail-on-alert).

      """
    return text
  }

  /// The column at which descriptions begin.
  private static let column = 30
  /// The longest line.
  private static let width = 80

  private static func line(_ rule: OptionRule) -> String {
    let letter = rule.letter.map { "-\($0), " } ?? "    "
    var text = "  \(letter)--\(rule.name)"
    if let value = rule.value { text += " \(value)" }
    let margin = "\n" + String(repeating: " ", count: column)
    text += text.count < column ? String(repeating: " ", count: column - text.count) : margin
    return text + wrapped(rule.meaning).joined(separator: margin) + "\n"
  }

  private static func wrapped(_ meaning: String) -> [String] {
    var lines = [""]
    for word in meaning.split(separator: " ") {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
      } else if lines[lines.count - 1].count + 1 + word.count <= width - column {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The log formats with a summary of each and a line of it, then how to describe another one.
  package static var formats: String {
    let margin = String(repeating: " ", count: 12)
    let known = FormatCatalog.all.reversed().map { format in
      format.name + margin.dropFirst(min(format.name.count, margin.count - 1))
        + "\(format.summary)\n\(margin)\(format.example)\n"
    }
    return known.joined() + """

      Any other format can be described by the string that its server is configured with:
        nginx       --format '$remote_addr [$time_local] "$request" $status $body_bytes_sent'
        Apache      --format '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D'
        GoAccess    --format '%h %^[%d:%t %^] "%r" %s %b "%R" "%u" %T'

      """
  }
}
