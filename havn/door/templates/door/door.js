(() => {
  "use strict";
  const told = {{ told|safe }};
  const me = document.currentScript;
  if (!me) return;

  const make = () => {
    const host = document.createElement("div");
    host.lang = told.lang;
    const root = host.attachShadow({ mode: "open" });
    const aside = document.createElement("aside");
    aside.setAttribute("aria-label", told.name);
    const name = document.createElement("strong");
    name.textContent = told.name;
    const words = document.createElement("span");
    words.textContent = told.words;
    aside.append(name, " ", words);
    for (const [text, path] of told.ways) {
      const way = document.createElement("a");
      way.href = new URL(path, me.src).href;
      way.textContent = text;
      way.target = "_blank";
      way.rel = "noopener noreferrer";
      aside.append(" ", way);
    }
    root.append(aside);
    try {
      // Made by script, a sheet needs no permission for inline styles; without it the words stand plainly.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        ":host{display:block}" +
          "aside{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;padding:.5rem 1rem;" +
          "background:#0e2f3b;color:#fff;font:1rem/1.4 system-ui,sans-serif;border:1px solid transparent}" +
          "a{color:inherit;padding-block:.625rem}a:first-of-type{font-weight:600}" +
          "a:focus-visible{outline:3px solid #f3b43f;outline-offset:2px}",
      );
      root.adoptedStyleSheets = [sheet];
    } catch {
      return host;
    }
    return host;
  };

  if (me.parentElement && me.parentElement !== document.head) {
    me.after(make());
  } else if (document.body) {
    document.body.prepend(make());
  } else {
    document.addEventListener("DOMContentLoaded", () => document.body.prepend(make()), { once: true });
  }
})();
