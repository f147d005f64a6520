import Ops
import Testing

/// Einstein sums in formulas: reading, printing, errors, verdicts. Their numbers are in `FormulaGoldenTests`.
@Suite("Formula: einsum")
struct EinsumTests {
  @Test(
    "printed and read back",
    arguments: [
      (#"einsum("ij,jk->ik", A, B)"#, #"\operatorname{einsum}_{i j,j k \to i k}\left(A, B\right)"#),
      (#"einsum("ij,jk->ik", A + B, 2·B)"#, #"\operatorname{einsum}_{i j,j k \to i k}\left(A + B, 2 \cdot B\right)"#),
      (#"einsum("ii->", A)²"#, #"\operatorname{einsum}_{i i \to \emptyset}\left(A\right)^{2}"#),
      (#"einsum("αβ->βα", A)ᵀ"#, #"\operatorname{einsum}_{\alpha \beta \to \beta \alpha}\left(A\right)^{\top}"#),
    ])
  func printing(text: String, latex: String) throws {
    let formula = try Formula(parsing: text)
    #expect(formula.description == text)
    #expect(try Formula(parsing: formula.ascii) == formula)
    #expect(formula.latex == latex)
    #expect(formula.mathML.contains("<msub><mi>einsum</mi>"))
  }

  @Test(
    "a result that is not named has the letters that come once", arguments: [("jk,ij", "jk,ij->ik"), ("ii", "ii->")])
  func implicitResult(text: String, full: String) throws {
    let operands = text.contains(",") ? "A, B" : "A"
    #expect(try Formula(parsing: "einsum(\"\(text)\", \(operands))").description == "einsum(\"\(full)\", \(operands))")
  }

  @Test(
    "errors stand at their place",
    arguments: [
      (#"einsum("ij,jk->ii", A, A)"#, 17, "einsum: the result names 'i' twice"),
      (#"einsum("ij,jk->il", A, A)"#, 17, "einsum: no operand has an axis 'l'"),
      (#"einsum("ij,jk", A)"#, 8, "einsum: the axes of 2 operands are named, found 1"),
      (#"einsum("ij,k", A, A)"#, 19, "einsum: 1 axis is named, 'k', of a tensor of shape [2, 2]"),
      (#"einsum("ij,jk", A, [[1, 2, 3]])"#, 20, "einsum: axis 'j' has extents 2 and 1"),
      (#"einsum("ii", [[1, 2, 3]])"#, 14, "einsum: axis 'i' has extents 1 and 3"),
      (#"einsum("i1", A)"#, 10, "einsum: axes have letters, found '1'"),
      (#"einsum("ij-j", A)"#, 12, "einsum: expected '>' behind '-'"),
      (#"einsum("ij->->", A)"#, 14, "einsum: a second arrow"),
      (#"einsum("ij->i,j", A)"#, 14, "einsum: there is one result"),
      (#"einsum("abcde,fghij->abcdefghij", A, A)"#, 9, "einsum: 10 axes come together, at most 8 can"),
      (#"einsum("ij"#, 8, "no '\"' ends this text before its line does"),
      (
        "einsum(A, A)", 8,
        "expected the names of the axes in quotation marks, such as \"ij,jk->ik\", found 'A'"
      ),
      (#"sum("ij")"#, 5, "expected an expression, found '\"ij\"'"),
    ])
  func errors(text: String, column: Int, message: String) throws {
    let error = #expect(throws: ParseError.self) {
      try RecordedProgram(Program(parsing: text), at: [("A", Tensor([[1.0, 2], [3, 4]]))])
    }
    #expect(error?.message == message)
    #expect(error?.description.hasPrefix("line 1, column \(column): ") == true)
  }

  @Test(
    "claims about them are proved, and slips refuted",
    arguments: [
      ("einsum(\"ij,jk->ik\", A, B)", "A@B", "(A@B)'"), ("einsum(\"ij->\", A*B)", "sum(A*B)", "sum(A@B)"),
      ("einsum(\"ii->i\", A)", "diag(A)", "A[0]"), ("einsum(\"ij,ij->i\", A, B)", "diag(A@B')", "diag(A@B)"),
      ("d(einsum(\"ij,jk->\", A, B))/dA", "outer([1, 1], sum(B, axis=1))", "outer([1, 1], sum(B, axis=0))"),
    ])
  func verdicts(left: String, right: String, wrong: String) throws {
    let program = try Program(parsing: "y = sum(A@B)")
    let domains = ["A: [2, 2]", "B: [2, 2]"]
    let holds = try program.verify("\(left) = \(right)", domains: domains, points: 5)
    #expect(holds.outcome == .holds && holds.isProved, "\(holds)")
    let refuted = try program.verify("\(left) = \(wrong)", domains: domains, points: 5)
    #expect(refuted.outcome == .refuted, "\(refuted)")
  }

  @Test("documents have them as they are printed")
  func documents() throws {
    let text = #"""
      title: t
      L = sum(einsum("ij,jk->ik", A, B)*C)
      domain: A: [2, 3]
      domain: B: [3, 2]
      domain: C: [2, 2]
      claim: dL/dB = einsum("ij,ik->jk", A, C)
      claim: einsum("ii->", C) = trace(C)
      claim: dL/dB = einsum("ij,ik->jk", A, 2*C)  # refuted: twice
      """#
    let findings = try Derivation(parsing: FormulasFile(parsing: text).latex(), as: .latex).check(points: 3)
    #expect(findings.count { $0.kind == .claim } == 3)
    for finding in findings where finding.kind == .notRead || !finding.isAsExpected {
      Issue.record("\(finding.latex) \(finding.reading) \(finding.reason ?? "")")
    }
  }

  @Test func repeatedLettersAreDiagonals() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([[1.0, 2], [3, 4]]))
    #expect(einsum("ii", x).value == 5)
    #expect(einsum("ii->i", x).tensor == Tensor([1.0, 4]))
    #expect(einsum("ii,ij->j", x, x).backward(by: x) == Tensor([[4.0, 1], [4, 11]]))
  }

  @Test func batchedProducts() throws {
    let X = Tensor((0..<12).map { Double($0) }, shape: [2, 2, 3])
    let recorded = try RecordedProgram(Program(parsing: "X @ transpose(X)"), at: [("X", X)])
    withExtendedLifetime(recorded) {
      let slices = (0..<2).map { i in
        matmul(recorded.inputs[0].variable[i], recorded.inputs[0].variable[i].transposed())
      }
      #expect(recorded.output.tensor == stacked(slices).tensor)
    }
    for (text, message) in [
      ("X @ X", "matmul: [2, 2, 3] × [2, 2, 3]: inner dimensions 3 and 2 differ"),
      ("X @ ones([3, 3, 1])", "matmul: [2, 2, 3] × [3, 3, 1]: leading dimensions do not broadcast"),
    ] {
      let error = #expect(throws: ParseError.self) { try RecordedProgram(Program(parsing: text), at: [("X", X)]) }
      #expect(error?.message == message)
    }
  }
}

extension Variable<Double> {
  fileprivate func backward(by x: Variable) -> Tensor<Double> { sum().backward().tensor(of: x) }
}
