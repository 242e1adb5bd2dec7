// @ts-check
/**
 * <round-draft>: keeps the answers of a form while they are typed, on the server alone. Nothing is stored in this
 * browser. Without a script the button "Save" does the same.
 *
 * The server merges question by question. What somebody else changed meanwhile is told here, and keeping by itself
 * stops until the person has pressed Save and seen both.
 */

const AFTER_MS = 2000;
const AGAIN_MS = 6000;

class RoundDraft extends HTMLElement {
  #timer = 0;
  #changed = false;
  #busy = false;
  #stopped = false;
  #unkept = false;
  #tokenAsked = false;

  connectedCallback() {
    const form = this.#form();
    if (!form) return;
    form.addEventListener("input", this.#typed);
    form.addEventListener("change", this.#typed);
    form.addEventListener("submit", this.#sent);
    addEventListener("pagehide", this.#leave);
    document.addEventListener("visibilitychange", this.#seen);
    addEventListener("beforeunload", this.#warn);
    if (this.querySelector("[data-state][data-empty]")) this.#say(this.dataset.itself);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    removeEventListener("pagehide", this.#leave);
    document.removeEventListener("visibilitychange", this.#seen);
    removeEventListener("beforeunload", this.#warn);
  }

  /** @param {Event} event */
  #typed = (event) => {
    const field = event.target;
    // Comments are kept by their own button, documents when the form is sent.
    if (!(field instanceof Element) || !/^q-/.test(field.getAttribute("name") ?? "") || field.matches("[type=file]")) return;
    this.#changed = true;
    this.#soon(AFTER_MS);
  };

  #sent = () => {
    clearTimeout(this.#timer);
    this.#changed = false;
  };

  #leave = () => {
    if (this.#changed && !this.#stopped) void this.#keep(true);
  };

  /** @param {Event} event */
  #warn = (event) => {
    // What was typed can't be kept by itself now: the browser asks before it goes.
    if (this.#changed && (this.#stopped || this.#unkept)) event.preventDefault();
  };

  /** Whoever comes back from another tab may have signed in there: that made the form's token another one. */
  #seen = () => {
    if (document.visibilityState === "visible") void this.#freshToken().catch(() => false);
  };

  /** Take the token of a page that is asked for now. Whether there was one. */
  async #freshToken() {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const named = "input[name=csrfmiddlewaretoken]";
    const fresh = page.querySelector(named)?.getAttribute("value");
    if (!fresh) return false;
    for (const field of document.querySelectorAll(named)) field.setAttribute("value", fresh);
    return true;
  }

  #form() {
    return this.querySelector("form");
  }

  /** @param {number} wait */
  #soon(wait) {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = window.setTimeout(() => void this.#keep(false), wait);
  }

  /** @param {boolean} leaving */
  async #keep(leaving) {
    const form = this.#form();
    if (!form || !this.#changed || this.#stopped) return;
    if (this.#busy && !leaving) return this.#soon(AFTER_MS);
    this.#busy = true;
    this.#changed = false;
    this.#say(this.dataset.keeping);
    try {
      const answer = await fetch(this.dataset.address ?? "", {
        method: "POST",
        body: this.#body(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: leaving,
        redirect: "error",
      });
      if (answer.ok) this.#kept(await answer.json());
      else await this.#refused(answer);
    } catch {
      this.#again(this.dataset.lost);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {HTMLFormElement} form */
  #body(form) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    return body;
  }

  /**
   * The page goes on saying which version it was opened with: what it kept since is known by its mark.
   *
   * @param {{version: number, clashes: {sentence: string}[]}} told
   */
  #kept(told) {
    if (told.clashes.length > 0) {
      this.#stopped = true;
      this.#say([...told.clashes.map((one) => one.sentence), this.dataset.clash].join(" "));
      return;
    }
    this.#unkept = this.#tokenAsked = false;
    if (this.#changed) this.#soon(AFTER_MS);
    else this.#say(this.dataset.kept);
  }

  /** @param {Response} answer */
  async #refused(answer) {
    if (answer.status === 401 || answer.status === 423) {
      this.#tokenAsked = false;
      return this.#again(this.dataset.out);
    }
    if (answer.status >= 500) return this.#again(this.dataset.lost);
    const told = await answer.json().catch(() => ({}));
    if (told.code === "token" && !this.#tokenAsked) {
      this.#tokenAsked = true;
      await this.#freshToken().catch(() => false);
      return this.#again(this.dataset.keeping);
    }
    this.#changed = true;
    this.#stopped = true;
    this.#say(told.error ?? this.dataset.lost);
  }

  /** @param {string | undefined} words */
  #again(words) {
    this.#changed = this.#unkept = true;
    this.#say(words);
    this.#soon(AGAIN_MS);
  }

  /** @param {string | undefined} words */
  #say(words) {
    const place = this.querySelector("[data-state]");
    if (place && words) place.textContent = words;
  }
}

customElements.define("round-draft", RoundDraft);
