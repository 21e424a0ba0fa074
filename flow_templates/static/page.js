// What pages do beyond plain forms. Everything works without it.
"use strict";

document.addEventListener("click", (event) => {
  const reveal = event.target.closest(".reveal");
  if (reveal) {
    const input = document.getElementById(reveal.getAttribute("aria-controls"));
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    reveal.textContent = shown ? reveal.dataset.hide : reveal.dataset.show;
    reveal.setAttribute("aria-pressed", String(shown));
    input.focus();
    return;
  }
  const close = event.target.closest(".notice .close");
  if (close) {
    event.preventDefault();
    close.closest(".notice").remove();
  }
});

// A page that only says what is happening goes on by itself.
const going = document.querySelector("form.signing-in");
if (going) {
  setTimeout(() => going.requestSubmit(going.querySelector("button")), 1200);
}
