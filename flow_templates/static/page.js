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

// How strong a new password is, told while it is typed. Of what is sent only a number comes back;
// the newest question wins, and the word is written only where it changes, so that screen readers
// do not repeat it.
let soon, question;
document.addEventListener("input", (event) => {
  const strength = event.target.name === "password" && event.target.form?.querySelector(".strength");
  if (strength) {
    clearTimeout(soon);
    question?.abort();
    soon = setTimeout(() => ask(strength, event.target.value), 150);
  }
});

async function ask(strength, password) {
  question = new AbortController();
  const { url, flow } = strength.dataset;
  const body = new URLSearchParams({ password, flow });
  const answer = await fetch(url, { method: "POST", body, signal: question.signal }).catch(() => null);
  if (answer?.ok) {
    const told = await answer.json().catch(() => null);
    if (told) {
      tell(strength, password ? told : null);
    }
  }
}

function tell(strength, told) {
  const { words, short } = strength.dataset;
  const word = told?.problem === "password-too-short" ? short : words.split("|")[told?.strength];
  if (told) {
    strength.dataset.strength = told.strength;
  } else {
    delete strength.dataset.strength;
  }
  const place = strength.querySelector(".strength-word");
  if (place.textContent !== (word ?? "")) {
    place.textContent = word ?? "";
  }
}

// A page that only says what is happening goes on by itself.
const going = document.querySelector("form.signing-in");
if (going) {
  addEventListener("load", () => {
    setTimeout(() => going.requestSubmit(going.querySelector("button")), 1200);
  });
}
