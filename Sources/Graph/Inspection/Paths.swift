extension Snapshot {
  /// Every path of the multivariate chain rule from the output down to an input; see `Paths`. Nil without an output.
  ///
  /// - Parameters:
  ///   - input: on the tape that the snapshot is of.
  ///   - limit: how many are listed at most.
  /// - Complexity: O(nodes), and the length of each path that is listed.
  public func paths(to input: Variable<Element>, limit: Int = 1000) -> Paths<Element>? {
    guard let root else { return nil }
    guard let leaf = input.node, leaf < all.count else { fatalError("paths: the input does not stand on the tape") }
    return Paths(all, from: root, to: leaf, limit: max(0, limit))
  }
}

/// Every path of the multivariate chain rule from an output down to an input: ∂output/∂input is the sum over the
/// paths of the products of the local gradients along each.
///
/// ```
/// 2 paths from f to y:
///   f ← y      ∂f/∂y = 1
///   f ← p ← y  ∂f/∂p · ∂p/∂y = 1 · x = 1 · 3 = 3
/// df/dy = 1 + 3 = 4
/// ```
/// Through tensors a local gradient is a matrix; what it makes of the upstream gradient is written as one formula of the
/// path, with its value: `(W2ᵀ·(ŷ - y) ⊙ relu′(z1))·xᵀ`.
///
/// Paths can be exponentially many: all are counted and summed in one pass, the first ones are listed.
public struct Paths<Element: Real> {
  /// One way down from the output to the input, an operand at a time.
  public struct Path {
    /// From the output down to the input.
    public let labels: [String]
    /// The operands that were followed: each has its local gradient as number and formula.
    public let steps: [Operand<Element>]
    /// The product of the local gradients; 0 as soon as one is 0, as in the walk. Nil where a tensor is on the way:
    /// its local gradient is a matrix.
    public let product: Element?
    /// What the path adds to the gradient of the input where a tensor is on the way; nil where the output is none of one
    /// element, or the tape is no longer there.
    public internal(set) var gradient: Tensor<Element>?
    /// That as a formula, and the shapes of the product of matrices that it ends in.
    var formula: (text: String, shapes: String?)?
  }

  /// What the output is called.
  public let output: String
  /// What the input is called.
  public let input: String
  /// The first ones, up to the limit.
  public let paths: [Path]
  /// How many there are; `Int.max` stands for that and more.
  public let count: Int
  /// The sum over all paths, listed or not: ∂output/∂input. Nil where a tensor is on the way.
  public let sum: Element?

  /// - Parameter writes: what a path through tensors is as a formula and in numbers.
  init(
    _ nodes: [Node<Element>], from root: Int, to leaf: Int, limit: Int,
    writes: ([PathStep]) -> (text: String, shapes: String?, value: Tensor<Element>)? = { _ in nil }
  ) {
    (output, input) = (nodes[root].label, nodes[leaf].label)
    let counts = Self.counts(nodes, from: root, to: leaf)
    count = counts[root]
    paths = Self.list(nodes, from: root, to: leaf, counts, limit).map { trail in
      var path = Path(from: nodes[root], trail.map { nodes[$0.node].operands[$0.place] })
      guard path.product == nil, let written = writes(trail) else { return path }
      (path.formula, path.gradient) = ((written.text, written.shapes), written.value)
      return path
    }
    sum = Self.sum(nodes, from: root, to: leaf, counts)
  }

