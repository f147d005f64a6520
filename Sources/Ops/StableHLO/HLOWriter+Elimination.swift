// Systems of linear equations: elimination with pivoting in a loop, for StableHLO has no such operation.

extension HLOWriter {
  /// x in A·x = b, and det A, of matrices one behind the other: step k brings the row with the largest element of column k
  /// to place k, divides it by that pivot, and subtracts it from all others.
  mutating func eliminate(_ a: Value, _ b: Value?) -> (solution: String, determinant: String) {
    let n = a.shape[-1]
    let count = a.shape.dimensions.dropLast(2).reduce(1, *)
    let m = b.map { $0.shape[-1] } ?? 0
    let flat = call("stablehlo.reshape", [a.name], [type(a.shape)], type([count, n, n]))
    var start = flat
    if let b {
      let right = call("stablehlo.reshape", [b.name], [type(b.shape)], type([count, n, m]))
      start = call(
        "stablehlo.concatenate", ["\(flat), \(right), dim = 2"], [type([count, n, n]), type([count, n, m])],
        type([count, n, n + m]))
    }
    let end = loop(Elimination(count: count, n: n, width: n + m), start, isSolving: b != nil)
    let determinant = call("stablehlo.reshape", ["\(end)#2"], [type([count])], type(a.shape.leading))
    guard let b else { return ("", determinant) }
    let part = call(
      "stablehlo.slice", ["\(end)#1 [0:\(count), 0:\(n), \(n):\(n + m)]"], [type([count, n, n + m])],
      type([count, n, m]))
    return (call("stablehlo.reshape", [part], [type([count, n, m])], type(b.shape)), determinant)
  }

  private struct Elimination {
    let count, n, width: Int
    var matrix: Shape { [count, n, width] }
    var row: Shape { [count, width] }
    var column: Shape { [count, n] }
    var each: Shape { [count] }
  }

  private mutating func loop(_ shapes: Elimination, _ start: String, isSolving: Bool) -> String {
    let (zero, last, one) = (whole(0), whole(shapes.n), number(1, shapes.each))
    let types = "tensor<i32>, \(type(shapes.matrix)), \(type(shapes.each))"
    let end = line("stablehlo.while(%k = \(zero), %w = \(start), %d = \(one)) : \(types)", results: 3)
    plain("cond {")
    indented { writer in
      let goesOn = writer.compare("LT", "%k", last, .scalar, "i32")
      writer.plain("stablehlo.return \(goesOn) : tensor<i1>")
    }
    plain("} do {")
    indented { writer in
      let (matrix, determinant) = writer.step(shapes, isSolving: isSolving)
      let one = writer.whole(1)
      let next = writer.same("stablehlo.add", ["%k", one], "tensor<i32>")
      writer.plain("stablehlo.return \(next), \(matrix), \(determinant) : \(types)")
    }
    plain("}")
    return end
  }

  private mutating func step(_ s: Elimination, isSolving: Bool) -> (matrix: String, determinant: String) {
    let zero = whole(0)
    let rows = line("stablehlo.iota dim = 1 : \(type(s.column, "i32"))")
    let place = broadcast(Value("%k", .scalar), s.column, along: [], "i32")
    let isPlace = compare("EQ", rows, place, s.column, "i32")
    let (pivotRow, isPivot, isInPlace) = choosePivot(s, rows, place, zero)
    // The two rows change places.
    let row = window("%w", s.matrix, [zero, "%k", zero], [s.count, 1, s.width], as: s.row)
    let chosen = self.row(pivotRow, s, isPivot)
    let pivot = window(chosen, s.row, [zero, "%k"], [s.count, 1], as: s.each)
    let moved = select(
      broadcast(Value(isPivot, s.column), s.matrix, along: [0, 1], "i1"),
      broadcast(Value(row, s.row), s.matrix, along: [0, 2]), "%w", s.matrix)
    // The pivot's row is divided by it and subtracted from the others.
    let divisor = isSolving ? pivot : nonzero(pivot, s.each)
    let divided = same(
      "stablehlo.divide", [chosen, broadcast(Value(divisor, s.each), s.row, along: [0])], type(s.row))
    let unit = broadcast(Value(divided, s.row), s.matrix, along: [0, 2])
    let factors = window(moved, s.matrix, [zero, zero, "%k"], [s.count, s.n, 1], as: s.column)
    let product = same(
      "stablehlo.multiply", [broadcast(Value(factors, s.column), s.matrix, along: [0, 1]), unit], type(s.matrix))
    let rest = same("stablehlo.subtract", [moved, product], type(s.matrix))
    let next = select(broadcast(Value(isPlace, s.column), s.matrix, along: [0, 1], "i1"), unit, rest, s.matrix)
    let sign = select(isInPlace, number(1, s.each), number(-1, s.each), s.each)
    let signed = same("stablehlo.multiply", [pivot, sign], type(s.each))
    return (next, same("stablehlo.multiply", ["%d", signed], type(s.each)))
  }

  /// The row below place k with the largest element in column k; the first of several.
  private mutating func choosePivot(
    _ s: Elimination, _ rows: String, _ place: String, _ zero: String
  ) -> (row: String, isPivot: String, isInPlace: String) {
    let column = window("%w", s.matrix, [zero, zero, "%k"], [s.count, s.n, 1], as: s.column)
    let size = same("stablehlo.abs", [column], type(s.column))
    let isDone = compare("LT", rows, place, s.column, "i32")
    let candidates = select(isDone, number(-1, s.column), size, s.column)
    let largest = reduce("maximum", candidates, s.column, [1], s.each, from: -.infinity)
    let isLargest = compare("EQ", candidates, broadcast(Value(largest, s.each), s.column, along: [0]), s.column)
    let places = select(isLargest, rows, whole(s.n, s.column), s.column, "i32")
    let none = whole(s.n)
    let first = line(
      "stablehlo.reduce(\(places) init: \(none)) applies stablehlo.minimum across dimensions = [1] : "
        + "(\(type(s.column, "i32")), tensor<i32>) -> \(type(s.each, "i32"))")
    let isPivot = compare("EQ", rows, broadcast(Value(first, s.each), s.column, along: [0], "i32"), s.column, "i32")
    let isInPlace = compare("EQ", first, broadcast(Value("%k", .scalar), s.each, along: [], "i32"), s.each, "i32")
    return (first, isPivot, isInPlace)
  }

  /// The elements of the row that a truth value marks.
  private mutating func row(_ first: String, _ s: Elimination, _ isPivot: String) -> String {
    let mask = broadcast(Value(isPivot, s.column), s.matrix, along: [0, 1], "i1")
    return reduce("add", select(mask, "%w", number(0, s.matrix), s.matrix), s.matrix, [1], s.row, from: 0)
  }

  /// A determinant of 0 stays 0 where its matrix is divided by 1 instead.
  private mutating func nonzero(_ x: String, _ shape: Shape) -> String {
    select(compare("EQ", x, number(0, shape), shape), number(1, shape), x, shape)
  }

  private mutating func window(_ x: String, _ from: Shape, _ starts: [String], _ sizes: [Int], as shape: Shape)
    -> String
  {
    let types = [type(from)] + starts.map { _ in "tensor<i32>" }
    let part = call(
      "stablehlo.dynamic_slice", [([x] + starts).joined(separator: ", ") + ", sizes = \(sizes)"], types,
      type(Shape(sizes)))
    return call("stablehlo.reshape", [part], [type(Shape(sizes))], type(shape))
  }
}
