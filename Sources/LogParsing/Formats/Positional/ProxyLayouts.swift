/// The native log of Squid: epoch seconds, the time to answer in milliseconds, and the request as
/// method and URL.
enum SquidLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "squid", summary: "Squid, native",
      example: "1773476813.482    214 192.0.2.44 TCP_MISS/200 18233 GET "
        + "http://news.example.net/world/latest - HIER_DIRECT/198.51.100.80 text/html")
  ]

  static let layouts = [
    FieldLayout(
      "$time $milliseconds $plain_client $capitals/$status $bytes $method $target $user "
        + "$capitals/$server $type", [.hostInURL])
  ]
}

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

/// The default text log of Envoy, and that of Istio, which has more fields. The size is the second of
/// the two; times are milliseconds; a status of 0 means that no response was sent.
///
/// The client is what `X-Forwarded-For` says. Where that is `-`, it is the peer in the log of Istio,
/// while the log of Envoy does not name it.
enum EnvoyLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "envoy", summary: "Envoy and Istio, default text",
      example: #"[2026-03-14T08:26:53.482Z] "GET /api HTTP/1.1" 200 - 0 1482 18 17 "#
        + #""203.0.113.57" "okhttp/4" "id" "api.example.org" "10.0.0.1:80""#)
  ]

  private static let head = #"[$time] "$request" $status $flags "#
  private static let sizes = #"$number $bytes $milliseconds $number "$client""#
  private static let texts = #" "$agent" "$id" "$host" "$upstream""#

  static let layouts = [
    FieldLayout(head + sizes, optional: texts, noStatus: "0"),
    FieldLayout(
      head + #"$details $termination "$failure" "# + sizes + texts
        + " $cluster $local $local $client", optional: " $name $route",
      noStatus: "0"),
  ]
}

/// The server access log of Amazon S3. Times are milliseconds; any field may be `-`.
enum S3Layouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "s3", summary: "Amazon S3 server access log",
      example: "79a5 bucket [14/Mar/2026:08:26:53 +0000] 203.0.113.57 - 3E57 REST.GET.OBJECT "
        + #"photos/a.jpg "GET /bucket/photos/a.jpg HTTP/1.1" 200 - 2662 2662 70 10 "-" "#
        + #""S3Console/0.4" -"#)
  ]

  static let layouts = [
    FieldLayout(
      "$word $word [$time] $address $user $id $operation $key $quoted_request $status $code "
        + "$bytes $number $milliseconds $number",
      optional: " $quoted_referrer $quoted_agent $version $id $signature $cipher $kind $host")
  ]
}
