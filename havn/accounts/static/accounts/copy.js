// @ts-check
/** Copies the field inside at a press. Without script the field is there to be marked by hand. */
class Copy extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    if (!field || !button) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = button.dataset.done ?? "";
      } catch {
        // Not allowed by the browser: the text is marked, the keyboard copies it.
      }
    });
  }
}

customElements.define("havn-copy", Copy);
