import Train

/// What was found out about the formulas of documents, as it is printed.
struct DocumentReport {
  let file: String
  let explains: Bool
  var findings: [Finding] = []

  /// 2 where a claim could not be decided, or where formulas that were not read count as errors; 1 where one is not as
  /// expected.
  func status(isStrict: Bool) -> Int32 {
    let isUndecided = findings.contains { $0.verdict?.outcome == .undefined }
    if isUndecided || (isStrict && findings.contains { $0.kind == .notRead }) { return 2 }
    return findings.allSatisfy(\.isAsExpected) ? 0 : 1
  }

  /// `5 formulas: 2 claims hold (1 proved), 1 refuted, 1 not read`
  var summary: String {
    func count(_ isCounted: (Finding) -> Bool) -> Int { findings.count(where: isCounted) }
    func claims(_ outcome: Verdict.Outcome, _ isExpected: Bool) -> Int {
      count { $0.verdict?.outcome == outcome && $0.isAsExpected == isExpected }
    }
    let (held, proved) = (claims(.holds, true), count { $0.verdict?.isProved == true && $0.isAsExpected })
    let parts: [(Int, String)] = [
      (held, (held == 1 ? "claim holds" : "claims hold") + (proved > 0 ? " (\(proved) proved)" : "")),
      (claims(.refuted, true), "refuted as expected"), (claims(.refuted, false), "refuted"),
      (claims(.holds, false), "expected to be refuted but hold"),
      (claims(.undefined, true) + claims(.undefined, false), "undecided"),
      (count { $0.kind == .notRead }, "not read"),
    ]
    let list = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let total = counted(count { $0.kind != .mention }, "formula")
    return list.isEmpty ? total : "\(total): " + list.joined(separator: ", ")
  }
}

// MARK: - Text

extension DocumentReport {
  /// How wide formulas are set; longer ones are shortened.
  private static let width = 46

  /// What is printed about one finding; nothing about what is only mentioned.
  func text(_ finding: Finding) -> String? {
    guard explains || finding.kind != .mention else { return nil }
    let place = "\(file):\(Self.line(finding))"
    // Where rows are aligned is of no interest on a line.
    let formula = shortened(finding.latex.filter { $0 != "&" }.joinedLines, to: Self.width)
    var text = place.padded(to: file.count + 6) + "  " + formula.padded(to: Self.width) + "  " + result(finding)
    let isTold = explains || (finding.kind == .claim && finding.verdict?.outcome != .holds)
    if isTold, !finding.reading.isEmpty {
      text +=
        "\n" + String(repeating: " ", count: file.count + 8) + "read as "
        + (explains ? finding.reading : shortened(finding.reading, to: 160))
    }
    return text
  }

  /// `14`, of a notebook `cell 3:14`
  private static func line(_ finding: Finding) -> String {
    (finding.cell.map { "cell \($0):" } ?? "") + "\(finding.line)"
  }

  /// `proved`, `holds: 3 sizes, 100 points each`, `refuted: off by a factor x; at …`
  func result(_ finding: Finding) -> String {
    guard let verdict = finding.verdict else {
      return finding.kind.rawValue + (finding.reason.map { ": " + $0 } ?? "")
    }
    let expected = finding.expectedRefutation.map { $0.isEmpty ? "" : "; \($0)" } ?? ""
    switch verdict.outcome {
    case .holds:
      let unexpected = finding.expectedRefutation == nil ? "" : "expected to be refuted, but it "
      return unexpected + holding(verdict) + (finding.reason.map { ", " + $0 } ?? "") + expected
    case .refuted:
      let mark = finding.isAsExpected ? "refuted as expected" : "refuted"
      return "\(mark): \(shortened(verdict.explanation, to: 200))\(expected)"
    case .undefined: return "undecided: \(verdict.explanation)"
    }
  }

  private func holding(_ verdict: Verdict) -> String {
    if verdict.isProved { return verdict.extent }
    return "holds: \(verdict.extent)" + (verdict.kinks.first?.kink.map { ", except at the kink \($0)" } ?? "")
  }

  private func shortened(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }
}

extension String {
  /// On one line, with single blanks.
  var joinedLines: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

// MARK: - Markdown, annotations

extension DocumentReport {
  var markdown: String {
    var text = "| place | formula | result |\n|---|---|---|\n"
    for finding in findings where finding.kind != .mention {
      let formula = finding.latex.joinedLines.map { ["|": "\\|", "`": ""][$0] ?? String($0) }.joined()
      let place = "\(TextTable.escapedForMarkdown(file)):\(Self.line(finding))"
      text += "| \(place) | `\(formula)` | \(TextTable.escapedForMarkdown(result(finding))) |\n"
    }
    return text + "\n" + summary
  }

  /// The lines that code hosts show beside the text of a change: errors for what is not as it should be, warnings for
  /// what could not be checked.
  var annotations: String {
    findings.compactMap { finding in
      let level: String? =
        if finding.kind == .notRead || finding.verdict?.outcome == .undefined {
          "warning"
        } else {
          finding.isAsExpected ? nil : "error"
        }
      return level.map { level in
        let place = "file=\(file.escapedForProperty),line=\(finding.line),col=\(finding.column)"
        let reading = finding.reading.isEmpty ? "" : "\nread as \(finding.reading)"
        return "::\(level) \(place)::\((result(finding) + reading).escapedForAnnotation)"
      }
    }.joined(separator: "\n")
  }
}

extension String {
  /// Percent signs and line ends would end the message.
  fileprivate var escapedForAnnotation: String {
    map { ["%": "%25", "\r": "%0D", "\n": "%0A", "\r\n": "%0A"][$0] ?? String($0) }.joined()
  }

  /// So would commas and colons in the name of the file.
  fileprivate var escapedForProperty: String {
    escapedForAnnotation.map { [",": "%2C", ":": "%3A"][$0] ?? String($0) }.joined()
  }
}

// MARK: - JSON

extension DocumentReport {
  var json: JSONValue {
    [
      "file": .string(file), "formulas": .array(findings.filter { $0.kind != .mention }.map(json)),
      "summary": .string(summary),
    ]
  }

  private func json(_ finding: Finding) -> JSONValue {
    let verdict = finding.verdict
    return JSONValue(present: [
      "cell": finding.cell.map { JSONValue($0) }, "line": JSONValue(finding.line), "column": JSONValue(finding.column),
      "tag": finding.tag.map { .string($0) }, "latex": .string(finding.latex), "reading": .string(finding.reading),
      "kind": .string(finding.kind.rawValue), "verdict": verdict.map { .string($0.outcome.rawValue) },
      "proved": verdict.map { .bool($0.isProved) }, "points": verdict.map { JSONValue($0.points) },
      "sizes": verdict == nil ? nil : JSONValue(listOfSizes: finding.sizes),
      "counterexample": verdict?.counterexample.map(VerifyReport.json), "remark": verdict?.remark.map { .string($0) },
      "reason": finding.reason.map { .string($0) },
      "expected": finding.expectedRefutation.map { .string("refuted: \($0)") },
    ])
  }
}

extension JSONValue {
  /// What sizes with names were, `[{"d": 2, "n": 3}, …]`; nil where there are none.
  init?(listOfSizes list: [[String: Int]]) {
    guard !list.isEmpty else { return nil }
    self = .array(
      list.map { sizes in .object(sizes.sorted { $0.key < $1.key }.map { .init($0.key, JSONValue($0.value)) }) })
  }
}
