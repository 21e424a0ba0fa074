// What stands where on a storyboard? An expression, a function without parameters: it returns, in
// the order they are painted, boxes, pictures, small drawings and lines of text, in CSS pixels from
// the page's own corner.
() => {
  const root = document.documentElement;
  const shapes = [];
  const canvas = document.createElement("canvas").getContext("2d");
  const round = (number) => Math.round(number * 100) / 100;
  const place = ({ left, top, width, height }) => ({
    x: round(left + scrollX), y: round(top + scrollY), width: round(width), height: round(height),
  });
  const painted = (colour) => !/^rgba\(.*, 0\)$/.test(colour);

  const box = (element, style) => {
    const line = parseFloat(style.borderTopWidth);
    if (line || painted(style.backgroundColor)) {
      shapes.push({
        kind: "box", ...place(element.getBoundingClientRect()), line,
        fill: painted(style.backgroundColor) ? style.backgroundColor : "none",
        stroke: line ? style.borderTopColor : "none", radius: parseFloat(style.borderTopLeftRadius),
      });
    }
  };

  const drawing = (element, style) => {
    const at = place(element.getBoundingClientRect());
    const copy = element.cloneNode(true);
    for (const name of ["x", "y", "width", "height"]) copy.setAttribute(name, at[name]);
    copy.setAttribute("color", style.color);
    shapes.push({ kind: "drawing", ...at, markup: new XMLSerializer().serializeToString(copy) });
  };

  // A line ends where the next letter stands lower than the middle of the one before.
  const lines = (node) => {
    const found = [];
    const range = document.createRange();
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const rect = range.getClientRects()[0];
      const last = found.at(-1);
      if (!rect || !rect.width && !last) continue;
      if (last && rect.top < last.middle) last.end = at + 1;
      else found.push({ start: at, end: at + 1, middle: rect.top + rect.height / 2 });
    }
    return found;
  };

  const text = (node) => {
    const element = node.parentElement;
    const style = getComputedStyle(element);
    canvas.font = style.font;
    const { fontBoundingBoxAscent } = canvas.measureText("x");
    for (const { start, end } of lines(node)) {
      const line = node.data.slice(start, end);
      const words = line.replace(/[ \n\t]+/g, " ").replace(/^ | $/g, "");
      if (words) {
        const range = document.createRange();
        range.setStart(node, start + line.search(/[^ \n\t]/));
        range.setEnd(node, start + line.replace(/[ \n\t]+$/, "").length);
        shapes.push({
          kind: "text", ...place(range.getBoundingClientRect()), words,
          ascent: round(fontBoundingBoxAscent), size: parseFloat(style.fontSize),
          weight: style.fontWeight, colour: style.color, families: style.fontFamily,
          direction: style.direction, lang: element.closest("[lang]").lang,
          underlined: Boolean(element.closest(".followed")),
        });
      }
    }
  };

  let pictures = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return element.closest(".verb") || element.closest("svg") && element.localName !== "svg"
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      text(node);
    } else if (node.localName === "svg") {
      drawing(node, getComputedStyle(node));
    } else if (node.localName === "img") {
      shapes.push({ kind: "picture", ...place(node.getBoundingClientRect()), number: pictures++ });
    } else {
      box(node, getComputedStyle(node));
    }
  }
  return { width: root.scrollWidth, height: root.scrollHeight, shapes };
}
