/// The `proxy` and `standard` logs of Nginx Proxy Manager. The last status is the one that was sent;
/// those before it are of the cache and of the servers behind the proxy.
enum NginxProxyManagerLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "npm", summary: "Nginx Proxy Manager",
      example: #"[25/Nov/2026:12:00:01 +0000] - 200 200 - GET https app.example.org "/api/a" "#
        + "[Client 203.0.113.5] [Length 15] [Gzip -] [Sent-to 192.0.2.10] "
        + #""curl/8.5.0" "-""#)
  ]

  private static let tail =
    #"$status - $method $scheme $host "$target" [Client $client] [Length $bytes]"#

  static let layouts = [
    FieldLayout(
      "[$time] $cache $statuses " + tail,
      optional: #" [Gzip $ratio] [Sent-to $server] "$agent" "$referrer""#),
    FieldLayout("[$time] " + tail, optional: #" [Gzip $ratio] "$agent" "$referrer""#),
  ]
}
