// @ts-check
/** Care at the wall: a colleague who wants to talk sounds until somebody says that they come. */
const wall = document.querySelector("havn-wall");
wall?.addEventListener("wall:quality", (event) => {
  const { data, sounds } = /** @type {CustomEvent} */ (event).detail;
  sounds.alarm("hand care", data.calls.length > 0);
});
