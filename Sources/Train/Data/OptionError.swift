/// A setting given as text or in a combination that cannot work: what was expected and what was found.
public struct OptionError: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
