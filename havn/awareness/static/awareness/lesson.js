// @ts-check
/**
 * A lesson: arrow keys go back and on, and the whole screen stays whole from step to step.
 *
 * Without script the links do the same.
 */

const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };
const NOT_OURS = "input, select, textarea, video, audio, [contenteditable]";

class LessonSteps extends HTMLElement {
  connectedCallback() {
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.key(event);
    this.onClick = (/** @type {Event} */ event) => this.click(event);
    document.addEventListener("keydown", this.onKey);
    this.addEventListener("click", this.onClick);
    this.offerWhole();
  }

  disconnectedCallback() {
    if (this.onKey) document.removeEventListener("keydown", this.onKey);
    if (this.onClick) this.removeEventListener("click", this.onClick);
  }

  offerWhole() {
    const button = this.querySelector("[data-whole]");
    if (button instanceof HTMLElement) button.hidden = !document.fullscreenEnabled;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const rel = KEYS[/** @type {keyof typeof KEYS} */ (event.key)];
    const changed = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!rel || changed || (event.target instanceof Element && event.target.closest(NOT_OURS))) return;
    const link = this.querySelector(`a[rel=${rel}]`);
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    link.click();
  }

  /** @param {Event} event */
  click(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-whole]")) {
      document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
      return;
    }
    const link = target?.closest("a[rel=prev], a[rel=next]");
    // A new page would leave the whole screen: there, the step comes to us.
    if (link instanceof HTMLAnchorElement && document.fullscreenElement === this) {
      event.preventDefault();
      this.bring(link.href);
    }
  }

  /** @param {string} address */
  async bring(address) {
    try {
      const answer = await fetch(address);
      const other = new DOMParser().parseFromString(await answer.text(), "text/html");
      const step = other.querySelector("lesson-steps");
      if (!answer.ok || !step) throw new TypeError("no step");
      this.replaceChildren(...document.importNode(step, true).childNodes);
      document.title = other.title;
      history.replaceState(null, "", address);
      this.offerWhole();
      const title = this.querySelector("h1");
      if (title instanceof HTMLElement) title.focus();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      location.assign(address);
    }
  }
}

customElements.define("lesson-steps", LessonSteps);
