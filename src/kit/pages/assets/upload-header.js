// What the beginning of a CTF says of its way: a file of any name can be given the right one.

const BEGINNING = 16_384

/** Source and destination as 6802276_6804020; empty where the file does not say them. */
export async function headerOf(file) {
  try {
    const text = await file.slice(0, BEGINNING).text()
    const [source, destination] = ['SourceSchool', 'DestSchool'].map((block) => schoolIn(text, block))
    return source && destination ? `${source}_${destination}` : ''
  } catch {
    // a folder, or a file that is gone
    return ''
  }
}

function schoolIn(text, block) {
  const inside = text.match(new RegExp(`<${block}>(.*?)</${block}>`, 's'))?.[1] ?? ''
  const lea = inside.match(/<LEA>\s*(\w{3})\s*<\/LEA>/)?.[1]
  const estab = inside.match(/<Estab>\s*(\w{4})\s*<\/Estab>/)?.[1]
  return lea && estab ? lea + estab : null
}
