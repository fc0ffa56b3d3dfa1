/// The configuration of a web server that serves the site of `SiteServer`.
struct SiteConfiguration {
  /// The formats that the README recommends. What is between the quotes is read with `--format`.
  static let nginxTimed =
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "#
    + #""$http_referer" "$http_user_agent" "$host" $request_time"#
  static let apacheTimed =
    #"%h %l %u %t "%r" %>s %B "%{Referer}i" "%{User-Agent}i" "%V" %D"#
  static let nginxJSON = [
    #"{"time":"$time_iso8601","remote_addr":"$remote_addr","remote_user":"$remote_user","#,
    #""host":"$host","request":"$request","status":$status,"body_bytes_sent":$body_bytes_sent,"#,
    #""request_time":$request_time,"http_referer":"$http_referer","#,
    #""http_user_agent":"$http_user_agent"}"#,
  ]

  /// With a slash at its end.
  let folder: String
  let processFile: String
  let port: UInt16
  /// What answers requests for `/slow`.
  let backend: String
  let isRoot: Bool
  let hasIPv6: Bool

  /// The password of all users, hashed by `htpasswd -nbBC 4`.
  static let passwordHash = "$2y$04$DhOBllWPxUXEi/IholdVTeOV7/048IK0rooqR8HdgqYaxlnm0ZL7C"

  func text(for kind: SiteServer.Kind) -> String {
    switch kind {
    case .nginx: nginx
    case .apache2: apache
    case .caddy: caddy
    }
  }

  private var nginx: String {
    """
    \(isRoot ? "user root;" : "")
    pid \(processFile);
    error_log \(folder)error.log;
    worker_processes 2;
    events { worker_connections 64; }
    http {
      log_format timed '\(Self.nginxTimed)';
      log_format json escape=json \(Self.nginxJSON.map { "'\($0)'" }.joined(separator: "\n"));
      access_log \(folder)combined.log;
      access_log \(folder)timed.log timed;
      access_log \(folder)json.log json;
      server {
        listen 127.0.0.1:\(port);
        \(hasIPv6 ? "listen [::1]:\(port);" : "")
        server_name default.test;
        root \(folder)site;
        location /moved { return 301 /shop/cart; }
        location /away { return 302 http://example.org/; }
        location /broken { return 503 "later"; }
        location /only-get { limit_except GET { deny all; } return 200 "ok"; }
        location /slow { proxy_pass http://\(backend)/; }
        location /private { auth_basic closed; auth_basic_user_file \(folder)accounts; }
      }
    }
    """
  }

  private var apache: String {
    let modules = [
      "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "alias",
      "dir", "proxy", "proxy_http",
    ].map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }
    let timed = Self.apacheTimed.replacing("\"", with: "\\\"")
    return #"""
      ServerRoot "\#(folder)"
      DefaultRuntimeDir "\#(folder)"
      PidFile "\#(processFile)"
      ErrorLog "\#(folder)error.log"
      \#(modules.joined(separator: "\n"))
      \#(isRoot ? "User www-data\nGroup www-data" : "")
      Listen 127.0.0.1:\#(port)
      \#(hasIPv6 ? "Listen [::1]:\(port)" : "")
      ServerName default.test
      # As in Debian's apache2.conf.
      LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" vhost_combined
      LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" combined
      LogFormat "\#(timed)" timed
      \#(apacheSite(named: "default.test"))
      \#(apacheSite(named: "shop.test"))
      """#
  }

  private func apacheSite(named name: String) -> String {
    """
    <VirtualHost *:\(port)>
      ServerName \(name)
      DocumentRoot "\(folder)site"
      CustomLog "\(folder)other_vhosts_access.log" vhost_combined
      CustomLog "\(folder)combined.log" combined
      CustomLog "\(folder)timed.log" timed
      Redirect 301 /moved http://example.org/shop/cart
      Redirect 302 /away http://example.org/
      Redirect 503 /broken
      ProxyPass /slow http://\(backend)/
      <Location /only-get>
        <LimitExcept GET>
          Require all denied
        </LimitExcept>
      </Location>
      <Location /private>
        AuthType Basic
        AuthName closed
        AuthUserFile "\(folder)accounts"
        Require valid-user
      </Location>
    </VirtualHost>
    """
  }

  private var caddy: String {
    let accounts = SiteServer.users.map { user in
      "\"\(user.replacing("\"", with: "\\\""))\" \(Self.passwordHash)"
    }
    return """
      {
        admin off
        auto_https off
      }
      http://:\(port) {
        bind 127.0.0.1 \(hasIPv6 ? "::1" : "")
        log {
          output file \(folder)access.log
        }
        root * \(folder)site
        redir /moved* /shop/cart 301
        redir /away* http://example.org/ 302
        respond /broken* "later" 503
        @other {
          path /only-get
          not method GET
        }
        respond @other 405
        reverse_proxy /slow \(backend)
        basicauth /private/* {
          \(accounts.joined(separator: "\n"))
        }
        file_server
      }
      """
  }
}
