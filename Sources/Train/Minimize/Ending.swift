/// How a minimization ended, and why in words.
public struct Ending: Equatable, Sendable, CustomStringConvertible {
  /// What sort of end it was.
  public enum Kind: String, Sendable, CaseIterable {
    /// At a minimum, as far as the digits of the numbers tell.
    case converged
    /// A stopping rule applied.
    case rule
    /// After as many steps as were allowed.
    case limit
    /// No better point was found though the derivatives promise one: at a kink, or with too small a learning rate.
    case stalled
    /// The value fell without end, or a step led to where there is none.
    case diverged
    /// Value or derivatives are infinite or NaN where the parameters are.
    case undefined
  }

  /// Whether it is a minimum, and if not what else.
  public let kind: Kind
  /// `gradient = 0`, `1000 iterations`, `diverged: forward pass: log gives nan at node 1`.
  public let reason: String

  /// An end with its words.
  public init(_ kind: Kind, _ reason: String) { (self.kind, self.reason) = (kind, reason) }

  /// Whether the last point is no answer: a command exits with a status that says so.
  public var isFailure: Bool { kind == .diverged || kind == .undefined }

  /// The reason.
  public var description: String { reason }
}

extension Ending {
  static let flat = Ending(.converged, "gradient = 0")
  static let settled = Ending(.converged, "parameters settled")
  static let level = Ending(.converged, "value settled")
  static let endless = Ending(.diverged, "the value falls without end")

  /// Where the derivatives are infinite or NaN: no step can be taken from there.
  static func undefined(_ objective: Objective) -> Ending {
    Ending(.undefined, "undefined: " + (objective.nonFinite() ?? "a derivative is infinite or not a number"))
  }
}
