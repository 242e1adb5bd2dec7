// @ts-check
/** A start is sent once: the button rests after the first press. (The server makes one conversation of two anyway.) */

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    // Disabled only after the browser has read the form.
    setTimeout(() => button && button.setAttribute("disabled", ""), 0);
  });
}
// Back from the next page: the form is usable again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button[disabled]")) button.removeAttribute("disabled");
});
