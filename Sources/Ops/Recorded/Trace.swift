/// A function as a list of elementary operations, each expression once: what is read off the rules by the algebra
/// ``Traced``, and what other machines and the interpreter of batches run.
package final class Trace: @unchecked Sendable {  // of the one task that fills it
  /// The trace that is being filled: plain numbers, which belong to none, find it here when they become a tensor.
  @TaskLocal static var current: Trace?

  package private(set) var instructions: [Instruction] = []
  private var places: [Instruction: Int] = [:]
  /// Tensors that are no inputs, with their names.
  package private(set) var constants: [(elements: [Double], name: String?)] = []

  /// Labels and other indices, each list of the recording once.
  package private(set) var indices: [IndexArgument] = []
  /// By where they stand in memory: equal lists may mean different things.
  private var indexPlaces: [UnsafePointer<Int32>?: Int] = [:]

  package init() {}

  /// Where an instruction stands; it is added if it does not.
  func place(of operation: Instruction.Operation, _ operands: [Int], _ shape: Shape) -> Int {
    let instruction = Instruction(operation: operation, operands: operands, shape: shape)
    if let place = places[instruction] { return place }
    places[instruction] = instructions.count
    instructions.append(instruction)
    return instructions.count - 1
  }

  package func input(_ index: Int, _ shape: Shape) -> Traced { Traced(.input(index), [], shape, in: self) }

  func constant(_ elements: [Double], _ shape: Shape, name: String?) -> Traced {
    constants.append((elements, name))
    return Traced(.constant(constants.count - 1), [], shape, in: self)
  }

  /// - Parameters:
  ///   - name: what the list is called, where nothing else is.
  ///   - limit: what its indices are to be below.
  func indices(_ list: IndexList, _ name: String, below limit: Int) -> Traced {
    let place = indexPlaces[list.base] ?? indices.count
    if place == indices.count {
      indexPlaces[list.base] = place
      indices.append(IndexArgument(name: name, indices: list.numbers, limit: limit))
    }
    return Traced(.indices(place), [], [Int(list.count)], in: self)
  }

  /// Of all instructions, which ones some of them need.
  package func needed(for results: [Int]) -> [Bool] { instructions.needed(for: results) }
}

extension [Instruction] {
  /// Which ones some of them need.
  func needed(for results: [Int]) -> [Bool] {
    var isNeeded = [Bool](repeating: false, count: count)
    for result in results { isNeeded[result] = true }
    for place in indices.reversed() where isNeeded[place] {
      for operand in self[place].operands { isNeeded[operand] = true }
    }
    return isNeeded
  }
}
