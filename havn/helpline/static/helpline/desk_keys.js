// @ts-check
/**
 * Keyboard shortcuts of the desk, listed under "?" and switchable in each browser. None is a single letter while
 * somebody writes.
 */

const KEPT = "havn desk keys";

/** @typedef {{open: (talk: string) => void, show: (pane: string) => void, next: () => void}} Does */

export class Keys {
  #on = read() !== "off";
  #chosen = 0;
  #pressed = (/** @type {KeyboardEvent} */ event) => this.#key(event);

  /** @param {HTMLElement} desk @param {Does} does */
  constructor(desk, does) {
    this.desk = desk;
    this.does = does;
    document.addEventListener("keydown", this.#pressed);
    const box = /** @type {HTMLInputElement} */ (desk.querySelector("[data-keys-on]"));
    box.checked = this.#on;
    box.addEventListener("change", () => this.#set(box.checked));
    const text = /** @type {HTMLInputElement} */ (desk.querySelector("[data-find-text]"));
    text.addEventListener("input", () => this.#find());
    text.addEventListener("keydown", (event) => this.#finding(event));
    desk.querySelector("[data-found]")?.addEventListener("click", (event) => {
      const row = /** @type {Element} */ (event.target).closest("[data-talk]");
      if (row) this.#take(row);
    });
    this.marks();
  }

  disconnect() {
    document.removeEventListener("keydown", this.#pressed);
  }

  /** Show the button that lists them. */
  marks() {
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (this.desk.querySelectorAll("[data-keys-open]"))) {
      one.hidden = false;
    }
  }

  /** Show the list. */
  list() {
    /** @type {HTMLDialogElement} */ (this.desk.querySelector("[data-keys]")).showModal();
  }

  /** @param {boolean} on */
  #set(on) {
    this.#on = on;
    try {
      localStorage.setItem(KEPT, on ? "on" : "off");
    } catch {
      // Holds for this page only.
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") this.#escape();
    if (!this.#on || event.defaultPrevented || document.documentElement.hasAttribute("data-locked")) return;
    if (document.querySelector("dialog[open]")) return;
    const target = /** @type {Element} */ (event.target);
    const writing = target.matches("input, textarea, select, [contenteditable]");
    if (event.altKey && !event.ctrlKey && !event.metaKey) this.#alt(event);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.#openFind();
    } else if (event.key === "?" && !writing) {
      event.preventDefault();
      this.list();
    }
  }

  /** @param {KeyboardEvent} event */
  #alt(event) {
    const doing = {
      ArrowUp: () => this.#step(-1),
      ArrowDown: () => this.#step(1),
      KeyN: () => this.does.next(),
      KeyT: () => this.#focus("thread", "[data-text]"),
      KeyR: () => this.#focus("record", "[data-filter]"),
      KeyO: () => this.#other(),
    }[event.code];
    if (!doing) return;
    event.preventDefault();
    doing();
  }

  /** @param {number} step */
  #step(step) {
    const rows = [...this.desk.querySelectorAll("[data-open-talk]")];
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const row = rows[(at + step + rows.length) % rows.length];
    this.does.open(row.getAttribute("data-open-talk") ?? "");
  }

  /** @param {string} pane @param {string} selector */
  #focus(pane, selector) {
    this.does.show(pane);
    /** @type {HTMLElement | null} */ (this.desk.querySelector(selector))?.focus();
  }

  #other() {
    const kinds = /** @type {HTMLInputElement[]} */ ([...this.desk.querySelectorAll("[data-composer] [name=kind]")]);
    const other = kinds.find((kind) => !kind.checked);
    if (other) other.click();
    this.#focus("thread", "[data-text]");
  }

  #escape() {
    for (const menu of this.desk.querySelectorAll(".desk-menu[open]")) {
      menu.removeAttribute("open");
      /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
    }
  }

  #openFind() {
    const dialog = /** @type {HTMLDialogElement} */ (this.desk.querySelector("[data-find]"));
    /** @type {HTMLInputElement} */ (dialog.querySelector("input")).value = "";
    this.#find();
    dialog.showModal();
  }

  #find() {
    const text = /** @type {HTMLInputElement} */ (this.desk.querySelector("[data-find-text]"));
    const found = /** @type {HTMLElement} */ (this.desk.querySelector("[data-found]"));
    const words = text.value.trim().toLowerCase();
    const rows = [...this.desk.querySelectorAll("[data-open-talk]")].filter((row) =>
      (row.textContent ?? "").toLowerCase().includes(words),
    );
    this.#chosen = 0;
    found.replaceChildren(
      ...rows.map((row, at) => {
        const item = document.createElement("li");
        item.id = `desk-found-${at}`;
        item.setAttribute("role", "option");
        item.dataset.talk = row.getAttribute("data-open-talk") ?? "";
        const name = document.createElement("strong");
        name.textContent = row.querySelector(".desk-talk__name")?.textContent ?? "";
        item.append(name, " ", row.querySelector("[data-last]")?.textContent ?? "");
        return item;
      }),
    );
    this.#mark();
  }

  /** @param {KeyboardEvent} event */
  #finding(event) {
    const rows = [...this.desk.querySelectorAll("[data-found] > li")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#chosen = (this.#chosen + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % Math.max(rows.length, 1);
      this.#mark();
    } else if (event.key === "Enter" && rows[this.#chosen]) {
      event.preventDefault();
      this.#take(rows[this.#chosen]);
    }
  }

  #mark() {
    const rows = [...this.desk.querySelectorAll("[data-found] > li")];
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.#chosen)));
    this.desk.querySelector("[data-find-text]")?.setAttribute("aria-activedescendant", rows[this.#chosen]?.id ?? "");
  }

  /** @param {Element} row */
  #take(row) {
    /** @type {HTMLDialogElement} */ (this.desk.querySelector("[data-find]")).close();
    this.does.open(row.getAttribute("data-talk") ?? "");
  }
}

function read() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}
