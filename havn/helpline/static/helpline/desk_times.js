// @ts-check
/** Times that count on: "4 min". The server made the first; the words come from the browser, in the page's language. */

const MINUTE = 60_000;

/** Set every time under an element that says since when. @param {Element} root */
export function countOn(root) {
  const now = Date.now();
  for (const time of root.querySelectorAll("time[data-since]")) {
    const since = Number(time.getAttribute("data-since"));
    const text = short(Math.max(Math.floor((now - since) / MINUTE), 0));
    if (time.textContent !== text) time.textContent = text;
  }
}

/** @param {number} minutes @returns {string} "4 min", "1 h 5 min" */
export function short(minutes) {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} ms @returns {string} the time of day where the centre is, as the server writes it */
export function timeOfDay(ms) {
  const timeZone = document.querySelector("[data-zone]")?.getAttribute("data-zone") || undefined;
  return new Date(ms).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
}
