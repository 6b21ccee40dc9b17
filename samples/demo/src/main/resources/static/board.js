import { codeClass, list, make, sync } from "./dom.js";
import { Explorer } from "./explorer.js";
import { words } from "./words.js";

const $ = (id) => document.getElementById(id);
const kinds = ["answered", "not-answered", "failed"];
const kindOf = (kind) => kind.toLowerCase().replace("_", "-");

let language;
let say;
let board;
let stream;
const explorer = new Explorer($("search"), $("entries"), $("hits"), (code) => place({ code }, String(code)));

// ---- settings that outlive the page, where the browser allows it

const stored = {
  // Other programs on this host and port may have kept something of theirs.
  get: (key, all) => { try { return all.find((value) => value === localStorage.getItem(`sipcodes.${key}`)); } catch { return undefined; } },
  set: (key, value) => { try { localStorage.setItem(`sipcodes.${key}`, value); } catch { /* private window */ } },
};

// ---- numbers

const number = (value) => new Intl.NumberFormat(language).format(value);
const percent = (value) => new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
const time = (millis) => new Intl.DateTimeFormat(language, { timeStyle: "medium" }).format(millis);
const user = (uri) => uri.replace(/^sips?:/, "").replace(/@.*$/, "");

// ---- the board

function show() {
  if (!board) {
    return;
  }
  $("exchange").textContent = board.exchange;
  $("calls").textContent = number(board.calls);
  $("attempts").textContent = number(board.attempts);
  $("attempts-part").textContent = say.total(number(board.total));
  for (const name of ["ser", "seer", "isa"]) {
    const { part, whole } = board[name];
    $(name).textContent = whole > 0 ? percent(part / whole) : "–";
    $(`${name}-part`).textContent = whole > 0 ? say.ratio(number(part), number(whole)) : say.undefined;
  }
  $("caller-off").hidden = board.caller;
  for (const control of document.querySelectorAll("#kinds button, #dial input, #dial button")) {
    control.disabled = !board.caller;
  }
  showTimeline();
  showOutcomes();
  showTopCodes();
  showClasses();
  showPlaced();
  showFailures();
}

const WIDTH = 600;
const HEIGHT = 120;

