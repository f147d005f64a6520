// Rules of scalars over whole tensors: what every rule gets for nothing. Stated as requirements of `Rule` with these
// defaults, so that the compiler makes them for each rule: called through a generic function they are 16 times slower.

/// Gives memory for the gradient of an operand.
public struct GradientMemory {
  let arena: UnsafeMutablePointer<Arena>
  let precision: Precision
  let workspace: UnsafeMutablePointer<Workspace>?

  func callAsFunction(_ shape: Shape) -> Buffer {
    Buffer(
      base: arena.pointee.take(bytes: shape.count * precision.bytes), shape: shape, precision: precision,
      isOwned: true, workspace: workspace)
  }
}

extension UnaryRule {
  public static func evaluate(_ x: Operands<Buffer>, into y: Buffer) {
    if y.isOneBlock { return y.inScratch { y.fill { .apply(Self.self, x.a) } } }
    y.forEachBlock { start, length in
      y.block(start, length).fill { .apply(Self.self, x.a.block(start, length)) }
    }
  }

  public static func pullback(
    _ g: Buffer, _ x: Operands<Buffer>, _ y: Buffer, _ wanted: Wanted, _ memory: GradientMemory
  ) -> Contributions<Buffer> {
    guard wanted.a else { return Contributions(nil) }
    let out = memory(x.a.shape)
    if out.isOneBlock {
      out.inScratch { out.fill { .chain(local(x.a, y), g) } }
      return Contributions(out)
    }
    out.forEachBlock { start, length in
      let block = x.a.block(start, length)
      let gradient = g.block(start, length)
      out.block(start, length).fill { .chain(local(block, y.block(start, length)), gradient) }
    }
    return Contributions(out)
  }
}

extension BinaryRule {
  public static func evaluate(_ x: Operands<Buffer>, into y: Buffer) {
    let (a, b) = (x.a.unboxed, x.b!.unboxed)
    guard y.isUniform(a, b) else {
      return y.inScratch { y.fill { .apply(Self.self, a, b) } }
    }
    if y.isOneBlock { return y.inScratch { y.fill { .apply(Self.self, a, b) } } }
    y.forEachBlock { start, length in
      y.block(start, length).fill { .apply(Self.self, a.block(start, length), b.block(start, length)) }
    }
  }

  public static func pullback(
    _ g: Buffer, _ x: Operands<Buffer>, _ y: Buffer, _ wanted: Wanted, _ memory: GradientMemory
  ) -> Contributions<Buffer> {
    let (a, b) = (x.a.unboxed, x.b!.unboxed)
    guard y.isUniform(a, b), !(a.isNumber && wanted.a), !(b.isNumber && wanted.b) else {
      return y.inScratch {
        let (da, db) = locals(a, b, y)
        return Contributions(
          wanted.a ? Buffer.chain(da, g).sum(from: y.shape, to: x.a.shape, memory) : nil,
          wanted.b ? Buffer.chain(db, g).sum(from: y.shape, to: x.b!.shape, memory) : nil)
      }
    }
    if y.isOneBlock {
      return y.inScratch {
        let (da, db) = locals(a, b, y)
        return Contributions(
          wanted.a ? g.times(da, memory) : nil, wanted.b ? g.times(db, memory) : nil)
      }
    }
    var (first, second) = (Product(g, memory), Product(g, memory))
    y.forEachBlock { start, length in
      let (da, db) = locals(a.block(start, length), b.block(start, length), y.block(start, length))
      if wanted.a { first.multiply(da, start, length) }
      if wanted.b { second.multiply(db, start, length) }
    }
    return Contributions(wanted.a ? first.result : nil, wanted.b ? second.result : nil)
  }
}

extension Buffer {
  /// This upstream gradient times a local one: itself where that is the number 1, as that of + is.
  @inline(__always)
  fileprivate func times(_ local: Buffer, _ memory: GradientMemory) -> Buffer {
    if local.isNumber, local.number == 1 { return self }
    let out = memory(shape)
    out.fill { .chain(local, self) }
    return out
  }
}

/// upstream · local, block by block; where the local gradient is the number 1, as that of + is, the upstream itself.
private struct Product {
  let upstream: Buffer
  let memory: GradientMemory
  private var product: Buffer?

  init(_ upstream: Buffer, _ memory: GradientMemory) { (self.upstream, self.memory) = (upstream, memory) }

  @inline(__always)
  mutating func multiply(_ local: Buffer, _ start: Int, _ length: Int) {
    if local.isNumber, local.number == 1 { return }
    let out = product ?? memory(upstream.shape)
    product = out
    out.block(start, length).fill { .chain(local, upstream.block(start, length)) }
  }

  /// An empty tensor has no block, and its product is as empty as the upstream gradient.
  var result: Buffer { product ?? upstream }
}

extension TernaryRule {
  public static func evaluate(_ x: Operands<Buffer>, into y: Buffer) {
    y.inScratch { y.fill { .apply(Self.self, x.a, x.b!, x.c!) } }
  }

  public static func pullback(
    _ g: Buffer, _ x: Operands<Buffer>, _ y: Buffer, _ wanted: Wanted, _ memory: GradientMemory
  ) -> Contributions<Buffer> {
    y.inScratch {
      let (da, db, dc) = locals(x.a, x.b!, x.c!, y)
      return Contributions(
        wanted.a ? Buffer.chain(da, g).sum(from: y.shape, to: x.a.shape, memory) : nil,
        wanted.b ? Buffer.chain(db, g).sum(from: y.shape, to: x.b!.shape, memory) : nil,
        wanted.c ? Buffer.chain(dc, g).sum(from: y.shape, to: x.c!.shape, memory) : nil)
    }
  }
}
