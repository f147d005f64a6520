/// What steps through a page: buttons, a slider and keys. The page's own script says what a step shows.
package enum Player {
  package static var style: String { String(resource: PackageResources.player_css) }
  package static var script: String { String(resource: PackageResources.player_js) }

  /// The buttons, with more beside them, and the line that says what happens.
  package static func controls(beside more: String = "") -> String {
    String(resource: PackageResources.player_html).split(separator: "<!-- beside -->").joined(separator: more)
  }
}

extension WebPage {
  /// JSON as it can stand in an element of a page: no name in it ends the element.
  package static func inScript(_ json: JSONValue) -> String {
    "\(json)".split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
  }
}
