// What is too small or too near on a kiosk screen, in millimetres of the glass, one line each (VVSG 2.0, 7.1-G, 7.2-I, 7.3-M).
const found = [];
const style = getComputedStyle(document.documentElement);
const mm = parseFloat(style.getPropertyValue('--mm'));
const capital = parseFloat(style.getPropertyValue('--capital'));
if (!(mm > 0 && capital > 0)) return ['the page has no measures'];
const dialog = document.querySelector('dialog[open]');
const shownIn = dialog ?? document.body;
const told = (element) => `${element.tagName} "${(element.textContent || element.dataset.testid || '').trim().slice(0, 50)}"`;
const isShown = (element) => element.checkVisibility?.() !== false && !element.closest('.hidden');

// Letters: the least of the range that was chosen.
const least = [3.5, 4.8, 6.4, 8.5].findLast((height) => height <= capital);
const texts = document.createTreeWalker(shownIn, NodeFilter.SHOW_TEXT);
for (let node = texts.nextNode(); node; node = texts.nextNode()) {
  const parent = node.parentElement;
  if (!node.data.trim() || !parent || !isShown(parent) || parent.closest('option, script, style, .sample')) continue;
  const { fontSize, fontFamily } = getComputedStyle(parent);
  const height = (parseFloat(fontSize) * (fontFamily.startsWith('"Source Serif') ? 0.67 : 0.727)) / mm;
  // A letter is no larger than its key.
  const enough = parent.closest('.keyboard') ? Math.min(least, 4.8) : least;
  if (height < enough - 0.01) found.push(`${told(parent)}: capitals of ${height.toFixed(2)} mm, not ${enough}`);
}
for (const field of shownIn.querySelectorAll('input, select, textarea')) {
  const height = (parseFloat(getComputedStyle(field).fontSize) * 0.67) / mm;
  if (isShown(field) && field.type !== 'checkbox' && height < least * 0.92) found.push(`${told(field)}: typed in ${height.toFixed(2)} mm`);
}

// What a finger is to hit. A mark within a text stands where its word does.
const areas = [...shownIn.querySelectorAll('button, select, textarea, input:not([type=checkbox]), label:has(input), [role=img][id]')]
  .filter((element) => isShown(element) && element.getBoundingClientRect().width > 0)
  .map((element) => ({ element, box: element.getBoundingClientRect() }));
for (const { element, box } of areas) {
  const [wide, tall] = [box.width / mm, box.height / mm];
  if (wide < 12.69 || tall < 12.69) found.push(`${told(element)}: ${wide.toFixed(1)} by ${tall.toFixed(1)} mm to be touched`);
}
areas.forEach(({ element, box }, index) => {
  for (const other of areas.slice(index + 1)) {
    // What scrolls goes on under the bar and under the foot, where it is not touched.
    if (element.closest('header, main, footer, .keyboard') !== other.element.closest('header, main, footer, .keyboard')) continue;
    if (element.contains(other.element) || other.element.contains(element)) continue;
    const beside = Math.max(box.left, other.box.left) - Math.min(box.right, other.box.right);
    const below = Math.max(box.top, other.box.top) - Math.min(box.bottom, other.box.bottom);
    const apart = Math.max(beside, below) / mm;
    if (apart < 2.53) found.push(`${told(element)} and ${told(other.element)}: ${apart.toFixed(1)} mm apart`);
  }
});

// The language is in sight whatever is scrolled, and the bar that it is in leaves the screen to the text.
const language = document.querySelector('[data-testid=language]');
if (language && !dialog) {
  const { left, right, top, bottom } = language.getBoundingClientRect();
  const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  if (!language.contains(above) || right > innerWidth || left < 0) found.push('the language is not in sight');
  const bar = language.closest('header').getBoundingClientRect();
  if (bar.height > innerHeight * 0.34) found.push(`the bar takes ${Math.round(bar.height)} of ${innerHeight} pixels`);
}
return found;
