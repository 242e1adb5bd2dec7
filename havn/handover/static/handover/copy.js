// @ts-check
/** <havn-copy-text>: one press copies the text that was agreed to. Without script it is marked and copied as usual. */

class CopyText extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = "secondary";
    button.textContent = this.dataset.copy || "";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const text = this.querySelector("[data-text]");
      await navigator.clipboard.writeText((text && text.textContent) || "");
      said.textContent = ` ${this.dataset.copied || ""}`;
    });
    const row = document.createElement("p");
    row.append(button, said);
    this.append(row);
  }
}

customElements.define("havn-copy-text", CopyText);
