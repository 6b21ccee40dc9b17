const words = {
  en: { classes: "Responses sent, by class", failures: "Last failures" },
  de: { classes: "Gesendete Antworten je Klasse", failures: "Letzte Fehlschläge" },
};
let stream;

// All that comes from the wire goes in as text, never as markup.
function element(name, text) {
  const it = document.createElement(name);
  it.textContent = text;
  return it;
}

function show(board) {
  const classes = Object.entries(board.classes).map(([label, count]) => {
    const box = document.createElement("div");
    box.append(element("dt", label), element("dd", count));
    return box;
  });
  document.getElementById("classes").replaceChildren(...classes);
  const failures = board.failures.map((failure) => {
    const card = document.createElement("li");
    card.append(
      element("strong", `${failure.code} ${failure.phrase}`),
      element("div", `${failure.title}. ${failure.meaning}`),
      element("small", `${failure.method} ${failure.to}`),
    );
    return card;
  });
  document.getElementById("failures").replaceChildren(...failures);
}

function speak(language) {
  document.documentElement.lang = language;
  for (const it of document.querySelectorAll("[data-text]")) {
    it.textContent = words[language][it.dataset.text];
  }
  stream?.close();
  stream = new EventSource(`api/stream?lang=${language}`);
  stream.addEventListener("board", (event) => show(JSON.parse(event.data)));
}

for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => speak(button.dataset.lang));
}
speak(navigator.language.startsWith("de") ? "de" : "en");
