import Foundation
import Ops
import Testing

/// What users of PyTorch and JAX write, as Docs/Names.md has it: each line stands below, and gives what is said there.
@Suite struct TranslatedSnippetsTests {
  let x = Tensor([1.0, 2])

  private func same<T: Equatable>(_ found: T, _ right: T, _ line: Int = #line) {
    #expect(found == right, "line \(line)")
  }

  @Test func snippets() {
    same(gradient(at: x) { ($0 * $0).sum() }, Tensor([2.0, 4]))
    same(hessian(at: [1.0, 2]) { $0[0] * $0[0] * $0[1] }, [[4.0, 2], [2, 0]])
    same(jacobian(at: [2.0, 3]) { [$0[0] * $0[1], $0[0] + 4] }, [[3.0, 2], [1, 0]])
    same(jvp(at: [2.0, 3], along: [1.0, 0]) { $0[0] * $0[1] }.tangent, 3.0)
    same(gradient(at: 3.0) { $0 * stopGradient($0) }, 3.0)
    same(gradient(at: -2.0) { select(less($0, 0), -$0, $0) }, -1.0)
    same(gradient(at: Tensor([0.0, 0])) { $0.logSumExp() }, Tensor([0.5, 0.5]))
    same(gradient(at: x) { concatenated([$0, 2 * $0]).sum() }, Tensor([3.0, 3]))
    same(gradient(at: x) { stacked([$0.sum(), 1]).sum() }, Tensor([1.0, 1]))
    same(gradient(at: [x, x]) { einsum("i,i->", $0[0], $0[1]) }, [x, x])
  }

  @Test func everySnippetOfTheDocumentIsHere() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    let document = try String(contentsOf: root.appending(path: "Docs/Names.md"), encoding: .utf8)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let section = try #require(document.components(separatedBy: "## Ten lines translated").last)
    let rows = section.components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == 10)
    for row in rows {
      let code = row.split(separator: "`")[1]
      #expect(source.contains("same(\(code), ") || source.contains("same(\(code).tangent, "), "\(code)")
    }
  }

  /// A tape belongs to the task that makes it; results are values and go anywhere.
  @Test func tapesInParallelTasks() async {
    let slopes = await withTaskGroup(of: Double.self) { group in
      for i in 1...8 { group.addTask { gradient(at: Double(i)) { $0 * $0 } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(slopes.sorted() == [2, 4, 6, 8, 10, 12, 14, 16])
  }

  @Test func literalsAmongStackedNumbers() {
    same(gradient(at: x) { (stacked([2, $0.sum(), 1]) * stacked([$0.sum(), 3, 1])).sum() }, Tensor([5.0, 5]))
  }
}
