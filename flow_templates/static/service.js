// The splash of a service goes on by itself, like an app that starts. Everything works without it.
"use strict";

const onward = document.querySelector("a[data-go-on]");
if (onward) {
  setTimeout(() => onward.click(), 2000);
}