function showTimeline() {
  const highest = Math.max(...board.timeline.map((slot) => slot[0] + slot[1] + slot[2]));
  const most = Math.max(4, highest);
  const width = WIDTH / board.timeline.length;
  const picture = make("svg:svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
  const sums = [0, 0, 0];
  board.timeline.forEach((slot, index) => {
    const column = make("svg:g", {}, make("svg:title", {}, say.slot(...slot.map(number))));
    let y = HEIGHT;
    slot.forEach((count, kind) => {
      sums[kind] += count;
      const height = (count / most) * HEIGHT;
      y -= height;
      column.append(make("svg:rect", { x: index * width + 1, y, width: width - 2, height, class: kinds[kind] }));
    });
    picture.append(column);
  });
  picture.setAttribute("aria-label", say.slot(...sums.map(number)));
  $("timeline").replaceChildren(picture);
  $("most").textContent = say.most(number(highest));
}

/** A row with a bar behind it. */
function bar(row, share) {
  row.querySelector("meter").value = share;
}

function showOutcomes() {
  const most = Math.max(1, ...board.outcomes.map((outcome) => outcome.count));
  sync(
    $("outcomes"),
    board.outcomes,
    (outcome) => outcome.id,
    () => make("li", {}, make("span", { class: "label" }), make("span", { class: "count" }), make("meter", { max: 1, "aria-hidden": "true" })),
    (row, outcome) => {
      row.title = outcome.meaning;
      row.querySelector(".label").textContent = outcome.title;
      row.querySelector(".count").textContent = number(outcome.count);
      bar(row, outcome.count / most);
    },
  );
}

function showTopCodes() {
  const rows = board.codes.length > 0 ? board.codes : [null];
  sync(
    $("top-codes"),
    rows,
    (row) => (row ? row.code : "none"),
    (row) =>
      row
        ? make(
            "li",
            {},
            make("a", { class: `code ${codeClass(row.code)}`, href: `#code-${row.code}` }, row.code),
            make("div", {}, make("h3", {}), make("p", { class: "meaning" }), make("p", { class: "remedy" })),
            make("span", { class: "count" }),
          )
        : make("li", { class: "none" }),
    (it, row) => {
      if (!row) {
        it.textContent = say.noneYet;
        return;
      }
      it.querySelector("h3").textContent = row.title;
      it.querySelector(".meaning").textContent = row.meaning;
      it.querySelector(".remedy").replaceChildren(make("b", {}, say.firstStep), row.remedy);
      it.querySelector(".count").textContent = `${number(row.count)}×`;
    },
  );
}

function showClasses() {
  sync(
    $("classes"),
    Object.entries(board.classes),
    ([label]) => label,
    ([label]) => make("div", { class: `c${label[0]}` }, make("dt", {}, label), make("dd", {})),
    (box, [, count]) => { box.querySelector("dd").textContent = number(count); },
  );
}

// ---- failures

const failures = new Map();

function isHeld() {
  return $("hold").getAttribute("aria-pressed") === "true";
}

function showFailures() {
  const held = isHeld();
  const only = $("only-failed").checked;
  for (const failure of board.failures) {
    // What is held may change its language; nothing comes and nothing goes.
    if (!held || failures.has(failure.id)) {
      failures.set(failure.id, failure);
    }
  }
  const current = new Set(board.failures.map((failure) => failure.id));
  const open = new Set([...$("failure-list").querySelectorAll("details[open]")].map((it) => Number(it.dataset.id)));
  for (const id of failures.keys()) {
    // Whoever reads a card keeps it, whatever comes after.
    if (!held && !current.has(id) && !open.has(id)) {
      failures.delete(id);
    }
  }
  const shown = [...failures.values()]
    .filter((failure) => !only || failure.kind === "FAILED" || open.has(failure.id))
    .sort((a, b) => b.id - a.id);
  sync($("failure-list"), shown, (failure) => failure.id, failureCard, (card, failure) => {
    card.querySelector(".title").textContent = failure.title;
    card.querySelector("time").textContent = time(failure.millis);
  });
}

function failureCard(failure) {
  const body = make("div", { class: "body" });
  const card = make(
    "details",
    { "data-id": failure.id },
    make(
      "summary",
      { class: kindOf(failure.kind) },
      make("span", { class: `code ${codeClass(failure.code)}` }, failure.code),
      make("span", { class: "what" }, make("strong", { class: "title" }), make("span", { class: "phrase" }, failure.phrase)),
      make("span", { class: "who", title: failure.to }, failure.method === "INVITE" ? `→ ${user(failure.to)}` : failure.method),
      make("time", { datetime: new Date(failure.millis).toISOString() }),
    ),
    body,
  );
  card.addEventListener("toggle", () => {
    if (card.open) {
      showDetail(failure, body);
    }
  });
  return make("li", {}, card);
}

async function showDetail(failure, body) {
  const response = await fetch(`api/failures/${failure.id}?lang=${language}`);
  if (!response.ok) {
    if (body.children.length === 0) {
      body.replaceChildren(make("p", {}, say.gone));
    }
    return;
  }
  const detail = await response.json();
  const advice = detail.retryAfter >= 0 ? `${detail.advice}, ${say.retryAfter(number(detail.retryAfter))}` : detail.advice;
  body.replaceChildren(
    make(
      "div",
      { class: "explained" },
      make("p", { class: "lead" }, detail.meaning),
      make(
        "dl",
        { class: "verdict" },
        ...[[say.verdict, detail.outcome], [say.fault, detail.fault], [say.advice, advice]].map(([name, value]) =>
          make("div", {}, make("dt", {}, name), make("dd", {}, value))),
      ),
      evidence(detail.evidence),
      list(say.remedies, detail.remedies, "ol"),
      detail.caller ? make("div", { class: "list" }, make("h4", {}, say.told), make("blockquote", {}, detail.caller)) : undefined,
      make("p", { class: "where" }, `Call-ID ${detail.callId}`),
      make("p", {}, make("a", { href: `#code-${failure.code}` }, `${failure.code} · ${say.explorer}`)),
    ),
    make("div", { class: "explained" }, ladder(detail), list(say.causes, detail.causes)),
  );
}

function evidence(all) {
  return all.length === 0
    ? undefined
    : make(
        "div",
        { class: "list evidence" },
        make("h4", {}, say.evidence),
        make(
          "ul",
          {},
          ...all.map((each) =>
            make(
              "li",
              { class: each.decisive ? "decisive" : "overruled" },
              each.title,
              " ",
              make("small", {}, `${each.detail} · ${each.source}`, each.decisive ? undefined : ` · ${say.overruled}`),
            )),
        ),
      );
}

function ladder(detail) {
  return make(
    "figure",
    { class: "ladder" },
    make("figcaption", {}, say.ladder),
    make("div", { class: "ends" }, make("span", {}, `${say.peer} ${detail.peer}`), make("span", {}, `${say.us} ${board.exchange}`)),
    make(
      "ol",
      {},
      ...detail.ladder.map((step) =>
        make(
          "li",
          { class: `${step.received ? "received" : "sent"} ${step.code ? codeClass(step.code) : "request"}` },
          make("span", { class: "label" }, step.label, step.again ? make("em", {}, ` (${say.again})`) : undefined),
          make("span", { class: "arrow", role: "img", "aria-label": step.received ? say.received : say.sent }),
          make("span", { class: "at" }, `+${new Intl.NumberFormat(language, { minimumFractionDigits: 3 }).format(step.millis / 1000)} s`),
          ...step.notes.map((note) => make("span", { class: "note" }, note)),
        )),
    ),
  );
}

// ---- calls that are placed from here

const MOST_PLACED = 5;
const LONGEST_WAIT = 45_000;
let placed = [];

async function place(order, label) {
  const call = { label: () => label ?? say.kinds[order.kind], at: Date.now(), number: Math.random() };
  placed = [call, ...placed].slice(0, MOST_PLACED);
  try {
    const response = await fetch("api/calls", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(order),
    });
    const answer = await response.json();
    if (response.ok) {
      call.callId = answer.callId;
    } else {
      const said = { 409: "noCaller", 429: "tooMany" }[response.status];
      call.error = () => (said ? say[said] : answer.detail ?? String(response.status));
    }
  } catch {
    call.error = () => say.notPlaced;
  }
  showPlaced();
}

