import AccessLog
import Glibc

// Messages that come by TCP.

/// A connection of a peer.
final class SyslogConnection {
  let socket: Int32
  let peer: SyslogPeer
  var framer = SyslogFramer()
  /// When its last bytes came, in monotonic seconds.
  var lastArrival: Double

  init(_ socket: Int32, _ peer: SyslogPeer, now: Double) {
    self.socket = socket
    self.peer = peer
    lastArrival = now
  }
}

extension SyslogListener {
  private static let mostAccepted = 256
  private static let readSize = 65_536

  /// Accepts the connections that wait. Where there are too many, those that have been silent for
  /// longest are closed.
  func acceptConnections(_ listener: Int32, _ now: Double) {
    for _ in 0..<Self.mostAccepted {
      guard let (socket, address) = accept(from: listener) else {
        // Without a free descriptor the next one gets in once another is closed.
        if errno == EMFILE || errno == ENFILE { closeOldestConnection() }
        return
      }
      if connections.count >= limits.connections { closeOldestConnection() }
      guard let peer = peer(SyslogPeer.Key(transport: .tcp, address: address), now) else {
        close(socket)
        continue
      }
      peer.lastArrival = now
      connections[socket] = SyslogConnection(socket, peer, now: now)
    }
  }

  private func closeOldestConnection() {
    guard let oldest = connections.values.min(by: { $0.lastArrival < $1.lastArrival })
    else { return }
    update { $0.displaced += 1 }
    end(oldest, because: oldest.framer.isInMessage ? .cutMessage : nil)
  }

  /// Closes a connection.
  ///
  /// - Parameter fault: what was wrong with it; `nil` if nothing was.
  func end(_ connection: SyslogConnection, because fault: FramingFault?) {
    connections[connection.socket] = nil
    close(connection.socket)
    if let fault { note(fault, of: connection.peer) }
  }

  /// Reads what a connection has brought, unless its peer has enough that is not read: then the sender
  /// waits.
  ///
  /// - Returns: whether there was anything.
  func read(_ connection: SyslogConnection, _ now: Double) -> Bool {
    guard connection.peer.messages.count < limits.waitingBytes else {
      // It is not silent; it is not listened to.
      connection.lastArrival = now
      return false
    }
    return withUnsafeTemporaryAllocation(byteCount: Self.readSize, alignment: 16) { buffer in
      let count = recv(connection.socket, buffer.baseAddress, buffer.count, 0)
      if count < 0 {
        if ![EAGAIN, EINTR].contains(errno) {
          end(connection, because: connection.framer.isInMessage ? .cutMessage : nil)
        }
        return false
      }
      (connection.lastArrival, connection.peer.lastArrival) = (now, now)
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      let before = connection.peer.messages.messages
      do throws(FramingFault) {
        if count == 0 {
          try connection.framer.finish(to: &connection.peer.messages)
          end(connection, because: nil)
        } else {
          try connection.framer.add(bytes, to: &connection.peer.messages)
        }
      } catch {
        end(connection, because: error)
      }
      let messages = connection.peer.messages.messages - before
      update { $0.messages += messages }
      return true
    }
  }
}
