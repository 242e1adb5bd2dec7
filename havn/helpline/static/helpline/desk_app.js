// @ts-check
/**
 * <havn-desk>: the page as the server made it, kept fresh by one event stream. What is pressed is sent by fetch and
 * the panes are taken from the answer, so that sounds stay unlocked, drafts stay and focus stays where it was.
 */
import { openStream } from "../live/stream.js";
import { Alarm } from "./desk_alarm.js";
import "./desk_insert.js";
import { Keys } from "./desk_keys.js";
import "./desk_record.js";
import { Sounds } from "./desk_sound.js";
import "./desk_thread.js";
import { countOn } from "./desk_times.js";

const RECENT_MS = 60_000;
const REFRESH_MS = 800;
const TOAST_MS = 8_000;
// Parts of the list that stay as the person left them.
const FOLDED = ["[data-waiting]", "[data-closed]"];

/** @typedef {import("./desk_thread.js").DeskThread} DeskThread */

class Desk extends HTMLElement {
  #sounds = new Sounds();
  #alarm = new Alarm(this.#sounds);
  /** @type {{close: () => void} | undefined} */
  #stream;
  /** @type {Keys | undefined} */
  #keys;
  /** Messages just heard, for a thread that is drawn from an answer made a moment before. @type {any[]} */
  #recent = [];
  /** What the queue last told. @type {any} */
  #queue = {};
  /** Whether the child of each talk has a line. @type {Map<string, boolean>} */
  #present = new Map();
  /** @type {Map<string, string>} my role in each talk */
  #roles = new Map();
  #leaving = false;
  #refreshing = false;
  #again = false;
  /** @type {number | undefined} */
  #soon;
  /** @type {number | undefined} */
  #clock;
  /** @type {number | undefined} */
  #toastGone;
  #unload = (/** @type {BeforeUnloadEvent} */ event) => this.#warnOfOpenRecord(event);
  #shown = () => this.#looked();
  #popped = () => this.#visit(location.href, { push: false });
  #unlocked = () => this.refresh();

