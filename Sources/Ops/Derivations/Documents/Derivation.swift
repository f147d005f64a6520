/// A derivation as people write it: a text with formulas in LaTeX, of which each that can be checked is checked.
///
/// ```swift
/// let derivation = try Derivation(parsing: "Let $c = (wx - y)^2$. Then $\\frac{\\partial c}{\\partial w} = 2(wx - y)$.", as: .markdown)
/// for finding in derivation.check() { print(finding.kind, finding.verdict?.explanation ?? "") }
/// // definition
/// // claim off by a factor 1/x; …
/// ```
public struct Derivation {
  /// How formulas are marked in the text: between dollars, in LaTeX's environments, or in the Markdown cells of a
  /// Jupyter notebook.
  public enum Format: String, Sendable, CaseIterable { case markdown, latex, notebook }

  private let items: [DocumentItem]
  private let declarations: [String]

  /// - Parameters:
  ///   - text: the whole document.
  ///   - format: what it is written in.
  ///   - declarations: texts of files beside the document: shapes, domains and definitions that it leaves open; see
  ///     Docs/Derivations.md.
  /// - Throws: ``ParseError`` for a notebook that is none.
  public init(parsing text: String, as format: Format, declarations: [String] = []) throws(ParseError) {
    self.declarations = declarations
    items =
      switch format {
      case .markdown: MarkdownScanner.items(of: DocumentText(text))
      case .latex: LaTeXScanner.items(of: DocumentText(text))
      case .notebook: try Notebook.items(of: text)
      }
  }

  /// How many formulas there are.
  public var formulaCount: Int { items.count { if case .math = $0 { true } else { false } } }

  /// What is found out about each formula, in their order.
  /// - Parameters:
  ///   - points: how many points each claim is compared at, for each assignment of sizes.
  ///   - seed: of the random points.
  ///   - whenFound: called with each finding as soon as there is one.
  /// - Throws: ``ParseError`` where a declaration beside the document is wrong.
  @discardableResult
  public func check(
    points: Int = 100, seed: UInt64 = 1, whenFound: (Finding) -> Void = { _ in }
  ) throws(ParseError) -> [Finding] {
    try DerivationReader(items, declarations: declarations).check(points: points, seed: seed, whenFound: whenFound)
  }
}
