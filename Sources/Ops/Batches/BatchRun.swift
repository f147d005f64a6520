import ChainruleKernels
import Graph

/// One run of a program over all points.
struct BatchRun<Element: Number> {
  /// The first result, by point.
  let values: [Element]
  /// The others, side by side for each point.
  private(set) var others: [Element] = []
  /// The sums over all points.
  private(set) var totals: [Element] = []

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  init(
    _ program: StripProgram, _ points: Tensor<Element>, columns: [Int], shared: [Int], _ numbers: [Element],
    _ memory: StripMemory<Element>
  ) {
    let (count, width) = (points.shape[0], program.resultOffsets.count - 1)
    var inputs = [Double](repeating: 0, count: columns.count + shared.count)
    for (place, number) in zip(shared, numbers) { inputs[place] = Double(number) }
    let uniform = program.uniformNumbers(inputs).map { Element($0) }
    let parts = Parts(count)
    var sums = [Element](repeating: 0, count: parts.count * program.totalCount)
    var others: [Element] = []
    values = Self.filled(count) { values in
      others = Self.filled(count * width) { others in
        points.elements.withUnsafeBufferPointer { x in
          sums.withUnsafeMutableBufferPointer { sums in
            let work = StripWork(
              program: program, uniform: uniform, columns: columns, points: x.baseAddress, values: values,
              others: others, sums: sums.baseAddress)
            onThreads(parts.count) { part in
              let place = memory.take(program.elementCount)
              work.run(parts[part], part, place)
              memory.give(place, program.elementCount)
            }
          }
        }
      }
    }
    self.others = others
    totals = Array(sums.prefix(program.totalCount))
    for part in 1..<max(parts.count, 1) {
      for total in totals.indices { totals[total] += sums[part * program.totalCount + total] }
    }
    if parts.count == 0 { totals = [Element](repeating: 0, count: program.totalCount) }
  }

  private static func filled(_ count: Int, _ body: (UnsafeMutablePointer<Element>?) -> Void) -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { elements, filled in
      body(elements.baseAddress)
      filled = count
    }
  }
}

/// The points cut into parts, whatever the number of threads: at most 64, none of less than 8 strips, all nearly as large,
/// and a multiple of 4 where there are so many, so that two or four threads get equal shares.
private struct Parts {
  let count: Int
  private let strips, points: Int

  init(_ points: Int) {
    self.points = points
    strips = (points + Int(CK_STRIP) - 1) / Int(CK_STRIP)
    let most = min(64, strips / 8)
    count = points == 0 ? 0 : most >= 4 ? most / 4 * 4 : max(1, most / 2 * 2)
  }

  /// The points of a part.
  subscript(part: Int) -> Range<Int> {
    let start = { (part: Int) in part * strips / count * Int(CK_STRIP) }
    return start(part)..<min(points, start(part + 1))
  }
}

private func onThreads(_ parts: Int, _ body: (_ part: Int) -> Void) {
  withoutActuallyEscaping(body) { body in
    var body = body
    withUnsafeMutablePointer(to: &body) {
      ck_parallel(
        parts, Int32(ComputeThreads.count),
        { body, part in body!.assumingMemoryBound(to: ((Int) -> Void).self).pointee(part) }, $0)
    }
  }
}

/// What all parts of a run read, and where their results go.
private struct StripWork<Element: Number> {
  let program: StripProgram
  let uniform: [Element]
  let columns: [Int]
  let points: UnsafePointer<Element>?
  let values, others, sums: UnsafeMutablePointer<Element>?

  @specialized(where Element == Double)
  @specialized(where Element == Float)
  func run(_ range: Range<Int>, _ part: Int, _ memory: UnsafeMutablePointer<Element>) {
    let (unit, size) = (program.unit, Int(CK_STRIP))
    for place in uniform.indices { (memory + place * unit).update(repeating: uniform[place], count: unit) }
    (memory + program.totalOffset(0)).update(repeating: 0, count: program.totalCount * unit)
    let isSingle = Element.self == Float.self
    let loads = program.inputs.map { (column: columns.firstIndex(of: $0.input), offset: $0.offset) }
    program.steps.withUnsafeBufferPointer { steps in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
        let filled = min(size, range.upperBound - start)
        for (column, offset) in loads { load(column, start, filled, memory + offset) }
        var next = 0
        for place in program.swiftSteps {
          ck_run_strips(isSingle, place - next, steps.baseAddress! + next, memory)
          polygamma(steps[place], memory)
          next = place + 1
        }
        ck_run_strips(isSingle, steps.count - next, steps.baseAddress! + next, memory)
        store(start, filled, from: memory)
      }
    }
    for total in 0..<program.totalCount {
      let lanes = memory + program.totalOffset(total)
      var sum: Element = 0
      for lane in 0..<unit { sum += lanes[lane] }
      sums![part * program.totalCount + total] = sum
    }
  }

  private func polygamma(_ step: ck_step, _ memory: UnsafeMutablePointer<Element>) {
    // Of a number for all points every element is the first.
    func operand(_ place: UInt32, _ i: Int) -> Element { memory[Int(place >> 1) + (place & 1 == 1 ? 0 : i)] }
    for i in 0..<Int(CK_STRIP) { memory[Int(step.out) + i] = .polygamma(operand(step.a, i), operand(step.b, i)) }
  }

  /// A strip of one input, which the last point fills up; without a column the weight, which is 0 there.
  @inline(__always)
  private func load(_ column: Int?, _ start: Int, _ filled: Int, _ strip: UnsafeMutablePointer<Element>) {
    let (width, size) = (columns.count, Int(CK_STRIP))
    guard let column, let points else {
      for i in 0..<size { strip[i] = i < filled ? 1 : 0 }
      return
    }
    let first = points + (start * width + column)
    for i in 0..<filled { strip[i] = first[i &* width] }
    for i in filled..<size { strip[i] = strip[filled - 1] }
  }

  @inline(__always)
  private func store(_ start: Int, _ filled: Int, from memory: UnsafeMutablePointer<Element>) {
    (values! + start).update(from: memory + program.resultOffsets[0], count: filled)
    let width = program.resultOffsets.count - 1
    for place in 0..<width {
      let (strip, first) = (memory + program.resultOffsets[place + 1], others! + (start * width + place))
      for i in 0..<filled { first[i &* width] = strip[i] }
    }
  }
}

/// Memory for programs, kept between runs: a thread takes one and gives it back.
final class StripMemory<Element: Number>: Sendable {
  private let idle = Locked<[Block]>([])

  private struct Block: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
    let count: Int
  }

  deinit { idle.withLock { for block in $0 { block.base.deallocate() } } }

  func take(_ count: Int) -> UnsafeMutablePointer<Element> {
    let block = idle.withLock { blocks in blocks.lastIndex { $0.count == count }.map { blocks.remove(at: $0) } }
    return block?.base ?? Self.lines(count)
  }

  /// Beginning with a cache line, so that no vector of a strip lies in two.
  private static func lines(_ count: Int) -> UnsafeMutablePointer<Element> {
    UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
      .bindMemory(to: Element.self, capacity: count)
  }

  func give(_ base: UnsafeMutablePointer<Element>, _ count: Int) {
    idle.withLock { $0.append(Block(base: base, count: count)) }
  }
}