  connectedCallback() {
    this.#stream = openStream({
      address: "/live/desk/stream",
      after: this.dataset.after || 0,
      lang: document.documentElement.lang,
      topics: (this.dataset.topics ?? "").split(" ").filter(Boolean),
      onEvent: (name, data) => this.#heard(name, data),
      onLine: (line) => this.#line(line),
    });
    this.#keys = new Keys(this, {
      open: (talk) => this.#open(talk),
      show: (pane) => this.show(pane),
      next: () => this.#next(),
    });
    this.#sounds.connect(this);
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("submit", (event) => this.#submitted(event));
    this.addEventListener("desk:refresh", () => this.refresh());
    this.addEventListener("desk:toast", (event) => this.toast(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener("desk:go", (event) => {
      const { to, closed } = /** @type {CustomEvent} */ (event).detail;
      this.#visit(to, { show: closed ? "list" : "thread" });
    });
    window.addEventListener("beforeunload", this.#unload);
    window.addEventListener("popstate", this.#popped);
    document.addEventListener("visibilitychange", this.#shown);
    document.addEventListener("havn:unlocked", this.#unlocked);
    document.addEventListener("click", (event) => this.#outside(event), { capture: true });
    this.#clock = setInterval(() => countOn(this), 10_000);
    this.#marks();
    this.#title();
  }

  disconnectedCallback() {
    this.#stream?.close();
    this.#keys?.disconnect();
    this.#sounds.stopAll();
    clearInterval(this.#clock);
    clearTimeout(this.#soon);
    window.removeEventListener("beforeunload", this.#unload);
    window.removeEventListener("popstate", this.#popped);
    document.removeEventListener("visibilitychange", this.#shown);
    document.removeEventListener("havn:unlocked", this.#unlocked);
  }

  get talk() {
    return this.dataset.talk || "";
  }

  /** @returns {DeskThread | null} */
  get thread() {
    return this.querySelector("havn-thread");
  }

  /** Show one pane where only one fits. @param {string} pane "list", "thread" or "record" */
  show(pane) {
    this.dataset.show = pane;
    this.#marks();
    this.#looked();
  }

  /** Say something that needs no answer. @param {string} sentence */
  toast(sentence) {
    const toast = /** @type {HTMLElement} */ (this.querySelector("[data-toast]"));
    toast.textContent = sentence;
    toast.hidden = false;
    clearTimeout(this.#toastGone);
    this.#toastGone = setTimeout(() => (toast.hidden = true), TOAST_MS);
  }

  /** Draw the page again as it is now on the server. */
  async refresh() {
    // While the desk is locked the page behind it stays as it is, draft and all.
    if (document.documentElement.hasAttribute("data-locked")) return;
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    this.#refreshing = true;
    const page = await fetchPage(this.#here());
    if (page) this.#swap(page);
    this.#refreshing = false;
    if (this.#again) {
      this.#again = false;
      this.#refreshSoon();
    }
  }

  #refreshSoon() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.refresh(), REFRESH_MS);
  }

  #here() {
    const query = new URLSearchParams({ service: this.dataset.service ?? "" });
    if (this.talk) query.set("talk", this.talk);
    return `${this.dataset.address}?${query}`;
  }

  /** @param {string} talk */
  #open(talk) {
    const query = new URLSearchParams({ service: this.dataset.service ?? "", talk });
    return this.#visit(`${this.dataset.address}?${query}`, { show: "thread" });
  }

  /**
   * @param {string} to
   * @param {{push?: boolean, show?: string, focus?: boolean}} [how]
   */
  async #visit(to, { push = true, show = "", focus = true } = {}) {
    const page = await fetchPage(to);
    if (!page) {
      this.toast(this.dataset.lost ?? "");
      return;
    }
    if (push) history.pushState(null, "", to);
    this.#swap(page);
    if (show) this.show(show);
    if (focus && show === "thread") this.thread?.focusText();
  }

  /** @param {Document} page */
  #swap(page) {
    const fresh = /** @type {HTMLElement | null} */ (page.querySelector("havn-desk"));
    if (!fresh) {
      if (page.querySelector("#idle-password, form[action*='unlock']")) {
        document.dispatchEvent(new CustomEvent("havn:locked"));
        return;
      }
      // Signed out or moved: the server's own page says it.
      this.#leaving = true;
      location.reload();
      return;
    }
    const changed = fresh.dataset.talk !== this.dataset.talk;
    this.dataset.talk = fresh.dataset.talk;
    this.dataset.service = fresh.dataset.service;
    this.#swapAlarm(fresh);
    this.#swapPart(fresh, "[data-part-lines]");
    this.#swapList(fresh);
    this.#swapThread(fresh, changed);
    this.#swapPart(fresh, "[data-part-talk]");
    this.#showPresence();
    this.#swapRecord(fresh, changed);
    this.#marks();
    this.#looked();
    this.#title();
    this.#keys?.marks();
    this.#sounds.switches(this);
  }

  /** The red line is said aloud when it changes, so it is drawn again only then. @param {HTMLElement} fresh */
  #swapAlarm(fresh) {
    const old = /** @type {HTMLElement} */ (this.querySelector("[data-alarm]"));
    const next = /** @type {HTMLElement} */ (fresh.querySelector("[data-alarm]"));
    if (old.textContent !== next.textContent) old.replaceWith(document.adoptNode(next));
    this.#alarmButton();
  }

  /**
   * What an app beside the helpline shows: drawn again only when it changed.
   * @param {HTMLElement} fresh
   * @param {string} place
   */
  #swapPart(fresh, place) {
    const [old, next] = [this, fresh].map((root) => /** @type {HTMLElement | null} */ (root.querySelector(place)));
    if (!old || !next || old.querySelector(".desk-menu[open]")) return;
    if (withoutTimes(old) === withoutTimes(next)) return;
    const pressed = [...old.querySelectorAll("a, button")].indexOf(/** @type {any} */ (document.activeElement));
    for (const draft of /** @type {NodeListOf<HTMLTextAreaElement>} */ (old.querySelectorAll("[data-draft]"))) {
      const same = next.querySelector(`[data-draft="${draft.dataset.draft}"]`);
      if (same) /** @type {HTMLTextAreaElement} */ (same).value = draft.value;
    }
    const writing = document.activeElement?.getAttribute("data-draft");
    old.replaceWith(document.adoptNode(next));
    if (writing) /** @type {HTMLElement | null} */ (next.querySelector(`[data-draft="${writing}"]`))?.focus();
    if (pressed >= 0) /** @type {HTMLElement | undefined} */ (next.querySelectorAll("a, button")[pressed])?.focus();
  }

  #alarmButton() {
    const quiet = /** @type {HTMLElement | null} */ (this.querySelector("[data-quiet]"));
    if (quiet) quiet.hidden = !this.#alarm.calls;
  }

  /** @param {HTMLElement} fresh */
  #swapList(fresh) {
    const old = /** @type {HTMLElement} */ (this.querySelector(".desk-list"));
    const next = /** @type {HTMLElement} */ (fresh.querySelector(".desk-list"));
    const busy = old.querySelector(".desk-menu[open]") || old.querySelector("select:focus, input:focus");
    if (busy && old.dataset.duty === next.dataset.duty) {
      this.#refreshSoon();
      return;
    }
    const place = placeOfFocus(old);
    const open = FOLDED.filter((part) => old.querySelector(part)?.hasAttribute("open"));
    const scrolled = old.scrollTop;
    old.replaceWith(document.adoptNode(next));
    for (const part of open) next.querySelector(part)?.setAttribute("open", "");
    next.scrollTop = scrolled;
    if (place) /** @type {HTMLElement | null} */ (next.querySelector(place))?.focus();
  }

  /** @param {HTMLElement} fresh @param {boolean} changed */
  #swapThread(fresh, changed) {
    const old = /** @type {HTMLElement} */ (this.querySelector(".desk-thread"));
    const next = /** @type {HTMLElement} */ (fresh.querySelector(".desk-thread"));
    const [a, b] = [old, next].map((pane) => /** @type {HTMLElement | null} */ (pane.querySelector("havn-thread")));
    const same = !changed && a && b && a.dataset.state === b.dataset.state && a.dataset.mine === b.dataset.mine;
    if (!same) {
      const writing = Boolean(old.querySelector("[data-text]:focus"));
      old.replaceWith(document.adoptNode(next));
      this.#catchUp();
      if (writing && !changed) this.thread?.focusText();
      return;
    }
    const parts = [old, next].map((pane) => /** @type {HTMLElement} */ (pane.querySelector("[data-head]")));
    if (parts[0].querySelector(".desk-menu[open]")) return;
    if (withoutTimes(parts[0]) !== withoutTimes(parts[1])) parts[0].replaceWith(document.adoptNode(parts[1]));
    // Anything the stream has not brought yet.
    /** @type {DeskThread} */ (a).take(/** @type {HTMLElement} */ (b));
  }

  /** @param {HTMLElement} fresh @param {boolean} changed */
  #swapRecord(fresh, changed) {
    const old = /** @type {HTMLElement} */ (this.querySelector(".desk-record"));
    const next = /** @type {HTMLElement} */ (fresh.querySelector(".desk-record"));
    const [a, b] = [old, next].map((pane) => pane.querySelector("havn-record"));
    if (changed || Boolean(a) !== Boolean(b)) {
      old.replaceWith(document.adoptNode(next));
      return;
    }
    // The risk may have been set in the talk's head.
    const risk = /** @type {HTMLInputElement | null} */ (next.querySelector("[data-risk-was]"));
    if (risk) /** @type {import("./desk_record.js").DeskRecord | null} */ (a)?.riskStands(risk.value);
    const [label, newLabel] = [old, next].map((pane) => pane.querySelector("[data-close]"));
    if (label && newLabel) label.textContent = newLabel.textContent;
  }

  /** Give the new thread what came by the stream while it was on its way. */
  #catchUp() {
    const now = Date.now();
    this.#recent = this.#recent.filter((one) => now - one.heard < RECENT_MS);
    for (const one of this.#recent) {
      if (String(one.data.conversation) === this.talk) this.thread?.message(one.data);
    }
  }

  /** @param {string} name @param {any} data */
  #heard(name, data) {
    const here = data.conversation !== undefined && String(data.conversation) === this.talk;
    switch (name) {
      case "hello":
        for (const one of data.conversations ?? []) this.#conversation(one);
        this.#refreshSoon();
        break;
      case "message":
        this.#message(data, here);
        break;
      case "conversation":
        this.#conversation(data);
        this.#refreshSoon();
        break;
      case "left":
      case "unreadable":
        this.#refreshSoon();
        break;
      case "read":
        if (here && data.role === "visitor") this.thread?.readUpTo(data.up_to);
        break;
      case "typing":
        if (here && data.role === "visitor") this.thread?.typing();
        break;
      case "presence":
        this.#present.set(String(data.conversation), data.visitor_here);
        this.#showPresence();
        break;
      case "queue":
        if (String(data.service) === this.dataset.service) this.#queueMoved(data);
        break;
      case "locked":
        document.dispatchEvent(new CustomEvent("havn:locked"));
        break;
      case "signed-out":
        this.#leaving = true;
        location.reload();
        break;
      default:
        this.#partHeard(name, data);
    }
  }

  /**
   * What the desk does not know, an app beside the helpline may: its scripts listen for "desk:<name>".
   * @param {string} name
   * @param {any} data
   */
  #partHeard(name, data) {
    if (data.service === undefined || String(data.service) !== this.dataset.service) return;
    this.dispatchEvent(new CustomEvent(`desk:${name}`, { detail: { data, sounds: this.#sounds } }));
    this.#refreshSoon();
  }

  /** @param {any} one */
  #conversation(one) {
    this.#roles.set(String(one.conversation), one.role);
    this.#present.set(String(one.conversation), one.visitor_here);
    if (String(one.conversation) !== this.talk) return;
    this.#showPresence();
    for (const person of one.participants) {
      if (person.role === "visitor") this.thread?.readUpTo(person.read_up_to);
    }
  }

  #showPresence() {
    const fact = /** @type {HTMLElement | null} */ (this.querySelector("[data-here]"));
    const here = this.#present.get(this.talk);
    if (!fact || here === undefined) return;
    fact.hidden = false;
    /** @type {HTMLElement} */ (fact.querySelector("[data-here-yes]")).hidden = !here;
    /** @type {HTMLElement} */ (fact.querySelector("[data-here-no]")).hidden = here;
  }

  /** @param {any} data @param {boolean} here */
  #message(data, here) {
    this.#recent.push({ heard: Date.now(), data });
    if (here) this.thread?.message(data);
    if (data.kind === "event") this.#refreshSoon();
    // Who only reads along is not the one who is called.
    const mine = this.#roles.get(String(data.conversation)) !== "supervisor";
    const grave = data.code === "danger" && !(here && this.#inSight());
    if (grave && mine) this.#sounds.alarm(`talk ${data.conversation}`);
    if (data.kind !== "text") return;
    const row = this.querySelector(`[data-open-talk="${data.conversation}"]`);
    if (row) lastLine(row, data);
    if (data.author !== "visitor") return;
    if (here && this.#inSight()) return;
    if (row) unread(row, 1);
    if (mine) this.#sounds.alarm(`talk ${data.conversation}`);
    if (!here && row) this.querySelector('[data-show-pane="list"]')?.setAttribute("data-news", "");
    this.#title();
  }

  /** @param {any} data */
  #queueMoved(data) {
    const before = this.#queue;
    this.#queue = data;
    this.#sounds.alarm("waiting", data.mine > 0);
    this.#sounds.alarm("offer", data.offers.length > 0);
    this.#alarm.told(data.on_duty && data.role !== "counsellor" ? data.alarms : []);
    this.#alarmButton();
    this.#title();
    const what = (/** @type {any} */ told) => JSON.stringify({ ...told, at: 0 });
    if (what(before) !== what(data)) this.#refreshSoon();
  }

  #inSight() {
    const fits = getComputedStyle(/** @type {Element} */ (this.querySelector(".desk-thread"))).display !== "none";
    return document.visibilityState === "visible" && fits && !document.documentElement.hasAttribute("data-locked");
  }

  /** The open talk is being looked at: nothing of it is news any more. */
  #looked() {
    if (!this.talk || !this.#inSight()) return;
    this.#sounds.alarm(`talk ${this.talk}`, false);
    this.thread?.look();
    const row = this.querySelector(`[data-open-talk="${this.talk}"]`);
    if (row) unread(row, 0);
    this.#title();
  }

  #title() {
    let news = 0;
    for (const count of this.querySelectorAll("[data-unread]:not([hidden]) [data-count]")) {
      news += Number(count.getAttribute("data-count"));
    }
    news += this.#queue.mine || 0;
    news += (this.#queue.offers ?? []).length;
    document.title = news ? `(${news}) ${this.dataset.title}` : this.dataset.title ?? "";
  }

  #marks() {
    for (const tab of this.querySelectorAll("[data-show-pane]")) {
      const current = tab.getAttribute("data-show-pane") === this.dataset.show;
      tab.toggleAttribute("aria-current", current);
      if (current) {
        tab.setAttribute("aria-current", "true");
        tab.removeAttribute("data-news");
      }
    }
  }

  /** @param {"connected" | "lost" | "gone" | "elsewhere"} line */
  #line(line) {
    const told = /** @type {HTMLElement} */ (this.querySelector("[data-line]"));
    told.hidden = line === "connected" || line === "gone";
    if (line === "lost") told.textContent = this.dataset.lost ?? "";
    if (line === "elsewhere") told.textContent = this.dataset.elsewhere ?? "";
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {Element} */ (event.target);
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    const tab = target.closest("[data-show-pane]");
    const row = target.closest("[data-open-talk]");
    if (tab) {
      event.preventDefault();
      this.show(tab.getAttribute("data-show-pane") ?? "list");
    } else if (row && plain) {
      event.preventDefault();
      this.#open(row.getAttribute("data-open-talk") ?? "");
    } else if (target.closest("[data-quiet]")) {
      this.#alarm.quiet();
      this.#alarmButton();
    } else if (target.closest("[data-sound-switch]")) {
      this.#sounds.toggle(this);
    } else if (target.closest("[data-keys-open]")) {
      this.#keys?.list();
    } else if (target.closest("a[href]")) {
      this.#leaving = true;
      setTimeout(() => (this.#leaving = false), 2000);
    }
  }

  /** An open menu closes when something else is pressed. @param {Event} event */
  #outside(event) {
    const target = /** @type {Element} */ (event.target);
    if (!this.contains(target)) this.#leaving = Boolean(target.closest("a[href], form"));
    for (const menu of this.querySelectorAll(".desk-menu[open]")) {
      if (!menu.contains(target)) menu.removeAttribute("open");
    }
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-act]")) return;
    event.preventDefault();
    if (form.hasAttribute("data-busy")) return;
    if (form.matches("[data-duty-on]")) this.#sounds.unlock();
    form.setAttribute("data-busy", "");
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const told = await post(button?.getAttribute("formaction") || form.action, new FormData(form, button));
    form.removeAttribute("data-busy");
    for (const menu of this.querySelectorAll(".desk-menu[open]")) menu.removeAttribute("open");
    if (form.matches("[popover]")) form.hidePopover();
    if (told.locked) document.dispatchEvent(new CustomEvent("havn:locked"));
    else if (told.signed_out) location.reload();
    else if (told.sentence) {
      this.toast(told.sentence);
      this.refresh();
    } else if (told.to) {
      // What went into the open talk leaves focus in it; a new talk brings it there.
      const stays = told.to.includes(`talk=${this.talk}`) && Boolean(this.talk);
      await this.#visit(told.to, { push: !stays, show: told.to.includes("talk=") ? "thread" : "list" });
      if (form.matches("[data-duty-on]")) this.#sounds.ask(this);
    } else this.toast(this.dataset.lost ?? "");
  }

  #next() {
    const form = /** @type {HTMLFormElement | null} */ (this.querySelector("[data-next]"));
    form?.requestSubmit();
  }

  /** @param {BeforeUnloadEvent} event */
  #warnOfOpenRecord(event) {
    if (!this.#leaving && this.querySelector("havn-record")) event.preventDefault();
  }
}

