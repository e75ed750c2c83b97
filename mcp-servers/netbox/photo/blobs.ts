/** One connected patch of marked pixels; bounds include left and top, exclude right and bottom. */
export interface Blob {
  left: number
  top: number
  right: number
  bottom: number
  area: number
}

interface Run {
  start: number
  end: number
  label: number
}

/** Eight-connected patches by runs and union-find, in one sweep over the rows. */
export function findBlobs(mask: Uint8Array, width: number, height: number): Blob[] {
  const parents: number[] = []
  const blobs: Blob[] = []
  const rootOf = (label: number): number => {
    let root = label
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root
    parents[label] = root
    return root
  }
  let above: Run[] = []
  for (let y = 0; y < height; y++) {
    const runs = runsOfRow(mask, y * width, width)
    let from = 0
    for (const run of runs) {
      while (from < above.length && (above[from]?.end ?? 0) < run.start) from++
      for (let at = from; at < above.length; at++) {
        const over = above[at]
        if (!over || over.start > run.end) break
        const root = rootOf(over.label)
        if (run.label < 0) run.label = root
        else if (root !== run.label) {
          const [keep, drop] = [Math.min(root, run.label), Math.max(root, run.label)]
          parents[drop] = keep
          absorb(blobs, keep, blobs[drop])
          run.label = keep
        }
      }
      const grown: Blob = {
        left: run.start,
        top: y,
        right: run.end,
        bottom: y + 1,
        area: run.end - run.start,
      }
      if (run.label < 0) {
        run.label = blobs.length
        parents.push(run.label)
        blobs.push(grown)
      } else absorb(blobs, run.label, grown)
    }
    above = runs
  }
  return blobs.filter((_, label) => parents[label] === label)
}

function runsOfRow(mask: Uint8Array, start: number, width: number): Run[] {
  const runs: Run[] = []
  let x = 0
  while (x < width) {
    if (mask[start + x] === 0) {
      x++
      continue
    }
    const from = x
    while (x < width && mask[start + x] !== 0) x++
    runs.push({ start: from, end: x, label: -1 })
  }
  return runs
}

function absorb(blobs: Blob[], label: number, other: Blob | undefined): void {
  const blob = blobs[label]
  if (!blob || !other) return
  blob.left = Math.min(blob.left, other.left)
  blob.top = Math.min(blob.top, other.top)
  blob.right = Math.max(blob.right, other.right)
  blob.bottom = Math.max(blob.bottom, other.bottom)
  blob.area += other.area
}
