/// What went wrong with a file: which file, where in it, what was expected and what was found.
///
/// Every reader and writer of this module throws this one type, so a caller catches one thing:
///
/// ```swift
/// do { _ = try Table(contentsOf: "iris.csv").numbers("petal") }
/// catch { print(error) }  // iris.csv: line 7, column 3: expected a number, found 'abc'
/// ```
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  public enum Kind: Equatable, Sendable {
    /// The operating system would not let it be read.
    case unreadable
    /// The operating system would not let it be written; what was there before is still there.
    case unwritable
    /// It ends before its own header says it does.
    case truncated
    /// Its bytes break the rules of its format.
    case malformed
    /// It keeps to the format, but to a part of it that is not read here.
    case unsupported
    /// A value lies outside the range that its use allows, such as a label that names no class.
    case outOfRange
    /// Something asked for by name, such as a column or a tensor, is not in it.
    case notFound
    /// It can be read in two ways, and has to be told which.
    case ambiguous
  }

  /// Where in the file. Lines, columns and rows count from 1, bytes from 0.
  public enum Place: Equatable, Sendable, CustomStringConvertible {
    case line(Int)
    case cell(line: Int, column: Int)
    case byte(Int)
    case tensor(String)
    case item(Int)

    /// `line 7, column 3`
    public var description: String {
      switch self {
      case .line(let line): "line \(line)"
      case .cell(let line, let column): "line \(line), column \(column)"
      case .byte(let offset): "byte \(offset)"
      case .tensor(let name): "tensor '\(name)'"
      case .item(let index): "item \(index)"
      }
    }
  }

  /// The name of the file, usually its path.
  public var file: String
  /// Where in it, where that is known.
  public var place: Place?
  /// The sort of failure.
  public var kind: Kind
  /// What was expected and what was found.
  public var message: String

  /// An error of a reader or writer.
  public init(_ kind: Kind, _ file: String, at place: Place? = nil, _ message: String) {
    (self.kind, self.file, self.place, self.message) = (kind, file, place, message)
  }

  /// The file, the place if known, and the message, separated by colons.
  public var description: String {
    [file, place?.description, message].compactMap { $0 }.joined(separator: ": ")
  }
}

// MARK: - Words of messages

/// Names in quotes, at most eight of them, for error messages.
func quotedList(_ names: [String]) -> String {
  if names.isEmpty { return "none" }
  let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
  return names.count > 8 ? shown + " and \(names.count - 8) more" : shown
}
