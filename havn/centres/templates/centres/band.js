(() => {
  "use strict";
  const words = {{ words|safe }};
  const me = document.currentScript;
  if (!me) return;
  const wished = (me.dataset.lang || document.documentElement.lang || "").toLowerCase().split("-")[0];
  const code = words[wished] ? wished : wished === "no" ? "nb" : "en";
  const [title, link, path] = words[code];

  const make = () => {
    const host = document.createElement("div");
    host.lang = code;
    const root = host.attachShadow({ mode: "open" });
    const aside = document.createElement("aside");
    aside.setAttribute("aria-label", title);
    const said = document.createElement("strong");
    said.textContent = title;
    const way = document.createElement("a");
    way.href = new URL(path, me.src).href;
    way.textContent = link;
    way.rel = "noreferrer";
    aside.append(said, " ", way);
    root.append(aside);
    try {
      // A sheet made by script needs no permission for inline styles. A browser without it shows the plain words.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        ":host{display:block}" +
          "aside{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;padding:.5rem 1rem;" +
          "background:#0e2f3b;color:#fff;font:1rem/1.4 system-ui,sans-serif;border:1px solid transparent}" +
          "a{color:inherit;padding-block:.5rem}" +
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
