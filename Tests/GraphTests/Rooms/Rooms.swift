/// The folders of a module and who names what of whom.
struct Rooms {
  struct Arrow: Hashable {
    /// Folders, from that of the module on.
    let from: [String], to: [String]
    let file: String, name: String
  }

  let arrows: Set<Arrow>

  init(_ files: [SourceFile]) {
    let types = Self.declaring(files, \.types)
    let functions = Self.declaring(files, \.functions)
    var arrows: Set<Arrow> = []
    for file in files {
      let targets =
        file.usedTypes.compactMap { name in types[name].map { (name, $0) } }
        + file.usedFunctions.compactMap { name in functions[name].map { (name, $0) } }
      for (name, room) in targets where room != file.room {
        arrows.insert(Arrow(from: file.room, to: room, file: file.name, name: name))
      }
    }
    self.arrows = arrows
  }

  /// The room of each name; names of several rooms, overloads, are left out.
  private static func declaring(
    _ files: [SourceFile], _ names: (SourceFile) -> Set<String>
  ) -> [String: [String]] {
    var rooms: [String: Set<[String]>] = [:]
    for file in files { for name in names(file) { rooms[name, default: []].insert(file.room) } }
    return rooms.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// The arrows that lead around in a circle between the folders inside one folder, each folder with all it holds, and
  /// those that do so further inside. What stands in the folder itself counts as one more, called `.`.
  func circles(in folder: [String] = []) -> [String] {
    let inside = arrows.filter { $0.from.starts(with: folder) && $0.to.starts(with: folder) }
    func child(_ room: [String]) -> String { room.count > folder.count ? room[folder.count] : "." }
    var across = inside.filter { child($0.from) != child($0.to) }
    while true {
      let (sources, targets) = (Set(across.map { child($0.from) }), Set(across.map { child($0.to) }))
      let rest = across.filter { sources.contains(child($0.to)) && targets.contains(child($0.from)) }
      if rest.count == across.count { break }
      across = rest
    }
    let place = folder.isEmpty ? "" : folder.joined(separator: "/") + "/"
    let found = Dictionary(grouping: across) { "\(place)\(child($0.from)) → \(place)\(child($0.to))" }
      .map { arrow, uses in
        let shown = Set(uses.map { "\($0.name) in \($0.file)" }).sorted()
        return "\(arrow): \(shown.count) (\(shown.prefix(6).joined(separator: ", ")))"
      }
    let children = Set(inside.flatMap { [$0.from, $0.to] }.filter { $0.count > folder.count }.map { $0[folder.count] })
    return found.sorted() + children.sorted().flatMap { circles(in: folder + [$0]) }
  }
}
