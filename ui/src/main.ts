// The first picture: the mark of index.html, with no more than what it looks like. The pages, their styles and their letters come
// after it.

import './shared/tokens.css'
import './shared/base.css'
import './shared/opening.css'

void import('./pages')
