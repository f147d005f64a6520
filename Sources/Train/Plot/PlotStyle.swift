/// Colours and fonts, as a style sheet with one set for light pages and one for dark ones.
///
/// Colours are named by class alone and mean the same in each picture, so that several pictures can stand in one page.
enum PlotStyle {
  static let tickSize = 12.0
  static let labelSize = 13.0
  static let titleSize = 15.0

  /// Class names of the series' colour as stroke and as fill. After eight the colours repeat with dashes.
  static func stroke(_ series: Int) -> String {
    "s\(series % seriesColours.count)" + (series >= seriesColours.count ? " dashed" : "")
  }
  static func ring(_ series: Int) -> String { "line hollow " + stroke(series % seriesColours.count) }
  static func fill(_ series: Int) -> String { "f\(series % seriesColours.count)" }

  /// Class name of a colour on the ramp from the lowest values (0) to the highest (1); of NaN, which is what is left where
  /// their difference is infinite, the middle.
  static func ramp(_ share: Double) -> String {
    let share = share.isNaN ? 0.5 : share
    return "r\(Int((min(max(share, 0), 1) * Double(rampSteps - 1)).rounded()))"
  }

  /// The style sheet with the colours of so many series, and with the ramp if it is used; and the page behind the
  /// picture, since whoever shows it may have a white one in dark mode too.
  static func sheet(series: Int, ramp: Bool) -> String {
    func colours(_ dark: Bool) -> String {
      var rules: [String] = [
        ".page{fill:\(dark ? "#0d1117" : "#ffffff")}",
        "text{fill:\(dark ? "#e6edf3" : "#1f2328")}",
        ".axis{stroke:\(dark ? "#9aa4ae" : "#57606a")}",
        ".grid{stroke:\(dark ? "#343b43" : "#dde2e7")}",
        ".halo{stroke:\(dark ? "#0d1117" : "#ffffff")}",
        ".hollow{fill:\(dark ? "#0d1117" : "#ffffff")}",
        ".contour{stroke:\(dark ? "#7d8894" : "#8a939c")}",
        ".mesh{stroke:\(dark ? "#0d1117" : "#3d4b59")}",
      ]
      for (index, colour) in seriesColours.prefix(series).enumerated() {
        let value = dark ? colour.dark : colour.light
        rules.append(".s\(index){stroke:\(value)}.f\(index){fill:\(value)}")
      }
      if ramp {
        for step in 0..<rampSteps {
          let share = Double(step) / Double(rampSteps - 1)
          rules.append(".r\(step){fill:\(blend(dark ? darkRamp : lightRamp, share))}")
        }
      }
      return rules.joined(separator: "\n")
    }
    return """
      <style>
      text{font-family:system-ui,-apple-system,'Segoe UI','Noto Sans','DejaVu Sans','Noto Sans CJK SC',\
      'PingFang SC','Microsoft YaHei',sans-serif}
      .tick{font-size:\(Int(tickSize))px}.label{font-size:\(Int(labelSize))px}
      .title{font-size:\(Int(titleSize))px;font-weight:600}
      .axis,.grid{fill:none;stroke-width:1}
      .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
      .contour{fill:none;stroke-width:1}
      .mesh{stroke-width:.5;stroke-opacity:.5;stroke-linejoin:round}
      .halo{fill:none;stroke-width:4.5;stroke-linejoin:round;stroke-linecap:round;stroke-opacity:.75}
      .dashed{stroke-dasharray:6 4}
      .region{fill-opacity:.2}
      \(colours(false))
      @media (prefers-color-scheme:dark){
      \(colours(true))
      }
      </style>
      <rect class="page" width="100%" height="100%"/>

      """
  }

  /// Distinct also for the usual kinds of colour blindness as far as eight colours can be; each has a contrast of at
  /// least 3 to 1 to its page.
  static let seriesColours: [(light: String, dark: String)] = [
    ("#1f6fb4", "#6cb2f0"), ("#d9570b", "#ff9f4a"), ("#1b8a4b", "#5fcf8b"), ("#8a4fbf", "#c29bf0"),
    ("#c92a3b", "#ff7d86"), ("#0b8793", "#4fd0dc"), ("#8a6d00", "#e0c34a"), ("#c2398b", "#f58ccb"),
  ]

  private static let rampSteps = 24
  /// The low end, where a descent arrives, is near the colour of the page in both.
  private static let lightRamp: [(Double, Double, Double)] = [
    (244, 248, 252), (198, 219, 239), (124, 179, 219), (58, 128, 190), (16, 66, 126),
  ]
  private static let darkRamp: [(Double, Double, Double)] = [
    (14, 24, 38), (19, 52, 84), (30, 92, 142), (72, 146, 196), (176, 214, 238),
  ]

  private static func blend(_ colours: [(Double, Double, Double)], _ share: Double) -> String {
    let place = share * Double(colours.count - 1)
    let index = min(Int(place), colours.count - 2)
    let (low, high, part) = (colours[index], colours[index + 1], place - Double(index))
    let mixed = [(low.0, high.0), (low.1, high.1), (low.2, high.2)].map {
      Int(($0 + ($1 - $0) * part).rounded())
    }
    return "rgb(\(mixed[0]),\(mixed[1]),\(mixed[2]))"
  }
}
