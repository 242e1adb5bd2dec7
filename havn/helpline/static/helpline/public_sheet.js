// @ts-check
/**
 * <havn-sheet><a href="…"></a></havn-sheet>: show a page of ours over this one, so that the talk stays open behind it.
 *
 * The very same page opens by its link where there is no script or no <dialog>. Forms in the sheet are sent from here;
 * when the answer is the same page it is shown again, else the browser goes where the answer leads.
 */

const OURS = { headers: { Accept: "text/html" }, credentials: /** @type {const} */ ("same-origin") };

class Sheet extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const click = /** @type {MouseEvent} */ (event);
    if (!link || click.metaKey || click.ctrlKey || click.shiftKey || typeof HTMLDialogElement !== "function") return;
    event.preventDefault();
    open(/** @type {HTMLAnchorElement} */ (link).href);
  }
}

/** @param {string} address */
async function open(address) {
  try {
    const answer = await fetch(address, OURS);
    if (!answer.ok || new URL(answer.url).pathname !== new URL(address).pathname) return location.assign(address);
    const dialog = document.createElement("dialog");
    dialog.className = "sheet";
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => closes(event) && shut(dialog, event));
    dialog.addEventListener("submit", (event) => submit(event, dialog, address));
    fill(dialog, await answer.text());
    dialog.showModal();
  } catch {
    location.assign(address);
  }
  return undefined;
}

/** @param {Event} event */
function closes(event) {
  return event.target instanceof Element && event.target.closest("[data-close]") !== null;
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Event} event
 */
function shut(dialog, event) {
  event.preventDefault();
  dialog.close();
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {string} html
 */
function fill(dialog, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  const way = document.getElementById("quick-exit");
  const copy = way ? /** @type {HTMLElement} */ (way.cloneNode(true)) : null;
  if (copy) copy.removeAttribute("id");
  // The way out stays within reach: everything behind the sheet is not.
  dialog.replaceChildren(...(copy ? [copy] : []), ...(main ? main.childNodes : []));
  if (dialog.querySelector("havn-code")) import("./public_keep.js").catch(() => {});
  const heading = dialog.querySelector("h1");
  if (heading) {
    heading.id = "sheet-heading";
    heading.tabIndex = -1;
    heading.setAttribute("autofocus", "");
    dialog.setAttribute("aria-labelledby", heading.id);
  }
}

/**
 * @param {SubmitEvent} event
 * @param {HTMLDialogElement} dialog
 * @param {string} address
 */
async function submit(event, dialog, address) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method === "dialog") return;
  event.preventDefault();
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, event.submitter)) fields.append(name, String(value));
  try {
    const answer = await fetch(form.action, { ...OURS, method: "POST", body: fields });
    if (!answer.ok || new URL(answer.url).pathname !== new URL(address).pathname) {
      location.replace(answer.redirected ? answer.url : address);
      return;
    }
    fill(dialog, await answer.text());
  } catch {
    // The line is down: leave everything as it is, the press can be repeated.
  }
}

customElements.define("havn-sheet", Sheet);
