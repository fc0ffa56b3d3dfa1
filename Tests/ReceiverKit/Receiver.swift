import Foundation
import LoopbackKit

/// A program that listens on the loopback address until the test ends.
package final class Receiver {
  /// Whether programs are installed, or must be because the environment demands complete checks.
  package static func areExpected(_ paths: String...) -> Bool {
    ProcessInfo.processInfo.environment["LM2000_WITH_SERVERS"] != nil
      || paths.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Why a receiver cannot be started.
  package struct Failure: Error {
    package var reason: String
  }

  package let folder: Folder
  package let port: Int
  private let process = Process()

  package var url: String { "http://127.0.0.1:\(port)/" }
  /// What the receiver has written about what it got.
  package var received: [[String: Any]] {
    folder.text("received").split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// Starts a program, in whose arguments `PORT` and `FOLDER` stand for a free port and a folder of its
  /// own, and waits until it listens.
  ///
  /// - Parameter port: the port of a former receiver; `nil` for a free one.
  package init(_ arguments: [String], in folder: Folder, port former: Int? = nil) throws {
    self.folder = folder
    let port = try former ?? Self.freePort()
    self.port = port
    let words = arguments.map {
      $0.replacing("PORT", with: "\(port)").replacing("FOLDER", with: folder.path(""))
    }
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    guard poll({ Self.isListening(port) }) else {
      throw Failure(reason: "\(words[0]) does not listen")
    }
  }

  deinit { stop() }

  /// Ends the program, if it has not ended yet.
  package func stop() {
    guard process.isRunning else { return }
    // The threads of a test block other signals, and the program has inherited that.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  package static func freePort() throws -> Int {
    guard let port = unusedPort() else { throw Failure(reason: "no port is free") }
    return Int(port)
  }

  /// Asks the program to end, and waits until it has.
  package func terminate() {
    kill(process.processIdentifier, SIGTERM)
    _ = poll { !process.isRunning }
    stop()
  }

  private static func isListening(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(UInt16(port))
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

// MARK: - Kinds of receivers

extension Receiver {
  package static let python = "/usr/bin/python3"

  /// An HTTP server.
  ///
  /// - Parameter mode: how it answers: `ok`, `fail`, `redirect`, `silent`, `slow`, `huge` or `tls`, or
  ///   with a status. A file `mode` in its folder tells of another one later.
  package static func web(_ mode: String, port: Int? = nil) throws -> Receiver {
    let folder = try Folder()
    try folder.write(webServer, to: "server.py")
    if mode == "tls" {
      let made = Process()
      made.executableURL = URL(filePath: "/usr/bin/openssl")
      made.arguments = [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-keyout", folder.path("key.pem"), "-out",
        folder.path("cert.pem"),
      ]
      made.standardError = FileHandle.nullDevice
      try made.run()
      made.waitUntilExit()
      guard made.terminationStatus == 0 else { throw Failure(reason: "openssl has failed") }
    }
    return try Receiver(
      [python, folder.path("server.py"), mode, "PORT", "FOLDER"], in: folder, port: port)
  }

  /// A mail server that takes everything but mail to `refused` and, for now, to `busy`.
  package static func mail() throws -> Receiver {
    let folder = try Folder()
    try folder.write(mailServer, to: "server.py")
    return try Receiver([python, folder.path("server.py"), "PORT", "FOLDER"], in: folder)
  }

  private static let webServer = """
    import http.server, json, ssl, sys, time
    mode, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]

    def current_mode():
        try:
            return open(folder + '/mode').read().strip()
        except FileNotFoundError:
            return mode

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *arguments): pass

        def do_POST(self):
            body = self.rfile.read(int(self.headers['Content-Length'])).decode()
            with open(folder + '/received', 'a') as file:
                headers = {name.lower(): value for name, value in self.headers.items()}
                file.write(json.dumps({'path': self.path, 'headers': headers, 'body': body}) + '\\n')
            mode = current_mode()
            if mode == 'silent':
                time.sleep(60)
            status = int(mode) if mode.isdigit() else 200
            self.send_response({'fail': 500, 'redirect': 302}.get(mode, status))
            if mode == 'redirect':
                self.send_header('Location', 'http://127.0.0.1:%d/elsewhere' % port)
            if mode in ('slow', 'huge'):
                self.send_header('Content-Length', '1000000000')
                self.end_headers()
                while True:
                    self.wfile.write(b'x' if mode == 'slow' else b'x' * 65536)
                    if mode == 'slow':
                        time.sleep(1)
            self.send_header('Content-Length', '2')
            self.end_headers()
            self.wfile.write(b'ok')

    server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
    if mode == 'tls':
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder + '/cert.pem', folder + '/key.pem')
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
    """

  private static let mailServer = """
    import json, sys, time
    from aiosmtpd.controller import Controller

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith('refused'): return '550 5.1.1 no such user'
            if address.startswith('busy'): return '450 4.2.1 try later'
            envelope.rcpt_tos.append(address)
            return '250 OK'

        async def handle_DATA(self, server, session, envelope):
            with open(sys.argv[2] + '/received', 'a') as file:
                file.write(json.dumps({'from': envelope.mail_from, 'to': envelope.rcpt_tos,
                    'data': envelope.content.decode()}) + '\\n')
            return '250 OK'

    Controller(Handler(), hostname='127.0.0.1', port=int(sys.argv[1])).start()
    time.sleep(600)
    """
}
