// @ts-check
/**
 * One event stream per browser. Tabs elect a leader by Web Locks; it holds the line and shares what comes over a
 * BroadcastChannel. Whatever happens to the line, it is opened again after the last place seen: nothing is lost and
 * nothing shown twice. A browser without Web Locks opens one stream, and a further tab is told "elsewhere".
 */

const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 10_000;
const NAMES = [
  "hello", "message", "read", "typing", "state", "place", "conversation", "left", "presence", "unreadable", "queue",
  "locked", "unlocked", "ping", "gone", "signed-out",
];
const LAST_WORDS = ["gone", "signed-out"];
const ASK_MS = 200;

/**
 * @typedef {"connected" | "lost" | "gone" | "elsewhere"} LineState
 * @typedef {object} Options
 * @property {string} address "/live/stream", "/live/desk/stream", or "/live/desk/topics" where nobody is at work
 * @property {number | string} [after] the last place the page already shows
 * @property {string} [lang]
 * @property {string} [name] which talk or person this is, so that only tabs of the same share; asked for if left out
 * @property {string[]} [topics] further events to pass on
 * @property {number} [silentMs] without any event for so long the line counts as dead
 * @property {(name: string, data: any) => void} onEvent
 * @property {(line: LineState) => void} [onLine]
 */

/**
 * Listen to a stream.
 * @param {Options} options
 * @returns {{close: () => void, readonly after: string}}
 */
export function openStream(options) {
  const stream = new Shared(options);
  stream.start();
  return stream;
}

/** How far this tab has been told: one number, or one for each conversation. */
class Place {
  /** @param {number | string} after */
  constructor(after) {
    this.one = 0;
    /** @type {Map<string, number>} */
    this.each = new Map();
    for (const part of String(after).split(",")) {
      const [first, second] = part.split(":");
      if (second === undefined) this.one = Number(first) || 0;
      else this.each.set(first, Number(second) || 0);
    }
  }

  /** @param {any} message @returns {boolean} whether it is new here */
  take(message) {
    const key = message.conversation === undefined ? null : String(message.conversation);
    const known = key === null ? this.one : this.each.get(key) || 0;
    if (message.seq <= known) return false;
    if (key === null) this.one = message.seq;
    else this.each.set(key, message.seq);
    return true;
  }

  toString() {
    if (this.each.size === 0) return String(this.one);
    return [...this.each].map(([conversation, seq]) => `${conversation}:${seq}`).join(",");
  }
}

class Shared {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.place = new Place(options.after || 0);
    this.over = false;
    /** @type {Line | null} */
    this.line = null;
    /** @type {BroadcastChannel | null} */
    this.channel = null;
    /** @type {(() => void) | null} */
    this.release = null;
    this.hide = this.hide.bind(this);
    this.show = this.show.bind(this);
  }

  get after() {
    return this.place.toString();
  }

  async start() {
    window.addEventListener("pagehide", this.hide);
    window.addEventListener("pageshow", this.show);
    const name = await this.name();
    if (this.over || name === null) return;
    const own = `havn ${this.options.address} ${this.options.lang || ""} ${name}`;
    if (typeof BroadcastChannel === "function") {
      this.channel = new BroadcastChannel(own);
      this.channel.addEventListener("message", (event) => this.heard(event.data));
    }
    if (navigator.locks && this.channel) this.elect(own);
    else if (this.channel && (await this.someoneElse())) this.say("elsewhere");
    else this.lead();
  }

  /** Whose stream this is, so that a tab of another talk never shares it. Null when there is no session. */
  async name() {
    if (this.options.name !== undefined) return this.options.name;
    for (let wait = FIRST_RETRY_MS; !this.over; wait = Math.min(2 * wait, LONGEST_RETRY_MS)) {
      const answer = await ask(this.options.address);
      if (answer && answer.ok) return String((await answer.json().catch(() => ({}))).talk || "");
      if (answer && answer.status === 401) {
        this.say("gone");
        return null;
      }
      this.say("lost");
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return null;
  }

  /** @param {string} own */
  elect(own) {
    // The lock is held for as long as this promise waits; the next tab leads as soon as it ends.
    navigator.locks
      .request(own, () => new Promise((resolve) => {
        if (this.over) return resolve(undefined);
        this.release = () => resolve(undefined);
        return this.lead();
      }))
      .catch(() => this.lead());
    // A leader that is there already tells us where things stand.
    this.tell({ ask: this.after });
  }

  lead() {
    if (this.over || this.line) return;
    this.line = new Line(this.options, () => this.after, (name, data) => {
      this.tell({ name, data });
      this.event(name, data);
    }, (line) => {
      this.tell({ line });
      this.say(line);
    });
    this.line.open();
  }

  /** @param {any} told by another tab */
  heard(told) {
    if (this.over || !told) return;
    if (told.name) this.event(told.name, told.data);
    else if (told.line && !this.line) this.say(told.line);
    else if (told.who && this.line) this.tell({ here: true });
    else if (told.ask !== undefined && this.line) {
      // A new tab: everybody hears the log again from where it stands, and passes over what they know.
      this.line.open(told.ask);
    }
  }

  /** @returns {Promise<boolean>} */
  someoneElse() {
    return new Promise((resolve) => {
      const channel = /** @type {BroadcastChannel} */ (this.channel);
      channel.addEventListener("message", (event) => event.data && event.data.here && resolve(true));
      this.tell({ who: true });
      setTimeout(() => resolve(false), ASK_MS);
    });
  }

  /** @param {string} name @param {any} data */
  event(name, data) {
    if (this.over) return;
    if (name === "message" && !this.place.take(data)) return;
    if (name === "ping" && this.options.address === "/live/desk/stream" && this.line) pong();
    if (name !== "ping") this.options.onEvent(name, data);
    if (LAST_WORDS.includes(name)) {
      this.say("gone");
      this.close();
    }
  }

  /** @param {LineState} line */
  say(line) {
    if (!this.over && this.options.onLine) this.options.onLine(line);
  }

  /** @param {any} what */
  tell(what) {
    if (this.channel) this.channel.postMessage(what);
  }

  /** The page goes into the browser's memory: it must not hold the line for the others. */
  hide() {
    this.drop();
  }

  /** @param {PageTransitionEvent} event */
  show(event) {
    if (event.persisted && !this.over) {
      window.removeEventListener("pagehide", this.hide);
      window.removeEventListener("pageshow", this.show);
      this.start();
    }
  }

  drop() {
    if (this.line) this.line.close();
    this.line = null;
    if (this.release) this.release();
    this.release = null;
    if (this.channel) this.channel.close();
    this.channel = null;
  }

  close() {
    this.over = true;
    window.removeEventListener("pagehide", this.hide);
    window.removeEventListener("pageshow", this.show);
    this.drop();
  }
}

