// @ts-check
/**
 * Says in words what a rule of hours means while it is being typed. Without script the form says so when it is saved.
 */

const PAUSE = 400;

class RuleWords extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.words = this.querySelector("[role=status]");
    this.listener = () => {
      window.clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.ask(), PAUSE);
    };
    this.field?.addEventListener("input", this.listener);
  }

  disconnectedCallback() {
    window.clearTimeout(this.waiting);
    this.asking?.abort();
    if (this.listener) this.field?.removeEventListener("input", this.listener);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const rule = this.field?.value.trim() ?? "";
    const address = `${this.dataset.url}?rule=${encodeURIComponent(rule)}`;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: this.asking.signal });
      if (!answer.ok || !this.words) return;
      const said = await answer.json();
      this.words.textContent = said.words;
      this.field?.setAttribute("aria-invalid", String(said.wrong));
    } catch (error) {
      // A newer question took its place, or the line is down: saving checks the rule anyway.
      if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
    }
  }
}

customElements.define("rule-words", RuleWords);
