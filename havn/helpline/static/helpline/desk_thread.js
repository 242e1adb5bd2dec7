// @ts-check
/**
 * <havn-thread>: one talk. Messages of the page and of the stream meet here by their place in the log, so that nothing
 * is shown twice; what is sent goes through the outbox and survives a reload.
 */
import { Outbox } from "../live/outbox.js";
import { Ready } from "./desk_ready.js";
import { timeOfDay } from "./desk_times.js";

const TYPING_SHOWN_MS = 6_000;
const TYPING_TOLD_MS = 3_000;
const NEAR_THE_END = 80;

/** One for each talk of this tab, whatever becomes of the element. @type {Map<string, Outbox>} */
const outboxes = new Map();
/** The element that shows a talk now. @type {Map<string, DeskThread>} */
const shown = new Map();

export class DeskThread extends HTMLElement {
  #talk = "";
  #typedAt = 0;
  #read = 0;
  #seen = 0;
  /** How far the child has read. */
  #readTo = 0;
  /** @type {number | undefined} */
  #typingGone;
  /** @type {Ready | undefined} */
  #ready;

  connectedCallback() {
    this.#talk = this.dataset.talk ?? "";
    shown.set(this.#talk, this);
    this.#seen = Number(this.dataset.last) || 0;
    this.#end();
    this.#log.addEventListener("scroll", () => this.#atEnd() && this.look());
    if (!this.#text) return;
    const outbox = this.#outbox();
    this.#text.value = outbox.draft;
    for (const one of outbox.pending()) this.#sending(one.client_id, one.text, "text");
    this.#text.addEventListener("input", () => this.#wrote());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    this.#composer?.addEventListener("submit", (event) => this.#send(event));
    this.#composer?.addEventListener("change", () => this.#kindChanged());
    this.#ready = new Ready(this, this.#text);
    this.#kindChanged();
    if (document.visibilityState === "visible") queueMicrotask(() => this.look());
  }

  disconnectedCallback() {
    clearTimeout(this.#typingGone);
    if (shown.get(this.#talk) === this) shown.delete(this.#talk);
  }

  get #log() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-log]"));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector("[data-messages]"));
  }

  get #text() {
    return /** @type {HTMLTextAreaElement | null} */ (this.querySelector("[data-text]"));
  }

  get #composer() {
    return /** @type {HTMLFormElement | null} */ (this.querySelector("[data-composer]"));
  }

  get #kind() {
    const form = this.#composer;
    return form ? String(new FormData(form).get("kind") ?? "text") : "text";
  }

  /** Put the cursor into the text. */
  focusText() {
    this.#text?.focus();
  }

  /** A message of the stream. @param {any} data */
  message(data) {
    if (this.#list.querySelector(`[data-seq="${data.seq}"]`)) return;
    const pending = data.client_id ? this.#list.querySelector(`[data-client="${data.client_id}"]`) : null;
    const item = data.kind === "event" ? this.#event(data) : this.#bubble(data);
    if (pending) pending.replaceWith(item);
    else this.#place(item, data.seq);
    if (data.author === "visitor") this.#typingOver();
    if (!data.mine && data.kind !== "event") this.#news(item, data);
    else if (data.mine || this.#atEnd()) this.#end();
    // What happened needs no mark, and the last event of a talk comes when it is no longer ours to mark.
    if (data.kind !== "event") this.#seen = Math.max(this.#seen, data.seq);
    if (data.mine) this.readUpTo(0);
    if (this.#inSight() && this.#atEnd()) this.look();
  }

  /** Messages of a fresh page that are not here yet. @param {HTMLElement} fresh */
  take(fresh) {
    const wasAtEnd = this.#atEnd();
    for (const item of [...fresh.querySelectorAll("[data-messages] > [data-seq]")]) {
      const seq = item.getAttribute("data-seq");
      if (this.#list.querySelector(`[data-seq="${seq}"]`)) continue;
      const client = item.getAttribute("data-client");
      const pending = client ? this.#list.querySelector(`[data-client="${client}"]`) : null;
      const adopted = document.adoptNode(item);
      if (pending) pending.replaceWith(adopted);
      else this.#place(adopted, Number(seq));
    }
    for (const item of [...fresh.querySelectorAll("[data-messages] > [data-aside]")]) this.#takeAside(item);
    if (wasAtEnd) this.#end();
  }

  /** Words beside the log stand after the message that they followed. @param {Element} item */
  #takeAside(item) {
    if (this.#list.querySelector(`[data-aside="${item.getAttribute("data-aside")}"]`)) return;
    this.#place(document.adoptNode(item), Number(item.getAttribute("data-after")));
    const region = this.closest("havn-desk")?.querySelector("[data-announce]");
    if (region && !item.hasAttribute("data-mine")) region.textContent = item.textContent?.replace(/\s+/g, " ") ?? "";
  }

  /** The child has read so far. @param {number} upTo */
  readUpTo(upTo) {
    this.#readTo = Math.max(this.#readTo, upTo);
    for (const item of this.#list.querySelectorAll("[data-mine][data-kind=text][data-seq]")) {
      if (Number(item.getAttribute("data-seq")) > this.#readTo) continue;
      const state = item.querySelector("[data-state]");
      if (state) state.textContent = this.dataset.read ?? "";
    }
  }

  /** The child is writing. */
  typing() {
    const line = /** @type {HTMLElement} */ (this.querySelector("[data-typing-line]"));
    line.textContent = this.dataset.typing ?? "";
    line.hidden = false;
    clearTimeout(this.#typingGone);
    this.#typingGone = setTimeout(() => this.#typingOver(), TYPING_SHOWN_MS);
  }

  /** Somebody looks: tell that it was read, once for each place. A silent reader leaves no mark. */
  look() {
    if (!this.#inSight() || !this.dataset.mine) return;
    const last = Math.max(this.#seen, Number(this.dataset.last) || 0);
    if (last <= this.#read) return;
    this.#read = last;
    tell("/live/desk/read", { conversation: Number(this.#talk), up_to: last });
  }

  #outbox() {
    const known = outboxes.get(this.#talk);
    if (known) return known;
    const talk = this.#talk;
    const outbox = new Outbox({
      address: "/live/desk/message",
      store: `desk ${talk}`,
      extra: { conversation: Number(talk) },
      onState: (id, state, answer) => shown.get(talk)?.sent(id, state, answer),
    });
    outboxes.set(talk, outbox);
    return outbox;
  }

  /** What became of a message. @param {string} id @param {string} state @param {any} answer */
  sent(id, state, answer) {
    const item = /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-client="${id}"]`));
    if (!item) return;
    const told = item.querySelector("[data-state]");
    if (state === "refused") {
      item.remove();
      const text = this.#text;
      const words = item.querySelector(".desk-message__text")?.textContent ?? "";
      if (text && !text.value) text.value = this.#outbox().draft = words;
      this.dispatchEvent(new CustomEvent("desk:toast", { bubbles: true, detail: answer?.error ?? "" }));
      this.dispatchEvent(new CustomEvent("desk:refresh", { bubbles: true }));
      return;
    }
    item.toggleAttribute("data-unsent", state !== "stored");
    if (state === "stored" && answer?.seq) item.dataset.seq = String(answer.seq);
    const words = { stored: this.dataset.stored, waiting: this.dataset.again, sending: this.dataset.sending };
    if (told) told.textContent = words[/** @type {keyof typeof words} */ (state)] ?? "";
    this.readUpTo(0);
  }

  /** @param {Event} event */
  #send(event) {
    event.preventDefault();
    const text = this.#text;
    if (!text || !text.value.trim()) return;
    const kind = this.#kind;
    const id = this.#outbox().send(text.value, { kind });
    this.#sending(id, text.value, kind);
    text.value = this.#outbox().draft = "";
    this.#end();
    text.focus();
  }

  /** @param {string} id @param {string} text @param {string} kind */
  #sending(id, text, kind) {
    if (this.#list.querySelector(`[data-client="${id}"]`)) return;
    const item = this.#bubble({ author: "staff", mine: true, kind, text, at: Date.now(), client_id: id, name: "" });
    item.dataset.unsent = "";
    const state = item.querySelector("[data-state]");
    if (state) state.textContent = this.dataset.sending ?? "";
    this.#list.append(item);
    this.#end();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (!event.shiftKey || event.ctrlKey) && !event.altKey) {
      event.preventDefault();
      this.#composer?.requestSubmit();
    }
  }

  #wrote() {
    const text = /** @type {HTMLTextAreaElement} */ (this.#text);
    this.#outbox().draft = text.value;
    if (this.#kind !== "text" || !text.value.trim() || text.value.startsWith("/")) return;
    if (Date.now() - this.#typedAt < TYPING_TOLD_MS) return;
    this.#typedAt = Date.now();
    tell("/live/desk/typing", { conversation: Number(this.#talk) });
  }

  #kindChanged() {
    const form = this.#composer;
    if (form) form.dataset.kind = this.#kind;
    const text = this.#text;
    if (text) text.placeholder = (this.#kind === "note" ? text.dataset.forColleagues : text.dataset.forChild) ?? "";
  }

  /** @param {HTMLElement} item @param {any} data */
  #news(item, data) {
    const looking = this.#inSight() && this.#atEnd();
    if (!looking && !this.#list.querySelector(".desk-new")) {
      const mark = document.createElement("li");
      mark.className = "desk-new";
      mark.textContent = this.dataset.new ?? "";
      item.before(mark);
    } else if (looking) {
      this.#list.querySelector(".desk-new")?.remove();
      this.#end();
    }
    const region = this.closest("havn-desk")?.querySelector("[data-announce]");
    if (region) region.textContent = `${this.#who(data)}: ${data.text}`;
  }

  /** @param {Element} item @param {number} seq */
  #place(item, seq) {
    const later = [...this.#list.children].find((one) => Number(one.getAttribute("data-seq")) > seq);
    const unsent = this.#list.querySelector("[data-unsent]");
    this.#list.insertBefore(item, later ?? unsent);
  }

  /** @param {any} data */
  #who(data) {
    if (data.kind === "note") return [this.dataset.note, data.name].filter(Boolean).join(" · ");
    if (data.author === "visitor") return this.dataset.child ?? "";
    return data.mine ? this.dataset.you ?? "" : data.name;
  }

  /** @param {any} data */
  #bubble(data) {
    const item = document.createElement("li");
    item.className = "desk-message";
    Object.assign(item.dataset, { author: data.author, kind: data.kind });
    if (data.seq) item.dataset.seq = String(data.seq);
    if (data.mine) item.dataset.mine = "";
    if (data.client_id) item.dataset.client = data.client_id;
    const who = document.createElement("span");
    who.className = "desk-message__who";
    who.append(`${this.#who(data)} `, clock(data.at));
    const text = document.createElement("p");
    text.className = "desk-message__text";
    text.dir = "auto";
    text.textContent = data.text;
    item.append(who, text);
    if (data.mine && data.kind === "text") {
      const state = document.createElement("span");
      state.className = "desk-message__state";
      state.dataset.state = "";
      state.textContent = this.dataset.stored ?? "";
      item.append(state);
    }
    return item;
  }

  /** @param {any} data */
  #event(data) {
    const item = document.createElement("li");
    Object.assign(item.dataset, { seq: String(data.seq), code: data.code });
    item.hidden = !data.text;
    item.className = "desk-event";
    const words = document.createElement("span");
    words.textContent = data.text;
    item.append(words, " ", clock(data.at));
    return item;
  }

  #typingOver() {
    const line = /** @type {HTMLElement} */ (this.querySelector("[data-typing-line]"));
    line.hidden = true;
  }

  #atEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_THE_END;
  }

  #end() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #inSight() {
    return (
      document.visibilityState === "visible" &&
      this.offsetParent !== null &&
      !document.documentElement.hasAttribute("data-locked")
    );
  }
}

/** @param {number} ms */
function clock(ms) {
  const time = document.createElement("time");
  time.className = "numbers";
  time.dateTime = new Date(ms).toISOString();
  time.title = new Date(ms).toLocaleString(document.documentElement.lang);
  time.textContent = timeOfDay(ms);
  return time;
}

/** @param {string} address @param {object} body */
function tell(address, body) {
  fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {});
}

customElements.define("havn-thread", DeskThread);
