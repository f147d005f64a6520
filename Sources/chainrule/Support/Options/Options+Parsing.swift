import Train

extension Options {
  /// Reads `--seed 3`, `--seed=3` or, of one letter, `-o NAME` into the options.
  ///
  /// - Returns: the words that are no options; what follows `--` is none.
  /// - Throws: ``Failure`` for a name that no option has, and a value that cannot be read.
  func read(_ list: [String]) throws -> [String] {
    let options = all
    var words: [String] = []
    var rest = list[...]
    while let word = rest.popFirst() {
      // A dash alone may be the sign of a formula or a number.
      guard word.hasPrefix("--") || options.contains(where: { $0.spelled == word }) else {
        words.append(word)
        continue
      }
      if word == "--" {
        words += rest
        break
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = options.first(where: { $0.spelled == parts[0] }) else {
        let name = String(parts[0].dropFirst(2))
        let near = suggested(for: name, among: options.map(\.name)) { "--\($0)" }
        throw Failure("no option \(parts[0].quoted)" + (near.isEmpty ? "; --help lists them all" : near))
      }
      if option.placeholder == nil {
        guard parts.count == 1 else { throw Failure("\(option.spelled) takes no value") }
        try option.take("")
      } else {
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
          throw Failure("\(option.spelled) needs a value")
        }
        try option.take(value)
      }
    }
    return words
  }

  /// That nothing is missing, and that what is given goes together.
  func checkTogether() throws {
    let given = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) }).filter(\.value.isGiven)
    for option in all {
      try option.checkPresence()
      guard option.isGiven else { continue }
      for name in option.excluded { try given[name]?.refuse(because: "does not go with \(option.spelled)") }
      if !option.needed.isEmpty, option.needed.allSatisfy({ given[$0] == nil }) {
        let names = option.needed.map { "--\($0)" }.joined(separator: " or ")
        throw Failure("\(option.spelled): expected \(names) beside it")
      }
    }
    for section in sections { try section.check() }
    try check()
  }
}
