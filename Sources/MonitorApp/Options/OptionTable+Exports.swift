import MetricsServer

extension OptionTable {
  /// The options that give the figures to other programs.
  static let exports: [OptionRule] = [
    OptionRule(
      "metrics", nil, "ADDRESS:PORT", "serve figures to Prometheus at http://ADDRESS:PORT/metrics"
    ) { (text, options) throws(UsageError) in
      guard let address = ServerAddress(text) else {
        throw .badValue(
          option: "--metrics", text: text,
          expected: "an address and a port, such as 127.0.0.1:9145, [::1]:9145 or :9145")
      }
      options.metrics = address
    },
    OptionRule(
      "listen-any", nil, nil,
      "let --metrics and syslog: listen on addresses that other machines can reach"
    ) { $1.listensAny = true },
  ]
}
