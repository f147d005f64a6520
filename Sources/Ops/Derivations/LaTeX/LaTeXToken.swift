/// One token of LaTeX mathematics, after what only concerns its looks is gone.
struct LaTeXToken: Hashable {
  enum Kind: Hashable {
    /// A letter, or a word in a declaration: `w`, `β`, `W_new`'s `new`.
    case letter(String)
    /// `\hat`, `\frac`, `\sin`: without the backslash.
    case command(String)
    /// As it is written: `0.5`.
    case number(String)
    /// `+ - * / = ( ) [ ] | , ; . : ! ' & ^ _ { }` and relation signs typed as characters.
    case symbol(Character)
    /// `\{`, `\}` and `\|`.
    case brace(open: Bool)
    case doubleBar
    /// `\\`
    case row
    case begin(String)
    case end(String)
    /// Words: `\text{if }`.
    case text(String)
    /// `\tag{1.2}`
    case tag(String)
    /// A wide blank, which separates statements: `\quad`.
    case gap
    case finish
  }

  let kind: Kind
  /// Of its first character in the text, and of the one behind its last.
  let start: Int, end: Int

  func isSymbol(_ symbol: Character) -> Bool { kind == .symbol(symbol) }
  func isCommand(_ name: String) -> Bool { kind == .command(name) }

  /// For messages.
  var shown: String {
    switch kind {
    case .letter(let text), .number(let text): "'\(text)'"
    case .command(let name): "'\\\(name)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .brace(let open): open ? "'\\{'" : "'\\}'"
    case .doubleBar: "'\\|'"
    case .row: "the end of the row"
    case .begin(let name): "'\\begin{\(name)}'"
    case .end(let name): "'\\end{\(name)}'"
    case .text(let text): "the word \(text.quoted)"
    case .tag(let text): "'\\tag{\(text)}'"
    case .gap: "a wide blank"
    case .finish: "the end of the formula"
    }
  }
}
