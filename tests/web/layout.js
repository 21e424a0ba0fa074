// What the layout of the page that is shown is like, as plain values: tests/web/test_layout.py says
// what they have to be. Evaluates to JSON. Lengths are CSS pixels.
"use strict";

(() => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const style = (element) => getComputedStyle(element);

  const name = (element) => {
    const kind = element.localName + (element.classList[0] ? `.${element.classList[0]}` : "");
    return `${kind} "${(element.innerText || element.value || "").trim().slice(0, 40)}"`;
  };

  const visible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getClientRects().length > 0;

  const box = (rect) => ({
    left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom,
  });

  // Each line of each text, no higher than a line: the boxes of fonts with a large descent overlap
  // where their letters do not.
  const lines = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !visible(element) || element.closest("script, option")) {
        continue;
      }
      const range = document.createRange();
      range.selectNodeContents(node);
      const leading = Math.min(
        parseFloat(style(element).lineHeight) || Infinity, 1.4 * parseFloat(style(element).fontSize),
      );
      for (const rect of range.getClientRects()) {
        const spare = Math.max(0, rect.height - leading) / 2;
        found.push({
          element, text: true,
          rect: { left: rect.left, top: rect.top + spare, right: rect.right, bottom: rect.bottom - spare },
        });
      }
    }
    return found;
  };

  // Whatever else can be seen: pictures, and controls with a box of their own.
  const boxes = () =>
    all("button, input, select, textarea, a, img, svg")
      .filter((element) => visible(element) && element.type !== "hidden" && drawn(element))
      .map((element) => ({ element, text: false, rect: box(element.getBoundingClientRect()) }));

  const drawn = (element) => {
    const { backgroundColor, borderTopWidth, borderTopStyle } = style(element);
    return element.matches("img, svg, input") || !/, 0\)$|transparent/.test(backgroundColor) ||
      (parseFloat(borderTopWidth) > 0 && borderTopStyle !== "none");
  };

  const related = (one, other) => one.contains(other) || other.contains(one);

  // "Show" stands within its input, whose text keeps clear of it.
  const within = (one, other) => one.closest(".input") && one.closest(".input") === other.closest(".input");

  const overlaps = () => {
    const things = [...lines(), ...boxes()];
    const found = [];
    things.forEach((one, index) => {
      for (const other of things.slice(index + 1)) {
        const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const high = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        const apart = one.element === other.element || within(one.element, other.element) ||
          related(one.element, other.element);
        if (wide > 1 && high > 1 && !apart) {
          found.push(`${name(one.element)} / ${name(other.element)}`);
        }
      }
    });
    return [...new Set(found)];
  };

  // Text outside of the button it stands in, and anything outside of the window.
  const outside = () => {
    const edges = (rect, frame) => rect.left < frame.left - 1 || rect.right > frame.right + 1;
    const beyond = [...lines(), ...boxes()].filter(
      ({ rect }) => edges(rect, { left: 0, right: root.clientWidth }),
    );
    const spilt = lines().filter(({ element, rect }) => {
      const holder = element.closest("button, .button, .input, .notice, .message");
      const frame = holder?.getBoundingClientRect();
      return frame && (edges(rect, frame) || rect.top < frame.top - 1 || rect.bottom > frame.bottom + 1);
    });
    return [...new Set([...beyond, ...spilt].map(({ element }) => name(element)))];
  };

  // Buttons within an input that what is typed would run into.
  const hidden = () =>
    all(".input").filter((input) => {
      const [field, button] = [input.querySelector("input"), input.querySelector("button")];
      if (!button || !visible(button)) {
        return false;
      }
      const { paddingInlineEnd } = style(field);
      return button.getBoundingClientRect().width > parseFloat(paddingInlineEnd);
    }).map((input) => `${name(input.querySelector("button"))} within its input`);

  // What an input shows that is longer than it has room for.
  const cut = () =>
    all("input:not([type=hidden], [type=checkbox], [type=radio])").filter(visible).filter((input) => {
      const { paddingLeft, paddingRight, font } = style(input);
      const context = document.createElement("canvas").getContext("2d");
      context.font = font;
      const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      const shown = input.type === "password" && input.value ? "" : input.value || input.placeholder;
      return context.measureText(shown).width > room + 1;
    }).map((input) => `${name(input)} ${input.placeholder}`);

  // The middle of an element's first line, or of where an input's text stands.
  const middle = (element) => {
    const [line] = element.getClientRects();
    const { paddingLeft, paddingRight } = style(element);
    const spare = element.matches("input") ? parseFloat(paddingLeft) - parseFloat(paddingRight) : 0;
    return [(line.left + line.right + spare) / 2, (line.top + line.bottom) / 2];
  };

  // What can be pressed. A check box and its label are one; a link within a sentence may be as high
  // as its line (WCAG 2.2, 2.5.8, inline).
  const targets = () =>
    all("a[href], button, input, select, textarea, summary").filter(
      (element) => visible(element) && element.type !== "hidden",
    ).map((element) => {
      const rects = [element, ...(element.labels ?? [])].map((each) => each.getBoundingClientRect());
      const own = rects[0];
      const reach = parseFloat(getComputedStyle(element, "::after").height) || 0;
      const choice = /^(checkbox|radio)$/.test(element.type);
      const height = choice ? Math.max(...rects.map((rect) => rect.height)) : Math.max(own.height, reach);
      const width = choice ? rects.reduce((sum, rect) => sum + rect.width, 0) : own.width;
      element.scrollIntoView({ block: "center" });
      const hit = document.elementFromPoint(...middle(element));
      return {
        name: name(element), width, height,
        inline: style(element).display === "inline",
        covered: element.contains(hit) ? "" : name(hit ?? root),
      };
    });

  // The ring around whatever the keyboard comes to, in the order of the Tab key, and what is behind it.
  const behind = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement) {
      const { backgroundColor, backgroundImage } = style(each);
      if (backgroundImage !== "none") {
        return backgroundImage;
      }
      if (!/, 0\)$|transparent/.test(backgroundColor)) {
        return backgroundColor;
      }
    }
    return "rgb(255, 255, 255)";
  };

  const focusable = () =>
    all("a[href], button, input, select, textarea, summary, [tabindex]").filter(
      (element) => visible(element) && element.type !== "hidden" && !element.disabled,
    );

  const rings = () => {
    const before = document.activeElement;
    const found = focusable().map((element) => {
      element.focus();
      const { outlineStyle, outlineWidth, outlineColor } = style(element);
      return {
        name: name(element),
        visible: element.matches(":focus-visible") && outlineStyle !== "none",
        width: parseFloat(outlineWidth), colour: outlineColor, behind: behind(element),
        tabindex: element.tabIndex,
      };
    });
    before?.focus?.();
    return found;
  };

  const measured = () => ({
    window: root.clientWidth,
    content: Math.max(root.scrollWidth, document.body.scrollWidth),
    outside: outside(), overlaps: [...overlaps(), ...hidden()], cut: cut(), targets: targets(),
  });

  const normal = measured();
  root.style.fontSize = "32px"; // 200 % of the default (WCAG 2.2, 1.4.4)
  const doubled = measured();
  root.style.fontSize = "";
  return JSON.stringify({
    lang: root.lang, dir: root.dir, laid: style(document.body).direction,
    headings: all("h1, h2, h3, h4, h5, h6").filter(visible).map((each) => Number(each.localName[1])),
    rings: rings(), normal, doubled,
  });
})();
