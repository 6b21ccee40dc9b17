import { codeClass, list, make, sync } from "./dom.js";

/** Lower case, without accents: whoever types "uberlast" finds "Überlast"; "ueberlast" is seen to below. */
const plain = (text) =>
  text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");

/** An entry with what is searched in, folded. */
function prepared(entry) {
  const words = Object.values(entry.words);
  return {
    ...entry,
    number: String(entry.code),
    names: plain([entry.phrase, ...entry.aliases.map((alias) => alias.phrase)].join("\n")),
    titles: plain(words.map((each) => each.title).join("\n")),
    rest: plain(
      [entry.reference, ...words.flatMap((each) => [each.meaning, each.caller, each.outcome, ...each.causes, ...each.remedies])].join("\n"),
    ),
  };
}

/** The whole catalog, to search in as one types. */
export class Explorer {
  #search;
  #entries;
  #hits;
  #place;
  #all = [];
  #language;
  #say;

  constructor(search, entries, hits, place) {
    this.#search = search;
    this.#entries = entries;
    this.#hits = hits;
    this.#place = place;
    search.addEventListener("input", () => this.#show());
  }

  async load() {
    const response = await fetch("api/catalog");
    this.#all = (await response.json()).map(prepared);
    this.#show();
  }

  async speak(language, say) {
    this.#language = language;
    this.#say = say;
    const open = [...this.#entries.children].filter((row) => row.firstChild.open).map((row) => row.dataset.key);
    this.#entries.replaceChildren();
    await this.#show();
    for (const row of this.#entries.children) {
      row.firstChild.open = open.includes(row.dataset.key);
    }
  }

  /** Opens the entry that an address such as #code-486 names. */
  async follow(hash) {
    const code = /^#code-([1-6]\d\d)$/.exec(hash)?.[1];
    if (!code) {
      return;
    }
    this.#search.value = code;
    await this.#show();
    const entry = this.#entries.querySelector("details");
    if (entry) {
      entry.open = true;
      entry.scrollIntoView({ block: "center" });
      entry.querySelector("summary").focus({ preventScroll: true });
    }
  }

  /** How well an entry fits one word; 0 if not at all. */
  static #fit(entry, word) {
    return Explorer.#fitExactly(entry, word) || Explorer.#fitExactly(entry, word.replace(/([aou])e/g, "$1"));
  }

  static #fitExactly(entry, word) {
    if (entry.number === word) {
      return 100;
    }
    if (/^[1-6](xx|\d?)$/.test(word)) {
      return entry.number.startsWith(word.replace("xx", "")) ? 80 : 0;
    }
    if (entry.names.includes(word)) {
      return 60;
    }
    return entry.titles.includes(word) ? 40 : entry.rest.includes(word) ? 10 : 0;
  }

  async #show() {
    const wanted = plain(this.#search.value).split(/\s+/).filter(Boolean);
    let found = this.#all
      .map((entry) => ({ entry, fits: wanted.map((word) => Explorer.#fit(entry, word)) }))
      .filter(({ fits }) => fits.every((fit) => fit > 0))
      .map(({ entry, fits }) => ({ entry, fit: fits.reduce((sum, fit) => sum + fit, 0) }))
      .sort((a, b) => b.fit - a.fit || a.entry.code - b.entry.code)
      .map(({ entry }) => entry);
    if (this.#all.length > 0 && wanted.length === 1 && /^[1-6]\d\d$/.test(wanted[0]) && found[0]?.number !== wanted[0]) {
      // A code without an entry of its own means what its class means.
      const before = this.#search.value;
      const response = await fetch(`api/catalog/${wanted[0]}`);
      if (this.#search.value !== before) {
        return;
      }
      found = [prepared(await response.json()), ...found];
    }
    sync(this.#entries, found, (entry) => entry.code, (entry) => this.#row(entry));
    this.#hits.textContent = this.#all.length > 0 ? this.#say.hits(found.length) : "";
  }

  #row(entry) {
    const words = entry.words[this.#language];
    const body = make("div", { class: "body" });
    const details = make(
      "details",
      {},
      make(
        "summary",
        {},
        make("span", { class: `code ${codeClass(entry.code)}` }, entry.code),
        make("span", { class: "what" }, make("strong", { class: "title" }, words.title), make("span", { class: "phrase" }, entry.phrase)),
      ),
      body,
    );
    details.addEventListener("toggle", () => {
      if (details.open && body.children.length === 0) {
        body.append(...this.#explain(entry, words));
      }
    });
    return make("li", {}, details);
  }

  #explain(entry, words) {
    const say = this.#say;
    const call = make("button", { type: "button", class: "quiet" }, say.placeThis(entry.code));
    call.addEventListener("click", () => {
      this.#place(entry.code);
      document.getElementById("place").scrollIntoView({ block: "nearest" });
    });
    const source = [entry.reference, say.status[entry.status] ?? entry.status].filter(Boolean).join(" · ");
    return [
      make("p", { class: "lead" }, words.meaning),
      make("p", { class: "where" }, source),
      make(
        "dl",
        { class: "verdict" },
        ...[[say.verdict, words.outcome], [say.fault, words.fault], [say.advice, words.advice]].map(([name, value]) =>
          make("div", {}, make("dt", {}, name), make("dd", {}, value))),
      ),
      list(say.causes, words.causes),
      list(say.remedies, words.remedies, "ol"),
      words.caller ? make("div", { class: "list" }, make("h4", {}, say.told), make("blockquote", {}, words.caller)) : undefined,
      list(say.alias, entry.aliases.map((alias) => `${alias.phrase} (${alias.usedBy})`)),
      make("p", {}, call),
    ].filter(Boolean);
  }
}
