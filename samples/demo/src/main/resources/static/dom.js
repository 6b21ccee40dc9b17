/**
 * Makes an element. Children that are no elements go in as text, never as markup: much of what is shown here was sent
 * by strangers.
 */
export function make(name, attributes = {}, ...children) {
  const it = name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      it.setAttribute(key, value === true ? "" : value);
    }
  }
  it.append(...children.filter((child) => child !== undefined && child !== null));
  return it;
}

/** Brings the children of an element in line with items, keeping those that stay: whoever reads or tabs there is not disturbed. */
export function sync(parent, items, key, create, update = () => {}) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const id = String(key(item));
    let child = old.get(id);
    if (child) {
      old.delete(id);
    } else {
      child = create(item);
      child.dataset.key = id;
    }
    update(child, item);
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
  for (const child of old.values()) {
    child.remove();
  }
}

/** A titled list; nothing if it would be empty. */
export function list(title, items, name = "ul") {
  return items.length === 0
    ? undefined
    : make("div", { class: "list" }, make("h4", {}, title), make(name, {}, ...items.map((item) => make("li", {}, item))));
}

export const codeClass = (code) => `c${Math.floor(code / 100)}`;
