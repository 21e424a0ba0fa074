// Many pages on one sheet, each in a frame of its own, drawn at once.
// Runs in an isolated world of the sheet's page; the pages cannot see it.
"use strict";

// Each step ends by saying its number: as the title, and as the colour of the strip above the
// frames. A picture in which the strip has that colour is of that step or of a later one.
var sheet = {
  strip: null,
  frames: [],

  begin() {
    Object.assign(document.body.style, { margin: 0, background: "#fff", overflow: "hidden" });
    this.strip = document.createElement("div");
    Object.assign(this.strip.style, {
      position: "absolute", insetBlockStart: 0, insetInlineStart: 0, width: "8px", height: "8px",
      outline: "none",
    });
    document.body.append(this.strip);
    // Where something has the focus, pages with autofocus do not fight for it.
    this.strip.tabIndex = 0;
    this.strip.focus();
  },

  say(number, trouble = "") {
    this.strip.style.background = `#${number.toString(16).padStart(6, "0")}`;
    document.title = trouble ? `${number} ${trouble}` : `${number}`;
  },

  // Takes a step and says so; what goes wrong is said too. Nothing is awaited that need not be:
  // what is done in one task is drawn in one frame.
  step(number, work) {
    const failed = (error) => this.say(number, String(error));
    try {
      const later = work();
      later ? later.then(() => this.say(number), failed) : this.say(number);
    } catch (error) {
      failed(error);
    }
  },

  // Shows pages in frames: each is loaded from its address, or, where its frame has a page with the
  // same head already, only its body is put there. `boxes` are [left, top, width, height] by frame;
  // every other frame is put aside with what it has. A page is painted once, when it has all it needs:
  // what is painted anew in part has other edges in the last bits. A page that is only measured is
  // not painted.
  show(number, pages, boxes, view, painted) {
    this.step(number, () => {
      this.lay(boxes);
      this.see(false);
      const coming = pages.filter((page) => page.url).map((page) => this.load(page.frame, page.url));
      pages.filter((page) => page.html).forEach((page) => this.swap(page.frame, page.html));
      const loaded = coming.length ? Promise.all(coming) : null;
      const settled = loaded ? loaded.then(() => this.settle(view)) : this.settle(view);
      return settled ? settled.then(() => this.see(painted)) : this.see(painted);
    });
  },

  resize(number, boxes, view) {
    this.step(number, () => {
      this.lay(boxes);
      return this.settle(view);
    });
  },

  lay(boxes) {
    for (const at of Object.keys(boxes)) {
      this.frames[at] ??= this.frame(at);
    }
    this.frames.forEach((frame, at) => {
      const [left, top, width, height] = boxes[at] ?? [0, 0, 0, 0];
      Object.assign(frame.style, {
        left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px`,
        display: boxes[at] ? "block" : "none",
      });
    });
    this.shown = this.frames.filter((_frame, at) => boxes[at]);
  },

  see(visible) {
    this.shown.forEach((frame) => { frame.style.visibility = visible ? "visible" : "hidden"; });
  },

  frame(at) {
    const frame = document.createElement("iframe");
    frame.name = `page-${at}`;
    // A layer of its own, so that its tiles begin where they would in a window.
    Object.assign(frame.style, { position: "absolute", border: 0, willChange: "transform" });
    document.body.append(frame);
    return frame;
  },

  load(at, url) {
    return new Promise((done) => {
      this.frames[at].addEventListener("load", done, { once: true });
      this.frames[at].contentWindow.location.replace(url);
    });
  },

  swap(at, html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    const page = this.frames[at].contentDocument;
    for (const image of next.images) {
      image.decoding = "sync";
    }
    const root = page.documentElement;
    root.getAttributeNames().forEach((name) => root.removeAttribute(name));
    for (const { name, value } of next.documentElement.attributes) {
      root.setAttribute(name, value);
    }
    page.title = next.title;
    this.mark(next.querySelector("[autofocus]"), true); // as it nearly always is: see `calm`
    page.body.replaceWith(page.adoptNode(next.body));
    page.defaultView.scrollTo(0, 0);
  },

  settle([width, height]) {
    const pages = this.shown.map((frame) => frame.contentDocument);
    pages.forEach((page) => this.calm(page));
    const waits = pages.filter((page) => !this.complete(page)).map((page) => this.completed(page));
    if (innerWidth !== width || innerHeight !== height) {
      waits.push(this.sized(width, height));
    }
    return waits.length ? Promise.all(waits) : null;
  },

  complete(page) {
    page.body.getBoundingClientRect(); // laying out begins the loading of fonts
    const images = [...page.images].every((image) => image.complete && image.decoding === "sync");
    return page.fonts.status === "loaded" && images;
  },

  async completed(page) {
    await page.fonts.ready;
    await Promise.all([...page.images].map((image) => image.decode().catch(() => {})));
    // Chromium cuts the text of a `select` where it ended in the font before.
    page.querySelectorAll("select").forEach((one) => one.replaceWith(one));
  },

  async sized(width, height) {
    while (innerWidth !== width || innerHeight !== height) {
      await new Promise((done) => addEventListener("resize", done, { once: true }));
    }
  },

  // What moves is shown as it is in the end, or as if it did not move where it has no end; and what
  // the page gives the focus to looks as if it had it (see studio/web/shelf.py).
  calm(page) {
    for (const motion of page.getAnimations()) {
      if (motion.effect.getComputedTiming().endTime === Infinity) {
        motion.cancel();
      } else {
        motion.finish();
      }
    }
    const marked = page.querySelector("[data-focus]");
    const right = this.focused(page);
    if (marked !== right) {
      this.mark(marked, false);
      this.mark(right, true);
    }
  },

  // What has `autofocus` and can be seen; asking it lays the page out.
  focused(page) {
    const open = [...page.querySelectorAll("[autofocus]")].filter(
      (one) => !one.disabled && one.getClientRects().length,
    );
    return open[0] ?? null;
  },

  mark(element, on) {
    element?.toggleAttribute("data-focus", on);
    for (let one = element; one; one = one.parentElement) {
      one.toggleAttribute("data-focus-within", on);
    }
  },

  heights(frames) {
    const page = (at) => this.frames[at].contentDocument;
    return JSON.stringify(frames.map((at) => page(at).documentElement.scrollHeight));
  },

  box(at, selector) {
    const found = this.frames[at].contentDocument.querySelector(selector)?.getBoundingClientRect();
    return JSON.stringify(found ? [found.left, found.top, found.width, found.height] : null);
  },

  // What the scripts of pages have found, by frame.
  found: {},

  expect(number, count) {
    this.found = {};
    this.step(number, () => new Promise((done) => {
      this.take = (at, one) => {
        this.found[at] = one;
        if (Object.keys(this.found).length === count) {
          done();
        }
      };
    }));
  },
};
