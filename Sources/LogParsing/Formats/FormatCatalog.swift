/// All log formats.
package enum FormatCatalog {
  /// Ordered by how specific they are, the most specific first.
  static let types: [any CatalogFormat.Type] = [
    PositionalFormat<NginxProxyManagerLayouts>.self, PositionalFormat<EnvoyLayouts>.self,
    PositionalFormat<S3Layouts>.self, PositionalFormat<HAProxyLayouts>.self,
    PositionalFormat<ApplicationLoadBalancerLayouts>.self,
    PositionalFormat<ClassicLoadBalancerLayouts>.self, PositionalFormat<SquidLayouts>.self,
    CommonLogFormat.self,
    JSONLogFormat.self, ExtendedLogFormat.self, CSVFormat.self,
  ]

  /// The formats by all their names.
  package static let all: [NamedFormat] = types.flatMap { type in
    type.members.map {
      NamedFormat(name: $0.name, summary: $0.summary, example: $0.example, make: type.init)
    }
  }

  /// The format with that name.
  package static func format(named name: String) -> NamedFormat? {
    all.first { $0.name == name }
  }
}
