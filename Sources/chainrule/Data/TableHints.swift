import Train

/// What went wrong; of a table that cannot be read as it is, with the option that helps.
func told(_ error: any Error) -> String {
  let hint = (error as? FileError).flatMap { error in tableHints.first { error.message.contains($0.phrase) } }
  return "\(error)" + (hint.map { "; \($0.option)" } ?? "")
}

/// What errors of tables say, and which option is meant.
private let tableHints: [(phrase: String, option: String)] = [
  ("can be dropped", "try --missing drop"),
  ("can be taken as categories", "try --categories text, or other --inputs"),
  ("another decimal sign", "try --decimal comma, or point"),
  ("whether there is a header", "say --header present or absent"),
  ("which column is the target", "try --target or --label"),
]
