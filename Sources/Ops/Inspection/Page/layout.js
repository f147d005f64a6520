// Places for boxes drawn from left to right in columns, as layered drawing does it: invisible boxes where arrows pass
// through a column, one for all from the same place; order within each column by the mean place of the neighbours, then heights.

const gap = 22;

// - boxes: each with width and height, operands before what uses them; `side` is "left" or "right" for the places where
//   arrows come through the frame around them all.
// - arrows: from and to as places of the boxes, the room that the label needs, and where they leave and arrive: how far
//   below the top of a box; where that is not said, in its middle.
// Sets x and y of the boxes, and of each arrow the invisible boxes on its way and how far below the top it arrives.
function layOut(boxes, arrows) {
  const column = columnsOf(boxes, arrows), all = [...boxes], links = all.map(() => ({ before: [], behind: [] }));
  const passing = new Map();
  const link = (a, b, leaves = all[a].height / 2, arrives = all[b].height / 2) => {
    links[a].behind.push({ box: b, here: leaves, there: arrives });
    links[b].before.push({ box: a, here: arrives, there: leaves });
  };
  for (const arrow of arrows) {
    arrow.source = arrow.from;
    arrow.between = [];
    for (let between = column[arrow.from] + 1; between < column[arrow.to]; between++) {
      const name = `${arrow.from} ${arrow.leaves} ${between}`;
      if (!passing.has(name)) {
        passing.set(name, all.length);
        all.push({ width: 0, height: 6, isWay: true });
        column.push(between);
        links.push({ before: [], behind: [] });
        link(arrow.source, all.length - 1, arrow.source === arrow.from ? arrow.leaves : undefined);
      }
      arrow.source = passing.get(name);
      arrow.between.push(all[arrow.source]);
    }
    link(arrow.source, arrow.to, arrow.source === arrow.from ? arrow.leaves : undefined, arrow.arrives);
  }
  const columns = Array.from({ length: column.reduce((a, b) => Math.max(a, b), -1) + 1 }, () => []);
  all.forEach((_, place) => columns[column[place]].push(place));
  for (let round = 0; round < 12; round++) order(columns, links, round % 2 === 0);
  const width = setAcross(all, columns, column, arrows);
  setHeights(all, columns, links);
  setArrivals(all, arrows);
  return { width, height: all.reduce((most, box) => Math.max(most, box.y + box.height), 0) };
}

// An operation stands right of all its inputs, a leaf right before its first use.
function columnsOf(boxes, arrows) {
  const start = boxes.some((box) => box.side === "left") ? 1 : 0;
  const column = boxes.map((box) => (box.side === "left" ? 0 : start));
  const first = new Map(), inner = new Set(arrows.map((arrow) => arrow.to));
  for (const { from, to } of [...arrows].sort((a, b) => a.to - b.to)) column[to] = Math.max(column[to], column[from] + 1);
  for (const { from, to } of arrows) {
    if (!inner.has(from) && !boxes[from].side) first.set(from, Math.min(first.get(from) ?? Infinity, column[to] - 1));
  }
  for (const [leaf, place] of first) column[leaf] = place;
  const last = column.reduce((a, b, place) => (boxes[place].side === "right" ? a : Math.max(a, b)), 0);
  boxes.forEach((box, place) => { if (box.side === "right") column[place] = last + 1; });
  return column;
}

function order(columns, links, isForward) {
  const place = [];
  for (const members of columns) members.forEach((box, rank) => { place[box] = rank; });
  const mean = (near, other) => (near.length ? near.reduce((sum, link) => sum + place[link.box], 0) / near.length : other);
  for (const members of isForward ? columns : [...columns].reverse()) {
    const wanted = new Map(members.map((box) => [box, mean(isForward ? links[box].before : links[box].behind, place[box])]));
    members.sort((a, b) => wanted.get(a) - wanted.get(b) || place[a] - place[b]);
    members.forEach((box, rank) => { place[box] = rank; });
  }
}

// Columns as wide as their widest box, with room for the labels of the arrows that arrive.
function setAcross(all, columns, column, arrows) {
  const room = columns.map((members) => (members.every((box) => all[box].side) ? 24 : 40));
  for (const arrow of arrows) {
    if (!all[arrow.to].side) room[column[arrow.to]] = Math.max(room[column[arrow.to]], arrow.room + 64);
  }
  let width = 0;
  columns.forEach((members, index) => {
    width += index ? room[index] : 0;
    const widest = members.reduce((most, box) => Math.max(most, all[box].width), 0);
    for (const box of members) {
      if (all[box].isWay) all[box].width = widest;
      all[box].x = width + (widest - all[box].width) / 2;
    }
    width += widest;
  });
  return width;
}

function setHeights(all, columns, links) {
  for (const members of columns) spread(all, members, members.map(() => 0));
  for (let round = 0; round < 16; round++) {
    for (const members of round % 2 ? [...columns].reverse() : columns) {
      spread(all, members, members.map((place) => {
        const box = all[place], near = [...links[place].before, ...links[place].behind];
        if (!near.length) return box.y + box.height / 2;
        return near.reduce((sum, link) => sum + all[link.box].y + link.there - link.here, 0) / near.length + box.height / 2;
      }));
    }
  }
  const first = all.reduce((least, box) => Math.min(least, box.y), Infinity);
  for (const box of all) box.y -= first;
}

// Sets boxes of one column at the wanted middles as far as they do not overlap, and the whole column so that it is off by
// as much upwards as downwards.
function spread(all, members, wanted) {
  let bottom = -Infinity;
  members.forEach((place, rank) => {
    const box = all[place];
    box.y = Math.max(wanted[rank] - box.height / 2, bottom);
    bottom = box.y + box.height + gap;
  });
  const off = members.reduce((sum, place, rank) => sum + all[place].y + all[place].height / 2 - wanted[rank], 0);
  for (const place of members) all[place].y -= off / members.length;
}

// Arrows arrive in the order of where they come from, not crossing.
function setArrivals(all, arrows) {
  const arriving = grouped(arrows.filter((arrow) => arrow.arrives === undefined), (arrow) => arrow.to);
  for (const [place, list] of arriving) {
    const height = (arrow) => all[arrow.source].y + all[arrow.source].height / 2;
    list.sort((a, b) => height(a) - height(b));
    list.forEach((arrow, rank) => { arrow.arrives = all[place].height * (rank + 0.5) / list.length; });
  }
}
