import { codeSet } from '../src/ctf/codes/code-sets.ts'
import type { Elements, Single } from '../src/ctf/content.ts'
import { CTF_MODEL, type ElementRow, type Model } from '../src/ctf/model.ts'

/** A pupil with everything that a model has. */
export interface WholePupil {
  pupil: Elements
  /** Every value in it: where it stands, and how it is written. */
  leaves: [path: string, raw: string][]
}

/**
 * An invented pupil with every element of a model, two of those that may stand several times, and in every block one
 * that the model does not know. Values fit their types; no two texts are alike.
 */
export function wholePupil(model: Model = CTF_MODEL): WholePupil {
  const leaves: WholePupil['leaves'] = []
  let made = 0
  const unlike = (): number => (made += 1)

  function block(group: string, path: string): Elements {
    const elements: Record<string, Single | Single[]> = {}
    for (const row of model.groups.get(group)!.values()) {
      const at = path === '' ? row.name : `${path}/${row.name}`
      elements[row.name] = row.max > 1 ? [one(row, `${at}[1]`), one(row, `${at}[2]`)] : one(row, at)
    }
    elements[`New${group}`] = leaf(`${path === '' ? '' : `${path}/`}New${group}`, xml(`New${group}`))
    return elements
  }

  function one({ name, content }: ElementRow, path: string): Single {
    if (content === 'any') return leaf(path, xml(name))
    if ('group' in content) return block(content.group, path)
    return leaf(path, valueOf(content))
  }

  const xml = (name: string): { xml: string } => ({ xml: `<${name}>unknown ${unlike()}</${name}>` })

  function leaf<Value extends string | { xml: string }>(path: string, value: Value): Value {
    leaves.push([path, typeof value === 'string' ? value : value.xml])
    return value
  }

  function valueOf(type: Exclude<ElementRow['content'], 'any' | { group: string }>): string {
    const number = unlike()
    switch (type.is) {
      case 'date':
      case 'dob':
      case 'arrival':
        return `20${String(10 + (number % 10))}-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`
      case 'boolean':
        return number % 2 === 0 ? 'true' : 'false'
      case 'code':
      case 'open': {
        const codes = [...codeSet(type.set).codes.keys()]
        return codes[number % codes.length] ?? `C${number}`
      }
      case 'integer':
        return String(type.least + (number % (type.most - type.least + 1)))
      case 'marks':
        return '/\\/\\IIOO##'.repeat(4)
      case 'year':
        return String(2010 + (number % 10))
      case 'la':
        return '681'
      default:
        return `value ${number}`
    }
  }

  return { pupil: block('Pupil', ''), leaves }
}