/** @param {string} address @returns {Promise<Document | null>} */
async function fetchPage(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.status >= 500) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

/** @param {string} address @param {FormData} body @returns {Promise<any>} */
async function post(address, body) {
  try {
    const fields = new URLSearchParams([...body].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body: fields });
    const json = answer.headers.get("Content-Type")?.includes("json");
    return json ? await answer.json() : {};
  } catch {
    return {};
  }
}

/** @param {Element} row @param {any} data */
function lastLine(row, data) {
  const last = row.querySelector("[data-last]");
  if (last) last.textContent = data.text.slice(0, 90);
  const time = /** @type {HTMLElement | null} */ (row.querySelector("time"));
  if (data.author === "visitor") {
    if (time && !row.hasAttribute("data-needs-me")) time.dataset.since = String(data.at);
    row.setAttribute("data-needs-me", "");
  } else {
    if (time) time.dataset.since = String(data.at);
    row.removeAttribute("data-needs-me");
  }
  countOn(row);
}

/** @param {Element} row @param {number} more 0 forgets what was counted */
function unread(row, more) {
  const badge = /** @type {HTMLElement | null} */ (row.querySelector("[data-unread]"));
  const count = badge?.querySelector("[data-count]");
  if (!badge || !count) return;
  const now = more ? Number(count.getAttribute("data-count")) + more : 0;
  count.setAttribute("data-count", String(now));
  count.textContent = String(now);
  badge.hidden = now === 0;
}

/** @param {Element} pane @returns {string} a selector that finds the focused element in the pane's next version */
function placeOfFocus(pane) {
  const active = document.activeElement;
  if (!active || !pane.contains(active)) return "";
  const talk = active.getAttribute("data-open-talk");
  if (talk) return `[data-open-talk="${talk}"]`;
  if (active.id) return `#${active.id}`;
  if (active.matches(".desk-next__button")) return ".desk-next__button";
  return active.matches("summary") ? "summary" : "";
}

/** @param {Element} part */
function withoutTimes(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const varying of copy.querySelectorAll("time, [data-here], input[name=csrfmiddlewaretoken]")) varying.remove();
  return copy.outerHTML;
}

customElements.define("havn-desk", Desk);
