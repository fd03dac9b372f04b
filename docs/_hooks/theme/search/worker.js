/* The search: answers the theme's dialog from a worker, with MiniSearch.
 *
 * A page is found in two ways. `pages` has what is said about each as a whole. `places` has
 * each text that stands on its own: a row of cases, a keyword, an error. Words that stand
 * together there say more than the same words scattered over a page. The best places are
 * shown below their page, with addresses that land on the text.
 *
 * The rules come first and alone, so that a visitor has an answer while the rest loads. A
 * page's sentences are asked for when the page is among the first results.
 */
{
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]
  const MOST_WORDS = 60
  const MOST_RESULTS = 30
  const MOST_PLACES = 2
  const MOST_SHOWN = 4
  /* So many of the first results are read for sentences. */
  const READ_PAGES = 3
  /* Milliseconds. */
  const PATIENCE = 150
  /* What a field counts. `phrases` are neighbouring words, and each text as a whole;
   * `words` are a page's others. All were tuned together, on the queries that
   * tests/browser/queries.tsv calls tuned. */
  const BOOST = { title: 2.3, keywords: 3, tags: 5, phrases: 5, text: 2, words: 4 }
  /* Rules stand before what answers as well: categories, and then the reference. */
  const KINDS = {
    rule: 1, question: 0.9, error: 0.6, term: 0.55, category: 0.5, guide: 0.45, api: 0.3
  }
  /* How sure it is that a known word is meant by a typed one. */
  const SURE = { same: 1, joined: 0.9, near: 0.8, prefix: 0.6, synonym: 0.3, begun: 0.15 }
  /* What a place counts by what it is, and all places of a page beside the page. */
  const PLACE = { keyword: 2, title: 1.2, errors: 0.7, name: 0.7, cases: 0.25 }
  const PLACES = 0.4
  /* What it adds to be, in other forms of its words or not, all that was typed. */
  const WHOLE = { rule: 1, question: 1, error: 1, term: 1.4, api: 0.6 }
  const BORDER = /_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/
  /* Words of every question say little about what is asked. */
  const FAINT = 0.12
  const FAINT_WORDS = new Set(
    ("a about after all also am an and any are as at be been before but by can cannot " +
     "could dbos did do does doing for from get gets go had has have how i if in into is " +
     "it its just let make me my need no not of on one or our out python should so some " +
     "than that the their them then there these they this those to too up us use used " +
     "using want was way we were what when where which while who why will with without " +
     "would you your").split(" ")
  )

  const docs = []
  const places = []
  /* By a page's number, what it says, by section. */
  const sentences = new Map()
  /* Stems with what they weigh, known words with how often they are there. */
  const weights = new Map()
  const words = new Map()
  const pagesWith = new Map()
  /* In a copy that is opened from a folder, all comes with the first file. */
  let inCopy
  let separator, synonyms, inPages, inPhrases, inWords, inPlaces
  let asked = ""

  /* ------------------------------------------------------------------------- words */

  /* The same words come thousands of times. */
  const kept = make => {
    const made = new Map()
    return key => made.get(key) ?? (made.set(key, make(key)), made.get(key))
  }

  /* British and American spellings are one, and so are the forms of a word. */
  const stem = kept(word => stemmer(
    word
      .replace(/^(\w{3,}[^aeiou\W]|\w{3,}al)is(e[drs]?|ing|ations?|able)$/, "$1iz$2")
      .replace(/ys(e[drs]?|ing)$/, "yz$1")
      .replace(/^(\w{4,})our(s|ed|ing|al|able)?$/, "$1or$2")
      .replace(/^(\w{3,}[^aeiou])re(s|d)?$/, "$1er$2")
  ))

  const split = text => text.split(separator).filter(Boolean)

  /* A name in small letters, whole and in its parts. */
  const partsOf = kept(name => {
    const parts = name.split(BORDER).filter(Boolean)
    return (parts.length > 1 ? [name, ...parts] : [name]).map(part => part.toLowerCase())
  })

  const stemsOf = text => split(text).flatMap(name => partsOf(name).map(stem))

  const wholeOf = text => `_${split(text.toLowerCase()).map(stem).join("_")}_`

  const phrasesOf = text => {
    const found = split(text.toLowerCase()).map(stem)
    const pairs = found.slice(1).map((word, at) => `${found[at]}_${word}`)
    return [...pairs, wholeOf(text)]
  }

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

  const best = (found, most) =>
    found.sort((a, b) => b[1] - a[1]).slice(0, most).map(([word]) => word)

  /* The known words nearest to a misspelt one: by edits, then with the same first letter,
   * then the more frequent. */
  const nearest = word => {
    if (word.length < 4 || /\d/.test(word)) return []
    let limit = word.length < 8 ? 1 : 2
    let found = []
    for (const [other, count] of words) {
      const edits = distance(word, other, limit)
      if (edits > limit) continue
      if (edits < limit) found = []
      limit = edits
      found.push([other, (other[0] === word[0]) * 1e6 + count])
    }
    return best(found, 2)
  }

  const begunBy = (word, most) => {
    if (word.length < 3) return []
    const others = [...words].filter(([other]) => other !== word && other.startsWith(word))
    return best(others, most)
  }

  /* Two known words that were typed as one. */
  const halves = word => {
    for (let at = 3; at <= word.length - 3; at++) {
      const both = [word.slice(0, at), word.slice(at)]
      if (both.every(half => words.has(half))) return both
    }
    return []
  }

  /* --------------------------------------------------------------------- the index */

  const textsOf = doc => [doc.title, ...doc.tags ?? [], ...doc.keywords ?? []]

  const newIndex = (...fields) => new MiniSearch({
    fields,
    tokenize: (text, field) =>
      field === "phrases" ? text.split("\n").flatMap(phrasesOf) : stemsOf(text),
    processTerm: term => term,
    extractField: (doc, field) =>
      field === "phrases" ? textsOf(doc).join("\n")
        : Array.isArray(doc[field]) ? doc[field].join("\n") : doc[field],
    searchOptions: {
      tokenize: text => text.split(" "), processTerm: term => term, boost: BOOST
    }
  })

  /* Words that are on few pages weigh more. */
  const note = (page, text) => {
    for (const name of split(text))
      for (const word of partsOf(name)) {
        words.set(word, (words.get(word) ?? 0) + 1)
        const its = stem(word)
        if (!pagesWith.has(its)) pagesWith.set(its, new Set())
        pagesWith.get(its).add(page)
      }
  }

  const weigh = () => {
    for (const [its, pages] of pagesWith)
      weights.set(its, Math.log(1 + docs.length / pages.size))
  }

  const addPages = added => {
    const from = docs.length
    docs.push(...added)
    for (const [at, doc] of added.entries())
      for (const text of [...textsOf(doc), doc.text]) note(from + at, text)
    inPages.addAll(added.map((doc, at) => ({ ...doc, id: from + at })))
  }

  /* Half of the work, and not needed for a first word. */
  const addPhrases = () => {
    inPhrases ??= newIndex("phrases")
    const from = inPhrases.documentCount
    inPhrases.addAll(docs.slice(from).map((doc, at) => ({ ...doc, id: from + at })))
  }

  const setUp = ({ docs, config }) => {
    separator = new RegExp(config.separator)
    inCopy = config.sentences
    synonyms = new Map()
    for (const group of config.synonyms) {
      const stems = group.map(stem)
      for (const its of stems) synonyms.set(its, [...synonyms.get(its) ?? [], ...stems])
    }
    inPages = newIndex("title", "keywords", "tags", "text")
    addPages(docs)
    weigh()
  }

  /* The rest: what is not a rule, and what is in the rules. In small pieces: a query that
   * comes meanwhile is answered. */
  const complete = async rest => {
    if (!rest.docs) return
    addPages(rest.docs)
    addPhrases()
    const pageAt = new Map(docs.map((doc, page) => [doc.location, page]))
    const bags = newIndex("words")
    for (const [location, sections] of Object.entries(rest.places)) {
      const page = pageAt.get(location)
      const bag = []
      for (const [anchor, texts] of Object.entries(sections))
        for (const [text, result = "", elsewhere] of texts) {
          bag.push(text, result)
          if (anchor !== "words")
            places.push({ page, anchor, text, result, elsewhere, counts: PLACE[anchor] })
        }
      note(page, bag.join("\n"))
      bags.add({ id: page, words: bag })
    }
    for (const [location, owners] of Object.entries(rest.names))
      for (const [owner, names] of Object.entries(owners))
        for (const name of names.split(" ")) {
          const page = pageAt.get(location)
          const text = `${owner}.${name}`.replace(/^dbos\./, "")
          note(page, text)
          places.push({
            page, anchor: "name", text, elsewhere: `${location}#${owner}.${name}`,
            counts: PLACE.name
          })
        }
    for (const [page, doc] of docs.entries()) {
      const add = (text, counts) => places.push({ page, text, counts })
      for (const text of [doc.title, doc.text]) add(text, PLACE.title)
      for (const text of doc.keywords ?? []) add(text, PLACE.keyword)
    }
    const index = newIndex("text", "result")
    await index.addAllAsync(places.map((place, id) => ({ ...place, id })), { chunkSize: 300 })
    inWords = bags
    inPlaces = index
    weigh()
  }

  /* --------------------------------------------------------------------- the query */

  /* What a typed name may stand for: stems, each with how sure that is. */
  const meantBy = (name, next, isLast) => {
    const word = name.toLowerCase()
    const found = new Map()
    const add = (its, sure) => {
      if (weights.has(its)) found.set(its, Math.max(found.get(its) ?? 0, sure))
    }
    const addAll = (others, sure) => others.forEach(other => add(stem(other), sure))
    addAll([word], SURE.same)
    const isKnown = found.size > 0
    if (next) addAll([word + next.toLowerCase()], SURE.joined)
    for (const other of synonyms.get(stem(word)) ?? []) add(other, SURE.synonym)
    if (isKnown) {
      if (isLast) addAll(begunBy(word, 3), SURE.begun)
      return found
    }
    addAll(begunBy(word, 4), SURE.prefix)
    if (!found.size) addAll(halves(word), SURE.joined)
    if (!found.size) addAll(nearest(word), SURE.near)
    return found
  }

  /* The typed words that are known, each with what it may stand for and what it weighs.
   * Ids and numbers of a pasted message are not known, and left out. */
  const read = typed => {
    const names = [...new Set(split(typed))].slice(0, MOST_WORDS)
    return names.flatMap((name, at) => {
      const parts = name.split(BORDER).filter(part => part.length > 1)
      const isKnown = weights.has(stem(name.toLowerCase()))
      const meant = !isKnown && parts.length > 1
        ? parts.map(part => meantBy(part, "", false))
        : [meantBy(name, names[at + 1], at === names.length - 1)]
      const faint = FAINT_WORDS.has(name.toLowerCase()) ? FAINT : 1
      return meant.filter(stems => stems.size).map(stems => ({
        stems,
        weight: faint *
          Math.max(...[...stems].map(([its, sure]) => weights.get(its) * sure))
      }))
    })
  }

  /* The share of what was typed that is there, by weight. */
  const covered = (typed, has) => {
    let all = 0
    let there = 0
    for (const { stems, weight } of typed) {
      all += weight
      there += weight *
        Math.max(0, ...[...stems].map(([its, sure]) => has(its) ? sure : 0))
    }
    return all && there / all
  }

  /* How much of a message, but for names and ids, was typed: nearly all, or nothing but a
   * piece of it. */
  const pasted = ({ text }, typed, match, covers) => {
    const stems = stemsOf(text.replace(/\{\w+\}/g, " "))
    const share = stems.filter(its => Object.hasOwn(match, its)).length / stems.length
    if (stems.length > 3 && share >= 0.8) return share
    return typed.length > 4 && covers > 0.9 ? covers : 0
  }

  /* The pages that answer, best first, each with its places that do. */
  const find = query => {
    const typed = read(query)
    const terms = new Map()
    for (const { stems, weight } of typed)
      for (const [its, sure] of stems)
        terms.set(its, Math.max(terms.get(its) ?? 0, sure * Math.min(1, weight)))
    const search = (index, wanted) => index ? index.search([...wanted.keys()].join(" "), {
      boostTerm: term => wanted.get(term)
    }) : []

    const found = new Map()
    const at = page => {
      if (!found.has(page)) found.set(page, { page, own: 0, all: 0, match: {}, places: [] })
      return found.get(page)
    }
    const withPhrases = new Map([...terms, ...phrasesOf(query).map(phrase => [phrase, 1])])
    /* MiniSearch multiplies a score by the number of terms that are there: words and
     * phrases count as one index. */
    const both = new Map()
    for (const index of [inPages, inPhrases])
      for (const { id, score, queryTerms, match } of search(index, withPhrases)) {
        const own = both.get(id) ?? { score: 0, terms: 0 }
        own.score += score / queryTerms.length
        own.terms += queryTerms.length
        both.set(id, own)
        Object.assign(at(id).match, match)
      }
    for (const [id, { score, terms }] of both) at(id).own = score * terms
    for (const { id, score, match } of search(inWords, withPhrases)) {
      at(id).own += score
      Object.assign(at(id).match, match)
    }
    const whole = wholeOf(query)
    for (const { id, score, match } of search(inPlaces, terms)) {
      const place = places[id]
      const covers = covered(typed, its => Object.hasOwn(match, its))
      const all = place.anchor === "errors" ? pasted(place, typed, match, covers)
        : covers > 0.9 && wholeOf(place.text) === whole ? 1 : 0
      at(place.page).places.push(
        { ...place, covers: covers + all, score: score * covers ** 2 * place.counts }
      )
      at(place.page).all = Math.max(at(place.page).all, all)
    }

    /* A page that has some of the words only is worth much less, and its first places count
     * most: tuned, like the numbers above. */
    const results = [...found.values()]
    for (const page of results) {
      page.own *= 0.2 + 0.8 * covered(typed, its => Object.hasOwn(page.match, its)) ** 3
      page.places.sort((a, b) => b.score - a.score)
    }
    const most = Math.max(...results.map(({ own }) => own)) || 1
    const mostPlace = Math.max(...results.map(({ places }) => places[0]?.score ?? 0)) || 1
    for (const result of results) {
      const inPlaces = result.places.slice(0, 4)
        .reduce((sum, { score }, rank) => sum + score * 0.8 ** rank, 0)
      const { kind } = docs[result.page]
      result.score = KINDS[kind] *
        (result.own / most + PLACES * inPlaces / mostPlace) +
        result.all * (WHOLE[kind] ?? 0)
    }
    results.sort((a, b) => b.score - a.score)
    return { typed, terms, results: results.slice(0, MOST_RESULTS) }
  }

  /* -------------------------------------------------------------------- the answer */

  const escape = text =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")

  /* A text as HTML, with the words that were asked for marked. */
  const marked = (text, terms) => text
    .split(/([\p{L}\p{N}_]+)/u)
    .map((part, at) =>
      at % 2 && !FAINT_WORDS.has(part.toLowerCase()) &&
        stemsOf(part).some(its => terms.has(its))
        ? `<mark data-md-highlight>${part}</mark>` : escape(part))
    .join("")

  /* Lands on the text itself where the browser can, and else on its section. */
  const addressOf = ({ anchor, text, elsewhere }, page) => elsewhere ??
    `${docs[page].location}#${anchor}:~:text=${encodeURIComponent(text).replace(/-/g, "%2D")}`

  /* The sentences of a page that are here already, as places. */
  const sentencesOf = (page, typed) => {
    const place = (anchor, text) => {
      const has = new Set(stemsOf(text))
      return { anchor, text, covers: covered(typed, its => has.has(its)) }
    }
    const sections = Object.entries(sentences.get(page)?.said ?? {})
    return sections.flatMap(([anchor, texts]) => texts.map(text => place(anchor, text)))
  }

  const answer = query => {
    const { typed, terms, results } = find(query)
    const hit = (at, title, text, score, tags) => ({
      location: at, title: marked(title, terms), text: marked(text, terms), tags, score,
      terms: {}
    })
    /* By address of a page: the page, then its places. The theme shows no text of a place
     * that stands alone. */
    const shown = new Map()
    for (const [rank, { page, score, places }] of results.entries()) {
      const doc = docs[page]
      const [own, anchor] = doc.location.split("#")
      if (anchor) {
        const within = docs.find(({ location }) => location === own) ?? doc
        if (!shown.has(own)) shown.set(own, [hit(own, within.title, "", score)])
        shown.get(own).push(hit(doc.location, doc.title, doc.text, score))
        continue
      }
      const said = rank < READ_PAGES ? sentencesOf(page, typed) : []
      /* Below the page's own text, which covers something already. */
      const has = new Set(stemsOf(`${doc.title} ${doc.text}`))
      const least = Math.max(0.5, covered(typed, its => has.has(its)))
      const inside = [...places.filter(({ anchor }) => anchor), ...said]
        .filter(({ covers }) => covers >= least)
        .sort((a, b) => b.covers - a.covers)
        .slice(0, MOST_PLACES)
        .map(place => hit(addressOf(place, page), place.text, place.result ?? "", score))
      if (shown.has(own)) shown.get(own).push(...inside)
      else shown.set(own, [hit(own, doc.title, doc.text, score, doc.tags), ...inside])
    }
    return {
      shown: [...shown.values()].map(item => item.slice(0, 1 + MOST_SHOWN)),
      first: results.slice(0, READ_PAGES).map(({ page }) => page)
    }
  }

  /* Nothing, when the network fails: the rules are found without. */
  const load = path => fetch(new URL(`../../../search/${path}`, location))
    .then(response => response.ok ? response.json() : {})
    .catch(() => ({}))

  /* Asks for what a page says, once: a promise while it is on its way. */
  const readSentences = page => {
    if (!inPlaces || docs[page].kind !== "rule") return
    if (!sentences.has(page)) {
      const [rule] = docs[page].tags
      const reading = { loading: inCopy ? inCopy[rule] : load(`${rule}.json`) }
      sentences.set(page, reading)
      reading.loading = Promise.resolve(reading.loading).then(said => {
        reading.said = said
        reading.loading = undefined
      })
    }
    return sentences.get(page).loading
  }

  /* A second answer would replace the first below the reader's keys: there is only one, and
   * it waits a moment for the sentences. What comes later is there for the next. */
  const post = async query => {
    let items = []
    if (query.trim()) {
      const { shown, first } = answer(query)
      items = shown
      const unread = first.map(readSentences).filter(Boolean)
      if (unread.length) {
        const moment = new Promise(resolve => setTimeout(resolve, PATIENCE))
        await Promise.race([Promise.all(unread), moment])
        if (query !== asked) return
        items = answer(query).shown
      }
    }
    postMessage({ type: RESULT, data: { items, query } })
  }

  addEventListener("message", async ({ data: { type, data } }) => {
    if (type === SETUP) {
      setUp(data)
      postMessage({ type: READY })
      const rest = data.config.rest ?? load("rest.json")
      setTimeout(addPhrases)
      await complete(await rest)
      if (asked) await post(asked)
    } else if (type === QUERY) {
      asked = data
      await post(asked)
    }
  })
}
