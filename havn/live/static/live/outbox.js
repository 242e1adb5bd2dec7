// @ts-check
/**
 * What somebody wrote and the server has not yet stored. It survives a reload of the tab (sessionStorage), goes out one
 * at a time and in order, and is sent again with the same client_id until the server says that it is stored: stored
 * once, however often it was sent.
 */

const FIRST_RETRY_MS = 800;
const LONGEST_RETRY_MS = 10_000;
const PATIENCE_MS = 15_000;

/**
 * @typedef {"sending" | "stored" | "waiting" | "refused"} SentState
 * @typedef {{client_id: string, text: string, more: Record<string, unknown>}} Letter
 * @typedef {object} OutboxOptions
 * @property {string} address where to post
 * @property {string} store a name for what is kept in this tab
 * @property {Record<string, unknown>} [extra] fields that go with every message
 * @property {(clientId: string, state: SentState, answer?: any) => void} [onState]
 */

export class Outbox {
  /** @param {OutboxOptions} options */
  constructor(options) {
    this.options = options;
    this.queueKey = `outbox ${options.store}`;
    this.draftKey = `draft ${options.store}`;
    /** @type {Letter[]} */
    this.letters = JSON.parse(read(this.queueKey) || "[]");
    this.text = read(this.draftKey) || "";
    this.busy = false;
    this.wait = FIRST_RETRY_MS;
    this.forgotten = false;
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.now());
    if (this.letters.length) queueMicrotask(() => this.next());
  }

  /** What is being written; kept in this tab until it is sent. */
  get draft() {
    return this.text;
  }

  set draft(text) {
    this.text = text;
    write(this.draftKey, text);
  }

  /** What is on its way. @returns {{client_id: string, text: string}[]} */
  pending() {
    return this.letters.map(({ client_id, text }) => ({ client_id, text }));
  }

  /**
   * Put a message on its way.
   * @param {string} text
   * @param {Record<string, unknown>} [more] further fields
   * @returns {string} its client_id
   */
  send(text, more = {}) {
    const letter = { client_id: newId(), text, more };
    this.letters.push(letter);
    this.keep();
    this.say(letter.client_id, "sending");
    this.next();
    return letter.client_id;
  }

  /** Drop everything kept in this tab: the talk is over. */
  forget() {
    this.forgotten = true;
    this.letters = [];
    this.text = "";
    clearTimeout(this.timer);
    write(this.queueKey, "");
    write(this.draftKey, "");
  }

  /** Try at once, as when the line is back. */
  now() {
    if (this.busy || this.forgotten) return;
    this.wait = FIRST_RETRY_MS;
    clearTimeout(this.timer);
    this.next();
  }

  async next() {
    const letter = this.letters[0];
    if (this.busy || this.forgotten || !letter) return;
    this.busy = true;
    clearTimeout(this.timer);
    const { status, answer, retryMs } = await post(this.options.address, {
      ...this.options.extra, ...letter.more, text: letter.text, client_id: letter.client_id,
    });
    this.busy = false;
    if (this.forgotten) return;
    if (status === 200) this.done(letter, "stored", answer);
    else if (isFinal(status, answer)) this.done(letter, "refused", answer);
    else {
      this.say(letter.client_id, "waiting", answer);
      this.timer = setTimeout(() => this.next(), Math.max(retryMs, this.wait * (0.75 + Math.random() / 2)));
      this.wait = Math.min(this.wait * 2, LONGEST_RETRY_MS);
    }
  }

  /** @param {Letter} letter @param {SentState} state @param {any} answer */
  done(letter, state, answer) {
    this.wait = FIRST_RETRY_MS;
    this.letters = this.letters.filter((one) => one !== letter);
    this.keep();
    this.say(letter.client_id, state, answer);
    this.next();
  }

  keep() {
    write(this.queueKey, this.letters.length ? JSON.stringify(this.letters) : "");
  }

  /** @param {string} id @param {SentState} state @param {any} [answer] */
  say(id, state, answer) {
    if (this.options.onState) this.options.onState(id, state, answer);
  }
}

/**
 * Whether whoever wrote it decides what becomes of it: the same again could only be refused again, or it came too soon.
 * @param {number} status
 * @param {any} answer
 */
function isFinal(status, answer) {
  if (status === 429) return Boolean(answer) && answer.code === "too-soon";
  return status >= 400 && status < 500 && status !== 408;
}

/**
 * @param {string} address
 * @param {Record<string, unknown>} body
 * @returns {Promise<{status: number, answer: any, retryMs: number}>} status 0: the line is gone
 */
async function post(address, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: stop.signal,
    });
    const retryMs = 1000 * (Number(answer.headers.get("Retry-After")) || 0);
    return { status: answer.status, answer: await answer.json().catch(() => ({})), retryMs };
  } catch {
    return { status: 0, answer: {}, retryMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

function newId() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} key */
function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} text */
function write(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing still sends.
  }
}
