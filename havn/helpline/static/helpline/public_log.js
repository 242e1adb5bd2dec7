// @ts-check
/**
 * The list of messages: one entry for each place in the log, in order, whatever arrives first, twice or late.
 * Own words that are not stored yet stand at the end under the name their sender gave them.
 */

import { part } from "./public_words.js";

/** @typedef {{seq: number, from: string, kind: string, name?: string, text: string, code?: string, at: number, client_id?: string}} Message */
/** @typedef {(name: string, values?: Record<string, string | number>) => string} Words */

export class Log {
  /**
   * @param {HTMLElement} root the talk, with its list and its templates
   * @param {Words} words
   */
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.list = part(root, "log");
    this.clock = new Intl.DateTimeFormat(root.dataset.lang, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: root.dataset.zone,
    });
  }

  /** The highest place shown. */
  get last() {
    return Math.max(0, ...[...this.list.children].map(seqOf));
  }

  /**
   * Show a message of the log. Returns its entry if it is new on this page, else null.
   * @param {Message} message
   */
  show(message) {
    const known = this.list.querySelector(`[data-seq="${message.seq}"]`);
    if (known) return null;
    if (message.client_id) {
      const own = this.find(message.client_id);
      if (own) return this.stored(message.client_id, message.seq, message.at) && null;
    }
    if (!message.text) return null;
    const entry = message.kind === "event" ? this.event(message) : this.text(message);
    entry.dataset.seq = String(message.seq);
    if (message.from === "me") state(entry, "stored", this.words);
    this.place(entry);
    return entry;
  }

  /**
   * Show own words that are on their way.
   * @param {string} id
   * @param {string} text
   */
  pending(id, text) {
    if (this.find(id)) return;
    const entry = this.text({ seq: 0, from: "me", kind: "text", text, at: Date.now() });
    entry.dataset.client = id;
    state(entry, "sending", this.words);
    this.list.append(entry);
  }

  /**
   * Own words have their place in the log.
   * @param {string} id
   * @param {number} seq
   * @param {number} at
   */
  stored(id, seq, at) {
    const entry = this.find(id);
    if (!entry || entry.dataset.seq) return;
    const twin = this.list.querySelector(`[data-seq="${seq}"]`);
    if (twin) return entry.remove();
    entry.dataset.seq = String(seq);
    this.time(entry, at);
    state(entry, "stored", this.words);
    this.place(entry);
    return undefined;
  }

  /**
   * @param {string} id
   * @param {string} name sending, waiting or refused
   */
  mark(id, name) {
    const entry = this.find(id);
    if (entry && !entry.dataset.seq) state(entry, name, this.words);
  }

  /** @param {string} id */
  remove(id) {
    const entry = this.find(id);
    if (entry && !entry.dataset.seq) entry.remove();
  }

  /** @param {number} upTo */
  read(upTo) {
    for (const entry of this.list.querySelectorAll(".said--me")) {
      const seq = seqOf(entry);
      if (seq > 0 && seq <= upTo) state(/** @type {HTMLElement} */ (entry), "read", this.words);
    }
  }

  /** @param {string | undefined} code of an event below whose sentence the server draws something */
  isDrawn(code) {
    return Boolean(code) && (this.root.dataset.drawn || "").split(" ").includes(code || "");
  }

  /** Take such events anew from the page as the server draws it now, the same as without script. */
  async redraw() {
    const answer = await fetch(`${location.pathname}?redraw=1`).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const page = await answer.text();
    const drawn = new DOMParser().parseFromString(page, "text/html").querySelectorAll("[data-drawn][data-seq]");
    for (const entry of /** @type {NodeListOf<HTMLElement>} */ (drawn)) {
      const shown = this.list.querySelector(`[data-seq="${seqOf(entry)}"]`);
      if (shown && !shown.isEqualNode(entry)) shown.replaceWith(document.adoptNode(entry));
    }
  }

  /** @param {string} id */
  find(id) {
    return /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-client="${CSS.escape(id)}"]`));
  }

  /** @param {HTMLElement} entry */
  place(entry) {
    const seq = seqOf(entry);
    const later = [...this.list.children].find((other) => {
      if (other === entry || other.classList.contains("new-mark")) return false;
      const its = seqOf(other);
      return its === 0 || its > seq;
    });
    this.list.insertBefore(entry, later || null);
  }

  /** @param {Message} message */
  text(message) {
    const entry = this.copy("text");
    entry.classList.add(message.from === "me" ? "said--me" : "said--them");
    const who = /** @type {HTMLElement} */ (entry.querySelector(".said__who"));
    who.textContent = message.from === "me" ? this.words("you") : message.name || "";
    if (message.from === "me") who.classList.add("ds-sr-only");
    /** @type {HTMLElement} */ (entry.querySelector(".said__text")).textContent = message.text;
    this.time(entry, message.at);
    return entry;
  }

  /** @param {Message} message */
  event(message) {
    const [title, address] = message.text.split("\n");
    const isLink = message.code === "link" && /^https?:\/\//.test(address || "");
    const entry = this.copy(isLink ? "link" : "event");
    entry.dataset.code = message.code || "";
    if (isLink) {
      /** @type {HTMLAnchorElement} */ (entry.querySelector("a")).href = address;
      /** @type {HTMLElement} */ (entry.querySelector("span")).textContent = title;
    } else {
      // A sentence on safety that nobody has approved in this language brings the English one on a second line.
      /** @type {HTMLElement} */ (entry.querySelector("p")).textContent = title;
      if (address) entry.append(inEnglish(address));
    }
    return entry;
  }

  /**
   * @param {HTMLElement} entry
   * @param {number} at
   */
  time(entry, at) {
    const time = entry.querySelector("time");
    if (!time) return;
    time.dateTime = new Date(at).toISOString();
    time.textContent = this.clock.format(at);
  }

  /** @param {string} name */
  copy(name) {
    const template = /** @type {HTMLTemplateElement} */ (this.root.querySelector(`template[data-part="${name}"]`));
    return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  }
}

/** @param {string} text */
function inEnglish(text) {
  const line = document.createElement("p");
  line.lang = "en";
  line.dir = "ltr";
  line.textContent = text;
  return line;
}

/** @param {Element} entry */
function seqOf(entry) {
  return Number(/** @type {HTMLElement} */ (entry).dataset.seq || 0);
}

/**
 * @param {HTMLElement} entry
 * @param {string} name
 * @param {Words} words
 */
function state(entry, name, words) {
  const shown = /** @type {HTMLElement | null} */ (entry.querySelector(".said__state"));
  if (!shown || shown.dataset.state === name) return;
  shown.dataset.state = name;
  shown.textContent = words(name);
}
