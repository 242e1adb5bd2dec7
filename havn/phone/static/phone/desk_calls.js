// @ts-check
/**
 * Calls at the desk: the timer, the keys, and opening the call that was just answered at this person's telephone.
 */

/** <havn-timer>: a time that counts in seconds, "3:07". Its <time> was made by the server in minutes. */
class Timer extends HTMLElement {
  /** @type {number | undefined} */
  #clock;

  connectedCallback() {
    this.#draw();
    this.#clock = setInterval(() => this.#draw(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#clock);
  }

  #draw() {
    const time = this.querySelector("time");
    if (!time) return;
    const since = Number(time.getAttribute("data-since") ?? time.getAttribute("data-from"));
    // Not counted on in minutes by the desk as well.
    time.setAttribute("data-from", String(since));
    time.removeAttribute("data-since");
    const seconds = Math.max(Math.floor((Date.now() - since) / 1000), 0);
    time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

customElements.define("havn-timer", Timer);

const FIELDS = "textarea, [contenteditable], input:not([type=checkbox], [type=radio])";
const MAC = /Mac|iP/;

const desk = /** @type {HTMLElement | null} */ (document.querySelector("havn-desk"));
/** The call of this person that is known already. @type {string} */
let mine = desk?.querySelector("[data-calls]")?.getAttribute("data-mine") ?? "";

/** A call that has just become this person's opens by itself. @param {Event} event */
function moved(event) {
  const told = /** @type {CustomEvent} */ (event).detail.data;
  const now = told.mine ? String(told.mine) : "";
  const isNew = now !== "" && now !== mine && now !== desk?.dataset.talk;
  mine = now;
  if (!desk || !isNew) return;
  const query = new URLSearchParams({ service: desk.dataset.service ?? "", talk: now });
  desk.dispatchEvent(new CustomEvent("desk:go", { detail: { to: `${desk.dataset.address}?${query}` } }));
}

/**
 * Whether somebody is typing: words stand in the field, or the key makes a character, as Alt does on a Mac. An empty
 * composer, which has the focus when a talk opens, is no typing.
 * @param {EventTarget | null} at
 */
function isTyping(at) {
  if (!(at instanceof HTMLElement) || !at.matches(FIELDS)) return false;
  return MAC.test(navigator.platform) || ("value" in at ? at.value !== "" : at.textContent !== "");
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (!desk || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const on = /** @type {HTMLInputElement | null} */ (desk.querySelector("[data-keys-on]"));
  if (!on?.checked || document.documentElement.hasAttribute("data-locked")) return;
  if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
  const button = buttonFor(desk, event.code);
  if (!button) return;
  event.preventDefault();
  // A key that is held presses once.
  if (!event.repeat) button.click();
}

/** @param {HTMLElement} root @param {string} code @returns {HTMLElement | null} */
function buttonFor(root, code) {
  if (code === "KeyC") return root.querySelector("[data-call] button");
  if (code === "KeyE") return root.querySelector("[data-end-call] button");
  const digit = /^Digit([1-5])$/.exec(code)?.[1];
  // The open call first; without one the same key counts a call that is over already.
  return digit ? root.querySelector(`[data-short="${digit}"]`) ?? root.querySelector(`[data-short-now="${digit}"]`) : null;
}

desk?.addEventListener("desk:calls", moved);
document.addEventListener("keydown", pressed);
