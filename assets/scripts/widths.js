// What a page measures at several widths of its frame, one after the other: a function of the widths
// in CSS pixels and of the function that measures. The page is loaded once; asking where something
// stands lays it out anew. It is for pages that nobody looks at, on a sheet (studio/web/sheet.py).
(widths, measure) => {
  const frame = frameElement.style;
  const before = frame.width;
  try {
    return widths.map((width) => {
      frame.width = `${width}px`;
      return measure();
    });
  } finally {
    frame.width = before;
  }
}
