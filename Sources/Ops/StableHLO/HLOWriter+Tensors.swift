// Operations on whole tensors.

extension HLOWriter {
  mutating func whole(_ operation: WholeOperation, _ x: [Value], _ shape: Shape) -> String {
    let (types, result) = (x.map { type($0.shape) }, type(shape))
    let names = x.map(\.name)
    switch operation {
    case .reshape: return call("stablehlo.reshape", names, types, result)
    case .broadcast: return broadcast(x[0], shape, along: Array(shape.rank - x[0].shape.rank..<shape.rank))
    case .permute(let order): return call("stablehlo.transpose", ["\(names[0]), dims = \(order)"], types, result)
    case .sum(let axes): return reduce("add", x[0].name, x[0].shape, axes, shape, from: 0)
    case .max: return reduce("maximum", x[0].name, x[0].shape, [x[0].shape.rank - 1], shape, from: -.infinity)
    case .matmul(let tA, let tB): return product(x[0], x[1], tA, tB, result)
    case .slice(let starts, let steps): return slice(x[0], starts, steps, shape)
    case .place(let starts, let steps): return place(x[0], starts, steps, shape)
    case .concatenate(let axis):
      return call("stablehlo.concatenate", ["\(names.joined(separator: ", ")), dim = \(axis)"], types, result)
    case .gather(let axis): return gather(x[0], axis, x[1], shape)
    case .scatterAdd(let axis): return scatter(x[0], axis, x[1], shape)
    case .numbers: return call("stablehlo.convert", names, [type(shape, "i32")], result)
    case .iota(let axis): return line("stablehlo.iota dim = \(axis) : \(result)")
    case .cholesky: return line("stablehlo.cholesky \(names[0]), lower = true : \(result)")
    case .substitute(let transposed): return substitute(x[0], x[1], transposed, result)
    case .solve: return eliminate(x[0], x[1]).solution
    case .determinant: return eliminate(x[0], nil).determinant
    }
  }

  mutating func broadcast(_ x: Value, _ shape: Shape, along axes: [Int], _ element: String? = nil) -> String {
    call(
      "stablehlo.broadcast_in_dim", ["\(x.name), dims = \(axes)"], [type(x.shape, element)], type(shape, element))
  }

  mutating func reduce(
    _ operation: String, _ x: String, _ from: Shape, _ axes: [Int], _ shape: Shape, from start: Double
  ) -> String {
    let first = number(start, .scalar)
    return line(
      "stablehlo.reduce(\(x) init: \(first)) applies stablehlo.\(operation) across dimensions = \(axes) : "
        + "(\(type(from)), \(type(.scalar))) -> \(type(shape))")
  }

  private mutating func product(_ a: Value, _ b: Value, _ tA: Bool, _ tB: Bool, _ result: String) -> String {
    let rank = a.shape.rank
    let leading = Array(0..<rank - 2)
    let batching = leading.isEmpty ? "" : "batching_dims = \(leading) x \(leading), "
    let inner = "contracting_dims = [\(rank - (tA ? 2 : 1))] x [\(rank - (tB ? 1 : 2))]"
    return call(
      "stablehlo.dot_general", ["\(a.name), \(b.name), \(batching)\(inner), precision = [HIGHEST, HIGHEST]"],
      [type(a.shape), type(b.shape)], result)
  }

  private mutating func reversed(_ x: Value, _ steps: [Int]) -> String {
    let axes = steps.indices.filter { steps[$0] < 0 && x.shape[$0] > 1 }
    return axes.isEmpty ? x.name : same("stablehlo.reverse", ["\(x.name), dims = \(axes)"], type(x.shape))
  }

  private mutating func slice(_ x: Value, _ starts: [Int], _ steps: [Int], _ shape: Shape) -> String {
    if shape.count == 0 { return constant([], shape) }
    let bounds = starts.indices.map { axis in
      let last = starts[axis] + (shape[axis] - 1) * steps[axis]
      let (low, high) = (min(starts[axis], last), max(starts[axis], last))
      return "\(low):\(high + 1):\(abs(steps[axis]))"
    }
    let part = call(
      "stablehlo.slice", ["\(x.name) [\(bounds.joined(separator: ", "))]"], [type(x.shape)], type(shape))
    return reversed(Value(part, shape), steps)
  }

  private mutating func place(_ x: Value, _ starts: [Int], _ steps: [Int], _ shape: Shape) -> String {
    if x.shape.count == 0 { return shape.count == 0 ? constant([], shape) : number(0, shape) }
    let turned = reversed(x, steps)
    var (low, high, interior) = ([Int](), [Int](), [Int]())
    for axis in starts.indices {
      let last = starts[axis] + (x.shape[axis] - 1) * steps[axis]
      low.append(min(starts[axis], last))
      high.append(shape[axis] - 1 - max(starts[axis], last))
      interior.append(x.shape[axis] > 1 ? abs(steps[axis]) - 1 : 0)
    }
    let zero = number(0, .scalar)
    return call(
      "stablehlo.pad", ["\(turned), \(zero), low = \(low), high = \(high), interior = \(interior)"],
      [type(x.shape), type(.scalar)], type(shape))
  }

  private mutating func gather(_ x: Value, _ axis: Int, _ indices: Value, _ shape: Shape) -> String {
    if shape.count == 0 { return constant([], shape) }
    let window = (0..<shape.rank).filter { $0 != axis }
    let sizes = x.shape.dimensions.enumerated().map { $0 == axis ? "1" : "\($1)" }.joined(separator: ", ")
    return line(
      "\"stablehlo.gather\"(\(x.name), \(indices.name)) <{dimension_numbers = #stablehlo.gather<offset_dims = \(window), "
        + "collapsed_slice_dims = [\(axis)], start_index_map = [\(axis)], index_vector_dim = 1>, "
        + "slice_sizes = array<i64: \(sizes)>}> : (\(type(x.shape)), \(type(indices.shape, "i32"))) -> \(type(shape))")
  }

  private mutating func scatter(_ x: Value, _ axis: Int, _ indices: Value, _ shape: Shape) -> String {
    let zeros = number(0, shape)
    if x.shape.count == 0 { return zeros }
    let window = (0..<shape.rank).filter { $0 != axis }
    let scalar = type(.scalar)
    let result = line(
      "\"stablehlo.scatter\"(\(zeros), \(indices.name), \(x.name)) <{scatter_dimension_numbers = "
        + "#stablehlo.scatter<update_window_dims = \(window), inserted_window_dims = [\(axis)], "
        + "scatter_dims_to_operand_dims = [\(axis)], index_vector_dim = 1>}> ({")
    plain("^bb0(%a: \(scalar), %b: \(scalar)):")
    plain("  %sum = stablehlo.add %a, %b : \(scalar)")
    plain("  stablehlo.return %sum : \(scalar)")
    plain("}) : (\(type(shape)), \(type(indices.shape, "i32")), \(type(x.shape))) -> \(type(shape))")
    return result
  }

  private mutating func substitute(_ a: Value, _ b: Value, _ transposed: Bool, _ result: String) -> String {
    line(
      "\"stablehlo.triangular_solve\"(\(a.name), \(b.name)) <{left_side = true, lower = true, unit_diagonal = false, "
        + "transpose_a = #stablehlo<transpose \(transposed ? "TRANSPOSE" : "NO_TRANSPOSE")>}> : "
        + "(\(type(a.shape)), \(type(b.shape))) -> \(result)")
  }
}
