// @ts-check
/**
 * What the scripts of a visit share: the sentences that the server wrote into <template data-words="…"> in the reader's
 * language, the parts of a screen, the polite region, and the unsent words that a tab keeps.
 */

const UNSENT = /^(?:outbox|draft) /;

/**
 * @param {ParentNode} root
 * @returns {(name: string, values?: Record<string, string | number>) => string}
 */
export function wordsIn(root) {
  /** @type {Record<string, string>} */
  const words = {};
  for (const template of root.querySelectorAll("template[data-words]")) {
    const { dataset, content } = /** @type {HTMLTemplateElement} */ (template);
    words[dataset.words || ""] = (content.textContent || "").trim();
  }
  return (name, values = {}) =>
    (words[name] || "").replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/**
 * The part of a screen with this name.
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!found) throw new Error(`The page has no part ${name}.`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * An event of the talk may change what the danger button says.
 * @param {ParentNode} root
 * @param {string | undefined} code
 */
export function showDanger(root, code) {
  if (code !== "danger" && code !== "danger-over") return;
  for (const label of root.querySelectorAll("[data-danger]")) {
    const { dataset } = /** @type {HTMLElement} */ (label);
    /** @type {HTMLElement} */ (label).hidden = (dataset.danger === "yes") !== (code === "danger");
  }
}

/**
 * Add a sentence to the one polite region; it is read out in its turn and gone after a while.
 * @param {HTMLElement} region
 * @param {string} text
 */
export function announce(region, text) {
  if (!text) return;
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  setTimeout(() => line.remove(), 10_000);
}

/**
 * Forget the unsent words of every other talk (a phone may be shared), and give the name under which this one's are kept.
 * @param {string} store
 */
export function keepOnly(store) {
  forget((key) => !key.endsWith(` ${store}`));
  return store;
}

/** Forget all unsent words: the visit is over. */
export function keepNothing() {
  forget(() => true);
}

/** @param {(key: string) => boolean} which */
function forget(which) {
  try {
    for (const key of Object.keys(sessionStorage)) if (UNSENT.test(key) && which(key)) sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
