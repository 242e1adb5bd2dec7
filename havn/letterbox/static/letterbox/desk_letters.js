// @ts-check
/**
 * <havn-letters>: the list as the server made it, drawn anew when the queue of one of its helplines moves. The focus
 * stays on its letter, a press is never met by another row, and what has come is said once. Without a script the page
 * is as fresh as it was opened.
 */
import { openStream } from "../live/stream.js";

const SOON_MS = 700;
// A busy queue moves all the time; the list follows it this often at most.
const APART_MS = 2_500;
const AGAIN_MS = 5_000;

class Letters extends HTMLElement {
  /** @type {{close: () => void} | undefined} */
  #stream;
  /** @type {number | undefined} */
  #timer;
  #drawnAt = 0;
  #pressed = false;
  #press = () => (this.#pressed = true);
  // The click comes after the release: only then may the rows move.
  #release = () => setTimeout(() => (this.#pressed = false), SOON_MS);
  #shown = () => document.visibilityState === "visible" && this.#soon();
  #unlocked = () => this.#soon();

  connectedCallback() {
    this.#stream = openStream({
      address: "/live/desk/topics",
      lang: document.documentElement.lang,
      onEvent: (name, data) => this.#heard(name, data),
      onLine: (line) => this.#line(line),
    });
    this.addEventListener("pointerdown", this.#press);
    document.addEventListener("pointerup", this.#release);
    document.addEventListener("pointercancel", this.#release);
    document.addEventListener("visibilitychange", this.#shown);
    document.addEventListener("havn:unlocked", this.#unlocked);
  }

  disconnectedCallback() {
    this.#stream?.close();
    clearTimeout(this.#timer);
    document.removeEventListener("pointerup", this.#release);
    document.removeEventListener("pointercancel", this.#release);
    document.removeEventListener("visibilitychange", this.#shown);
    document.removeEventListener("havn:unlocked", this.#unlocked);
  }

  /** @param {string} name @param {any} data */
  #heard(name, data) {
    if (name === "queue" && (this.dataset.services ?? "").split(" ").includes(String(data.service))) this.#soon();
    if (name === "locked") document.dispatchEvent(new CustomEvent("havn:locked"));
    if (name === "signed-out") location.reload();
  }

  /** @param {number} [wait] */
  #soon(wait = Math.max(SOON_MS, this.#drawnAt + APART_MS - Date.now())) {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, wait);
  }

  async #refresh() {
    // What nobody looks at is drawn when they come back.
    if (document.visibilityState !== "visible" || document.documentElement.hasAttribute("data-locked")) return;
    this.#drawnAt = Date.now();
    const page = await this.#fetch();
    if (!page) return this.#soon(AGAIN_MS);
    const fresh = /** @type {HTMLElement | null} */ (page.querySelector("havn-letters"));
    // Locked, signed out or no longer at a helpline: the server's own page says it.
    if (!fresh) return location.reload();
    if (this.#pressed) return this.#soon();
    this.dataset.at = fresh.dataset.at;
    this.#tabs(fresh);
    this.#rows(fresh);
    this.#say(Number(fresh.dataset.new));
  }

  /** @returns {Promise<Document | null>} */
  async #fetch() {
    const address = new URL(location.href);
    address.searchParams.set("since", this.dataset.at ?? "");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
      return answer.status < 500 ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    } catch {
      return null;
    }
  }

  /** Only the numbers change: a tab that has the focus keeps it. @param {HTMLElement} fresh */
  #tabs(fresh) {
    const [old, next] = [this, fresh].map((root) => root.querySelectorAll("[data-tabs] .numbers"));
    old.forEach((number, index) => {
      const now = next[index]?.textContent ?? "";
      if (number.textContent !== now) number.textContent = now;
    });
  }

  /** @param {HTMLElement} fresh */
  #rows(fresh) {
    const [old, next] = [this, fresh].map((root) => /** @type {HTMLElement} */ (root.querySelector("[data-fresh]")));
    if (withoutTokens(old) === withoutTokens(next)) return;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const letter = focused?.closest("[data-letter]")?.getAttribute("data-letter");
    const linked = focused?.getAttribute("href");
    old.replaceChildren(...document.adoptNode(next).childNodes);
    if (!focused || focused === old) return;
    const same = letter
      ? old.querySelector(`[data-letter="${letter}"] :is(a, button)`)
      : [...old.querySelectorAll("a")].find((link) => link.getAttribute("href") === linked);
    // A letter that has gone leaves the focus at the list, never on a colleague of it that Enter would take.
    /** @type {HTMLElement} */ (same ?? old).focus({ preventScroll: true });
  }

  /** @param {number} count */
  #say(count) {
    if (!count) return;
    const said = /** @type {HTMLElement} */ (this.querySelector("[data-said]"));
    // A new node each time: the same sentence twice is said twice.
    said.replaceChildren((this.dataset.news ?? "").replace("{count}", String(count)));
  }

  /** @param {"connected" | "lost" | "gone" | "elsewhere"} line */
  #line(line) {
    const told = /** @type {HTMLElement} */ (this.querySelector("[data-line]"));
    told.hidden = line === "connected" || line === "gone";
    if (line === "lost") told.textContent = this.dataset.lost ?? "";
    if (line === "elsewhere") told.textContent = this.dataset.elsewhere ?? "";
    // What moved while there was no line.
    if (line === "connected") this.#soon();
  }
}

/** The rows without what differs in every answer. @param {Element} part */
function withoutTokens(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const token of copy.querySelectorAll("input[name=csrfmiddlewaretoken]")) token.remove();
  return copy.innerHTML;
}

customElements.define("havn-letters", Letters);
