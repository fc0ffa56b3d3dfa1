import AccessLog
import Actions
import Conditions

extension Options {
  /// Adds the action that a text defines. One of the command line replaces the one of that name in the
  /// config file.
  mutating func addAction(_ text: String) throws(UsageError) {
    do throws(DefinitionError) {
      let definition = try ActionDefinition(parsing: text)
      let former = actions.firstIndex { $0.name == definition.name }
      let isReplaced = former.map { origin == .commandLine && actionOrigins[$0] != .commandLine }
      guard isReplaced != false else {
        throw DefinitionError(
          message: "another action is called \(definition.name)", offset: 0)
      }
      if let former {
        let place = actionOrigins[former]
        settings.removeAll { $0.rule.name == "notify" && $0.origin == place }
        actions.remove(at: former)
        actionOrigins.remove(at: former)
      }
      actions.append(definition)
      actionOrigins.append(origin)
    } catch {
      throw .badExpression(
        option: "--notify", text: error.shownText(of: text),
        GrammarError(error.message, at: error.offset))
    }
  }

  /// Everything that refers to an action names one that is defined.
  func checkActions() throws(UsageError) {
    for (rule, written) in zip(analysis.rules, rules) {
      let text = written.text
      for name in rule.actions ?? [] where !actions.contains(where: { $0.name == name }) {
        let error = UsageError.badExpression(
          option: "--alert", text: text,
          GrammarError(
            "no action is called \(name): define it with --notify",
            at: RuleDefinition.offset(ofAction: name, in: text) ?? 0))
        throw error.located(at: written.origin)
      }
    }
    if let name = testedAction, !actions.contains(where: { $0.name == name }) {
      throw .badValue(
        option: "--notify-test", text: name, expected: "an action that --notify defines")
    }
    if actsOnEvents, !paths.isEmpty {
      throw .conflict(object: "--act", reason: "needs no log: leave out \(paths[0])")
    }
    if actsOnEvents, actions.isEmpty {
      throw .conflict(object: "--act", reason: "needs an action: add --notify")
    }
  }

  /// The names of the actions of each rule that names any.
  var routes: [String: [String]] {
    Dictionary(
      analysis.rules.compactMap { rule in rule.actions.map { (rule.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}
