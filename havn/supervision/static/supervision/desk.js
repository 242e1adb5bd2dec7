// @ts-check
/**
 * Supervision at the desk: sounds until somebody has looked, "I need you" by one key, and words beside a talk that are
 * said without leaving it. Everything works as plain forms too.
 */
import { Calls } from "./calls.js";

const KEYS = "havn desk keys";
const LOOK_MS = 1_000;
// What comes into a talk that is in sight is heard all the same, once.
const HEARD_MS = 900;

const desk = /** @type {HTMLElement | null} */ (document.querySelector("havn-desk"));
if (desk) {
  const calls = new Calls();
  let told = 0;
  desk.addEventListener("desk:supervision", (event) => {
    const { data, sounds } = /** @type {CustomEvent} */ (event).detail;
    calls.told(data, sounds);
    told = Date.now();
  });
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  desk.addEventListener("submit", (event) => say(/** @type {SubmitEvent} */ (event)), { capture: true });
  desk.addEventListener("keydown", (event) => enter(/** @type {KeyboardEvent} */ (event)));
  document.addEventListener("keydown", (event) => raise(event));

  /** The talk in sight has no news. */
  function look() {
    if (Date.now() - told < HEARD_MS) return;
    const thread = /** @type {HTMLElement | null} */ (desk?.querySelector("havn-thread"));
    const seen = document.visibilityState === "visible" && thread?.offsetParent && !locked();
    const side = desk?.querySelector(".sup-side [data-draft]")?.getAttribute("data-draft")?.replace("side-", "");
    if (seen) calls.looked(thread?.dataset.talk ?? "", side ?? "");
  }

  /** @param {SubmitEvent} event */
  async function say(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-say]")) return;
    event.preventDefault();
    event.stopPropagation();
    const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    if (!text.value.trim() || form.hasAttribute("data-busy")) return;
    form.setAttribute("data-busy", "");
    const answer = await post(form);
    form.removeAttribute("data-busy");
    if (answer.to) text.value = "";
    else tell("desk:toast", answer.sentence || desk?.dataset.lost || "");
    tell("desk:refresh");
    text.focus();
  }

  /** @param {KeyboardEvent} event */
  function enter(event) {
    const text = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !text.matches("[data-say] textarea")) return;
    event.preventDefault();
    text.closest("form")?.requestSubmit();
  }

  /** @param {KeyboardEvent} event */
  function raise(event) {
    const pressed = event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyH";
    if (!pressed || keysOff() || locked() || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const form = desk?.querySelector(".desk-thread [data-hand]") ?? desk?.querySelector("[data-hand]");
    /** @type {HTMLFormElement | null} */ (form ?? null)?.requestSubmit();
  }

  /** @param {string} name @param {unknown} [detail] */
  function tell(name, detail) {
    desk?.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function locked() {
  return document.documentElement.hasAttribute("data-locked");
}

function keysOff() {
  try {
    return localStorage.getItem(KEYS) === "off";
  } catch {
    return false;
  }
}

/** @param {HTMLFormElement} form @returns {Promise<any>} */
async function post(form) {
  try {
    const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields });
    return answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  } catch {
    return {};
  }
}
