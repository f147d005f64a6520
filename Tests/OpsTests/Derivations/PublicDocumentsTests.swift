import Ops
import Testing

/// What lecture notes and manuals have that was read wrongly once; none of it is a slip.
@Suite("Derivations: as other people write them")
struct PublicDocumentsTests {
  @Test(
    "kinds and outcomes",
    arguments: [
      // A function by itself, elsewhere: it defines nothing, and reading it ends.
      ("$f(u^-(x)) = f(u^+(x))$", ["mention"]),
      ("$f(x) = f(x + 1)$", ["mention"]),
      // Where something is.
      (#"\[ a \le t \le b \]"#, ["mention", "mention"]), (#"\[ n \ne -1 \]"#, ["mention"]),
      (#"\[ \frac{a + b}{2} \ge \sqrt{ab} \]"#, ["refuted"]),
      // An equation of what does not depend on its other side, which nobody derives.
      (#"\[ g(\vec p) = k \]"#, ["mention"]), (#"\[ E + S = K_w \]"#, ["mention"]),
      (#"\[ z = wx + b \] \[ z - b = x \]"#, ["definition", "refuted"]),
      (#"\[ z = wx + b \] \[ \frac{\partial z}{\partial w} = b \]"#, ["definition", "refuted"]),
      // Vectors in angles, products of vectors.
      (#"% chainrule: u: [2]; v: [2]"# + "\n" + #"\[ \langle u, v \rangle = u_1v_1 + u_2v_2 \]"#, ["holds"]),
      (#"\[ \langle a, b \rangle \cdot \langle c, d \rangle = ac + bd \]"#, ["holds"]),
      (#"\[ \langle a, b \rangle \cdot \langle c, d \rangle = ad + bc \]"#, ["refuted"]),
      // Derivatives by letters below.
      (#"\[ f(x, y) = x^2y \] \[ f_x(x, y) = 2xy \] \[ f_{xy}(x, y) = 2x \]"#, ["definition", "holds", "holds"]),
      (#"\[ f(x, y) = x^2y \] \[ f_y(x, y) = 2xy \]"#, ["definition", "refuted"]),
      (#"\[ f_{xy}(x, y) = f_{yx}(x, y) \]"#, ["holds"]),
      (#"\[ f_{xy}(\vec p) = f_{yx}(\vec p) \]"#, ["not read"]),
      // How many columns there are is no factor.
      (
        #"\begin{alignat*}{2} r &= 2ab & \quad q &= r^2 \end{alignat*} \[ q = 4a^2b^2 \]"#,
        ["definition", "definition", "holds"]
      ),
      // A number for a defined name is a claim where all that it depends on has one value, else it says what the name is.
      ("$v = 2u$, $u = 3$, $v = 6$", ["definition", "declaration", "holds"]),
      ("$v = 2u$, $u = 3$, $v = 7$", ["definition", "declaration", "refuted"]),
      ("$v = 2u$, $v = 6$", ["definition", "declaration"]),
      // Of nothing, nothing is the largest.
      (#"$x \in \mathbb{R}^{0}$, \[ \max(x) = 1 \]"#, ["declaration", "not read"]),
      // Another exercise; a text may go back to the first one.
      (
        #"$x = \frac{2}{3}$ and $3x = 2$; then $x = 1$ and $3x = 3$, $3x = 2$"#,
        ["definition", "holds", "definition", "holds", "holds"]
      ),
    ])
  func findings(text: String, expected: [String]) throws {
    let found = try Derivation(parsing: "\\begin{document}\n\(text)", as: .latex).check(points: 20)
    #expect(found.map { $0.verdict?.outcome.rawValue ?? $0.kind.rawValue } == expected, "\(found.map(\.reading))")
  }
}
