// @ts-check
/**
 * Gives the kept lines of the directory where there is no connection, and nothing else. It adds no page by itself: it
 * only renews, from the network and first of all, what somebody chose to keep (`keep.js`). Once quick exit or Remove has
 * emptied the store, it never makes a new one.
 */

const CACHE = "directory";
const MARK = "havn-kept";
const PATIENCE_MS = 6000;
const KEPT = /^\/directory\/kept\//;
const COUNTRY = /^\/directory\/([a-z]{2})$/;

self.addEventListener("install", () => /** @type {any} */ (self).skipWaiting());

self.addEventListener("fetch", (/** @type {any} */ event) => {
  /** @type {Request} */
  const request = event.request;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (KEPT.test(pathname)) event.respondWith(keptPage(event, pathname));
  else if (COUNTRY.test(pathname) && request.mode === "navigate") event.respondWith(countryPage(request, pathname));
});

/**
 * @param {any} event
 * @param {string} path
 */
async function keptPage(event, path) {
  try {
    const fresh = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    const down = fresh.status >= 500 && (await held(path));
    if (down) return down;
    event.waitUntil(renew(path, fresh.clone()));
    return fresh;
  } catch {
    return (await held(path)) ?? Response.error();
  }
}

/**
 * A country's own page is never kept. Where it cannot come, what is kept of that country stands in.
 *
 * @param {Request} request
 * @param {string} path
 */
async function countryPage(request, path) {
  try {
    return await fetch(request);
  } catch {
    const country = COUNTRY.exec(path)?.[1];
    const found = (await addresses()).filter((one) => one.endsWith(`/${country}`) || one.endsWith("/all"));
    // The country itself before all of them.
    const best = found.find((one) => one.endsWith(`/${country}`)) ?? found[0];
    return (best && (await held(best))) || Response.error();
  }
}

/** What was chosen to be kept; null when there is nothing, and none is made. */
async function store() {
  return (await caches.has(CACHE)) ? caches.open(CACHE) : null;
}

/** @param {string} path */
async function held(path) {
  return (await store())?.match(path, { ignoreVary: true });
}

/** @returns {Promise<string[]>} */
async function addresses() {
  const requests = (await (await store())?.keys()) ?? [];
  return requests.map((request) => new URL(request.url).pathname);
}

/**
 * Put the newer answer in the place of the one that is kept.
 *
 * @param {string} path
 * @param {Response} fresh
 */
async function renew(path, fresh) {
  const kept = await store();
  if (!kept || !fresh.ok || !fresh.headers.has(MARK) || !(await kept.match(path, { ignoreVary: true }))) return;
  await kept.put(path, fresh);
}
