// Instructions as JSON, for the page: `[5, [3, 4]]`, operation 5 of the list of operations on the results 3 and 4; behind
// the operands the shape where it is not that of a number, and what an operation is told besides.

extension TapeTrace {
  var program: JSONValue {
    var operations = NameList()
    let instructions = trace.instructions.map { json($0, &operations) }
    return [
      "inputs": .array(leaves.map { JSONValue($0) }),
      "constants": .array(trace.constants.map { JSONValue(tensor: $0.elements, shape: [$0.elements.count]) }),
      "indices": .array(trace.indices.map { list($0.indices) }),
      "operations": .array(operations.names.map { .string($0) }), "instructions": .array(instructions),
    ]
  }

  private func json(_ instruction: Instruction, _ operations: inout NameList) -> JSONValue {
    let (name, told) = instruction.operation.json
    var parts: [JSONValue] = [JSONValue(operations.place(of: name)), list(instruction.operands)]
    if instruction.shape.rank > 0 || !told.isEmpty { parts.append(list(instruction.shape.dimensions)) }
    return .array(parts + told)
  }
}

/// Each name once, by its place.
struct NameList {
  private(set) var names: [String] = []
  private var places: [String: Int] = [:]

  mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }
}

private func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { JSONValue($0) }) }

extension Instruction.Operation {
  fileprivate var json: (name: String, told: [JSONValue]) {
    switch self {
    case .number(let bits): ("number", [JSONValue(Double(bitPattern: bits))])
    case .input(let place): ("input", [JSONValue(place)])
    case .constant(let place): ("constant", [JSONValue(place)])
    case .indices(let place): ("indices", [JSONValue(place)])
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
    case .gather(let axis): ("gather", [JSONValue(axis)])
    case .scatterAdd(let axis): ("scatterAdd", [JSONValue(axis)])
    case .numbers: ("reshape", [])
    case .iota(let axis): ("iota", [JSONValue(axis)])
    case .cholesky: ("cholesky", [])
    case .substitute(let transposed): ("substitute", [.bool(transposed)])
    case .solve: ("solve", [])
    case .determinant: ("determinant", [])
    }
  }
}
