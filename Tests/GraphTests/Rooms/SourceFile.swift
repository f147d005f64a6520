/// What one file of Swift declares for the rest of its module, and the names it uses.
struct SourceFile {
  let name: String
  /// The folders it stands in, from that of the module on.
  let room: [String]
  /// Types and protocols that the whole module sees.
  private(set) var types: Set<String> = []
  /// Functions outside of any type.
  private(set) var functions: Set<String> = []
  private(set) var usedTypes: Set<String> = []
  private(set) var usedFunctions: Set<String> = []

  private static let typeKeywords: Set = [
    "struct", "class", "enum", "protocol", "actor", "typealias", "associatedtype",
  ]
  private static let modifiers: Set = [
    "final", "indirect", "static", "mutating", "nonisolated", "open", "public", "package",
  ]

  init(name: String, room: [String], module: String, _ source: String) {
    (self.name, self.room) = (name, room)
    let words = SwiftWords(source).words
    // Names that mean something else in this file: nested or private types, members.
    var own: Set<String> = []
    var depth = 0
    for (place, word) in words.enumerated() {
      switch word {
      case .mark("{"): depth += 1
      case .mark("}"): depth -= 1
      case .name(let keyword):
        guard !Self.follows(".", words, place), case .name(let declared)? = words.dropFirst(place + 1).first else {
          continue
        }
        let isForAll = depth == 0 && !Self.isPrivate(words, place)
        if Self.typeKeywords.contains(keyword) {
          if isForAll { types.insert(declared) } else { own.insert(declared) }
        } else if keyword == "func" {
          if isForAll { functions.insert(declared) } else { own.insert(declared) }
        } else if keyword == "let" || keyword == "var" || keyword == "case" {
          own.insert(declared)
        }
      default: break
      }
    }
    for (place, word) in words.enumerated() {
      guard case .name(let used) = word, !own.contains(used) else { continue }
      let isMember = Self.follows(".", words, place) && !(place > 1 && words[place - 2] == .name(module))
      if isMember { continue }
      usedTypes.insert(used)
      if place + 1 < words.count, words[place + 1] == .mark("(") { usedFunctions.insert(used) }
    }
  }

  private static func follows(_ mark: Character, _ words: [SwiftWords.Word], _ place: Int) -> Bool {
    place > 0 && words[place - 1] == .mark(mark)
  }

  private static func isPrivate(_ words: [SwiftWords.Word], _ keyword: Int) -> Bool {
    for word in words[..<keyword].reversed() {
      guard case .name(let name) = word else { return false }
      if name == "private" || name == "fileprivate" { return true }
      if !modifiers.contains(name) { return false }
    }
    return false
  }
}
