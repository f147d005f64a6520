// Where a function bends or jumps, and on which side a point is.

/// The comparisons that the sides of a claim make, as differences whose signs decide.
struct Branches {
  /// One comparison, for every element of its operands.
  struct Branch {
    /// nil for the relation that is claimed.
    let step: Int?
    let kind: Kind

    enum Kind {
      /// Two steps meet.
      case meeting(Int, Int)
      /// A step meets a number.
      case value(Int, Double)
      /// Elements of a step meet, of which one is chosen.
      case elements(Int)
      /// A step, or its quotient by another, meets a whole number plus an offset.
      case whole(Int, by: Int?, offset: Double)
      /// What a rule of somebody's own compares inside.
      case inside(Int)
    }
  }

  let branches: [Branch]
  private let unrolled: UnrolledSteps
  private var steps: ProgramSteps { unrolled.steps }
  /// No more elements of one comparison are looked at.
  private static let mostElements = 32
  private static let mostDifferences = 256

  /// - Parameter changing: the inputs that are not the same at every point.
  init(_ sides: Sides, changing: Set<String>) {
    let steps = sides.steps
    let changes = steps.depends { steps.steps[$0].form.name.map(changing.contains) ?? false }
    var branches = sides.needed.filter { changes[$0] }.flatMap { index in
      steps.branches(of: index).map { Branch(step: index, kind: $0) }
    }
    // What is claimed to be larger is looked for where it is not.
    if sides.claim.comparison != nil, let left = sides.left {
      branches.append(Branch(step: nil, kind: .meeting(left, sides.right)))
    }
    (unrolled, self.branches) = (sides.unrolled, branches)
  }

  /// The differences of all comparisons, with the number of their branch, as numbers that can be differentiated.
  func differences<A: Algebra>(on walk: Walk<A>) -> [(branch: Int, difference: Recorded<A>)] {
    var found: [(Int, Recorded<A>)] = []
    for (number, branch) in branches.enumerated() where found.count < Self.mostDifferences {
      let all: [Recorded<A>]
      switch branch.kind {
      case .meeting(let a, let b): all = (walk[a] - walk[b]).elements
      case .value(let a, let kink): all = kink == 0 ? walk[a].elements : (walk[a] - .number(kink)).elements
      case .elements(let a):
        let elements = walk[a].elements
        all = elements.indices.dropFirst().map { elements[$0] - elements[$0 - 1] }
      case .whole(let a, let divisor, let offset):
        all = (divisor.map { walk[a] / walk[$0] } ?? walk[a]).elements.map { $0.fromWhole(offset) }
      case .inside(let step): all = walk.differences(inside: step, of: unrolled)
      }
      let stride = max(1, all.count / Self.mostElements)
      found += all.indices.filter { $0 % stride == 0 }.prefix(Self.mostElements).map { (number, all[$0]) }
    }
    return found
  }
}

// MARK: - In words

extension Branches {
  /// `e = 0`, `a = b`: the kink of a step next to which a point is.
  func kink(of step: Int, _ value: (Int) -> [Double]) -> String {
    let own = steps.branches(of: step)
    func distance(_ kind: Branch.Kind) -> Double {
      switch kind {
      case .meeting(let a, let b): nearest(value(a), value(b))
      case .value(let a, let kink): nearest(value(a), [kink])
      case .elements, .whole: 0
      case .inside: .infinity
      }
    }
    guard let kind = own.min(by: { distance($0) < distance($1) }) else { return edge(of: step) }
    return text(kind, "=")
  }

  private func text(_ kind: Branch.Kind, _ sign: String) -> String {
    switch kind {
    case .meeting(let a, let b): return "\(steps.steps[a].label) \(sign) \(steps.steps[b].label)"
    case .value(let a, let kink): return "\(steps.steps[a].label) \(sign) \(shortest(kink))"
    case .elements(let a): return "a tie in \(steps.steps[a].label)"
    case .whole(let a, let divisor, let offset):
      let quotient = steps.steps[a].label + (divisor.map { "/\(steps.steps[$0].label)" } ?? "")
      return "\(quotient) \(sign) a whole number\(offset == 0 ? "" : " + \(shortest(offset))")"
    case .inside(let a): return "a comparison inside \(steps.steps[a].label)"
    }
  }

