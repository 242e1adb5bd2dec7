// @ts-check
/**
 * The phone's own way back leads to the part before, as the page's button does.
 *
 * Each part is the answer to a form, and no page is ever kept: a browser that goes back finds nothing there. So the first
 * touch of a part puts one more step into the browser's way, and taking it back presses the button "Back" of the page.
 */

const button = document.querySelector('button[name="back"]');

if (button instanceof HTMLButtonElement) {
  const place = location.hash;
  const step = () => {
    for (const name of ["pointerup", "keyup"]) removeEventListener(name, step);
    history.pushState("part", "");
  };
  // Browsers pass over steps that nobody's hand has made.
  for (const name of ["pointerup", "keyup"]) addEventListener(name, step);
  addEventListener("popstate", (event) => {
    // A link to a question of this part moves too, and stays on it.
    if (event.state !== "part" && location.hash === place) button.click();
  });
}
