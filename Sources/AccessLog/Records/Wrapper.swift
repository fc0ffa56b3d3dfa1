/// A kind of text that another program puts around the lines of a log.
package enum Wrapper: UInt8, CaseIterable, Sendable {
  /// Terminal colours.
  case colors
  /// The prefix of kubectl and its pods.
  case kubectl
  /// The prefix of stern and its pods.
  case stern
  /// The prefix of Docker Compose and its containers.
  case compose
  /// The prefix of a Docker Swarm service and its tasks.
  case swarm
  /// Syslog, RFC 3164 or 5424 or with an ISO 8601 time, and journalctl's short forms.
  case syslog
  /// The journal as JSON.
  case journal
  /// Docker's json-file.
  case docker
  /// The Kubernetes container runtime interface.
  case cri
}
