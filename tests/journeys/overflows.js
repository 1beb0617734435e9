// The texts that leave their box, one line each. A box is a button, a field, a sheet, a dialog, or the window.
const found = [];
const BOX = 'button, select, .sheet, dialog, legend, label';
const clipped = (element) => {
  const style = getComputedStyle(element);
  return style.visibility === 'hidden' || style.display === 'none' || style.clipPath !== 'none';
};
const shownIn = document.querySelector('dialog[open]') ?? document.body;
const texts = document.createTreeWalker(shownIn, NodeFilter.SHOW_TEXT);
for (let node = texts.nextNode(); node; node = texts.nextNode()) {
  const parent = node.parentElement;
  if (!node.data.trim() || !parent || parent.closest('.hidden, option, script, style') || clipped(parent)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const around = parent.closest(BOX);
  const { left, right, top, bottom } = around?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
  // What scrolls up and down may go on below.
  const scrolls = !around || around.matches('dialog') || parent.closest('[role=region][tabindex]');
  const box = { left, right, top: scrolls ? -Infinity : top, bottom: scrolls ? Infinity : bottom };
  for (const rect of range.getClientRects()) {
    if (rect.width === 0) continue;
    const out = rect.left < box.left - 1 || rect.right > box.right + 1 || rect.top < box.top - 2 || rect.bottom > box.bottom + 2;
    if (out || rect.left < -1 || rect.right > innerWidth + 1) {
      found.push(`${parent.tagName} "${node.data.trim().slice(0, 60)}"`);
      break;
    }
  }
}
for (const element of shownIn.querySelectorAll('*')) {
  if (element.closest('.hidden, svg') || element.matches('input, textarea, select, button')) continue;
  if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline' && element.clientWidth > 0)
    found.push(`${element.tagName}.${element.className} is ${element.scrollWidth} wide in ${element.clientWidth}`);
}
return found;
