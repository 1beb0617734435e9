// Waits for fonts, for animations that end, and for two frames.
const done = arguments[arguments.length - 1]
const ending = document
  .getAnimations()
  .filter((each) => each.playState === 'running' && Number.isFinite(each.effect?.getComputedTiming().endTime))
const settled = Promise.allSettled([document.fonts.ready, ...ending.map((each) => each.finished)])
const longEnough = new Promise((resolve) => setTimeout(resolve, 2000))
Promise.race([settled, longEnough]).then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))
