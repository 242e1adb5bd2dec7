// @ts-check
/**
 * <havn-talk>: the talk as it goes on. Nothing here moves the focus; what is new is said once, politely.
 */

import { openStream } from "../live/stream.js";
import { Outbox } from "../live/outbox.js";
import { Log } from "./public_log.js";
import "./public_sheet.js";
import { play } from "./public_sound.js";
import { announce, keepOnly, part, showDanger, wordsIn } from "./public_words.js";

const TYPING_SHOWN_MS = 6000;
const TYPING_EVERY_MS = 4000;
const NEAR_END_PX = 160;
const LONGEST_SAID = 300;
const STILL_COMING_MS = 10_000;

class Talk extends HTMLElement {
  connectedCallback() {
    this.words = wordsIn(this);
    this.log = new Log(this, this.words);
    this.status = part(this, "status");
    this.typedAt = 0;
    this.lineIs = "connected";
    this.unsent = false;
    this.stood = true;
    this.readUpTo = Number(this.dataset.after);
    this.ended = this.dataset.state === "ended";
    if (this.ended) this.finish();
    else this.compose();
    this.toEnd();
    document.addEventListener("visibilitychange", this);
    window.addEventListener("scroll", this, { passive: true });
    window.addEventListener("resize", this);
    document.addEventListener("click", this);
    if (this.ended) return;
    this.stream = openStream({
      address: "/live/stream",
      after: Number(this.dataset.after),
      lang: this.dataset.lang,
      onEvent: (name, data) => this.hear(name, data),
      onLine: (line) => this.line(line),
    });
  }

