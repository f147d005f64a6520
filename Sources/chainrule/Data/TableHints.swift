import Train

/// Reads a table, and tells the option that helps where it cannot be read as it is.
func withTableHints<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as FileError {
    let hint = tableHints.first { error.message.contains($0.phrase) }
    throw Failure(error.description + (hint.map { "; \($0.option)" } ?? ""))
  }
}

/// What errors of tables say, and which option is meant.
private let tableHints: [(phrase: String, option: String)] = [
  ("can be dropped", "try --missing drop"),
  ("can be taken as categories", "try --categories text, or other --inputs"),
  ("another decimal sign", "try --decimal comma, or point"),
  ("whether there is a header", "say --header present or absent"),
  ("which column is the target", "try --target or --label"),
]
