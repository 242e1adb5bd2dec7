// @ts-check
/**
 * The waiting room. <havn-waiting> listens to the place and opens the talk when someone is ready;
 * <havn-first-words> lets the child try out a beginning, which waits in the talk's own composer.
 */

import { openStream } from "../live/stream.js";
import "./public_sheet.js";
import { announce, keepOnly, part, showDanger, wordsIn } from "./public_words.js";

const OPEN_AFTER_MS = 1500;
// The line first, on a slow phone too: what sounds and reads aloud is fetched when the page has come to rest.
const AT_REST_MS = 3000;

/** @typedef {{place: number, minutes_from: number | null, minutes_to: number | null, sure: string, near: boolean, late: boolean}} Place */

class Waiting extends HTMLElement {
  connectedCallback() {
    window.setTimeout(() => void Promise.all([import("./public_sound.js"), import("../common/aloud.js")]), AT_REST_MS);
    this.words = wordsIn(this);
    part(this, "how").hidden = false;
    this.isNear = !part(this, "near").hidden;
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
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  hear(name, data) {
    if (name === "place") this.show(data);
    if (name === "message") showDanger(this, data.code);
    if (name === "hello" || name === "state") this.follow(data.state);
  }

  /** @param {string} state */
  follow(state) {
    if (state === "open" && !this.leaving) {
      this.leaving = true;
      announce(part(this, "status"), this.words("ready"));
      void import("./public_sound.js").then(({ play }) => play());
      setTimeout(() => location.replace(this.dataset.talk || "/chat/talk"), OPEN_AFTER_MS);
    }
    if (state === "ended") location.replace(this.dataset.ended || "/chat/ended");
  }

  /** @param {Place} place */
  show(place) {
    const { minutes_from: from, minutes_to: to } = place;
    const nobody = place.sure === "nobody";
    const number = place.place === 1 && !nobody ? this.words("next") : this.words("number", { n: place.place });
    const unknown = nobody ? "nobody" : "unknown";
    const time =
      from === null || to === null
        ? this.words(unknown)
        : this.words(from === 0 ? "upto" : from === to ? "about" : "range", { from, to });
    if (part(this, "number").textContent !== number) {
      part(this, "number").textContent = number;
      announce(part(this, "status"), `${number}. ${time}`);
    }
    part(this, "time").textContent = time;
    part(this, "sure").textContent = this.words(nobody ? "keep" : place.sure);
    const letter = this.querySelector('[data-part="letter"]');
    if (letter instanceof HTMLElement) letter.hidden = !nobody;
    part(this, "late").hidden = !place.late;
    const near = part(this, "near");
    near.hidden = !place.near;
    if (place.near && !this.isNear) {
      void import("./public_sound.js").then(({ play }) => play());
      announce(part(this, "status"), near.textContent);
    }
    this.isNear = place.near;
  }

  /** @param {string} line */
  line(line) {
    const was = part(this, "lost").hidden;
    part(this, "lost").hidden = line !== "lost";
    if (line === "lost" && was) announce(part(this, "status"), this.words("lost"));
    if (line === "connected" && !was) announce(part(this, "status"), this.words("back"));
    if (line === "gone") location.replace(this.dataset.over || "/chat/code");
  }
}

class FirstWords extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const room = /** @type {HTMLElement} */ (this.closest("havn-waiting"));
    // The talk's own composer finds its draft here (outbox.js).
    const key = `draft ${keepOnly(room.dataset.store || "")}`;
    const label = document.createElement("label");
    label.className = "ds-label";
    label.htmlFor = "first-words";
    label.textContent = this.dataset.label || "";
    const hint = document.createElement("p");
    hint.className = "soft hint";
    hint.id = "first-words-hint";
    hint.textContent = this.dataset.hint || "";
    const text = document.createElement("textarea");
    text.className = "ds-input";
    text.id = "first-words";
    text.rows = 3;
    text.maxLength = 5000;
    text.spellcheck = false;
    text.translate = false;
    text.autocomplete = "off";
    text.setAttribute("aria-describedby", hint.id);
    try {
      text.value = sessionStorage.getItem(key) || "";
      text.addEventListener("input", () => sessionStorage.setItem(key, text.value));
    } catch {
      return;
    }
    this.append(label, hint, text);
  }
}

customElements.define("havn-waiting", Waiting);
customElements.define("havn-first-words", FirstWords);