  disconnectedCallback() {
    if (this.stream) this.stream.close();
    document.removeEventListener("visibilitychange", this);
    window.removeEventListener("scroll", this);
    window.removeEventListener("resize", this);
    document.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "click") return this.closeMenu(event);
    // The keyboard of a phone came up, or the phone was turned: who read the latest words goes on seeing them.
    if (event.type === "resize" && this.stood) return this.toEnd();
    this.stood = this.isNearEnd();
    if (this.stood) this.seen();
    return undefined;
  }

  /** Put the composer there and bring back what was not sent. */
  compose() {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-part="composer"]'));
    part(this, "dock").replaceChildren(template.content.cloneNode(true));
    this.outbox = new Outbox({
      address: "/live/message",
      // A refusal is said in the language of the page.
      extra: { lang: this.dataset.lang ?? "" },
      store: keepOnly(this.dataset.store || ""),
      onState: (id, state, answer) => this.sent(id, state, answer),
    });
    const form = /** @type {HTMLFormElement} */ (part(this, "form"));
    const text = this.field();
    text.value = this.outbox.draft;
    for (const { client_id: id, text: words } of this.outbox.pending()) this.log.pending(id, words);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    text.addEventListener("keydown", (event) => {
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key !== "Enter" || event.shiftKey || composing) return;
      event.preventDefault();
      this.send();
    });
    text.addEventListener("input", () => this.typed());
    part(this, "fresh").addEventListener("click", () => this.toEnd());
    grow(text);
  }

  field() {
    return /** @type {HTMLTextAreaElement} */ (part(this, "form").querySelector("textarea"));
  }

  send() {
    const text = this.field();
    if (!this.outbox || text.value.trim() === "") return;
    const words = text.value;
    text.value = "";
    this.outbox.draft = "";
    grow(text);
    this.querySelectorAll(".new-mark").forEach((mark) => mark.remove());
    part(this, "trouble").hidden = true;
    this.log.pending(this.outbox.send(words), words);
    this.toEnd();
  }

  typed() {
    const text = this.field();
    if (this.outbox) this.outbox.draft = text.value;
    grow(text);
    const now = Date.now();
    if (now - this.typedAt < TYPING_EVERY_MS || text.value === "") return;
    this.typedAt = now;
    post("/live/typing", {});
  }

  /**
   * @param {string} id
   * @param {string} state
   * @param {any} answer
   */
  sent(id, state, answer) {
    if (state === "stored") this.log.stored(id, answer.seq, answer.at);
    else if (state === "refused" && !this.ended) this.giveBack(id, answer);
    else this.log.mark(id, state);
    this.unsent = state === "waiting";
    this.showLine();
  }

  /**
   * The server did not take it: the words go back to where they were written, with the reason.
   * @param {string} id
   * @param {any} answer
   */
  giveBack(id, answer) {
    const entry = this.log.find(id);
    const said = entry ? (entry.querySelector(".said__text") || entry).textContent || "" : "";
    this.log.remove(id);
    const text = this.field();
    text.value = text.value ? `${said}\n${text.value}` : said;
    if (this.outbox) this.outbox.draft = text.value;
    grow(text);
    const trouble = part(this, "trouble");
    trouble.textContent = this.words(`code-${answer && answer.code}`) || (answer && answer.error) || this.words("refused");
    trouble.hidden = false;
    announce(this.status, trouble.textContent);
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  hear(name, data) {
    if (name === "message") this.message(data);
    if (name === "read") this.log.read(data.up_to);
    if (name === "typing") this.typing(data.name);
    if (name === "hello") this.log.read(data.read);
    if (name === "hello" || name === "state") this.follow(data);
  }

  /** @param {import("./public_log.js").Message} message */
  message(message) {
    const wasNear = this.isNearEnd();
    const entry = this.log.show(message);
    if (!entry) return;
    showDanger(this, message.code);
    if (message.code === "imminent") part(this, "call").hidden = false;
    if (message.from !== "me") this.arrived(message, entry, wasNear);
    if (this.log.isDrawn(message.code)) this.log.redraw().then(() => wasNear && this.toEnd());
    if (wasNear) this.toEnd();
  }

  /**
   * @param {import("./public_log.js").Message} message
   * @param {HTMLElement} entry
   * @param {boolean} wasNear
   */
  arrived(message, entry, wasNear) {
    this.typing("");
    const said = message.text.split("\n")[0].slice(0, LONGEST_SAID);
    const whole = message.kind === "text" ? message.text.slice(0, LONGEST_SAID) : said;
    announce(this.status, message.name ? this.words("says", { name: message.name, text: whole }) : whole);
    play();
    if (wasNear && document.visibilityState === "visible") return this.seen();
    if (!this.querySelector(".new-mark")) entry.before(this.log.copy("mark"));
    if (!wasNear) this.showFresh(true);
    return undefined;
  }

  /** @param {{state: string, names: string[]}} now */
  follow(now) {
    if (now.state === "waiting") location.replace(this.dataset.waiting || "/chat/waiting");
    const who = now.state === "ended" ? "over" : now.names.length ? "here" : "nobody";
    part(this, "who").textContent = this.words(who, { name: now.names[0] || "" });
    if (now.state === "ended" && !this.ended) this.finish();
  }

  /** The talk is over: no composer, one way on. What was not sent stays readable above. */
  finish() {
    this.ended = true;
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-part="finished"]'));
    part(this, "dock").replaceChildren(template.content.cloneNode(true));
    if (this.outbox) this.outbox.forget();
    this.typing("");
    // What this browser keeps of an end, if anything, without waiting for the next page.
    post("/live/marks", {});
    // Words that were said just before the end may still be on their way; an open line would keep the visit alive.
    setTimeout(() => this.stream && this.stream.close(), STILL_COMING_MS);
  }

  /** @param {string} name */
  typing(name) {
    clearTimeout(this.typingTimer);
    const shown = part(this, "typing");
    shown.hidden = !name;
    shown.textContent = name ? this.words("typing", { name }) : "";
    if (name) this.typingTimer = setTimeout(() => this.typing(""), TYPING_SHOWN_MS);
  }

  /** @param {string} line */
  line(line) {
    if (line === "gone") return this.ended ? undefined : location.replace(this.dataset.over || "/chat/code");
    this.lineIs = line;
    this.showLine();
    return undefined;
  }

  /** Say that the connection is lost when the stream is, or when words cannot be sent; say when it is back. */
  showLine() {
    const lost = this.querySelector('[data-part="lost"]');
    if (!(lost instanceof HTMLElement)) return;
    const words = this.lineIs === "elsewhere" ? "elsewhere" : "lost";
    const wasHidden = lost.hidden;
    const wasNear = this.isNearEnd();
    lost.hidden = this.lineIs === "connected" && !this.unsent;
    if (wasNear && wasHidden) this.toEnd();
    /** @type {HTMLElement} */ (lost.querySelector("span")).textContent = this.words(words);
    if (lost.hidden !== wasHidden) announce(this.status, this.words(lost.hidden ? "back" : words));
  }

  isNearEnd() {
    const page = document.documentElement;
    return page.scrollHeight - window.scrollY - window.innerHeight < NEAR_END_PX;
  }

  toEnd() {
    window.scrollTo(0, document.documentElement.scrollHeight);
    this.stood = true;
    this.seen();
  }

  /** The latest words are on the screen of someone who looks. */
  seen() {
    this.showFresh(false);
    const last = this.log ? this.log.last : 0;
    if (document.visibilityState !== "visible" || last <= this.readUpTo) return;
    this.readUpTo = last;
    post("/live/read", { up_to: last });
  }

  /** @param {boolean} on */
  showFresh(on) {
    const fresh = this.querySelector('[data-part="fresh"]');
    if (fresh instanceof HTMLElement) fresh.hidden = !on;
  }

  /** @param {Event} event */
  closeMenu(event) {
    const menu = this.querySelector("details.more");
    const inside = event.target instanceof Element && event.target.closest("details.more summary, havn-sound");
    if (menu instanceof HTMLDetailsElement && menu.open && !inside) menu.open = false;
  }
}

/** @param {HTMLTextAreaElement} text */
function grow(text) {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

/**
 * A small note to the server; if it is lost the next one says the same.
 * @param {string} address
 * @param {Record<string, number>} body
 */
function post(address, body) {
  fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {});
}

customElements.define("havn-talk", Talk);
