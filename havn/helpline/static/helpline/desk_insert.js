// @ts-check
/**
 * <havn-insert>: looks for what the centre has published while one types; arrows choose, Enter gives it to the child,
 * or puts it into the answer that is being written. Without a script its button leads to a page that does the same.
 */

const AFTER_MS = 250;
const KEPT = "havn desk keys";

/** @typedef {{key: string, kind: string, title: string, language: string, language_name: string, now: string, first: string, more: string, path: string}} Found */

class Insert extends HTMLElement {
  /** @type {Found[]} */
  #found = [];
  #chosen = -1;
  #timer = 0;
  #asked = 0;
  #pressed = (/** @type {KeyboardEvent} */ event) => this.#key(event);

  connectedCallback() {
    document.addEventListener("keydown", this.#pressed);
    for (const opener of this.#root.querySelectorAll("[data-insert-open]")) {
      opener.addEventListener("click", (event) => {
        event.preventDefault();
        this.open();
      });
    }
    this.#words.addEventListener("input", () => this.#soon());
    this.#words.addEventListener("keydown", (event) => this.#arrow(event));
    this.#list.addEventListener("click", (event) => {
      const row = /** @type {Element} */ (event.target).closest("li");
      if (row) this.#choose([...this.#list.children].indexOf(row));
    });
    this.querySelector("[data-insert-close]")?.addEventListener("click", () => this.#dialog.close());
    this.#form.addEventListener("submit", (event) => this.#give(event));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("keydown", this.#pressed);
  }

  get #root() {
    return this.closest("havn-thread, havn-draft") ?? document.body;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #words() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-insert-words]"));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-insert-found]"));
  }

  /** Ask for words. */
  open() {
    if (this.#dialog.open) return;
    this.#words.value = "";
    this.#show([], "");
    this.#dialog.showModal();
    this.#words.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const alone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.defaultPrevented;
    if (!alone || event.code !== "KeyI" || off() || document.querySelector("dialog[open]")) return;
    if (document.documentElement.hasAttribute("data-locked")) return;
    event.preventDefault();
    this.open();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#chosen = -1;
    this.#mark();
    this.#timer = window.setTimeout(() => void this.#look(), AFTER_MS);
  }

  async #look() {
    const asked = ++this.#asked;
    const words = this.#words.value.trim();
    if (!words) {
      this.#show([], "");
      return;
    }
    const token = String(new FormData(this.#form).get("csrfmiddlewaretoken") ?? "");
    try {
      const answer = await fetch(this.dataset.address ?? "", {
        method: "POST",
        body: new URLSearchParams({ words, csrfmiddlewaretoken: token }),
        headers: { Accept: "application/json" },
      });
      const told = await answer.json();
      if (asked !== this.#asked) return;
      const found = told.found ?? [];
      const count = (this.dataset.count ?? "").replace("{count}", String(found.length));
      this.#show(found, told.sentence ?? (found.length ? count : this.dataset.none ?? ""));
    } catch {
      if (asked === this.#asked) this.#show([], this.dataset.lost ?? "");
    }
  }

  /** @param {Found[]} found @param {string} told */
  #show(found, told) {
    this.#found = found;
    this.#chosen = found.length ? 0 : -1;
    this.#list.replaceChildren(...found.map(row));
    const status = /** @type {HTMLElement} */ (this.querySelector("[data-insert-told]"));
    status.textContent = told;
    status.classList.toggle("ds-sr-only", found.length > 0 || !told);
    this.#words.setAttribute("aria-expanded", String(found.length > 0));
    this.#mark();
  }

  /** @param {KeyboardEvent} event */
  #arrow(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const many = this.#found.length;
    if (many) this.#choose((this.#chosen + step + many) % many);
  }

  /** @param {number} at */
  #choose(at) {
    this.#chosen = at;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === this.#chosen));
      if (at === this.#chosen) item.scrollIntoView({ block: "nearest" });
    });
    const one = this.#found[this.#chosen];
    const shown = /** @type {HTMLElement} */ (this.querySelector("[data-insert-shown]"));
    shown.hidden = !one;
    shown.textContent = one ? text(one) : "";
    shown.lang = one ? one.language : "";
    /** @type {HTMLInputElement} */ (this.#form.elements.namedItem("key")).value = one?.key ?? "";
    /** @type {HTMLButtonElement} */ (this.querySelector("[data-insert-send]")).disabled = !one;
    const item = this.#list.children[this.#chosen];
    if (item) this.#words.setAttribute("aria-activedescendant", item.id);
    else this.#words.removeAttribute("aria-activedescendant");
  }

  /** On the desk the form goes its way; an answer that is being written takes the text itself. @param {SubmitEvent} event */
  #give(event) {
    const one = this.#found[this.#chosen];
    const box = this.dataset.into ? document.getElementById(this.dataset.into) : null;
    if (!one || box) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (!one) {
      clearTimeout(this.#timer);
      void this.#look();
      return;
    }
    this.#dialog.close();
    if (!(box instanceof HTMLTextAreaElement)) return;
    const link = new FormData(this.#form).get("link") ? `${location.origin}${one.path}` : "";
    const words = [one.title, text(one), link].filter(Boolean).join("\n\n");
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    const after = box.value.slice(box.selectionEnd).trimStart();
    box.value = [before, words, after].filter(Boolean).join("\n\n");
    const end = [before, words].filter(Boolean).join("\n\n").length;
    box.focus();
    box.setSelectionRange(end, end);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @param {Found} one */
function text(one) {
  return [one.first, one.more].filter(Boolean).join("\n\n");
}

/** @param {Found} one @param {number} at */
function row(one, at) {
  const item = document.createElement("li");
  item.id = `insert-found-${at}`;
  item.setAttribute("role", "option");
  const title = document.createElement("strong");
  title.textContent = one.title;
  title.lang = one.language;
  const about = document.createElement("span");
  about.className = "soft";
  about.textContent = [one.kind, one.language_name, one.now].filter(Boolean).join(" · ");
  item.append(title, " ", about);
  return item;
}

function off() {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;
  }
}

customElements.define("havn-insert", Insert);
