import ChainruleKernels

// A chain forwards: block by block, on all threads.

/// Where the elements of a chain's root are.
enum Root {
  /// Nowhere: a block of them lives as long as it is worked on.
  case temporary
  /// To be computed into memory.
  case stored(UnsafeMutableRawPointer)
  /// In memory already.
  case known(UnsafeMutableRawPointer)
}

/// A chain with its operands at hand, for computing one block after the other on one thread.
struct ChainRun<Element: Real> {
  let rules: [any ElementwiseRule.Type]
  /// Per member its operands.
  let operands: [[Source]]
  let workspace: UnsafeMutablePointer<Workspace>
  private let root: Root
  var values: [Strip] = []
  var gradients: [Strip?] = []

  enum Source {
    case member(Int)
    /// An operand from outside, and which of the targets its gradient goes to.
    case outside(Strip, target: Int?)
  }

  /// - Parameter targets: the operands from outside whose gradient is wanted.
  init(
    _ chain: Chain, on tape: Tape<Element>, in workspace: UnsafeMutablePointer<Workspace>, _ root: Root,
    targets: [Int]
  ) {
    self.workspace = workspace
    self.root = root
    rules = chain.members.map { index in
      guard case .elementwise(let rule) = Catalog.kind(of: tape.tensors.pointer(index).pointee.code) else {
        fatalError("chain: operation \(tape.tensors.pointer(index).pointee.code) is not elementwise")
      }
      return rule
    }
    operands = chain.members.map { index in
      let record = tape.tensors.pointer(index)
      return (0..<record.pointee.inputs.count).map { place in
        let input = tape.input(place, of: record)
        if case .tensor(_, let index) = input, let member = chain.place(of: index) { return .member(member) }
        return .outside(
          tape.strip(ofUniform: input, in: workspace), target: input.node.flatMap { targets.firstIndex(of: $0) })
      }
    }
  }

  /// Calls `body` with each block of the root's value in turn.
  mutating func forEachBlock(
    from first: Int, to end: Int, of count: Int, _ body: (inout ChainRun, _ value: Strip, _ block: Int) -> Void
  ) {
    let arena = workspace.pointee.blocks
    let position = arena.pointee.position
    for block in first..<end {
      let start = block * Chain.block
      workspace.begin(min(Chain.block, count - start))
      compute(start)
      body(&self, values[values.count - 1], block)
      arena.pointee.rewind(to: position)
    }
  }

  private mutating func compute(_ start: Int) {
    values.removeAll(keepingCapacity: true)
    for place in 0..<rules.count - 1 { values.append(value(of: place, start)) }
    switch root {
    case .temporary: values.append(value(of: rules.count - 1, start))
    case .stored(let base):
      values.append(value(of: rules.count - 1, start, in: base + start * MemoryLayout<Element>.size))
    case .known(let base): values.append(Strip(base, .full, workspace).block(start))
    }
  }

  private func value(of place: Int, _ start: Int, in memory: UnsafeMutableRawPointer? = nil) -> Strip {
    let x = strips(operands[place], start)
    return filled(memory) { rules[place].value(strips: x) }
  }

  func strips(_ sources: [Source], _ start: Int) -> Strips {
    func strip(_ place: Int) -> Strip {
      guard place < sources.count else { return 0 }
      switch sources[place] {
      case .member(let place): return values[place]
      case .outside(let strip, _): return strip.block(start)
      }
    }
    return Strips(strip(0), strip(1), strip(2))
  }

  /// A block with what `value` computes: in memory of its own where none is given.
  func filled(_ memory: UnsafeMutableRawPointer? = nil, _ value: () -> Strip) -> Strip {
    let bytes = workspace.pointee.columns * MemoryLayout<Element>.size
    let out = Strip(memory ?? workspace.pointee.blocks.pointee.take(bytes: bytes), .full, workspace)
    workspace.withTemporaries { workspace.fill(out, value) }
    return out
  }
}

extension Tape {
  /// Computes the root of a chain of several operations into memory.
  func evaluate(_ chain: Chain) {
    let y = newBuffer(chain.shape).base!
    forEachBlock(of: chain, .stored(y)) { _, _, _ in }
    tensors.pointer(chain.root).pointee.base = y
  }

  /// Σ of a deferred tensor, which is not stored: the sums of blocks are themselves summed pairwise.
  func sum(of chain: Chain) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: chain.blocks) { sums in
      forEachBlock(of: chain, .temporary) { run, value, block in sums[block] = value.sum(in: run.workspace) }
      return ck_sum_f64(sums.count, sums.baseAddress)
    }
  }

  /// Blocks for which a thread is worth waking: some 50 µs of work.
  private static var blocksWorthAThread: Int { 8 }

  /// Calls `body` with each block of the root's value, each thread with a range of them: whatever the number of threads,
  /// the blocks are the same, and with them the bits.
  func forEachBlock(
    of chain: Chain, _ root: Root, targets: [Int] = [],
    _ body: (inout ChainRun<Element>, _ value: Strip, _ block: Int) -> Void
  ) {
    let parts = max(1, min(ComputeThreads.count, chain.blocks / Self.blocksWorthAThread))
    var runs = (0..<parts).map { ChainRun(chain, on: self, in: workspace.ofThread($0), root, targets: targets) }
    runs.withUnsafeMutableBufferPointer { runs in
      let runs = runs
      inParts(parts) { part in
        runs[part].forEachBlock(
          from: part * chain.blocks / parts, to: (part + 1) * chain.blocks / parts, of: chain.shape.count, body)
      }
    }
  }

  /// An operand of a chain: with as many elements as the result, or a single number.
  func strip(ofUniform input: Input, in workspace: UnsafeMutablePointer<Workspace>) -> Strip {
    let operand = buffer(of: input)
    return operand.isNumber || operand.count == 1
      ? Strip(number: operand.first) : Strip(operand.base!, .full, workspace)
  }
}
