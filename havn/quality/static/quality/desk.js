// @ts-check
/**
 * Care at the desk: a colleague who wants to talk sounds until somebody comes, and the questions after a hard talk are
 * skipped by one key. Everything works as plain forms too.
 */
const KEYS = "havn desk keys";

const desk = /** @type {HTMLElement | null} */ (document.querySelector("havn-desk"));
if (desk) {
  desk.addEventListener("desk:quality", (event) => {
    const { data, sounds } = /** @type {CustomEvent} */ (event).detail;
    sounds.alarm("hand care", data.calls.length > 0);
  });
  document.addEventListener("keydown", (event) => {
    const pressed = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === "KeyS";
    if (!pressed || keysOff() || document.documentElement.hasAttribute("data-locked")) return;
    if (document.querySelector("dialog[open]")) return;
    const skip = /** @type {HTMLButtonElement | null} */ (desk.querySelector("[data-care-skip]"));
    if (!skip) return;
    event.preventDefault();
    skip.form?.requestSubmit(skip);
  });
}

function keysOff() {
  try {
    return localStorage.getItem(KEYS) === "off";
  } catch {
    return false;
  }
}
