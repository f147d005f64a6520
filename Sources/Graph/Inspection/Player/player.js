// Steps through a page by mouse and keyboard. The page has `now`, the place of its
// step, `lastStep`, `showStep`, and `pace`, the milliseconds of a step that is played.

const byId = (id) => document.getElementById(id);
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

let timer = null;

function go(place) {
  now = Math.max(0, Math.min(lastStep, place));
  if (now === lastStep) pause();
  showStep();
}

function play() {
  if (timer) return pause();
  if (now === lastStep) go(0);
  timer = setInterval(() => go(now + 1), pace);
  showPlaying();
}

function pause() {
  clearInterval(timer);
  timer = null;
  showPlaying();
}

function showPlaying() { byId("play").textContent = timer ? "pause" : "play"; }

const moves = {
  first: () => go(0), back: () => go(now - 1), play, next: () => go(now + 1), last: () => go(lastStep),
};

// Whoever steps by hand stops the play.
function move(name) {
  if (name !== "play") pause();
  moves[name]();
}

for (const name of Object.keys(moves)) byId(name).addEventListener("click", () => move(name));
byId("place").max = lastStep;
byId("place").addEventListener("input", (event) => go(Number(event.target.value)));

const keys = { Home: "first", ArrowLeft: "back", " ": "play", ArrowRight: "next", End: "last" };
document.addEventListener("keydown", (event) => {
  const isElsewhere = event.target.matches?.(event.key === " " ? "input, button, [role=button]" : "input");
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || isElsewhere) return;
  event.preventDefault();
  move(keys[event.key]);
});
