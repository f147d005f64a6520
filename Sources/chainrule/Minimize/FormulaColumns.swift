import Train

/// The columns of numbers that `--data` names, of a CSV file or of a built-in set, by names that formulas can have.
struct FormulaColumns {
  private let source: String
  private let names: [String]
  /// The numbers of columns by their places, and what is to be said about rows that were left out.
  private let numbers: (_ places: [Int]) throws -> (columns: [[Double]], remark: String?)

  init(_ source: String, _ options: TableOptions) throws {
    self.source = source
    if let set = Dataset<Double>.builtIn(source) {
      try options.refuse(for: source)
      names = (set.inputNames + set.targetNames).map(Self.written)
      let values = (0..<set.inputs.width).map(set.inputs.column) + (0..<set.targets.width).map(set.targets.column)
      numbers = { places in (places.map { values[$0] }, nil) }
    } else {
      let table = try options.table(source)
      names = table.columns.map(Self.written)
      numbers = { places in
        guard !places.isEmpty else { return ([], nil) }
        let encoding = InputEncoding(numbers: places.map { table.columns[$0] })
        let rows = try encoding.rows(of: table, missing: options.missing)
        return (places.indices.map(rows.inputs.column), table.remark(kept: rows.kept.count, rows.missing))
      }
    }
  }

  /// The columns that the program uses. One that has the name of a constant counts as the column, which is said.
  func values(for bindings: Bindings, _ console: Console) throws -> [String: [Double]] {
    let program = bindings.program
    let given = Set(bindings.inputs.map(\.name)).union(program.names)
    let used = Set(program.statements.flatMap(\.formula.names))
    let constants = ["e", "pi", "π", "inf", "nan"].filter { names.contains($0) && used.contains($0) }
    for name in constants where !given.contains(name) {
      console.message("\(name) is the column of \(source) here, not the constant")
    }
    let free = (program.freeNames + constants).filter { !given.contains($0) }
    var places: [Int] = []
    for name in free {
      let same = names.indices.filter { names[$0] == name }
      guard let place = same.first else {
        let known = names.joined(separator: ", ")
        throw Failure("\(name.quoted) is neither a column of \(source) (\(known)) nor given a start")
      }
      guard same.count == 1 else { throw Failure("\(source): \(same.count) columns would be called \(name.quoted)") }
      places.append(place)
    }
    let (columns, remark) = try numbers(places)
    if let remark { console.message(remark) }
    return Dictionary(uniqueKeysWithValues: zip(free, columns))
  }

  /// The name as a formula can have it: letters and digits, with one _ for all between them.
  private static func written(_ name: String) -> String {
    let words = name.split { !($0.isLetter || $0.isASCII && $0.isNumber || $0 == "_") }.joined(separator: "_")
    return words.first?.isNumber ?? false ? "_" + words : words
  }
}
