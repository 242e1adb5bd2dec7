// @ts-check
/** Supervision at the wall: hands and dangers sound until the server says that somebody comes. */
const wall = document.querySelector("havn-wall");
wall?.addEventListener("wall:supervision", (event) => {
  const { data, sounds } = /** @type {CustomEvent} */ (event).detail;
  sounds.alarm("hand", data.hands.length > 0);
  sounds.alarm("imminent second", data.overdue.length > 0);
});
