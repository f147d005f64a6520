extension Tape where Element: Number {
  /// A tape as a page to play with: one file that needs nothing else.
  ///
  /// ```swift
  /// try tape.inspector(of: c).write(toFile: "c.html", atomically: true, encoding: .utf8)
  /// ```
  /// The graph is walked forward and backward step by step, by mouse or keyboard; inputs can be changed, and all numbers
  /// follow, for the page evaluates the tape itself, from the same rules. A click on a node shows its formula, gradients and
  /// paths to the output. Where `tape.record` or a hook takes part, which only Swift can run again, inputs stay as they are.
  ///
  /// Boxes hold what belongs together and open on a click: the nodes of a named statement, layers, that is names with the
  /// same index, and parts that recur. Tapes of up to 24 nodes are shown open, larger ones as far as 24 boxes go. More than
  /// 20,000 nodes make it `Snapshot.html`, which stands still.
  ///
  /// - Parameters:
  ///   - output: a number, from which the page walks backwards.
  ///   - title: above the graph; `The tape of c` unless given.
  /// - Complexity: O(nodes), and for a rule that is not made of operations on whole tensors O(elements).
  public func inspector(of output: Variable<Element>, title: String? = nil) -> String {
    let snapshot = snapshot(output.backward(), output: output, pruned: true)
    guard snapshot.nodes.count <= 20_000 else { return snapshot.html }
    let root = checkedNode(output, "inspection")
    let trace = TapeTrace(self, output: output) ?? TapeTrace(recorded: snapshot, upTo: root)
    return InspectorPage(snapshot: snapshot, root: root, trace: trace, title: title).text
  }
}

private struct InspectorPage<Element: Number> {
  let snapshot: Snapshot<Element>
  let root: Int
  let trace: TapeTrace<Element>
  let title: String?

  var text: String {
    var tape = InspectedTape(snapshot: snapshot, trace: trace)
    return WebPage(
      title: title ?? snapshot.output.map { "The tape of \($0)" } ?? "The tape",
      style: PictureStyle.text + Player.style + String(resource: PackageResources.inspector_css),
      body: picture + """
        <script type="application/json" id="tape">\(WebPage.inScript(tape.json(output: root)))</script>
        <script>
        \(scripts.map(Self.code).joined(separator: "\n"))
        </script>
        """
    ).text
  }

  /// The parts of the script that this tape needs.
  private var scripts: [String] {
    let evaluator =
      [PackageResources.evaluator_js] + (trace.callsFunctions ? [PackageResources.functions_js] : [])
      + (trace.hasTensors ? [PackageResources.tensors_js] : [])
    let page = [
      PackageResources.tape_js, PackageResources.boxes_js, PackageResources.steps_js, PackageResources.layout_js,
      PackageResources.picture_js, PackageResources.drawing_js, PackageResources.math_js,
    ]
    return (evaluator + page).map(String.init(resource:)) + [
      Player.script, String(resource: PackageResources.controls_js),
    ]
  }

  /// What stands around the picture, which the script draws.
  private var picture: String {
    let parts = String(resource: PackageResources.inspector_html).split(separator: "<!-- picture -->")
    return """
      \(Player.controls(beside: String(parts[0])))<figure id="picture" tabindex="0" aria-label="the graph"></figure>
      \(PictureStyle.legend())\(parts[1])
      """
  }

  /// A script without what is there for its readers: lines of comment, and what lines begin with. No text of it is longer
  /// than a line.
  private static func code(_ script: String) -> String {
    script.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("//") }.joined(separator: "\n")
  }
}
