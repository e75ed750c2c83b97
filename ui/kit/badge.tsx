/** A short fact about a thing: "Sample", "Simulated". */
export function Badge({ children }: { children: string }) {
  return <span className="badge">{children}</span>
}
