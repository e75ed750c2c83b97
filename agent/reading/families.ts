/** The reader's prompts, one per hardware family; the words decide from what the codes and the text already showed. */
const families = [
  {
    prompt: 'read-part',
    words:
      /\b(ssd|hdd|nvme|drive|disk|dimm|ddr\d?|memory|ram|psu|power supply|adapter|cable|sfp|gpu|hba|module)\b/i,
  },
  {
    prompt: 'read-network',
    words:
      /\b(switch|router|firewall|gateway|access point|ap|wifi|wi-fi|ethernet|lan|poe|cisco|ubiquiti|unifi|mikrotik|netgear|tp-link|aruba|juniper|zyxel)\b/i,
  },
] as const

export type ReaderPrompt = 'read-part' | 'read-network' | 'read-computer'

export function promptFor(knownText: string): ReaderPrompt {
  return families.find((family) => family.words.test(knownText))?.prompt ?? 'read-computer'
}
