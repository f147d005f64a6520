import Foundation
import Ops
import Testing

/// The functions of formulas on tensors: what they give, and that the tape and the definitions in scalars, which are
/// differentiated forward, agree about them to second order.
@Suite("Formula: functions on tensors")
struct TensorFunctionTests {
  @Test(
    "values",
    arguments: [
      ("cumprod([2, 3, 4])", "[2, 6, 24]"), ("cumsum([1, 2, 3])", "[1, 3, 6]"),
      ("cumsum([1, 2, 3], fromend=1)", "[6, 5, 3]"), ("roll([1, 2, 3], 1)", "[3, 1, 2]"),
      ("roll([[1, 2], [3, 4]], 1, axis=0)", "[[3, 4], [1, 2]]"), ("sort([3, 1, 2])", "[1, 2, 3]"),
      ("sort([[3, 1], [2, 5]], axis=0, descending=1)", "[[3, 5], [2, 1]]"), ("topk([3, 1, 2], 2)", "[3, 2]"),
      ("argsort([3, 1, 2])", "[1, 2, 0]"), ("argsort([1, 2, 2], descending=1)", "[1, 2, 0]"),
      ("kron([1, 10], [2, 3])", "[2, 3, 20, 30]"), ("onehot([2, 0], 3)", "[[0, 0, 1], [1, 0, 0]]"),
      ("take([[1, 2], [3, 4], [5, 6]], [2, 0])", "[[5, 6], [1, 2]]"), ("tril([[1, 2], [3, 4]])", "[[1, 0], [3, 4]]"),
      ("triu([[1, 2], [3, 4]], 1)", "[[0, 2], [0, 0]]"), ("diag([1, 2])", "[[1, 0], [0, 2]]"),
      ("diag([[1, 2], [3, 4]])", "[1, 4]"), ("ones([2, 2])", "[[1, 1], [1, 1]]"), ("zeros([2])", "[0, 0]"),
      ("sum([[1, 2], [3, 4]], axis=1, keepdims=1)", "[[3], [7]]"), ("var([1, 2, 3], unbiased=1)", "1"),
      ("conv1d([[[1, 2, 3, 4]]], [[[1, -1]]])", "[[[-1, -1, -1]]]"),
      ("conv1d([[[1, 2, 3, 4]]], [[[1, 1]]], stride=2, padding=1)", "[[[1, 5, 4]]]"),
      ("conv2d([[[[1, 2], [3, 4]]]], [[[[1, 0], [0, 1]]]])", "[[[[5]]]]"),
      ("maxpool1d([[[1, 3, 2, 4]]], 2)", "[[[3, 4]]]"), ("avgpool2d([[[[1, 2], [3, 6]]]], 2)", "[[[[3]]]]"),
      ("maxpool2d([[[[1, 2], [3, 6]]]], 2)", "[[[[6]]]]"), ("atan2(1, -1) - 3*pi/4", "0"),
      ("cbrt([-8, 27, 0])", "[-2, 3, 0]"),
    ])
  func values(text: String, expected: String) throws {
    let (found, wanted) = (try tensor(text), try tensor(expected))
    #expect(found.shape == wanted.shape)
    #expect(zip(found.elements, wanted.elements).allSatisfy { ($0 - $1).magnitude <= 1e-15 }, "\(found)")
  }

  private func tensor(_ text: String) throws -> Tensor<Double> {
    let recorded = try RecordedProgram(Program(parsing: text), at: [(String, Double)]())
    return withExtendedLifetime(recorded) { recorded.output.tensor }
  }

  @Test(
    "claims about them hold, and slips do not",
    arguments: [
      ("y = sum(roll(x, 1)*w)", "x: [4], w: [4]", "roll(w, -1)", "roll(w, 1)"),
      ("y = sum(sort(x)*[1, 2, 3])", "x: [3]", "1 + (x > min(x)) + (x == max(x))", "[1, 2, 3]"),
      ("y = sum(argsort([3, 1, 2])*x)", "x: [3]", "[1, 2, 0]", "[2, 0, 1]"),
      ("y = sum(argsort([1, 2, 2], descending=1)*x)", "x: [3]", "[1, 2, 0]", "[2, 1, 0]"),
      ("y = sum(cumprod(x))", "x: [2]", "[1 + x[1], x[0]]", "[1, x[0]]"),
      ("y = sum(diag(x)^2)", "x: [3]", "2*x", "x"),
      ("y = sum(kron(x, w))", "x: [2], w: [3]", "sum(w)*ones([2])", "sum(x)*ones([2])"),
      ("y = sum(conv1d(reshape(x, [1, 1, 4]), [[[2, 3]]]))", "x: [4]", "[2, 5, 5, 3]", "[5, 5, 5, 5]"),
      (
        "y = sum(avgpool1d(reshape(x, [1, 1, 4]), 2)^2)", "x: [4]",
        "[x[0] + x[1], x[0] + x[1], x[2] + x[3], x[2] + x[3]]/2", "x"
      ),
      ("y = sum(layernorm(x, eps=0))", "x: [3]", "0*x", "x"),
      ("y = sum(triu(x)@w)", "x: [2, 2], w: [2]", "triu(outer([1, 1], w))", "outer([1, 1], w)"),
      ("y = sum(take(x, [1, 1]))", "x: [3]", "[0, 2, 0]", "[0, 1, 0]"),
      ("y = det(x)", "x: [8, 8]", "det(x)*inverse(x)'", "inverse(x)'"),
      ("y = sum(cbrt(x))", "x in [1, 2]", "1/(3*cbrt(x)^2)", "1/3*cbrt(x)^2"),
      ("y = atan2(x, w)", "x in [1, 2], w in [1, 2]", "w/(x^2 + w^2)", "-w/(x^2 + w^2)"),
    ])
  func claims(program: String, domain: String, right: String, wrong: String) throws {
    let domains = domain.split(separator: "]").map { String($0.drop { $0 == "," || $0 == " " }) + "]" }
    let right = right.replacingOccurrences(
      of: "1 + (x > min(x)) + (x == max(x))", with: "1 + where(x > min(x), 1, 0) + where(x == max(x), 1, 0)")
    let holds = try Program(parsing: program).verify("dy/dx = \(right)", domains: domains, points: 10)
    #expect(holds.outcome == .holds, "\(holds)")
    let refuted = try Program(parsing: program).verify("dy/dx = \(wrong)", domains: domains, points: 10)
    #expect(refuted.outcome == .refuted, "\(refuted)")
  }