  /// A step without a kink of its own is at an end of its domain: `x = 0` for sqrt(x).
  private func edge(of step: Int) -> String {
    guard let operand = steps.steps[step].form.operands.first else { return steps.steps[step].label }
    return "\(steps.steps[operand].label) = 0"
  }

  private func nearest(_ a: [Double], _ b: [Double]) -> Double {
    a.indices.reduce(.infinity) { least, place in
      min(least, (a[place] - b[b.count == a.count ? place : 0]).magnitude)
    }
  }

  /// `x - 0.7 > 0`: a side of a branch that no point was on; nil where a name for it would not help.
  func side(_ sign: Int, of branch: Int) -> String? {
    let kind = branches[branch].kind
    return switch kind {
    case .meeting, .value: text(kind, sign < 0 ? "<" : ">")
    case .elements, .whole, .inside: nil
    }
  }
}

extension ProgramSteps {
  /// The comparisons that one step makes, read from its rule.
  fileprivate func branches(of step: Int) -> [Branches.Branch.Kind] {
    switch steps[step].form {
    case .comparison(_, let a, let b): return [.meeting(a, b)]
    case .call(_, let arguments):
      let x = arguments.filter { $0.label == nil }.map(\.value)
      let inside: [Branches.Branch.Kind] = comparesInside(step) ? [.inside(step)] : []
      switch Language.function(of: steps[step].formula) {
      case .tensor(.max), .tensor(.min): return [.elements(x[0])]
      case .tensor(.norm1): return [.value(x[0], 0)]
      case .elementwise(let rule), .folded(let rule): return branches(of: rule, x) + inside
      case .tensor, .rule, nil: return inside
      }
    default: return []
    }
  }

  /// Whether a rule of somebody's own may compare inside, of which nobody says what.
  func comparesInside(_ step: Int) -> Bool {
    guard let rule = steps[step].formula.rule, RuleRegistry.isOwn(rule.type) else { return false }
    // What rules on tensors compare shows only with shapes.
    return (rule.type as? any ElementwiseRule.Type).map { UnrolledStep(opening: $0).compares } ?? true
  }

  private func branches(of rule: any ElementwiseRule.Type, _ x: [Int]) -> [Branches.Branch.Kind] {
    // A condition that is a comparison is a step of its own.
    if rule == Where.self, case .comparison = steps[x[0]].form { return [] }
    let pairs = x.count > rule.arity ? zip(x, x.dropFirst()).map { ($0, $1) } : rule.meetings.map { (x[$0], x[$1]) }
    var kinds = rule.kinks.map { Branches.Branch.Kind.value(x[0], $0) } + pairs.map { .meeting($0, $1) }
    if let offset = rule.periodicJumps {
      kinds.append(.whole(x[0], by: x.count > 1 ? x[1] : nil, offset: offset))
    }
    return kinds
  }
}

extension ElementwiseRule {
  static var compares: Bool { !kinks.isEmpty || !meetings.isEmpty || periodicJumps != nil }

  /// What its value or its local gradients hang on the sign of.
  static func differences<A: Algebra>(_ x: [A]) -> [A] {
    let met = kinks.map { x[0] - .number($0) } + meetings.map { x[$0] - x[$1] }
    guard let offset = periodicJumps else { return met }
    return met + [(x.count > 1 ? x[0] / x[1] : x[0]).fromWhole(offset)]
  }
}

extension Algebra {
  /// How far it is above the nearest whole number plus an offset.
  fileprivate func fromWhole(_ offset: Double) -> Self {
    let moved = self - .number(offset)
    return moved - .floor(moved + 0.5)
  }
}

extension ProgramSteps.Step {
  /// The name of its statement, or its formula.
  var label: String { name ?? formula.description }
}
