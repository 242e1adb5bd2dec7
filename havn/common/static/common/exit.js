// @ts-check
/**
 * Quick exit: the link at the top of every public page, or Shift three times in a row with no other key between.
 *
 * The page is emptied and replaced by an everyday site at once; the visit is closed behind it. The cookie is set here
 * too, so that Back shows a blank page even where the line is dead and the server never hears of it. What was kept on
 * the phone goes with it. Our other tabs leave with this one. Without script the link leads to /exit, which does the
 * same from the server.
 */

const LEFT_SECONDS = 600;
const PRESSES = 3;
const WITHIN_MS = 5000;

const link = /** @type {HTMLAnchorElement | null} */ (document.getElementById("quick-exit"));
const secure = location.protocol === "https:";
const cookie = secure ? "__Host-p" : "p";
const tabs = typeof BroadcastChannel === "function" ? new BroadcastChannel("leave") : null;

/**
 * What somebody asked this browser to keep (an app above may offer it): known before it is needed, because a page that
 * is left has no time to ask.
 *
 * @type {{ workers: readonly ServiceWorkerRegistration[], stores: string[] }}
 */
let kept = { workers: [], stores: [] };

async function know() {
  try {
    kept = { workers: await navigator.serviceWorker.getRegistrations(), stores: await caches.keys() };
  } catch {
    // A browser without workers keeps nothing.
  }
}

function forgetKept() {
  for (const worker of kept.workers) worker.unregister().catch(() => {});
  for (const store of kept.stores) caches.delete(store).catch(() => {});
}

/** Empty this page and go, without asking the server. */
function vanish() {
  document.cookie = `${cookie}=1; path=/; max-age=${LEFT_SECONDS}; samesite=lax${secure ? "; secure" : ""}`;
  try {
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // A browser that keeps no storage has nothing to wipe.
  }
  forgetKept();
  // Also what another tab has kept since.
  know().then(forgetKept);
  document.title = "\u200b";
  document.body.textContent = "";
  // A page that does not know the everyday site lets the server lead there.
  location.replace((link && (link.dataset.neutral || link.href)) || "/exit");
}

/** Leave with every tab of ours, and close the visit on the server. */
function leave() {
  vanish();
  if (tabs) tabs.postMessage("leave");
  fetch(link ? link.href : "/exit", { keepalive: true, credentials: "same-origin", redirect: "manual", cache: "no-store" }).catch(() => {});
}

let presses = 0;
let first = 0;

function forget() {
  presses = 0;
}

if (link) {
  know();
  document.addEventListener("kept", know);
  document.addEventListener("click", (event) => {
    // Also the copy of the link that a sheet over the page carries.
    if (!(event.target instanceof Element) || !event.target.closest(".quick-exit")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift") return forget();
      if (event.repeat) return undefined;
      if (presses === 0 || event.timeStamp - first > WITHIN_MS) {
        presses = 0;
        first = event.timeStamp;
      }
      presses += 1;
      if (presses >= PRESSES) leave();
      return undefined;
    },
    true,
  );
  document.addEventListener("pointerdown", forget, true);
  window.addEventListener("blur", forget);
  if (tabs) tabs.addEventListener("message", vanish);
  // Some browsers keep a whole page for Back: after leaving it must ask the server again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.cookie.split("; ").includes(`${cookie}=1`)) location.reload();
  });
}
