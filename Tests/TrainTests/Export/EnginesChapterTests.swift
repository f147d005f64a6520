import Ops
import Testing
import Train

@Suite("Swift in the chapter of engines")
struct EnginesChapterTests {
  @Test func linesAndWhatTheyPrint() throws {
    var printed: [String] = []
    func print(_ value: Any) { printed.append("\(value)") }
    // begin
    let f = try RecordedFunction(at: [1.0, 2.0]) { p in sin(p[0]) * p[1] }
    print(f.value(at: [0.5, 3]))
    print(f.gradient(at: [0.5, 3]))
    print(f.hessian(at: [0.5, 3]))
    // next
    let many = try BatchedFunction(f, shared: [1])
    let answer = many(points: Tensor([[0.5], [1]]), shared: [3], gradients: .shared)
    print(answer.values)
    print(answer.sharedGradient)
    // next
    let layer = try RecordedFunction(at: [Tensor([[1.0, 2]]), Tensor([3.0, 4])]) { x in tanh(matmul(x[0], x[1])).sum() }
    let layers = try BatchedTensorFunction(layer, shared: [0])
    let each = layers.valuesWithGradients(at: [Tensor([[1, 2]]), Tensor([[0, 0], [1, 0], [0, 1]])])
    print(each.values)
    // end
    let shown = try ChapterTests.swift(of: "Docs/Engines.md")
    #expect(shown.lines == ChapterTests.linesHere(#filePath))
    #expect(shown.comments.count == printed.count)
    for (comment, text) in zip(shown.comments, printed) { #expect(ChapterTests.areAlike(comment, text), "\(text)") }
  }
}
