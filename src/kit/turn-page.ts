/** The page of a list that is asked for: what stands behind a place, or before one; neither is the first. */
export interface PageAsked<Place> {
  after?: Place | undefined
  before?: Place | undefined
  descending: boolean
  /** Rows of a page. */
  limit: number
}

/** A page of a list, and whether there is another on either side. */
export interface TurnedPage<Row> {
  items: Row[]
  hasNext: boolean
  hasPrevious: boolean
}

/**
 * Turns to a page of a list whose rows are found by their place, whatever came or went meanwhile.
 * @param list gives rows from behind a place on, in the order asked for
 */
export async function turnPage<Row, Place>(
  { after, before, descending, limit }: PageAsked<Place>,
  list: (rows: { descending: boolean; after: Place | null; limit: number }) => Promise<Row[]>,
): Promise<TurnedPage<Row>> {
  const isBackwards = before !== undefined
  // backwards from a place, the list runs the other way and is turned round
  const rows = await list({
    descending: descending !== isBackwards,
    after: before ?? after ?? null,
    limit: limit + 1,
  })
  const items = rows.slice(0, limit)
  if (isBackwards) items.reverse()
  const isMore = rows.length > limit
  return {
    items,
    hasNext: isBackwards || isMore,
    hasPrevious: isBackwards ? isMore : after !== undefined,
  }
}
