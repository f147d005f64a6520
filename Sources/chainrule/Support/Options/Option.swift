import Train

/// An option of a command, said once: its name, what stands for its value, how that is read, what it does, and what it
/// is unless given.
///
/// ```swift
/// @Option("points", "N", .whole(in: 1...1_000_000), "how many points to compare") var points = 100
/// @Option("output", "NAME", .text, "of this statement instead") var output: String?
/// @Option(each: "claim", "CLAIM", .text, "a claim, as dc/dw = 2*e*x") var claims: [String]
/// @Option(flag: "suggest", "a right form of each refuted gradient") var suggests: Bool
/// @Option("data", "DATA", .text, "a CSV file", missing: ": a CSV file") var data: String
/// ```
/// `$points` is the option itself, which knows whether it was given. The parser of the command line, `--help` and the
/// messages about what does not go together read the same declaration.
@propertyWrapper
final class Option<Value>: DeclaredOption {
  let name: String
  let placeholder: String?
  let help: String
  let excluded: [String]
  let needed: [String]
  private(set) var isGiven = false
  /// What the message says where it must be given and is not.
  private let missing: String?
  private var value: Value?
  private let read: (_ text: String, _ before: Value?) throws -> Value

  /// What was given, or the default. Options that must be given are read after the command line was.
  var wrappedValue: Value { value! }
  var projectedValue: Option { self }

  private init(
    _ name: String, _ placeholder: String?, _ help: String, _ value: Value?, missing: String? = nil,
    excludes: [String] = [], needs: [String] = [], _ read: @escaping (String, Value?) throws -> Value
  ) {
    (self.name, self.placeholder, self.help, self.value) = (name, placeholder, help, value)
    (self.missing, excluded, needed, self.read) = (missing, excludes, needs, read)
  }

  func take(_ text: String) throws {
    let before = isGiven ? value : nil
    value = try naming { try read(text, before) }
    isGiven = true
  }

  func checkPresence() throws {
    if let missing, !isGiven { throw Failure("\(spelled) is missing\(missing)") }
  }
}

// MARK: - Kinds

extension Option {
  /// One with a default, which `--help` tells where it is a number.
  convenience init(
    wrappedValue: Value, _ name: String, _ placeholder: String, _ reader: Reader<Value>, _ help: String,
    needs: [String] = []
  ) {
    let standard = (wrappedValue as? Double).map(shortest) ?? (wrappedValue as? any BinaryInteger).map { "\($0)" }
    let tail = standard.map { "; \($0) unless given" } ?? ""
    self.init(name, placeholder, help + tail, wrappedValue, needs: needs) { text, _ in try reader.read(text) }
  }

  /// One of some words.
  convenience init(
    wrappedValue: Value, _ name: String, _ help: String
  ) where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    let words = Value.allCases.map(\.rawValue).joined(separator: "|")
    self.init(name, words, help, wrappedValue) { text, _ in try Reader.choice.read(text) }
  }

  /// One that may be left out.
  convenience init<Given>(
    _ name: String, _ placeholder: String, _ reader: Reader<Given>, _ help: String, excludes: [String] = [],
    needs: [String] = []
  ) where Value == Given? {
    self.init(name, placeholder, help, .some(nil), excludes: excludes, needs: needs) { text, _ in
      try reader.read(text)
    }
  }

  /// One that may be given several times.
  convenience init<Given>(
    each name: String, _ placeholder: String, _ reader: Reader<Given>, _ help: String
  ) where Value == [Given] {
    self.init(name, placeholder, help, []) { text, before in (before ?? []) + [try reader.read(text)] }
  }

  /// One without a value.
  convenience init(flag name: String, _ help: String, excludes: [String] = []) where Value == Bool {
    self.init(name, nil, help, false, excludes: excludes) { _, _ in true }
  }

  /// One that must be given.
  convenience init(
    _ name: String, _ placeholder: String, _ reader: Reader<Value>, _ help: String, missing: String
  ) {
    self.init(name, placeholder, help, nil, missing: missing) { text, _ in try reader.read(text) }
  }
}

/// What the parser and `--help` see of an option, whatever its value is.
protocol DeclaredOption: AnyObject {
  var name: String { get }
  /// What stands for the value in `--help`; nil where there is none to give.
  var placeholder: String? { get }
  var help: String { get }
  var isGiven: Bool { get }
  var isRequired: Bool { get }
  /// The options that it does not go with, and those of which it needs one beside it.
  var excluded: [String] { get }
  var needed: [String] { get }
  func take(_ text: String) throws
  func checkPresence() throws
}

extension DeclaredOption {
  /// With its dashes: `--seed`, and of one letter `-o`.
  var spelled: String { (name.count == 1 ? "-" : "--") + name }

  /// `--seed N`
  var usage: String { spelled + (placeholder.map { " \($0)" } ?? "") }

  /// Refuses it where it would not be listened to.
  func refuse(because reason: String) throws {
    if isGiven { throw Failure("\(spelled): \(reason)") }
  }

  /// Errors about its value bear its name.
  func naming<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as OptionError {
      throw Failure("\(spelled): \(error)")
    } catch let error as ParseError {
      throw Failure("\(spelled): \(error)")
    }
  }
}

extension Option { var isRequired: Bool { missing != nil } }
