/// What was found out about one formula of a document, or one link of a chain of equations.
public struct Finding: Sendable {
  /// What the formula does in the text.
  public enum Kind: String, Sendable, CaseIterable {
    /// What a name stands for: `W ∈ ℝᵈ`, `y ∈ {-1, 1}`, `n = 5`.
    case declaration
    /// A new name for a formula: `z = wx + b`.
    case definition
    /// What can be true or false; it has a verdict.
    case claim
    /// Nothing to check: `x`, an update step, a condition.
    case mention
    /// A formula that could not be read, with the reason.
    case notRead = "not read"
  }

  /// What it does in the text; a claim has a `verdict`.
  public internal(set) var kind: Kind
  /// From 1, in the file, or in the cell of a notebook.
  public let line: Int, column: Int
  /// Of a notebook: which cell, from 1.
  public internal(set) var cell: Int?
  /// That of `\tag{…}` or `(1.2)` behind the formula.
  public internal(set) var tag: String?
  /// As it stands in the document.
  public let latex: String
  /// How it was read, in the notation of formulas; empty where there is nothing to tell.
  public internal(set) var reading = ""
  /// The same with its parts, to print in other notations.
  public internal(set) var readClaim: Claim?
  /// Whether it speaks of values at a point, for which the reading has names of its own.
  var isAtPoint = false
  /// What it is about: the definitions that it uses.
  public internal(set) var readProgram: Program?
  /// Of a claim.
  public internal(set) var verdict: Verdict?
  /// The sizes at which a claim about named sizes was tested: `["n": 3, "d": 2]`.
  public var sizes: [[String: Int]] { verdict?.sizes ?? [] }
  /// Why a formula was not read, or what is remarkable about a mention.
  public internal(set) var reason: String?
  /// The whole error of a formula that was not read.
  public internal(set) var error: ParseError?
  /// What a comment before the formula says is wrong with it; it is expected to be refuted.
  public internal(set) var expectedRefutation: String?

  init(_ kind: Kind, line: Int, column: Int, latex: String) {
    (self.kind, self.line, self.column, self.latex) = (kind, line, column, latex)
  }

  /// Whether it is as its author, or the comment before it, says. What is no claim always is.
  public var isAsExpected: Bool {
    guard kind == .claim, let outcome = verdict?.outcome else { return true }
    return outcome == (expectedRefutation == nil ? .holds : .refuted)
  }
}
