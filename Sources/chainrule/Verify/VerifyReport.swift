import Train

/// The verdicts as they are printed.
struct VerifyReport {
  enum Format: String, CaseIterable { case text, json, markdown, html, annotations, latex }

  private(set) var lines: [FormulasReport.Line]

  /// 2 where a claim could not be tested, 1 where one is not as expected.
  var status: Int32 {
    if lines.contains(where: { ($0.verdict?.outcome ?? .undefined) == .undefined }) { return 2 }
    return lines.allSatisfy(\.isAsExpected) ? 0 : 1
  }

  /// `12 claims: 10 hold (6 proved), 2 refuted as expected`
  private var summary: String {
    func count(_ isCounted: (FormulasReport.Line) -> Bool) -> Int { lines.count(where: isCounted) }
    let proved = count { $0.verdict?.isProved == true && $0.verdict?.outcome == .holds }
    let held = count { $0.verdict?.outcome == .holds && $0.isAsExpected }
    let parts: [(Int, String)] = [
      (held, (held == 1 ? "holds" : "hold") + (proved > 0 ? " (\(proved) proved)" : "")),
      (count { $0.verdict?.outcome == .refuted && $0.isAsExpected }, "refuted as expected"),
      (count { $0.verdict?.outcome == .refuted && !$0.isAsExpected }, "refuted"),
      (count { $0.verdict?.outcome == .holds && !$0.isAsExpected }, "expected to be refuted but hold"),
      (count { $0.verdict?.outcome == .undefined }, "undefined"),
      (count { $0.verdict == nil }, "could not be tested"),
    ]
    let list = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(counted(lines.count, "claim")): \(list)"
  }
}

// MARK: - Text

extension VerifyReport {
  /// What is printed when one more verdict is found.
  mutating func adding(_ line: FormulasReport.Line) -> String {
    let isNew = line.section != lines.last?.section ?? ""
    let heading = isNew ? (lines.isEmpty ? "" : "\n") + line.section + "\n" : ""
    lines.append(line)
    return heading + (line.section.isEmpty ? "" : "  ") + describe(line) + "\n"
  }

  /// What is printed behind all verdicts.
  var ending: String {
    lines.count > 1 ? (lines.last!.section.isEmpty ? "" : "\n") + summary : ""
  }

  private func describe(_ line: FormulasReport.Line) -> String {
    let note = line.entry.note.isEmpty ? "" : "  [\(line.entry.note)]"
    guard let verdict = line.verdict else {
      return "not tested: \(line.entry.text)\(note): \(line.error.map { "\($0)" } ?? "")"
    }
    let mark =
      line.isAsExpected && verdict.outcome == .refuted ? "refuted as expected" : verdict.outcome.rawValue
    return "\(mark): \(line.entry.shown(verdict.claim))\(note): " + details(line, verdict)
  }

  private func details(_ line: FormulasReport.Line, _ verdict: Verdict) -> String {
    var details = [verdict.explanation]
    if let suggestion = line.suggestion { details.append("try \(suggestion)") }
    if let why = line.entry.expectedRefutation, !why.isEmpty {
      details.append(line.isAsExpected ? why : "expected to be refuted: \(why)")
    }
    return details.filter { !$0.isEmpty }.joined(separator: "; ")
  }
}

// MARK: - Markdown

extension VerifyReport {
  var markdown: String {
    var text = ""
    var section: String?
    for line in lines {
      if line.section != section {
        section = line.section
        text +=
          (text.isEmpty ? "" : "\n")
          + (line.section.isEmpty ? "" : "## \(TextTable.escapedForMarkdown(line.section))\n\n")
        text += "| claim | place | verdict | |\n|---|---|---|---|\n"
      }
      let mark = (line.verdict?.outcome.rawValue ?? "not tested") + (line.isAsExpected ? "" : " (unexpected)")
      // No claim has a backtick; all else may come from a file, and could be markup.
      let written = line.verdict.map { "\($0.claim)" } ?? line.entry.text.filter { $0 != "`" }
      let claim = "`\(written)`".split(separator: "|").joined(separator: "\\|")
      let detail = line.verdict.map { details(line, $0) } ?? line.error?.message ?? ""
      let words = [line.entry.note, mark, detail].map(TextTable.escapedForMarkdown)
      text += "| " + ([claim] + words).joined(separator: " | ") + " |\n"
    }
    return text + "\n" + summary
  }
}

// MARK: - JSON

extension VerifyReport {
  var json: JSONValue { ["claims": .array(lines.map(json))] }

  private func json(_ line: FormulasReport.Line) -> JSONValue {
    guard let verdict = line.verdict else {
      let error = line.error
      return [
        "claim": .string(line.entry.text), "verdict": "not tested", "error": .string(error?.message ?? ""),
        "line": JSONValue(error?.line ?? line.entry.line), "column": JSONValue(error?.column ?? 1),
      ]
    }
    return JSONValue(present: [
      "claim": .string(verdict.claim.ascii), "verdict": .string(verdict.outcome.rawValue),
      "points": JSONValue(verdict.points), "worst": .number(verdict.worst),
      "sizes": JSONValue(listOfSizes: line.sizes),
      "counterexample": verdict.counterexample.map(Self.json), "remark": verdict.remark.map { .string($0) },
      "proved": verdict.errorProbability.map { ["errorProbability": .number($0)] },
      "kinks": verdict.kinks.isEmpty ? nil : .array(verdict.kinks.map(Self.json)),
      "suggestion": line.suggestion.map { .string($0.description) },
      "section": line.section.isEmpty ? nil : .string(line.section),
      "place": line.entry.note.isEmpty ? nil : .string(line.entry.note),
      "expected": line.entry.expectedRefutation.map { .string("refuted: \($0)") },
    ])
  }

  static func json(_ example: Counterexample) -> JSONValue {
    JSONValue(present: [
      "at": .object(example.at.map { .init($0.name, JSONValue($0.value)) }), "claimed": JSONValue(example.claimed),
      "autodiff": JSONValue(example.autodiff), "kink": example.kink.map { .string($0) },
    ])
  }
}
