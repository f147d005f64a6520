// Instructions as JSON, for the page: `["multiply", [3, 4]]`; behind the operands the shape where it is not that of a
// number, and what an operation is told besides.

extension TapeTrace {
  var program: JSONValue {
    [
      "inputs": .array(leaves.map { JSONValue($0) }),
      "constants": .array(trace.constants.map { JSONValue(tensor: $0.elements, shape: [$0.elements.count]) }),
      "instructions": .array(trace.instructions.map(json)),
    ]
  }

  private func json(_ instruction: Instruction) -> JSONValue {
    let (name, told) = instruction.operation.json
    var parts: [JSONValue] = [.string(name), list(instruction.operands)]
    if instruction.shape.rank > 0 || !told.isEmpty { parts.append(list(instruction.shape.dimensions)) }
    return .array(parts + told)
  }
}

private func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { JSONValue($0) }) }

extension Instruction.Operation {
  fileprivate var json: (name: String, told: [JSONValue]) {
    switch self {
    case .number(let bits): ("number", [JSONValue(Double(bitPattern: bits))])
    case .input(let place): ("input", [JSONValue(place)])
    case .constant(let place): ("constant", [JSONValue(place)])
    case .elementary(let operation): ("\(operation)", [])
    case .whole(let operation): operation.json
    }
  }
}

extension WholeOperation {
  fileprivate var json: (name: String, told: [JSONValue]) {
    switch self {
    case .reshape: ("reshape", [])
    case .broadcast: ("broadcast", [])
    case .permute(let order): ("permute", [list(order)])
    case .sum(let axes): ("sum", [list(axes)])
    case .max: ("maximum", [])
    case .matmul(let a, let b): ("matmul", [.bool(a), .bool(b)])
    case .slice(let starts, let steps): ("slice", [list(starts), list(steps)])
    case .place(let starts, let steps): ("place", [list(starts), list(steps)])
    case .concatenate(let axis): ("concatenate", [JSONValue(axis)])
    case .gather(let axis, let indices): ("gather", [JSONValue(axis), list(indices)])
    case .scatterAdd(let axis, let indices): ("scatterAdd", [JSONValue(axis), list(indices)])
    case .iota(let axis): ("iota", [JSONValue(axis)])
    case .cholesky: ("cholesky", [])
    case .substitute(let transposed): ("substitute", [.bool(transposed)])
    case .solve: ("solve", [])
    case .determinant: ("determinant", [])
    }
  }
}
