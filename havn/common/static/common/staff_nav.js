// @ts-check
// Where a line of the menu does not fit it scrolls sideways: bring what is current into sight.

/** @param {Element} list */
function bringIntoSight(list) {
  const current = list.querySelector("[aria-current]");
  if (!(list instanceof HTMLElement && current instanceof HTMLElement)) return;
  const gap = current.getBoundingClientRect().left - list.getBoundingClientRect().left;
  list.scrollLeft += gap - (list.clientWidth - current.offsetWidth) / 2;
}

function bringAllIntoSight() {
  document.querySelectorAll(".staff-nav ul, .manage-tabs").forEach(bringIntoSight);
}

bringAllIntoSight();
addEventListener("resize", bringAllIntoSight);
