// @ts-check
// Where the menu does not fit it scrolls sideways: bring the entry of this page into sight.

const list = document.querySelector(".staff-nav ul");
const current = list?.querySelector("[aria-current]");

function bringIntoSight() {
  if (!(list instanceof HTMLElement && current instanceof HTMLElement)) return;
  const gap = current.getBoundingClientRect().left - list.getBoundingClientRect().left;
  list.scrollLeft += gap - (list.clientWidth - current.offsetWidth) / 2;
}

bringIntoSight();
addEventListener("resize", bringIntoSight);
