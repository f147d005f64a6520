/// A statement about a program that can be true or false.
///
/// ```
/// dc/dw = 2*e*x              ∂c/∂w = 2*e*x           first derivative, gradient, Jacobian
/// d2c/dw2 = 2*x^2            ∂²c/∂w² = 2*x²          second derivative, Hessian
/// d2c/dwdb = 2*x             ∂²c/∂w∂b = 2*x          mixed second derivative
/// y' = 2*x                                           of a number: its derivative by the only input
/// A = B                      A == B                  an identity
/// A >= B                     A ≥ B, <, <=, >, !=     a relation
/// A ≈ B in h                 A ~= B in h             values and derivatives by h agree where h is 0
/// ```
/// A derivative may also stand inside a side, as a factor or a term: `dC/dw = dC/dp*dp/dw`, `2*da/dx = d(a*x)/dx - a`.
/// `f'(x)` and `f''(x)` are the derivatives of a function at an argument.
public enum Claim: Sendable, Hashable {
  case gradient(of: String, by: String, Formula)
  case second(of: String, by: String, and: String, Formula)
  case identity(Formula, Formula)
  /// Of every element with its counterpart; what equal sides mean for it is said in Docs/Conventions.md.
  case relation(Formula, Formula.Comparison, Formula)

  /// Parses a claim and looks up its names, written out like a resolved program.
  ///
  /// `dc/dw` is a derivative if `c` and `w` are names in scope; only then can `dwdb` be taken apart.
  ///
  /// - Parameters:
  ///   - text: one claim; a chain `A = B = C` is several.
  ///   - scope: ``Program/scope(inputs:functions:)`` of the program that the claim is about.
  public init(parsing text: String, in scope: Scope) throws(ParseError) {
    try self.init(parsing: SourceText(text), in: scope)
  }

  package init(parsing source: SourceText, in scope: Scope) throws(ParseError) {
    let links = try ClaimLink.chain(parsing: source, in: scope).map { (link) throws(ParseError) in try link.get() }
    guard links.count == 1 else {
      throw source.start.error("a chain of \(links.count) claims stands where one is expected")
    }
    guard !links[0].addsToProgram else {
      throw source.start.error(
        "this claim is more than one about names of the program; Program.verify takes it as a text")
    }
    self = links[0].claim
  }
}

extension Derivative {
  /// That it is what stands on the right.
  func claim(_ right: Formula) -> Claim {
    by.count == 1 ? .gradient(of: of, by: by[0], right) : .second(of: of, by: by[0], and: by[1], right)
  }
}

extension Claim: CustomStringConvertible {
  /// `∂c/∂w = 2·e·x`
  public var description: String { text(in: .standard) }
  /// `dc/dw = 2*e*x`
  public var ascii: String { text(in: .ascii) }

  /// The claim as a notation writes it: as ``description`` or as ``ascii``.
  public func text(in notation: Formula.Notation) -> String {
    let (left, sign, right) = bothSides
    return "\(left.text(in: notation)) \(sign?.text(in: notation) ?? "=") \(right.text(in: notation))"
  }

  /// What stands on both sides, a derivative as a formula, and the sign between them, if it is not `=`.
  var bothSides: (left: Formula, sign: Formula.Comparison?, right: Formula) {
    switch self {
    case .gradient(let c, let w, let right): (Formula(.derivative(.name(c), by: [.name(w)])), nil, right)
    case .second(let c, let w, let b, let right):
      (Formula(.derivative(.name(c), by: [.name(w), .name(b)])), nil, right)
    case .identity(let left, let right): (left, nil, right)
    case .relation(let left, let sign, let right): (left, sign, right)
    }
  }
}

extension Formula.Comparison {
  func text(in notation: Formula.Notation) -> String {
    switch self {
    case .lessOrEqual where notation != .ascii: "≤"
    case .greaterOrEqual where notation != .ascii: "≥"
    case .notEqual where notation != .ascii: "≠"
    default: rawValue
    }
  }

  /// Whether it holds of two numbers, of which the difference is known to be not 0.
  func holds(ofSign sign: Double) -> Bool {
    switch self {
    case .less, .lessOrEqual: sign < 0
    case .greater, .greaterOrEqual: sign > 0
    case .equal: false
    case .notEqual: true
    }
  }

  var admitsEquality: Bool { self == .lessOrEqual || self == .greaterOrEqual || self == .equal }
}
