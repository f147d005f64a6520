/// Places for the boxes of a graph drawn from left to right: columns by distance from the leaves, few crossings,
/// boxes near what they are joined to.
///
/// The usual four steps of layered drawing: columns, invisible boxes where an arrow passes through a column, order
/// within each column by the mean place of the neighbours, then heights.
struct Layout {
  struct Box {
    var x = 0.0, y = 0.0
    let width: Double, height: Double
    var middle: Double { y + height / 2 }
  }
  /// An arrow between the places of two boxes in `boxes`, and how much room its label needs.
  struct Arrow { let from, to: Int, labelWidth: Double }

  private(set) var boxes: [Box]
  /// Per arrow, the boxes it runs along: its ends, and between them the invisible ones.
  private(set) var routes: [[Int]] = []
  /// Per arrow, how high it arrives at its box: inputs in the order of where they come from, not crossing.
  private(set) var arrivals: [Double] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  private var column: [Int]
  private var columns: [[Int]] = []
  private var neighbours: [(before: [Int], behind: [Int])] = []
  private static let gap = 22.0

  /// - Precondition: every arrow goes to a later box.
  init(sizes: [(width: Double, height: Double)], arrows: [Arrow]) {
    boxes = sizes.map { Box(width: $0.width, height: $0.height) }
    column = Layout.columns(count: sizes.count, arrows)
    neighbours = sizes.map { _ in ([], []) }
    for arrow in arrows { route(arrow) }
    columns = Array(repeating: [], count: (column.max() ?? -1) + 1)
    for box in boxes.indices { columns[column[box]].append(box) }
    for round in 0..<12 { order(forward: round % 2 == 0) }
    setAcross(arrows)
    setHeights()
    setArrivals(arrows)
  }

  /// An operation stands right of all its inputs, a leaf right before its first use.
  private static func columns(count: Int, _ arrows: [Arrow]) -> [Int] {
    var columns = [Int](repeating: 0, count: count)
    for arrow in arrows.sorted(by: { $0.to < $1.to }) {
      columns[arrow.to] = max(columns[arrow.to], columns[arrow.from] + 1)
    }
    let inner = Set(arrows.map(\.to))
    var first: [Int: Int] = [:]
    for arrow in arrows where !inner.contains(arrow.from) {
      first[arrow.from] = min(first[arrow.from] ?? .max, columns[arrow.to] - 1)
    }
    for (leaf, place) in first { columns[leaf] = place }
    return columns
  }

  private mutating func route(_ arrow: Arrow) {
    var route = [arrow.from]
    for between in column[arrow.from] + 1..<max(column[arrow.to], column[arrow.from] + 1) {
      route.append(boxes.count)
      boxes.append(Box(width: 0, height: 6))
      column.append(between)
      neighbours.append(([], []))
    }
    route.append(arrow.to)
    routes.append(route)
    for (left, right) in zip(route, route.dropFirst()) {
      neighbours[left].behind.append(right)
      neighbours[right].before.append(left)
    }
  }

  private mutating func order(forward: Bool) {
    var place = [Double](repeating: 0, count: boxes.count)
    for boxes in columns { for (rank, box) in boxes.enumerated() { place[box] = Double(rank) } }
    for index in forward ? Array(columns.indices) : columns.indices.reversed() {
      var wanted: [Int: Double] = [:]
      for box in columns[index] {
        let near = forward ? neighbours[box].before : neighbours[box].behind
        wanted[box] = near.isEmpty ? place[box] : near.reduce(0) { $0 + place[$1] } / Double(near.count)
      }
      let old = place
      columns[index].sort { (wanted[$0] ?? 0, old[$0]) < (wanted[$1] ?? 0, old[$1]) }
      for (rank, box) in columns[index].enumerated() { place[box] = Double(rank) }
    }
  }

  /// Columns as wide as their widest box, with room for the labels of the arrows that arrive.
  private mutating func setAcross(_ arrows: [Arrow]) {
    var room = [Double](repeating: 0, count: columns.count)
    for arrow in arrows { room[column[arrow.to]] = max(room[column[arrow.to]], arrow.labelWidth + 64) }
    for index in columns.indices {
      width += index == 0 ? 0 : max(room[index], 40)
      let widest = columns[index].map { boxes[$0].width }.max() ?? 0
      for box in columns[index] { boxes[box].x = width + (widest - boxes[box].width) / 2 }
      width += widest
    }
  }

  private mutating func setHeights() {
    for boxes in columns { spread(boxes, around: boxes.map { _ in 0 }) }
    for round in 0..<16 {
      for members in round % 2 == 0 ? columns : columns.reversed() {
        let wanted = members.map { box in
          let near = neighbours[box].before + neighbours[box].behind
          return near.isEmpty
            ? boxes[box].middle : near.reduce(0) { $0 + boxes[$1].middle } / Double(near.count)
        }
        spread(members, around: wanted)
      }
    }
    let top = boxes.map(\.y).min() ?? 0
    for box in boxes.indices { boxes[box].y -= top }
    height = boxes.map { $0.y + $0.height }.max() ?? 0
  }

  private mutating func setArrivals(_ arrows: [Arrow]) {
    arrivals = arrows.map { boxes[$0.to].middle }
    for (box, arriving) in Dictionary(grouping: arrows.indices, by: { arrows[$0].to }) {
      let sorted = arriving.sorted { (source(of: $0), $0) < (source(of: $1), $1) }
      for (rank, arrow) in sorted.enumerated() {
        arrivals[arrow] = boxes[box].y + boxes[box].height * (Double(rank) + 0.5) / Double(sorted.count)
      }
    }
  }

  private func source(of arrow: Int) -> Double { boxes[routes[arrow][routes[arrow].count - 2]].middle }

  /// Sets boxes of one column at the wanted middles as far as they do not overlap, and the whole column so that
  /// it is off by as much upwards as downwards.
  private mutating func spread(_ members: [Int], around wanted: [Double]) {
    var bottom = -Double.infinity
    for (box, middle) in zip(members, wanted) {
      boxes[box].y = max(middle - boxes[box].height / 2, bottom)
      bottom = boxes[box].y + boxes[box].height + Layout.gap
    }
    let off =
      zip(members, wanted).reduce(0) { $0 + boxes[$1.0].middle - $1.1 } / Double(max(members.count, 1))
    for box in members { boxes[box].y -= off }
  }
}