  /// For each node, the number of paths from it down to the leaf.
  private static func counts(_ nodes: [Node<Element>], from root: Int, to leaf: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: nodes.count)
    counts[leaf] = 1
    for node in nodes[...root].dropFirst(leaf + 1) {
      for case let input? in node.operands.map(\.node) {
        let (sum, overflow) = counts[node.index].addingReportingOverflow(counts[input])
        counts[node.index] = overflow ? .max : sum
      }
    }
    return counts
  }

  /// Depth first, entering only nodes that lead to the leaf, so that no step is taken in vain.
  private static func list(
    _ nodes: [Node<Element>], from root: Int, to leaf: Int, _ counts: [Int], _ limit: Int
  ) -> [[PathStep]] {
    guard counts[root] > 0 else { return [] }
    var (paths, steps) = ([[PathStep]](), [PathStep]())
    var trail = [(node: root, next: 0)]
    while let (node, next) = trail.last, paths.count < limit {
      let operands = nodes[node].operands
      if node == leaf { paths.append(steps) }
      if node != leaf, next < operands.count {
        trail[trail.count - 1].next += 1
        guard let input = operands[next].node, counts[input] > 0 else { continue }
        steps.append((node, next))
        trail.append((input, 0))
      } else {
        trail.removeLast()
        _ = steps.popLast()
      }
    }
    return paths
  }

  private static func sum(_ nodes: [Node<Element>], from root: Int, to leaf: Int, _ counts: [Int]) -> Element? {
    var upstream = [Element](repeating: 0, count: nodes.count)
    upstream[root] = 1
    for node in nodes[...root].dropFirst(leaf + 1).reversed() where upstream[node.index] != 0 {
      for operand in node.inputs {
        guard let input = operand.node, counts[input] > 0 else { continue }
        guard let local = operand.local else { return nil }
        upstream[input] += sent(upstream[node.index], through: local)
      }
    }
    return upstream[leaf]
  }
}

extension Paths.Path {
  init(from root: Node<Element>, _ steps: [Operand<Element>]) {
    labels = [root.label] + steps.map(\.label)
    self.steps = steps
    product = steps.reduce(1) { product, step in
      step.local.flatMap { local in product.map { sent($0, through: local) } }
    }
  }

  /// `∂f/∂p · ∂p/∂y = 1 · x = 1 · 3 = 3`
  var equation: String {
    if let formula, let gradient {
      return Graph.equation([formula.text, gradient.text]) + (formula.shapes.map { " (shapes \($0))" } ?? "")
    }
    let derivatives = sum([zip(labels, labels.dropFirst()).map { localDerivative($0, $1) }])
    guard let product else { return derivatives }
    let numbers = steps.map { shortText($0.local ?? 0) }
    return Graph.equation([derivatives, sum([steps.map(\.formula)]), sum([numbers]), shortText(product)])
  }

  /// From node to node; what only has other axes of extent 1 is not named again.
  var trail: String {
    labels.enumerated().filter { $0 == 0 || labels[$0 - 1] != $1 }.map(\.element).joined(separator: " ← ")
  }
}

extension Paths: CustomStringConvertible {
  public var description: String {
    let wanted = totalDerivative(output, input)
    guard count > 0 else { return "no path from \(output) to \(input): \(wanted) = 0\n" }
    return "\(Self.number(count)) from \(output) to \(input):\n" + list + conclusion(wanted)
  }

  private var list: String {
    var table = TextTable([.init(), .init()])
    for path in paths { table.append([path.trail, path.equation]) }
    return table.lines.map { "  " + $0 + "\n" }.joined()
  }

  private func conclusion(_ wanted: String) -> String {
    let total = sum.map { shortText($0) } ?? gradient?.text ?? ""
    guard paths.count == count else {
      let rest = count == .max ? "all further paths" : Self.number(count - paths.count) + " more"
      let sum = total.isEmpty ? "" : "; the sum of all: " + equation([wanted, total])
      return "… \(rest), not shown\(sum)\n"
    }
    let products = paths.compactMap { path in
      (path.product.map { shortText($0) } ?? path.gradient?.text).map { [$0] }
    }
    let terms = products.count > 12 || total.isEmpty ? "" : Graph.sum(products)
    return equation([wanted, terms, total]) + "\n"
  }

  /// What all paths through tensors add up to, where all are listed.
  public var gradient: Tensor<Element>? {
    let gradients = paths.compactMap(\.gradient)
    guard let first = gradients.first, gradients.count == count else { return nil }
    let sums = first.elements.indices.map { place in gradients.reduce(0) { $0 + $1.elements[place] } }
    return Tensor(sums, shape: first.shape)
  }

  private static func number(_ count: Int) -> String {
    count == .max ? "more than \(Int.max) paths" : counted(count, "path")
  }
}
