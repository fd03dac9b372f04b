/* Prepended to Material's search worker: turns what was typed into a query.
 *
 * The worker reads `:`, `^`, `~`, `+` and quotes as operators and asks for every word as a
 * prefix. A pasted error text is no query to it, and a misspelt word finds nothing. Here
 * each word becomes the stem that the index has for it, or for the nearest word, and words
 * that the index does not know, such as ids and numbers, are left out.
 */
{
  const SETUP = 0
  const QUERY = 2
  const RESULT = 3
  const MOST_WORDS = 60
  const PHRASE_BOOST = 6
  const BORDER = /_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/
  let separator
  let words
  let stems
  let known

  const stem = word => lunr.stemmer(new lunr.Token(word)).toString()
  const split = text => text.split(separator).filter(Boolean)

  /* Edits between two words, neighbours swapped included; anything above `limit` is
   * `limit + 1`. */
  const distance = (a, b, limit) => {
    if (Math.abs(a.length - b.length) > limit) return limit + 1
    let before = []
    let last = Array.from({ length: b.length + 1 }, (_, column) => column)
    for (let row = 1; row <= a.length; row++) {
      const next = [row]
      for (let column = 1; column <= b.length; column++) {
        const changed = a[row - 1] !== b[column - 1]
        next[column] = Math.min(
          last[column] + 1, next[column - 1] + 1, last[column - 1] + changed
        )
        if (row > 1 && column > 1 &&
            a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
          next[column] = Math.min(next[column], before[column - 2] + 1)
      }
      if (Math.min(...next) > limit) return limit + 1
      before = last
      last = next
    }
    return last[b.length]
  }

  /* The known word nearest to a misspelt one: by edits, then with the same first letter. */
  const nearest = word => {
    if (word.length < 4 || /\d/.test(word)) return []
    let limit = word.length < 8 ? 1 : 2
    let found = []
    for (const other of words) {
      const edits = distance(word, other, limit)
      if (edits > limit) continue
      if (edits < limit) found = []
      limit = edits
      found.push(other)
    }
    return found.sort((a, b) => (b[0] === word[0]) - (a[0] === word[0])).slice(0, 1)
  }

  /* A text's neighbouring words, so that a phrase weighs more than its words apart, and
   * the text as a whole, so that a keyword that is all of the query weighs most. */
  const phrases = text => {
    const found = split(text.toLowerCase()).map(stem)
    const pairs = found.slice(1).map((word, index) => `${found[index]}_${word}`)
    return [...pairs, `_${found.join("_")}_`]
  }

  /* lunr stems what it is given; a stem that would be cut again is left as it is. */
  const exact = stemmed => stem(stemmed) === stemmed ? stemmed : `${stemmed}*`

  /* The query's clauses for one word as typed. */
  const clauses = name => {
    const word = name.toLowerCase()
    const boost = lunr.stopWordFilter(word) ? 4 : 1
    if (stems.has(stem(word))) return [`${exact(stem(word))}^${boost}`]
    if (word.length > 2 && words.some(other => other.startsWith(word)))
      return [`${word}*^3`]
    const parts = name.split(BORDER).filter(part => part.length > 1)
    if (parts.length > 1) return parts.flatMap(clauses)
    return nearest(word).map(other => `${exact(stem(other))}^3`)
  }

  const prepare = typed => {
    const names = [...new Set(split(typed))].slice(0, MOST_WORDS)
    const found = phrases(typed).filter(phrase => known.has(phrase))
    return [...new Set([
      ...names.flatMap(clauses), ...found.map(phrase => `${phrase}^4`)
    ])].join(" ")
  }

  addEventListener("message", event => {
    const { type, data, prepared } = event.data
    if (type === SETUP) {
      const { docs, config } = data
      separator = new RegExp(config.separator)
      const fields = Object.keys(config.fields)
      const texts = docs.flatMap(doc => fields.flatMap(field => doc[field] ?? []))
      words = [...new Set(texts.flatMap(text => split(text.toLowerCase())))]
      stems = new Set(words.map(stem))
      for (const doc of docs)
        doc.phrases = [
          doc.title, ...doc.tags ?? [], ...doc.keywords ?? [], ...doc.errors ?? []
        ]
          .flatMap(phrases).join(" ")
      known = new Set(docs.flatMap(doc => doc.phrases.split(" ")))
      config.fields.phrases = { boost: PHRASE_BOOST }
    } else if (type === QUERY && !prepared) {
      event.stopImmediatePropagation()
      dispatchEvent(new MessageEvent("message", {
        data: { type, data: prepare(data), prepared: true }
      }))
    }
  })

  /* The page would list the stems that a result lacks, as words that nobody typed. */
  const post = self.postMessage.bind(self)
  self.postMessage = message => {
    if (message.type === RESULT)
      for (const result of message.data.items.flat()) result.terms = {}
    post(message)
  }
}
