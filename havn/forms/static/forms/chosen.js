// @ts-check
/**
 * <chosen-part data-name="shown" data-when="answer number">: fields that only matter while one of these choices is made
 * among the radio buttons of that name. The others are out of the way, and what was typed in them stays.
 *
 * Without a script all of them are shown. A part with something to mend is always shown.
 */

class ChosenPart extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form?.addEventListener("change", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    this.form?.removeEventListener("change", this);
  }

  handleEvent() {
    const chosen = this.form?.querySelector(`input[name="${this.dataset.name ?? ""}"]:checked`);
    if (!(chosen instanceof HTMLInputElement)) return;
    const matters = (this.dataset.when ?? "").split(" ").includes(chosen.value);
    this.hidden = !matters && this.querySelector(".ds-validation-message") === null;
  }
}

customElements.define("chosen-part", ChosenPart);
