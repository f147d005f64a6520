// Which marks of each film are seen at a step, and what is said about it.

const films = [...document.querySelectorAll("[data-film]")].map((figure) => ({
  captions: JSON.parse(figure.querySelector("script").textContent),
  caption: figure.querySelector("figcaption"),
  marks: [...figure.querySelectorAll("[data-step]")].map((mark) => ({ mark, step: Number(mark.dataset.step) })),
}));
const lastStep = Math.max(...films.map((film) => film.captions.length - 1));
// A long descent takes twenty seconds.
const pace = Math.max(60, Math.min(900, 20000 / Math.max(lastStep, 1)));
let now = 0;

function showStep() {
  for (const film of films) {
    const place = Math.min(now, film.captions.length - 1);
    for (const { mark, step } of film.marks) {
      mark.classList.toggle("later", step > place);
      mark.classList.toggle("now", step === place);
    }
    film.caption.textContent = film.captions[place];
  }
  const words = films.length === 1 ? films[0].captions[now] : `Step ${now}`;
  byId("status").textContent = words;
  byId("count").textContent = `${now} / ${lastStep}`;
  byId("place").value = now;
  byId("place").setAttribute("aria-valuetext", words);
}
