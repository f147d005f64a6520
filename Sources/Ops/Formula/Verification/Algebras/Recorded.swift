/// A number that remembers what it was computed from: reverse mode over any algebra, so that one sweep gives the
/// derivatives of a result by everything, with the errors that the algebra keeps account of.
///
/// It lives as long as its ``Recording``.
struct Recorded<Base: Algebra>: RuleAlgebra {
  let value: Base
  /// Its place in the recording; negative for what depends on nothing recorded.
  let node: Int
  /// Not counted, for speed.
  private let link: Unmanaged<Recording<Base>>?

  init(_ value: Base) { (self.value, node, link) = (value, -1, nil) }
  init(floatLiteral value: Base.FloatLiteralType) { self.init(Base(floatLiteral: value)) }
  init(integerLiteral value: Base.IntegerLiteralType) { self.init(Base(integerLiteral: value)) }
  static func number(_ value: Double) -> Recorded { Recorded(.number(value)) }

  fileprivate init(_ value: Base, _ node: Int, _ recording: Recording<Base>) {
    (self.value, self.node, link) = (value, node, .passUnretained(recording))
  }

  private var recording: Recording<Base>? { link?.takeUnretainedValue() }

  static func apply<R: UnaryRule>(_ rule: R.Type, _ x: Recorded) -> Recorded {
    let y = Base.apply(rule, x.value)
    guard let recording = x.recording else { return Recorded(y) }
    recording.link(x, R.local(x.value, y))
    return recording.node(y, rule, [x])
  }

  static func apply<R: BinaryRule>(_ rule: R.Type, _ a: Recorded, _ b: Recorded) -> Recorded {
    let y = Base.apply(rule, a.value, b.value)
    guard let recording = a.recording ?? b.recording else { return Recorded(y) }
    let (da, db) = R.locals(a.value, b.value, y)
    recording.link(a, da)
    recording.link(b, db)
    return recording.node(y, rule, [a, b])
  }

  static func apply<R: TernaryRule>(_ rule: R.Type, _ a: Recorded, _ b: Recorded, _ c: Recorded) -> Recorded {
    let y = Base.apply(rule, a.value, b.value, c.value)
    guard let recording = a.recording ?? b.recording ?? c.recording else { return Recorded(y) }
    let (da, db, dc) = R.locals(a.value, b.value, c.value, y)
    recording.link(a, da)
    recording.link(b, db)
    recording.link(c, dc)
    return recording.node(y, rule, [a, b, c])
  }
}

/// The nodes of recorded numbers, each with its local gradients, in the order of their computation.
final class Recording<Base: Algebra> {
  private var links: [(input: Int, local: Base)] = []
  /// Where the links of each node end.
  private var ends: [Int] = []
  /// What each node was computed by; empty unless derivatives are to be differentiated again.
  private var history: [Operation] = []
  let keepsHistory: Bool

  private struct Operation {
    /// nil for a variable: the identity.
    let rule: (any ElementwiseRule.Type)?
    let operands: [Recorded<Base>]
    let result: Recorded<Base>
  }

  /// - Parameter keepsHistory: whether derivatives can be recorded themselves.
  init(keepsHistory: Bool = false) { self.keepsHistory = keepsHistory }

  var count: Int { ends.count }

  /// A number as a node of its own: its derivative is not that of what else uses the number it was made from.
  /// - Parameter changed: another value in its place.
  func variable(_ original: Recorded<Base>, changed: Base? = nil) -> Recorded<Base> {
    link(original, 1)
    return node(changed ?? original.value, nil, [original])
  }

  fileprivate func link(_ input: Recorded<Base>, _ local: Base) {
    if input.node >= 0 { links.append((input.node, local)) }
  }

  fileprivate func node(
    _ value: Base, _ rule: (any ElementwiseRule.Type)?, _ operands: @autoclosure () -> [Recorded<Base>]
  ) -> Recorded<Base> {
    ends.append(links.count)
    let result = Recorded(value, ends.count - 1, self)
    if keepsHistory { history.append(Operation(rule: rule, operands: operands(), result: result)) }
    return result
  }

  /// Forgets all nodes behind the first `count`.
  func rewind(to count: Int) {
    ends.removeLast(ends.count - count)
    links.removeLast(links.count - (ends.last ?? 0))
    history.removeLast(max(0, history.count - count))
  }

  /// The derivatives of a number by others, in their order.
  /// - Complexity: the nodes between them.
  func derivatives(of root: Recorded<Base>, by variables: [Recorded<Base>]) -> [Base] {
    sweep(from: root, to: variables) { links[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]] }
  }

  /// The same derivatives as numbers that are recorded themselves, so that they can be differentiated again.
  func recordedDerivatives(
    of root: Recorded<Base>, by variables: [Recorded<Base>]
  ) -> [Recorded<Base>] {
    precondition(keepsHistory, "the recording keeps no history to differentiate again")
    return sweep(from: root, to: variables) { node in
      let operation = history[node]
      let locals = operation.rule?.locals(of: operation.operands, result: operation.result) ?? [1]
      return zip(operation.operands, locals).map { (input: $0.node, local: $1) }
    }
  }

  /// Back from a number to others.
  /// - Parameter links: what each node on the way was computed from, with its local gradients.
  private func sweep<A: Algebra, Links: Sequence>(
    from root: Recorded<Base>, to variables: [Recorded<Base>], _ links: (_ node: Int) -> Links
  ) -> [A] where Links.Element == (input: Int, local: A) {
    let lowest = variables.lazy.map(\.node).filter { $0 >= 0 }.min() ?? 0
    guard root.node >= lowest else { return variables.map { _ in 0 } }
    var upstream = [A?](repeating: nil, count: root.node - lowest + 1)
    upstream[root.node - lowest] = 1
    for node in stride(from: root.node, through: lowest, by: -1) {
      guard let g = upstream[node - lowest] else { continue }
      for (input, local) in links(node) where input >= lowest {
        let term = A.chain(local, g)
        upstream[input - lowest] = upstream[input - lowest].map { $0 + term } ?? term
      }
    }
    return variables.map { $0.node < 0 || $0.node > root.node ? 0 : upstream[$0.node - lowest] ?? 0 }
  }
}
