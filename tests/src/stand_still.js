// Scrolls to an element, and waits until it stands still: nobody presses what moves under their finger.
const [element, done] = arguments
element.scrollIntoView({ block: 'center' })
const place = () => JSON.stringify(element.getBoundingClientRect())
let [before, still] = [place(), 0]
const look = () => {
  const now = place()
  still = now === before ? still + 1 : 0
  before = now
  if (still < 3 && element.isConnected) requestAnimationFrame(look)
  else done(null)
}
document.fonts.ready.then(() => requestAnimationFrame(look))
