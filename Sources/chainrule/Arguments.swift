import Train

/// The words behind a command: options with their values, and the rest.
struct Arguments {
  private(set) var words: [String] = []
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []

  /// - Parameters:
  ///   - options: those that take a value, `--seed 3` or `--seed=3`, and may be repeated.
  ///   - flags: those that do not.
  init(_ list: [String], options: Set<String> = [], flags known: Set<String> = []) throws {
    var rest = list[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        words.append(word)
        continue
      }
      if word == "--" {
        words += rest
        return
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = String(parts[0].dropFirst(2))
      if known.contains(name), parts.count == 1 {
        flags.insert(name)
      } else if options.contains(name) {
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
          throw Failure("--\(name) needs a value")
        }
        values[name, default: []].append(value)
      } else {
        let near = nearest(to: name, among: options.union(known)).map { "; did you mean '--\($0)'?" }
        throw Failure("no option \(parts[0].quoted)" + (near ?? "; --help lists them all"))
      }
    }
  }

  func has(_ flag: String) -> Bool { flags.contains(flag) }
  func all(_ option: String) -> [String] { values[option] ?? [] }
  func last(_ option: String) -> String? { values[option]?.last }

  /// A whole number within bounds.
  func number(_ option: String, default standard: Int, in range: ClosedRange<Int>) throws -> Int {
    guard let text = last(option) else { return standard }
    guard let value = Int(text), range.contains(value) else {
      let bounds = "from \(range.lowerBound)" + (range.upperBound == .max ? " up" : " to \(range.upperBound)")
      throw Failure("--\(option): expected a whole number \(bounds), found \(text.quoted)")
    }
    return value
  }

  /// One of some words; the first if the option is not given.
  func choice<Choice: RawRepresentable & CaseIterable>(_ option: String) throws -> Choice
  where Choice.RawValue == String {
    guard let text = last(option) else { return Choice.allCases.first! }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure("--\(option): expected one of \(known), found \(text.quoted)")
    }
    return choice
  }

  /// A file to write, of one of these kinds by its name; a name without an ending may be a device. That its folder is
  /// missing is said before the work, not after it.
  func file(_ option: String, ending endings: String...) throws -> String? {
    guard let path = last(option) else { return nil }
    let name = path.split(separator: "/").last ?? ""
    guard !name.contains(".") || endings.contains(where: { name.hasSuffix("." + $0) }) else {
      let known = endings.map { "." + $0 }.joined(separator: " or ")
      throw Failure("--\(option): expected a file name with \(known), found \(path.quoted)")
    }
    if let end = path.lastIndex(of: "/"), !isFolder(String(path[...end])) {
      throw Failure("\(path): cannot be written: No such file or directory")
    }
    return path
  }

  /// For commands that take options alone.
  func checkNoWords() throws {
    if let word = words.first { throw Failure("expected options, found \(word.quoted)") }
  }

  /// Refuses options that would not be listened to.
  func refuse(_ options: String..., because reason: String) throws {
    for option in options where last(option) != nil { throw Failure("--\(option): \(reason)") }
  }

  /// Errors about an option bear its name.
  func naming<Result>(_ option: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as OptionError {
      throw Failure("--\(option): \(error)")
    } catch let error as ParseError {
      throw Failure("--\(option): \(error)")
    }
  }
}
