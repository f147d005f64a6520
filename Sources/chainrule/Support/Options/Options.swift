/// What a report is printed as.
enum ReportFormat: String, CaseIterable { case text, json }

/// Options that belong together, each a property with ``Option``: a command, or a part of one.
///
/// They are found by looking at the properties, in their order; a property that holds options itself is a section of
/// `--help`.
protocol Options {
  init()
  /// What stands above them in `--help`, as a section of a command.
  static var title: String { get }
  /// Refuses what does not go together for reasons that lie in the values.
  func check() throws
}

extension Options {
  static var title: String { "" }
  func check() throws {}

  /// The options of its own.
  var own: [any DeclaredOption] { Mirror(reflecting: self).children.compactMap { $0.value as? any DeclaredOption } }
  /// The sections below.
  var sections: [any Options] { Mirror(reflecting: self).children.compactMap { $0.value as? any Options } }
  /// All, in their order.
  var all: [any DeclaredOption] { own + sections.flatMap(\.all) }
}