  @Test(
    "errors stand at their place",
    arguments: [
      ("roll([1, 2], 0.5)", "shift: expected whole numbers"),
      ("onehot([3], 2)", "onehot: expected whole numbers from 0 to 1"),
      ("gather([1, 2], axis=0, indices=[5])", "gather: indices: [5]: the indices are to be below 2"),
      ("conv1d([1, 2], [3])", "conv1d: shapes [2] and [1] do not fit"),
      ("topk([1, 2], 3)", "topk: expected a whole number from 1 to 2"),
      ("solve([[1, 2]], [1])", "solve: a square matrix is needed, found [1, 2]"),
      ("concatenate([1], [[2]])", "concatenate: [1] and [1, 1]: they may differ along axis 0 alone"),
    ])
  func errors(text: String, message: String) throws {
    let error = #expect(throws: ParseError.self) {
      try RecordedProgram(Program(parsing: text), at: [(String, Double)]())
    }
    #expect(error?.message == message)
  }

  @Test(
    "what only says how something is computed is no node",
    arguments: [
      ("roll(x, 1)", "roll"), ("roll(x, shift=2 - 1)", "roll"), ("reshape(x, [2, 2])", "reshape"),
      ("sum(reshape(x, [2, 2]), axis=0)", "reshape sum"), ("eye(2)", "constant"), ("x + ones([4])", "constant add"),
      ("topk(x, 1)", "gather slice"), ("reshape(x, [2, 2])@[2, 2]", "reshape constant reshape matmul reshape"),
      ("dot([1, 2], [3, 4])*x", "constant constant multiply sum multiply"),
    ])
  func options(text: String, operations: String) throws {
    let recorded = try RecordedProgram(Program(parsing: text), at: [("x", Tensor([1, 2, 3, 4]))])
    #expect(recorded.tape.nodes.dropFirst().map(\.operation).joined(separator: " ") == operations)
  }

  /// A list that a function takes for both.
  @Test func optionsThatAreOperandsToo() throws {
    let program = try Program(parsing: "f(a) = sum(reshape(x, a)@a); y = f([2, 2])")
    let recorded = try RecordedProgram(program, at: [("x", Tensor([1, 2, 3, 4]))])
    #expect(recorded.output.value == 20)
  }

  @Test func sumsOfProducts() {
    let tape = Tape<Double>()
    let a = tape.parameter(Tensor([[1, 2], [3, 4], [5, 6]])), b = tape.parameter(Tensor([[1, 0, 2], [0, 1, 1]]))
    #expect(einsum("ij,jk->ik", a, b).tensor == matmul(a, b).tensor)
    #expect(einsum("ij,jk", a, b).tensor == matmul(a, b).tensor)
    #expect(einsum("ij->ji", a).tensor == a.transposed().tensor)
    #expect(einsum("ij,ij->", a, a).value == 91)
    #expect(einsum("ij,ki->j", a, b).tensor.elements == (matmul(b, a).sum([0])).tensor.elements)
    #expect(einsum("ij,jk,kl->il", a, b, a).tensor == matmul(matmul(a, b), a).tensor)
    #expect(einsum("i,j->ij", a[0], b[0]).tensor == outer(a[0], b[0]).tensor)
    let batched = einsum("bij,bjk->bik", a.reshaped(to: [3, 1, 2]), a.reshaped(to: [3, 2, 1]))
    #expect(batched.tensor.elements == [5, 25, 61])
    #expect(einsum("ij,jk->", a, b).backward().tensor(of: a).elements == [3, 2, 3, 2, 3, 2])
  }

  @Test func orders() {
    let tape = Tape<Double>()
    let x = tape.parameter(Tensor([[3, .nan, 1], [2, 2, 5]]))
    #expect(x.argsort() == [2, 0, 1, 0, 1, 2])
    #expect(x[1].sorted(descending: true).tensor.elements == [5, 2, 2])
    let (values, places) = x.topK(2)
    #expect(values.tensor.elements == [3, 1, 5, 2] && places == [0, 2, 2, 0])
    #expect(
      (values * tape.constant(Tensor([[1, 2], [3, 4]]))).sum().backward().tensor(of: x).elements == [1, 0, 2, 4, 0, 3])
  }
}
