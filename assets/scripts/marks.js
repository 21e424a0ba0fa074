// Where does each marked message stand on the page that is shown? An expression, a function without
// parameters: it takes the marks of `studio/i18n/marking.py` out of the page, and returns the
// boxes of what was between them, in CSS pixels from the page's own corner.
() => {
  const OPEN = "\ue000", CLOSE = "\ue001", FIRST = 0xe100;
  const found = [];
  const box = ({ left, top, right, bottom }) => ({
    left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY,
  });

  // Attributes: the element itself is what is meant.
  for (const element of document.querySelectorAll("body *")) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(OPEN)) {
        const numbers = [...value.matchAll(/\ue000(.)/g)].map(([, sign]) => sign.charCodeAt(0) - FIRST);
        element.setAttribute(name, value.replace(/\ue000.|\ue001/g, ""));
        found.push(...numbers.map((number) => (
          { number, element, boxes: () => [element.getBoundingClientRect()] })));
      }
    }
  }

  // Texts: the marks are cut out of the text nodes one by one; ranges move with what is cut.
  const open = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let place = node.data.search(/[\ue000\ue001]/); place >= 0; place = node.data.search(/[\ue000\ue001]/)) {
      if (node.data[place] === OPEN) {
        const number = node.data.charCodeAt(place + 1) - FIRST;
        node.deleteData(place, 2);
        const range = document.createRange();
        range.setStart(node, place);
        open.push({ number, range });
      } else {
        node.deleteData(place, 1);
        const last = open.pop();
        if (last) {
          last.range.setEnd(node, place);
          found.push({
            number: last.number, element: last.range.startContainer.parentElement,
            boxes: () => [...last.range.getClientRects()],
          });
        }
      }
    }
  }

  document.title = document.title.replace(/\ue000.|\ue001/g, "");
  const visible = ({ element }) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  return found.filter(visible).map(({ number, boxes }) => ({
    number,
    boxes: boxes().filter(({ width, height }) => width > 0 && height > 0).map(box),
  })).filter(({ boxes }) => boxes.length);
}
