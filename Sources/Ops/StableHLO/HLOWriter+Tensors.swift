// Operations on whole tensors.

extension HLOWriter {
  mutating func whole(_ operation: WholeOperation, _ x: [Value], _ shape: Shape) -> Value {
    switch operation {
    case .reshape: return reshape(x[0], shape)
    case .broadcast: return broadcast(x[0], shape, along: Array(shape.rank - x[0].shape.rank..<shape.rank))
    case .permute(let order): return call("stablehlo.transpose", x, ", dims = \(order)", to: shape)
    case .sum(let axes): return reduce("add", x[0], axes, shape, from: number(0, .scalar))
    case .max: return reduce("maximum", x[0], [x[0].shape.rank - 1], shape, from: number(-.infinity, .scalar))
    case .matmul(let tA, let tB): return product(x[0], x[1], tA, tB, shape)
    case .slice(let starts, let steps): return slice(x[0], starts, steps, shape)
    case .place(let starts, let steps): return place(x[0], starts, steps, shape)
    case .concatenate(let axis): return call("stablehlo.concatenate", x, ", dim = \(axis)", to: shape)
    case .gather(let axis): return gather(x[0], axis, x[1], shape)
    case .scatterAdd(let axis): return scatter(x[0], axis, x[1], shape)
    case .numbers: return call("stablehlo.convert", x, to: shape)
    case .iota(let axis): return line("stablehlo.iota dim = \(axis) :", shape)
    case .cholesky: return same("stablehlo.cholesky", x, ", lower = true")
    case .substitute(let transposed): return substitute(x, transposed, shape)
    case .solve: return eliminate(x[0], x[1]).solution!
    case .determinant: return eliminate(x[0], nil).determinant
    }
  }

  mutating func reduce(_ operation: String, _ x: Value, _ axes: [Int], _ shape: Shape, from first: Value) -> Value {
    line(
      "stablehlo.reduce(\(x.name) init: \(first.name)) applies stablehlo.\(operation) across dimensions = \(axes) : "
        + "(\([x, first].types)) ->", shape, x.element)
  }

  private mutating func product(_ a: Value, _ b: Value, _ tA: Bool, _ tB: Bool, _ shape: Shape) -> Value {
    let rank = a.shape.rank
    let leading = Array(0..<rank - 2)
    let batching = leading.isEmpty ? "" : "batching_dims = \(leading) x \(leading), "
    let inner = "contracting_dims = [\(rank - (tA ? 2 : 1))] x [\(rank - (tB ? 1 : 2))]"
    return call("stablehlo.dot_general", [a, b], ", \(batching)\(inner), precision = [HIGHEST, HIGHEST]", to: shape)
  }

  private mutating func reversed(_ x: Value, _ steps: [Int]) -> Value {
    let axes = steps.indices.filter { steps[$0] < 0 && x.shape[$0] > 1 }
    return axes.isEmpty ? x : same("stablehlo.reverse", [x], ", dims = \(axes)")
  }

  private mutating func slice(_ x: Value, _ starts: [Int], _ steps: [Int], _ shape: Shape) -> Value {
    if shape.count == 0 { return constant([], shape) }
    let bounds = starts.indices.map { axis in
      let last = starts[axis] + (shape[axis] - 1) * steps[axis]
      let (low, high) = (min(starts[axis], last), max(starts[axis], last))
      return "\(low):\(high + 1):\(abs(steps[axis]))"
    }
    return reversed(call("stablehlo.slice", [x], " [\(bounds.joined(separator: ", "))]", to: shape), steps)
  }

  private mutating func place(_ x: Value, _ starts: [Int], _ steps: [Int], _ shape: Shape) -> Value {
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
    return call("stablehlo.pad", [turned, zero], ", low = \(low), high = \(high), interior = \(interior)", to: shape)
  }

  private mutating func gather(_ x: Value, _ axis: Int, _ indices: Value, _ shape: Shape) -> Value {
    if shape.count == 0 { return constant([], shape) }
    let window = (0..<shape.rank).filter { $0 != axis }
    let sizes = x.shape.dimensions.enumerated().map { $0 == axis ? "1" : "\($1)" }.joined(separator: ", ")
    return line(
      "\"stablehlo.gather\"(\([x, indices].names)) <{dimension_numbers = #stablehlo.gather<offset_dims = \(window), "
        + "collapsed_slice_dims = [\(axis)], start_index_map = [\(axis)], index_vector_dim = 1>, "
        + "slice_sizes = array<i64: \(sizes)>}> : (\([x, indices].types)) ->", shape)
  }

  private mutating func scatter(_ x: Value, _ axis: Int, _ indices: Value, _ shape: Shape) -> Value {
    let zeros = number(0, shape)
    if x.shape.count == 0 { return zeros }
    let window = (0..<shape.rank).filter { $0 != axis }
    let operands = [zeros, indices, x]
    let result = Value(newName(), shape, element)
    let scalar = Value("%sum", .scalar, element).type
    plain(
      "\(result.name) = \"stablehlo.scatter\"(\(operands.names)) <{scatter_dimension_numbers = "
        + "#stablehlo.scatter<update_window_dims = \(window), inserted_window_dims = [\(axis)], "
        + "scatter_dims_to_operand_dims = [\(axis)], index_vector_dim = 1>}> ({")
    plain("^bb0(%a: \(scalar), %b: \(scalar)):")
    plain("  %sum = stablehlo.add %a, %b : \(scalar)")
    plain("  stablehlo.return %sum : \(scalar)")
    plain("}) : (\(operands.types)) -> \(result.type)")
    return result
  }

  private mutating func substitute(_ x: [Value], _ transposed: Bool, _ shape: Shape) -> Value {
    line(
      "\"stablehlo.triangular_solve\"(\(x.names)) <{left_side = true, lower = true, unit_diagonal = false, "
        + "transpose_a = #stablehlo<transpose \(transposed ? "TRANSPOSE" : "NO_TRANSPOSE")>}> : (\(x.types)) ->", shape)
  }
}
