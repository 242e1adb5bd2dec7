// @ts-check
/** Ready answers: "/" at the beginning of the text, then words of the title, the tags or the text; Enter takes one. */

const MOST = 8;

export class Ready {
  #chosen = 0;
  /** @type {any[]} */
  #found = [];

  /** @param {HTMLElement} thread @param {HTMLTextAreaElement} text */
  constructor(thread, text) {
    this.text = text;
    this.list = /** @type {HTMLElement} */ (thread.querySelector("[data-ready]"));
    const data = thread.querySelector("#desk-answers");
    /** @type {{title: string, text: string, tags: string[], language: string}[]} */
    this.answers = data ? JSON.parse(data.textContent ?? "[]") : [];
    text.addEventListener("input", () => this.#look());
    text.addEventListener("keydown", (event) => this.#key(event), { capture: true });
    text.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = /** @type {Element} */ (event.target).closest("li");
      if (row) this.#take([...this.list.children].indexOf(row));
    });
    const button = /** @type {HTMLElement | null} */ (thread.querySelector("[data-ready-open]"));
    if (button && this.answers.length) {
      button.hidden = false;
      button.addEventListener("click", () => this.#open());
    }
  }

  #open() {
    if (!this.text.value.startsWith("/")) this.text.value = `/${this.text.value}`;
    this.text.focus();
    this.#look();
  }

  #look() {
    const value = this.text.value;
    if (!value.startsWith("/") || value.includes("\n") || !this.answers.length) {
      this.#close();
      return;
    }
    const words = value.slice(1).toLowerCase().split(/\s+/).filter(Boolean);
    this.#found = this.answers
      .filter((one) => {
        const all = `${one.title} ${one.tags.join(" ")} ${one.text} ${one.language}`.toLowerCase();
        return words.every((word) => all.includes(word));
      })
      .slice(0, MOST);
    this.#chosen = 0;
    this.list.replaceChildren(...this.#found.map(row));
    this.list.hidden = this.#found.length === 0;
    this.#mark();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      this.#take(this.#chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }

  /** @param {number} at */
  #take(at) {
    const one = this.#found[at];
    if (!one) return;
    this.text.value = one.text;
    this.#close();
    this.text.focus();
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #mark() {
    [...this.list.children].forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === this.#chosen));
      if (at === this.#chosen) item.scrollIntoView({ block: "nearest" });
    });
    const chosen = this.list.children[this.#chosen];
    if (chosen && !this.list.hidden) this.text.setAttribute("aria-activedescendant", chosen.id);
    else this.text.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.list.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
  }
}

/** @param {any} one @param {number} at */
function row(one, at) {
  const item = document.createElement("li");
  item.id = `desk-ready-${at}`;
  item.setAttribute("role", "option");
  const title = document.createElement("strong");
  title.textContent = one.title;
  const tags = document.createElement("span");
  tags.className = "soft";
  tags.textContent = ` ${[one.language.toUpperCase(), ...one.tags].join(" · ")}`;
  const text = document.createElement("p");
  text.textContent = one.text;
  item.append(title, tags, text);
  return item;
}
