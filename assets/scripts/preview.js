// What the studio does to a page that is shown: repaint it, swap its body, type into it.
// Runs in an isolated world of its own; a page cannot see it.
"use strict";

var preview = {
  generation: 0,

  // Custom properties of the brand, for an edit of colour: visible at the next frame.
  // A page of CONNECT's own, without a client's brand, is left alone.
  paint(variables) {
    if (!document.querySelector("link[href^='/brand/']")) {
      return;
    }
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(name, value);
    }
  },

  // The body of a page drawn anew. What a person has typed is put back where the input is still
  // there, and so are focus, selection and scroll position. Only the newest call takes effect.
  async swap(html) {
    const generation = ++this.generation;
    const next = new DOMParser().parseFromString(html, "text/html");
    await Promise.all([this.decoded(next.querySelector(".logo")), this.fonts(next)]);
    if (generation !== this.generation) {
      return;
    }
    const kept = this.keep();
    const root = document.documentElement;
    root.lang = next.documentElement.lang;
    root.dir = next.documentElement.dir;
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    this.restore(kept);
  },

  // A logo that has not been decoded yet would leave the header empty for a moment.
  async decoded(logo) {
    if (!logo || document.querySelector(".logo")?.getAttribute("src") === logo.getAttribute("src")) {
      return;
    }
    const image = new Image();
    image.src = logo.getAttribute("src");
    await image.decode().catch(() => {});
  },

  // Text in a font that is still to come would be invisible for a moment.
  async fonts(next) {
    const text = next.body.textContent;
    const faces = [...document.fonts].filter((face) => face.status !== "loaded");
    const needed = faces.filter((face) => this.covers(face.unicodeRange, text));
    await Promise.all(needed.map((face) => face.load().catch(() => {})));
  },

  covers(range, text) {
    const spans = range.split(",").map((part) => {
      const [first, last] = part.trim().slice(2).split("-").map((digits) => parseInt(digits, 16));
      return [first, last ?? first];
    });
    return [...text].some((char) => {
      const point = char.codePointAt(0);
      return point > 0x20 && spans.some(([first, last]) => point >= first && point <= last);
    });
  },

  // Whether everything on the page is there and has been laid out: fonts, images, two frames.
  // A page that goes on by itself stays meanwhile.
  ready: false,
  async settle() {
    this.ready = false;
    addEventListener("submit", (event) => event.preventDefault(), true);
    document.documentElement.style.setProperty("caret-color", "transparent");
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    this.calm();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    this.ready = true;
  },

  // What moves is shown as it is in the end, or as if it did not move where it has no end.
  calm() {
    for (const motion of document.getAnimations()) {
      if (motion.effect.getComputedTiming().endTime === Infinity) {
        motion.cancel();
      } else {
        motion.finish();
      }
    }
  },

  // A mark in the corner that comes and goes: whoever sees it gone sees a newer frame.
  mark(colour) {
    document.getElementById("preview-mark")?.remove();
    if (colour) {
      const mark = document.createElement("div");
      mark.id = "preview-mark";
      Object.assign(mark.style, {
        position: "fixed", left: "0", top: "0", width: "8px", height: "8px", zIndex: "2147483647",
        background: colour,
      });
      document.documentElement.append(mark);
    }
  },

  buttons() {
    return new Map([...document.querySelectorAll("button, a")].map((one) => [this.key(one), one]));
  },

  key(element) {
    if (element?.matches?.("button, a")) {
      return `${element.localName} ${element.className} ${element.value ?? element.href}`;
    }
    return element?.name ? `${element.name} ${element.getAttribute("autocomplete")}` : element?.id;
  },

  keep() {
    const active = document.activeElement;
    const text = active?.matches?.("input") && active.selectionStart !== null;
    return {
      typed: [...document.querySelectorAll("input:not([type=hidden])")]
        .filter((input) => input.value !== input.defaultValue || input.checked !== input.defaultChecked)
        .map((input) => [this.key(input), input.value, input.checked]),
      focus: active && active !== document.body ? this.key(active) : null,
      selection: text ? [active.selectionStart, active.selectionEnd] : null,
      scroll: [scrollX, scrollY],
    };
  },

  restore({ typed, focus, selection, scroll }) {
    const inputs = new Map(
      [...document.querySelectorAll("input:not([type=hidden])")].map((input) => [this.key(input), input]),
    );
    for (const [key, value, checked] of typed) {
      const input = inputs.get(key);
      if (input) {
        input.value = value;
        input.checked = checked;
      }
    }
    const focused = inputs.get(focus) ?? this.buttons().get(focus);
    focused?.focus({ preventScroll: true });
    if (focused && selection && focused.selectionStart != null) {
      focused.setSelectionRange(...selection);
    }
    scrollTo(...scroll);
  },

  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const input = document.querySelector(`input[name="${CSS.escape(name)}"]:not([type=hidden])`);
      if (input) {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      }
    }
  },
};
