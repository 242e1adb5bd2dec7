// @ts-check
/** <havn-code>: copy or print what stands in it. The buttons appear only where the browser can do it. */

import { announce, part } from "./public_words.js";

class Code extends HTMLElement {
  connectedCallback() {
    const buttons = part(this, "buttons");
    if (buttons.childElementCount > 0) return;
    const { copy, print } = buttons.dataset;
    if (copy) buttons.append(button(copy, () => this.copy()));
    if (print && typeof window.print === "function") buttons.append(button(print, printThis));
  }

  async copy() {
    const source = part(this, "code");
    const text = (source.textContent || "").trim();
    const done = (await written(text)) || selected(source);
    if (done) announce(part(this, "status"), part(this, "buttons").dataset.copied || "");
    const first = part(this, "buttons").firstElementChild;
    if (done && first) first.textContent = part(this, "buttons").dataset.copied || "";
  }
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.variant = "secondary";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

/** @param {string} text */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLElement} source */
function selected(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  const selection = getSelection();
  if (!selection) return false;
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy");
}

function printThis() {
  const inSheet = document.querySelector("dialog.sheet[open]") !== null;
  document.body.classList.toggle("prints-sheet", inSheet);
  window.print();
  document.body.classList.remove("prints-sheet");
}

customElements.define("havn-code", Code);
