// @ts-check
/**
 * Hides the texts when nobody did anything for 15 minutes, and warns two minutes before.
 *
 * The server decides: it counts from the last activity it was told of and destroys the session's key by itself.
 * This element tells it of keys and pointer (at most every 20 seconds), covers the page in time, and opens it again
 * with the password without leaving it, so that a draft stays. Others may send `havn:locked` to the document when
 * an answer says 423, and hear `havn:unlocked` when streams can be opened again.
 */
const GRAIN = 20_000;
const MINUTE = 60_000;

class IdleLock extends HTMLElement {
  #locksAt = 0;
  #toldAt = 0;
  #locked = false;
  /** @type {number | undefined} */
  #clock;
  /** @type {BroadcastChannel | undefined} */
  #tabs;
  #did = () => this.#active();
  #lockedElsewhere = () => this.#cover(true);

  connectedCallback() {
    this.#extend(Number(this.dataset.locksIn));
    this.#toldAt = Date.now();
    this.#tabs = new BroadcastChannel("havn-lock");
    this.#tabs.onmessage = (event) => this.#heard(event.data);
    for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
      document.addEventListener(kind, this.#did, { passive: true, capture: true });
    }
    document.addEventListener("havn:locked", this.#lockedElsewhere);
    this.querySelector("[data-stay]")?.addEventListener("click", () => this.#tell());
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.querySelector("dialog form")?.addEventListener("submit", (event) => this.#open(event));
    this.#clock = setInterval(() => this.#look(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#clock);
    this.#tabs?.close();
    for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
      document.removeEventListener(kind, this.#did, { capture: true });
    }
    document.removeEventListener("havn:locked", this.#lockedElsewhere);
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  get #token() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[name=csrfmiddlewaretoken]")).value;
  }

  /** @param {number} seconds */
  #extend(seconds) {
    this.#locksAt = Date.now() + seconds * 1000;
  }

  #active() {
    if (!this.#locked && Date.now() - this.#toldAt >= GRAIN) this.#tell();
  }

  async #tell() {
    this.#toldAt = Date.now();
    const answer = await this.#post(this.dataset.active ?? "");
    if (answer?.ok) {
      const seconds = (await answer.json()).locks_in;
      this.#extend(seconds);
      this.#tabs?.postMessage({ locksIn: seconds });
      this.#look();
    } else if (answer?.status === 423) {
      this.#cover(true);
    } else if (answer?.status === 401) {
      location.assign(this.dataset.signIn ?? "/");
    }
  }

  #look() {
    if (this.#locked) return;
    const left = this.#locksAt - Date.now();
    if (left <= 0) {
      this.#cover(true);
      this.#post(this.dataset.lock ?? "");
      return;
    }
    this.#warn(left <= Number(this.dataset.warning) * 1000 ? left : null);
  }

  /** @param {number | null} left */
  #warn(left) {
    const warning = /** @type {HTMLElement} */ (this.querySelector(".idle-warning"));
    if (left !== null) {
      // In steps, so that a screen reader is not told every second.
      const [amount, unit] = left > 30_000 ? [Math.ceil(left / MINUTE), "minute"] : [30, "second"];
      const words = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" });
      const time = warning.querySelector("[data-time]");
      const text = words.format(amount);
      if (time && time.textContent !== text) time.textContent = text;
    }
    if (warning.hidden !== (left === null)) warning.hidden = left === null;
  }

  /** @param {boolean} announce whether other tabs don't know yet */
  #cover(announce) {
    if (this.#locked) return;
    this.#locked = true;
    this.#warn(null);
    document.documentElement.dataset.locked = "";
    if (announce) this.#tabs?.postMessage({ locked: true });
    if (!this.#dialog.open) this.#dialog.showModal();
    document.dispatchEvent(new CustomEvent("havn:covered"));
  }

  /** @param {number} seconds */
  #uncover(seconds) {
    this.#extend(seconds);
    this.#toldAt = Date.now();
    if (!this.#locked) return;
    this.#locked = false;
    delete document.documentElement.dataset.locked;
    this.#dialog.close();
    document.dispatchEvent(new CustomEvent("havn:unlocked"));
  }

  /** @param {{locked?: boolean, locksIn?: number}} told */
  #heard(told) {
    if (told.locked) this.#cover(false);
    else if (told.locked === false) this.#uncover(told.locksIn ?? 0);
    else if (told.locksIn && !this.#locked) this.#extend(told.locksIn);
  }

  /** @param {Event} event */
  async #open(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.querySelector("#idle-password"));
    const error = /** @type {HTMLElement} */ (this.querySelector("#idle-error"));
    const body = new URLSearchParams({ password: field.value });
    field.value = "";
    const answer = await this.#post(this.dataset.unlock ?? "", body);
    if (answer?.ok) {
      error.hidden = true;
      const seconds = (await answer.json()).locks_in;
      this.#uncover(seconds);
      this.#tabs?.postMessage({ locked: false, locksIn: seconds });
    } else if (answer?.status === 401) {
      location.assign(this.dataset.signIn ?? "/");
    } else {
      const told = answer?.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      error.textContent = told.sentence ?? error.dataset.lost ?? "";
      error.hidden = false;
      field.focus();
    }
  }

  /**
   * @param {string} path
   * @param {URLSearchParams} [body]
   * @returns {Promise<Response | null>} null when the line is down
   */
  async #post(path, body) {
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": this.#token };
      return await fetch(path, { method: "POST", headers, body, credentials: "same-origin" });
    } catch {
      return null;
    }
  }
}

customElements.define("havn-idle-lock", IdleLock);
