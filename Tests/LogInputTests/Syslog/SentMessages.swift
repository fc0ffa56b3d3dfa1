/// Messages as servers and syslog daemons write them, without the framing.
enum SentMessages {
  private static let combined =
    #"203.0.113.7 - - [25/Nov/2026:15:35:27 +0000] "GET /a HTTP/1.1" 200 6 "-" "curl/7.88.1""#
  private static let haproxy =
    #"203.0.113.7:38402 [25/Nov/2026:15:36:13.082] f1 web/s1 0/0/0/0/0 200 203 - - ---- 1/1/0/0/0 "#
    + #"0/0 "GET / HTTP/1.1""#

  static let all = [
    // nginx, with and without a host name.
    "<190>Nov 25 15:35:27 web1 nginx: \(combined)",
    "<190>Nov 25 15:35:27 nginx: \(combined)",
    // HAProxy in both formats.
    "<134>Nov 25 15:36:13 haproxy[25573]: \(haproxy)",
    "<134>1 2026-11-25T15:36:13.067050+00:00 - haproxy 25573 - - \(haproxy)",
    // rsyslog: its forwarding formats.
    "<190>1 2026-11-25T15:37:21.467140+00:00 web1 access - - - \(combined)",
    "<190>2026-11-25T15:37:21.467140+00:00 web1 access: \(combined)",
    // syslog-ng, whose tag may be missing, and which numbers its messages.
    "<13>Nov 25 15:38:00 web1 \(combined)",
    "<13>1 2026-11-25T15:38:00+00:00 web1 - - - [meta sequenceId=\"1\"] \(combined)",
  ]
}
