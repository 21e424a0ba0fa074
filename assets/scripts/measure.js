// What stands where on the page that is shown: an expression, a function without parameters that
// returns plain values. `studio/checks/pages.py` says what they have to be. Lengths are CSS pixels
// from the page's own corner.
() => {
  const root = document.documentElement;
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) {
      styles.set(element, getComputedStyle(element));
    }
    return styles.get(element);
  };
  const visible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(
    (element) => visible(element) && element.type !== "hidden",
  );
  const box = ({ left, top, right, bottom }) => ({
    left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY,
  });
  const squeezed = (text) => (text ?? "").replaceAll("\u2060", "").replace(/\s+/g, " ").trim();

  // What a person has typed, or CONNECT has filled in: no text of a catalogue.
  const isValue = (element) => Boolean(element.closest("bdi, code, [dir='ltr']:not(html), .message"));

  // What stands beside something else; the other links and labels are text like any other.
  const KINDS = [
    ["link", ":is(.label-row, .below, .footer-links, .tabs) :is(a[href], button)"],
    ["label", ".label-row label"],
    ["button", ".button, .connect-button, button:not(.row, .link, .back)"],
  ];
  const kindOf = (element) => {
    const holder = element.closest("button, a[href], label");
    const found = holder && KINDS.find(([, selector]) => holder.matches(selector));
    return found ? found[0] : "text";
  };

  // The lines of one element's own text. A line is no higher than the text needs: the boxes of
  // fonts with a large descent overlap where their letters do not.
  const linesOf = (element) => {
    const nodes = [...element.childNodes].filter(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
    );
    if (!nodes.length) {
      return [];
    }
    const { lineHeight, fontSize } = style(element);
    const leading = Math.min(parseFloat(lineHeight) || Infinity, 1.4 * parseFloat(fontSize));
    const rects = nodes.flatMap((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()];
    });
    return rects.filter((rect) => rect.width > 0).map((rect) => {
      const spare = Math.max(0, rect.height - leading) / 2;
      return box({ left: rect.left, top: rect.top + spare, right: rect.right, bottom: rect.bottom - spare });
    });
  };

  // How much of a rectangle an ancestor that cuts off leaves to be seen.
  const cutters = new Map([[document.body, null]]);
  const cutBy = (element) => {
    if (!cutters.has(element)) {
      const cuts = /hidden|clip/.test(style(element).overflow);
      cutters.set(element, cuts ? box(element.getBoundingClientRect()) : cutBy(element.parentElement));
    }
    return cutters.get(element);
  };

  const holderOf = (element) => {
    const holder = element.closest("button, .button, .input, .notice, .message");
    return holder ? box(holder.getBoundingClientRect()) : null;
  };

  const elements = all("body *").filter((element) => !element.closest("script, style, option, svg *"));
  const numbers = new Map(elements.map((element, number) => [element, number]));
  const parents = (element) => {
    const found = [];
    for (let each = element.parentElement; each; each = each.parentElement) {
      if (numbers.has(each)) {
        found.push(numbers.get(each));
      }
    }
    return found;
  };

  const drawn = (element) => {
    if (!element.matches("button, .button")) {
      return element.matches("img, svg, input, select, textarea");
    }
    const { backgroundColor, borderTopWidth, borderTopStyle } = style(element);
    return !/, 0\)$|transparent/.test(backgroundColor) ||
      (parseFloat(borderTopWidth) > 0 && borderTopStyle !== "none");
  };

  const things = [];
  for (const element of elements) {
    const shared = {
      number: numbers.get(element), parents: parents(element),
      input: numbers.get(element.closest(".input")) ?? -1,
    };
    const lines = linesOf(element);
    if (lines.length) {
      things.push({
        ...shared, kind: kindOf(element), text: squeezed(element.innerText), lines,
        lang: element.closest("[lang]")?.lang ?? "", value: isValue(element),
        holder: holderOf(element), cut: cutBy(element),
      });
    }
    if (drawn(element)) {
      things.push({
        ...shared, kind: "box", text: squeezed(element.innerText || element.value || element.alt),
        lines: [box(element.getBoundingClientRect())], lang: "", value: true,
        holder: null, cut: null,
      });
    }
  }

  // What an input shows that is longer than it has room for.
  const measuring = document.createElement("canvas").getContext("2d");
  const inputs = all("input:not([type='checkbox'], [type='radio'])").map((input) => {
    const { paddingLeft, paddingRight, font } = style(input);
    measuring.font = font;
    const shown = input.type === "password" && input.value ? "" : input.value || input.placeholder;
    return {
      text: shown, wide: measuring.measureText(shown).width,
      room: input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight),
    };
  });

  const attributes = all("[placeholder], [aria-label], [title], img[alt]").flatMap((element) =>
    ["placeholder", "aria-label", "title"].map((name) => ({
      text: squeezed(element.getAttribute(name)), lang: element.closest("[lang]")?.lang ?? "",
    })),
  ).filter(({ text }) => text);

  return {
    lang: root.lang, window: root.clientWidth,
    content: Math.max(root.scrollWidth, document.body.scrollWidth),
    title: document.title, things, inputs, attributes,
  };
}
