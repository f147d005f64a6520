// A tape in the forms of a snapshot, each in one call.

extension Tape {
  /// What the tape holds now, to be shown in any form.
  ///
  /// - Parameters:
  ///   - gradients: of a walk; without them upstream gradients are left out.
  ///   - output: the node that was walked from.
  ///   - pruned: whether to leave out operations that the output does not depend on.
  /// - Complexity: O(nodes), and some strings for each.
  public func snapshot(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> Snapshot<Element> { Snapshot(self, gradients, output: output, pruned: pruned) }

  /// See `Snapshot.table`.
  public func table(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String { snapshot(gradients, output: output, pruned: pruned).table }

  /// See `Snapshot.markdown`.
  public func markdown(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String { snapshot(gradients, output: output, pruned: pruned).markdown }

  /// See `Snapshot.dot`.
  public func dot(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String { snapshot(gradients, output: output, pruned: pruned).dot }

  /// See `Snapshot.mermaid`.
  public func mermaid(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String { snapshot(gradients, output: output, pruned: pruned).mermaid }

  /// See `Snapshot.html`.
  public func html(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> String { snapshot(gradients, output: output, pruned: pruned).html }

  /// See `Snapshot.json`.
  public func json(
    _ gradients: Gradients<Element>? = nil, output: Variable<Element>? = nil, pruned: Bool = false
  ) -> JSONValue { snapshot(gradients, output: output, pruned: pruned).json }

  /// See `Snapshot.narration`; the walk is made where gradients are left out.
  public func narrate(_ output: Variable<Element>, _ gradients: Gradients<Element>? = nil) -> String {
    snapshot(gradients ?? output.backward(), output: output).narration
  }

  /// See `Paths`.
  ///
  /// - Parameters:
  ///   - output: where the paths begin.
  ///   - input: where they end.
  ///   - limit: how many are listed at most.
  /// - Complexity: O(nodes), and the length of each path that is listed.
  public func paths(
    from output: Variable<Element>, to input: Variable<Element>, limit: Int = 1000
  ) -> Paths<Element> {
    let (root, leaf) = (checkedNode(output, "paths"), checkedNode(input, "paths"))
    return Paths(nodes, from: root, to: leaf, limit: max(0, limit), writes: pathWriter(vocabulary, output))
  }

  /// Writes what a path makes of the output's gradient by itself, which is 1.
  private func pathWriter(
    _ words: some Vocabulary, _ output: Variable<Element>
  ) -> ([PathStep]) -> (text: String, shapes: String?, value: Tensor<Element>)? {
    let reader = NodeReader(tape: self, words: words)
    return { path in
      guard output.shape.rank == 0, let value = words.gradient(along: path, on: self) else {
        return nil
      }
      let formula = path.reduce(words.formula(number: 1)) { upstream, step in
        reader.contributions(upstream, from: step.node)[step.place] ?? upstream
      }
      return (words.text(formula), words.shapes(formula), value)
    }
  }
}