// Where a change is read out, the same text must not be set anew.
function change(it, text) {
  if (it.textContent !== text) {
    it.textContent = text;
  }
}

function showPlaced() {
  for (const call of placed) {
    call.result = board?.results.find((result) => result.callId === call.callId) ?? call.result;
    if (!call.result && !call.error && Date.now() - call.at > LONGEST_WAIT) {
      call.error = () => say.lostCall;
    }
  }
  sync(
    $("placed"),
    placed,
    (call) => call.number,
    () => make("li", {}, make("span", { class: "label" }), make("span", { class: "result" })),
    (row, call) => {
      const text = call.error ? call.error() : (call.result ? `${call.result.code} ${call.result.phrase}: ${call.result.title}` : say.calling);
      row.className = call.error ? "failed" : call.result ? kindOf(call.result.kind) : "";
      for (const [name, value] of [[".label", call.label()], [".result", text]]) {
        change(row.querySelector(name), value);
      }
    },
  );
}

// ---- language and colours

function speak(tag) {
  language = tag;
  say = words[tag];
  stored.set("language", tag);
  document.documentElement.lang = tag;
  for (const it of document.querySelectorAll("[data-text]")) {
    it.textContent = say[it.dataset.text];
  }
  for (const it of document.querySelectorAll("[data-label]")) {
    it.setAttribute("aria-label", say[it.dataset.label]);
  }
  for (const it of document.querySelectorAll("[data-lang]")) {
    it.setAttribute("aria-pressed", it.dataset.lang === tag);
  }
  sync($("kinds"), Object.keys(say.kinds), (kind) => kind, kindButton, (button, kind) => { button.textContent = say.kinds[kind]; });
  for (const it of document.querySelectorAll("#failure-list details[open]")) {
    const failure = failures.get(Number(it.dataset.id));
    showDetail(failure, it.querySelector(".body"));
  }
  paint(document.documentElement.dataset.theme);
  explorer.speak(tag, say);
  listen();
  show();
}

function kindButton(kind) {
  const button = make("button", { type: "button" });
  button.addEventListener("click", () => place({ kind }));
  return button;
}

function paint(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = say.themes[theme];
  stored.set("theme", theme);
}

function live(on) {
  change($("live"), on ? say.live : say.lost);
  $("live").classList.toggle("off", !on);
}

const RETRY = 5_000;

function listen() {
  stream?.close();
  stream = new EventSource(`api/stream?lang=${language}`);
  stream.addEventListener("board", (event) => {
    board = JSON.parse(event.data);
    live(true);
    show();
  });
  const opened = stream;
  stream.addEventListener("error", () => {
    live(false);
    // The browser tries again by itself, but not after an answer that is none, as when too many pages are open.
    setTimeout(() => {
      if (stream === opened && opened.readyState === EventSource.CLOSED && !document.hidden) {
        listen();
      }
    }, RETRY);
  });
}

// ---- what one can press

for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => speak(button.dataset.lang));
}
$("theme").addEventListener("click", () => {
  const order = ["auto", "light", "dark"];
  paint(order[(order.indexOf(document.documentElement.dataset.theme) + 1) % order.length]);
});
$("hold").addEventListener("click", () => {
  $("hold").setAttribute("aria-pressed", !isHeld());
  show();
});
$("only-failed").addEventListener("change", show);
$("dial").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = Number($("code").value);
  const cause = $("cause").value === "" ? undefined : Number($("cause").value);
  place({ code, cause }, cause === undefined ? String(code) : `${code}, Q.850 ${cause}`);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(input|textarea)$/i.test(event.target.tagName)) {
    event.preventDefault();
    $("search").focus();
  }
  if (event.key === "Escape" && document.activeElement?.closest(".tile")) {
    document.activeElement.blur();
  }
});
// A browser has six connections to one server, and may keep the pages one has left: who does not look needs none.
document.addEventListener("visibilitychange", () => (document.hidden ? stream.close() : listen()));
addEventListener("pagehide", () => stream.close());
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("hashchange", () => explorer.follow(location.hash));
// The same link once more changes nothing in the address.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#code-"]');
  if (link && link.hash === location.hash) {
    explorer.follow(link.hash);
  }
});

document.documentElement.dataset.theme = stored.get("theme", Object.keys(words.en.themes)) ?? "auto";
speak(stored.get("language", Object.keys(words)) ?? (navigator.language.startsWith("de") ? "de" : "en"));
await explorer.load();
await explorer.follow(location.hash);
