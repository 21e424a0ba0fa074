// Shows the newest look in a page that stays open while its client is edited, and the newest
// messages in the inbox. Everything works without it.
"use strict";

const SHOWS = document.currentScript?.dataset.shows ?? "looks";
const EACH_SECOND = 1000;
const WHEN_FAILED = 5000;
let known = null;

async function ask() {
  if (document.hidden) {
    return EACH_SECOND;
  }
  const answer = await fetch("/studio/changes", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) {
    return WHEN_FAILED;
  }
  const told = await answer.json();
  if (known !== null && told[SHOWS] !== known) {
    await refresh();
  }
  known = told[SHOWS];
  return EACH_SECOND;
}

async function refresh() {
  if (SHOWS === "looks" && !typed()) {
    location.reload();
    return;
  }
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    SHOWS === "looks" ? takeLook(page) : takeMain(page);
  }
}

function typed() {
  const fields = document.querySelectorAll("input:not([type=hidden])");
  return [...fields].some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
}

// What was typed stays: only the colours and the logo are exchanged.
function takeLook(page) {
  for (const [place, name] of [['link[href^="/brand/"]', "href"], ["img.logo", "src"]]) {
    const [now, next] = [document, page].map((one) => one.querySelector(place));
    if (now && next) {
      now.setAttribute(name, next.getAttribute(name));
    }
  }
}

function takeMain(page) {
  const focused = document.activeElement?.dataset.copy;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.querySelector(`[data-copy="${focused}"]`)?.focus();
}

async function again() {
  setTimeout(again, await ask());
}
again();

// The inbox: a code is copied. Where the page is not of this machine, browsers know the old way alone.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const code = document.getElementById(button.dataset.copy);
  const copied = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
  if (!copied) {
    getSelection().selectAllChildren(code);
    document.execCommand("copy");
  }
  button.textContent = "Copied";
});
