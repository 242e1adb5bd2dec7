// @ts-check
/** <havn-wall>: draws itself again whenever the queue moves, and calls with sound when a life is in danger. */
import { openStream } from "../live/stream.js";
import { Alarm } from "./desk_alarm.js";
import { Sounds } from "./desk_sound.js";
import { countOn } from "./desk_times.js";

const REFRESH_MS = 700;
// What no stream tells, such as a disk that fills up.
const ANYWAY_MS = 60_000;

class Wall extends HTMLElement {
  #sounds = new Sounds();
  #alarm = new Alarm(this.#sounds);
  /** @type {{close: () => void} | undefined} */
  #stream;
  /** @type {number | undefined} */
  #clock;
  /** @type {number | undefined} */
  #soon;
  /** @type {number | undefined} */
  #anyway;
  #unlocked = () => this.#refresh();

  connectedCallback() {
    this.#stream = openStream({
      address: "/live/desk/stream",
      lang: document.documentElement.lang,
      topics: (this.dataset.topics ?? "").split(" ").filter(Boolean),
      onEvent: (name, data) => this.#heard(name, data),
      onLine: (line) => this.#line(line),
    });
    this.#clock = setInterval(() => countOn(this), 5_000);
    this.#anyway = setInterval(() => this.#refresh(), ANYWAY_MS);
    this.#sounds.connect(this);
    const start = /** @type {HTMLElement} */ (this.querySelector("[data-sound-start]"));
    start.hidden = false;
    start.addEventListener("click", () => {
      this.#sounds.turnOn(this);
      start.hidden = true;
    });
    this.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-quiet]")) this.#quiet();
    });
    document.addEventListener("havn:unlocked", this.#unlocked);
    this.#drawn();
  }

  disconnectedCallback() {
    this.#stream?.close();
    this.#sounds.stopAll();
    clearInterval(this.#clock);
    clearInterval(this.#anyway);
    clearTimeout(this.#soon);
    document.removeEventListener("havn:unlocked", this.#unlocked);
  }

  /** @param {string} name @param {any} data */
  #heard(name, data) {
    if (data.service !== undefined && data.conversation === undefined && String(data.service) === this.dataset.service) {
      // The queue, or what an app beside the helpline tells of the same service.
      if (name === "queue") {
        this.#alarm.told(data.alarms);
        this.#buttons();
      } else {
        this.dispatchEvent(new CustomEvent(`wall:${name}`, { detail: { data, sounds: this.#sounds } }));
      }
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => this.#refresh(), REFRESH_MS);
    }
    if (name === "locked") document.dispatchEvent(new CustomEvent("havn:locked"));
    if (name === "signed-out") location.reload();
  }

  async #refresh() {
    if (document.documentElement.hasAttribute("data-locked")) return;
    try {
      const answer = await fetch(this.dataset.address ?? "", { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("havn-wall [data-fresh]");
      const old = this.querySelector("[data-fresh]");
      if (!next || !old) return location.reload();
      const focused = [...old.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement));
      old.replaceWith(document.adoptNode(next));
      if (focused >= 0) next.querySelectorAll("button")[focused]?.focus();
      this.#drawn();
    } catch {
      this.#soon = setTimeout(() => this.#refresh(), 3_000);
    }
  }

  #drawn() {
    const danger = Boolean(this.querySelector("[data-fresh][data-imminent]"));
    document.body.classList.toggle("at-wall-danger", danger);
    this.#buttons();
  }

  #buttons() {
    const quiet = /** @type {HTMLElement | null} */ (this.querySelector("[data-quiet]"));
    if (quiet) quiet.hidden = !this.#alarm.calls;
  }

  #quiet() {
    this.#alarm.quiet();
    this.#buttons();
  }

  /** @param {"connected" | "lost" | "gone" | "elsewhere"} line */
  #line(line) {
    const told = /** @type {HTMLElement} */ (this.querySelector("[data-line]"));
    told.hidden = line === "connected" || line === "gone";
    if (line === "lost") told.textContent = this.dataset.lost ?? "";
    if (line === "elsewhere") told.textContent = this.dataset.elsewhere ?? "";
  }
}

customElements.define("havn-wall", Wall);
