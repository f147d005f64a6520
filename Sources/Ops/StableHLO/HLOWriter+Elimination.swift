// Systems of linear equations: elimination with pivoting in a loop, for StableHLO has no such operation.

extension HLOWriter {
  /// x in A·x = b, and det A, of matrices one behind the other: step k brings the row with the largest element of column k
  /// to place k, divides it by that pivot, and subtracts it from all others.
  mutating func eliminate(_ a: Value, _ b: Value?) -> (solution: Value?, determinant: Value) {
    let n = a.shape[-1]
    let count = a.shape.dimensions.dropLast(2).reduce(1, *)
    let left = reshape(a, [count, n, n])
    guard let b else { return (nil, reshape(loop(left, isSolving: false).determinant, a.shape.leading)) }
    let m = b.shape[-1]
    let right = reshape(b, [count, n, m])
    let start = call("stablehlo.concatenate", [left, right], ", dim = 2", to: [count, n, n + m])
    let end = loop(start, isSolving: true)
    let determinant = reshape(end.determinant, a.shape.leading)
    let part = call("stablehlo.slice", [end.matrix], " [0:\(count), 0:\(n), \(n):\(n + m)]", to: right.shape)
    return (reshape(part, b.shape), determinant)
  }

  private mutating func loop(_ start: Value, isSolving: Bool) -> (matrix: Value, determinant: Value) {
    let each: Shape = [start.shape[0]]
    let (zero, last, one) = (whole(0), whole(start.shape[1]), number(1, each))
    let (k, w, d) = (Value("%k", .scalar, "i32"), Value("%w", start.shape, element), Value("%d", each, element))
    let types = [k, w, d].types
    let end = newName()
    plain("\(end):3 = stablehlo.while(%k = \(zero.name), %w = \(start.name), %d = \(one.name)) : \(types)")
    plain("cond {")
    indented { writer in
      let goesOn = writer.compare("LT", k, last)
      writer.plain("stablehlo.return \(goesOn.name) : \(goesOn.type)")
    }
    plain("} do {")
    indented { writer in
      let (matrix, determinant) = writer.step(k, w, d, isSolving: isSolving)
      let one = writer.whole(1)
      let next = writer.same("stablehlo.add", [k, one])
      writer.plain("stablehlo.return \([next, matrix, determinant].names) : \(types)")
    }
    plain("}")
    return (Value("\(end)#1", w.shape, element), Value("\(end)#2", each, element))
  }

  /// Step k on the matrices w, whose determinants are d so far.
  private mutating func step(
    _ k: Value, _ w: Value, _ d: Value, isSolving: Bool
  ) -> (matrix: Value, determinant: Value) {
    let (count, n, width) = (w.shape[0], w.shape[1], w.shape[2])
    let zero = whole(0)
    let rows = line("stablehlo.iota dim = 1 :", [count, n], "i32")
    let place = broadcast(k, rows.shape, along: [])
    let isPlace = compare("EQ", rows, place)
    let (isPivot, isInPlace) = choosePivot(k, w, rows, place, zero)
    // The two rows change places.
    let row = window(w, [zero, k, zero], [count, 1, width], as: [count, width])
    let chosen = self.row(of: w, isPivot)
    let pivot = window(chosen, [zero, k], [count, 1], as: d.shape)
    let moved = select(broadcast(isPivot, w.shape, along: [0, 1]), broadcast(row, w.shape, along: [0, 2]), w)
    // The pivot's row is divided by it and subtracted from the others.
    let divisor = isSolving ? pivot : nonzero(pivot)
    let divided = same("stablehlo.divide", [chosen, broadcast(divisor, row.shape, along: [0])])
    let unit = broadcast(divided, w.shape, along: [0, 2])
    let factors = window(moved, [zero, zero, k], [count, n, 1], as: rows.shape)
    let product = same("stablehlo.multiply", [broadcast(factors, w.shape, along: [0, 1]), unit])
    let rest = same("stablehlo.subtract", [moved, product])
    let next = select(broadcast(isPlace, w.shape, along: [0, 1]), unit, rest)
    let sign = select(isInPlace, number(1, d.shape), number(-1, d.shape))
    let signed = same("stablehlo.multiply", [pivot, sign])
    return (next, same("stablehlo.multiply", [d, signed]))
  }

  /// The row below place k with the largest element in column k; the first of several.
  private mutating func choosePivot(
    _ k: Value, _ w: Value, _ rows: Value, _ place: Value, _ zero: Value
  ) -> (isPivot: Value, isInPlace: Value) {
    let (count, n) = (w.shape[0], w.shape[1])
    let column = window(w, [zero, zero, k], [count, n, 1], as: rows.shape)
    let size = same("stablehlo.abs", [column])
    let isDone = compare("LT", rows, place)
    let candidates = select(isDone, number(-1, rows.shape), size)
    let largest = reduce("maximum", candidates, [1], [count], from: number(-.infinity, .scalar))
    let isLargest = compare("EQ", candidates, broadcast(largest, rows.shape, along: [0]))
    let places = select(isLargest, rows, whole(n, rows.shape))
    let first = reduce("minimum", places, [1], [count], from: whole(n))
    let isPivot = compare("EQ", rows, broadcast(first, rows.shape, along: [0]))
    return (isPivot, compare("EQ", first, broadcast(k, first.shape, along: [])))
  }

  /// The elements of the row that a truth value marks.
  private mutating func row(of w: Value, _ isPivot: Value) -> Value {
    let mask = broadcast(isPivot, w.shape, along: [0, 1])
    let marked = select(mask, w, number(0, w.shape))
    return reduce("add", marked, [1], [w.shape[0], w.shape[2]], from: number(0, .scalar))
  }

  /// A determinant of 0 stays 0 where its matrix is divided by 1 instead.
  private mutating func nonzero(_ x: Value) -> Value {
    select(compare("EQ", x, number(0, x.shape)), number(1, x.shape), x)
  }

  private mutating func window(_ x: Value, _ starts: [Value], _ sizes: [Int], as shape: Shape) -> Value {
    reshape(call("stablehlo.dynamic_slice", [x] + starts, ", sizes = \(sizes)", to: Shape(sizes)), shape)
  }
}
