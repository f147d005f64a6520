/// A setting given as text or in a combination that cannot work: what was expected and what was found.
public struct OptionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The message, which names what was expected and what was found.
  public let description: String
  /// An error with a message.
  public init(_ description: String) { self.description = description }
}
