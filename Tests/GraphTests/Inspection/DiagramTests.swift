import Ops
import Testing

@Suite("DOT, Mermaid, JSON, HTML")
struct DiagramTests {
  private let r = Regression()

  @Test("Graphviz")
  func dot() {
    #expect(
      r.tape.dot(r.u.backward(), output: r.u, pruned: true) == #"""
        digraph tape {
          rankdir=LR
          node [shape=box style="rounded,filled" fillcolor=white fontname="sans-serif" fontsize=12]
          edge [fontname="sans-serif" fontsize=10 color="#57606a" arrowsize=0.7]
          n0 [label="w = 5
        du/dw = 1" fillcolor="#dbeafe"]
          n1 [label="b = 1
        du/db = 0" fillcolor="#dbeafe"]
          n2 [label="x = 1
        du/dx = 5" fillcolor="#eef0f2"]
          n3 [label="y = 2
        du/dy = 0" fillcolor="#eef0f2"]
          n4 [label="u = w·x = 5
        du/du = 1" peripheries=2]
          n0 -> n4 [label=" x = 1 "]
          n2 -> n4 [label=" w = 5 "]
        }

        """#)
  }

  @Test("Mermaid")
  func mermaid() {
    #expect(
      r.tape.mermaid(output: r.u, pruned: true) == #"""
        flowchart LR
          n0(["w = 5"]):::parameter
          n1(["b = 1"]):::parameter
          n2(["x = 1"]):::constant
          n3(["y = 2"]):::constant
          n4(["u = w·x = 5"])
          n0 -->|"x = 1"| n4
          n2 -->|"w = 5"| n4
          classDef parameter fill:#dbeafe,stroke:#2563eb,color:#1f2328
          classDef constant fill:#eef0f2,stroke:#8a939c,color:#1f2328

        """#)
  }

  @Test("names with quotes, brackets and backslashes stay inside their quotes")
  func escaping() {
    let tape = Tape<Double>()
    _ = relu(tape.parameter(1, #"a"\<b>"#)) * tape.constant(2)
    #expect(tape.dot().contains(#"n0 [label="a\"\\<b> = 1""#))
    #expect(tape.mermaid().contains(##"n0(["a#quot;\#lt;b#gt; = 1"])"##))
    #expect(tape.html().contains("a&quot;\\&lt;b&gt; = 1"))
    #expect(!tape.mermaid().contains("||"), "no empty label on the arrow from a number")
  }

  @Test("JSON has the documented keys and full digits")
  func json() {
    #expect(
      "\(r.tape.json(r.c.backward(), output: r.c))".hasPrefix(
        #"{"output": "c", "nodes": [{"index": 0, "name": "w", "operation": "parameter", "shape": [], "value": 5, "#
          + #""inputs": [], "upstream": 8}, "#))
    let tape = Tape<Float>()
    let y = tape.parameter(0.1, "x") / 0
    #expect(
      "\(tape.json(y.backward()))" == """
        {"output": null, "nodes": [\
        {"index": 0, "name": "x", "operation": "parameter", "shape": [], "value": 0.1, "inputs": [], \
        "upstream": "inf"}, \
        {"index": 1, "name": "x/0", "operation": "divide", "shape": [], "value": "inf", "inputs": [\
        {"index": 0, "name": "x", "local": "inf", "formula": "1/0"}], "upstream": 1}]}
        """)
  }

  @Test(
    "JSON of tensors: nested arrays, the pullback instead of a local gradient, null for the gradient of data")
  func jsonOfTensors() {
    let tape = Tape<Double>()
    let W = tape.parameter(Tensor([[1, 2]]), "W"), x = tape.constant(Tensor([[3], [4]]), "x")
    let y = matmul(W, x).named("y")
    #expect(
      "\(tape.json(y.backward(), output: y))" == """
        {"output": "y", "nodes": [\
        {"index": 0, "name": "W", "operation": "parameter", "shape": [1, 2], "value": [[1, 2]], "inputs": [], \
        "upstream": [[3, 4]]}, \
        {"index": 1, "name": "x", "operation": "constant", "shape": [2, 1], "value": [[3], [4]], "inputs": [], \
        "upstream": null}, \
        {"index": 2, "name": "y", "operation": "matmul", "shape": [1, 1], "value": [[11]], "inputs": [\
        {"index": 0, "name": "W", "local": null, "formula": "g·xᵀ"}, \
        {"index": 1, "name": "x", "local": null, "formula": "Wᵀ·g"}], "upstream": [[1]]}]}
        """)
  }

  @Test("the page: a drawing with a box per node and a label per arrow, and the table")
  func html() {
    let page = r.tape.html(r.c.backward(), output: r.c)
    #expect(page.hasPrefix("<!DOCTYPE html>\n"))
    #expect(page.matches(of: #/<rect [^>]*class="box /#).count == 8)
    #expect(page.matches(of: #/class="arrow"/#).count == 7)
    #expect(page.matches(of: #/class="local"/#).count == 7)
    #expect(page.contains("<td class=\"left\">∂c/∂e = 2·e = 8</td>"))
    #expect(page.contains("prefers-color-scheme:dark"))
    #expect(!page.contains("http://") || page.matches(of: #/https?:/#).count == 1, "only the name of SVG")
  }

  @Test("a large tape is listed and not drawn; an empty one is a page as well")
  func extremes() {
    let tape = Tape<Double>()
    #expect(tape.html().contains("<svg"))
    #expect(tape.table() == "node  operation  value\n")
    var y = tape.parameter(1)
    for _ in 0..<400 { y = -y }
    #expect(!tape.html().contains("<svg"))
    #expect(tape.html().contains("401 nodes: too many to draw."))
  }
}