/** The one connection to the server, opened again for as long as it is wanted. */
class Line {
  /**
   * @param {Options} options
   * @param {() => string} after
   * @param {(name: string, data: any) => void} onEvent
   * @param {(line: LineState) => void} onLine
   */
  constructor(options, after, onEvent, onLine) {
    this.options = options;
    this.after = after;
    this.onEvent = onEvent;
    this.onLine = onLine;
    this.wait = FIRST_RETRY_MS;
    this.heardAt = Date.now();
    this.closed = false;
    /** @type {EventSource | null} */
    this.source = null;
    this.look = this.look.bind(this);
    document.addEventListener("visibilitychange", this.look);
    window.addEventListener("online", this.look);
    this.watch = setInterval(this.look, 5000);
  }

  /** @param {string} [from] an earlier place than our own */
  open(from) {
    if (this.closed) return;
    clearTimeout(this.timer);
    if (this.source) this.source.close();
    const after = encodeURIComponent(from === undefined ? this.after() : from);
    const source = new EventSource(`${this.options.address}?after=${after}&lang=${this.options.lang || ""}`);
    this.source = source;
    this.heardAt = Date.now();
    source.onerror = () => source === this.source && this.failed();
    for (const name of [...NAMES, ...(this.options.topics || [])]) {
      source.addEventListener(name, (event) => source === this.source && this.hear(name, event.data));
    }
  }

  /** @param {string} name @param {string} text */
  hear(name, text) {
    this.heardAt = Date.now();
    if (name === "hello") {
      this.wait = FIRST_RETRY_MS;
      this.onLine("connected");
    }
    this.onEvent(name, JSON.parse(text));
  }

  async failed() {
    if (this.source) this.source.close();
    this.source = null;
    if (this.closed) return;
    this.onLine("lost");
    const answer = await ask(this.options.address);
    if (this.closed || this.source) return;
    if (answer && answer.status === 401) {
      this.onEvent(this.options.address === "/live/stream" ? "gone" : "signed-out", {});
      return;
    }
    // Not all browsers at the same moment, when the server comes back.
    this.timer = setTimeout(() => this.open(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_RETRY_MS);
  }

  /** A line that says nothing is dead, whatever the browser believes. */
  look() {
    const silent = Date.now() - this.heardAt;
    const limit = this.options.silentMs || (this.options.address === "/live/stream" ? 45_000 : 20_000);
    if (this.source && silent > limit) this.failed();
    else if (!this.source && document.visibilityState === "visible" && navigator.onLine && this.wait > 2000) {
      this.wait = FIRST_RETRY_MS;
      this.open();
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.watch);
    document.removeEventListener("visibilitychange", this.look);
    window.removeEventListener("online", this.look);
    if (this.source) this.source.close();
    this.source = null;
  }
}

/** Whether the session lives. @param {string} address @returns {Promise<Response | null>} */
function ask(address) {
  const where = address === "/live/stream" ? "/live/here" : "/live/desk/here";
  return fetch(where, { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => null);
}

/** Answer the server's ping at once: this keeps a counsellor's duty alive. Never from a timer. */
function pong() {
  fetch("/live/desk/pong", {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: "{}",
    keepalive: true,
  }).catch(() => {});
}
