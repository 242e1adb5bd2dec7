// @ts-check
/**
 * <keep-lines>: when its button is pressed, the browser keeps one page of lines, with what that page needs to be shown,
 * and a worker that gives them without a connection. Nothing is stored or registered before. Remove takes everything
 * away again; so does quick exit (`exit.js`, which is told by the event "kept").
 */

const WORKER = "/directory/worker.js";
const SCOPE = "/directory/";
const CACHE = "directory";
const MARK = "havn-kept";
const OLD_MS = 60 * 60 * 1000;

class KeepLines extends HTMLElement {
  connectedCallback() {
    if (!("serviceWorker" in navigator) || !("caches" in window)) return;
    this.page = this.dataset.page ?? "";
    this.addEventListener("click", this);
    this.begin();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const button = event.target instanceof Element ? event.target.closest("button[data-do]") : null;
    if (button instanceof HTMLButtonElement && !button.disabled) this.press(button);
  }

  async begin() {
    try {
      const kept = await this.show();
      this.hidden = false;
      if (kept && Date.now() - Date.parse(kept.headers.get(MARK) ?? "") > OLD_MS) {
        await this.store();
        await this.show();
      }
    } catch {
      // No storage in this browser, or no connection now: what is kept stays as it was.
    }
  }

  /** @param {HTMLButtonElement} button */
  async press(button) {
    button.disabled = true;
    const keeps = button.dataset.do === "keep";
    let said = "";
    try {
      if (keeps) await this.keep();
      else await remove();
      said = keeps ? "" : (this.dataset.removed ?? "");
    } catch {
      if (keeps) await remove().catch(() => {});
      said = this.dataset.failed ?? "";
    }
    button.disabled = false;
    await this.show();
    const words = this.querySelector("[data-said]");
    if (words) words.textContent = said;
    const next = this.querySelector("button:not([hidden])");
    if (button.hidden && next instanceof HTMLElement) next.focus();
  }

  async keep() {
    await this.store();
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
    document.dispatchEvent(new Event("kept"));
  }

  /** Fetch the page and its files, and keep them only when all of them came and are what may be kept. */
  async store() {
    const addresses = [this.page ?? "", ...(this.dataset.files ?? "").split(" ")];
    const answers = await Promise.all(addresses.map((address) => fetch(address, { cache: "no-store" })));
    if (answers.some((answer) => !answer.ok || !answer.headers.has(MARK))) throw new Error("Not to be kept");
    const cache = await caches.open(CACHE);
    await Promise.all(addresses.map((address, place) => cache.put(address, answers[place])));
  }

  /** Show what can be done now. Returns what is kept of this page. */
  async show() {
    const worker = await navigator.serviceWorker.getRegistration(SCOPE);
    const kept = worker && (await caches.match(this.page ?? "", { cacheName: CACHE, ignoreVary: true }));
    /** @type {Record<string, boolean>} */
    const states = { kept: Boolean(kept), none: !kept, any: Boolean(worker) };
    for (const part of this.querySelectorAll("[data-when]")) {
      if (part instanceof HTMLElement) part.hidden = !states[part.dataset.when ?? ""];
    }
    const date = this.querySelector("[data-date]");
    if (kept && date) date.textContent = dateIn(await kept.clone().text());
    return kept;
  }
}

/** @param {string} text */
function dateIn(text) {
  return new DOMParser().parseFromString(text, "text/html").querySelector("time")?.textContent ?? "";
}

async function remove() {
  const worker = await navigator.serviceWorker.getRegistration(SCOPE);
  await Promise.all([worker?.unregister(), caches.delete(CACHE)]);
}

customElements.define("keep-lines", KeepLines);
