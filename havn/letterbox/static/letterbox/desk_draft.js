// @ts-check
/**
 * <havn-draft>: keeps an answer while it is written, sealed on the server. Nothing of it is stored in this browser.
 * Without a script the button "Keep draft" does the same.
 */

const AFTER_MS = 1500;
const AGAIN_MS = 5000;

class Draft extends HTMLElement {
  #timer = 0;
  #kept = "";
  #busy = false;

  connectedCallback() {
    const box = this.#box();
    if (!box) return;
    this.#kept = box.value;
    box.addEventListener("input", () => this.#soon(AFTER_MS));
    this.querySelector("form")?.addEventListener("submit", () => {
      // What was sent is no draft any more: leaving the page must not keep it again.
      clearTimeout(this.#timer);
      this.#kept = box.value;
      removeEventListener("pagehide", this.#leave);
    });
    addEventListener("pagehide", this.#leave);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    removeEventListener("pagehide", this.#leave);
  }

  #leave = () => {
    if (this.#box()?.value !== this.#kept) void this.#keep(true);
  };

  /** @returns {HTMLTextAreaElement | null} */
  #box() {
    return this.querySelector("textarea");
  }

  /** @param {number} wait */
  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#keep(false), wait);
  }

  /** @param {boolean} leaving */
  async #keep(leaving) {
    const box = this.#box();
    const form = this.querySelector("form");
    if (!box || !form || box.value === this.#kept) return;
    if (this.#busy) {
      this.#soon(AFTER_MS);
      return;
    }
    this.#busy = true;
    const text = box.value;
    this.#say(this.dataset.keeping ?? "");
    try {
      const answer = await fetch(this.dataset.address ?? "", {
        method: "POST",
        body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: leaving,
      });
      const told = await answer.json();
      if (answer.ok) {
        this.#kept = text;
        /** @type {HTMLInputElement | null} */ (form.querySelector("[name=version]"))?.setAttribute("value", told.version);
        this.#say(this.dataset.kept ?? "");
        if (box.value !== text) this.#soon(AFTER_MS);
      } else {
        this.#say(told.sentence ?? told.error ?? this.dataset.lost ?? "");
        if (answer.status >= 500) this.#soon(AGAIN_MS);
      }
    } catch {
      this.#say(this.dataset.lost ?? "");
      this.#soon(AGAIN_MS);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {string} words */
  #say(words) {
    const place = this.querySelector("[data-state]");
    if (place) place.textContent = words;
  }
}

customElements.define("havn-draft", Draft);
