/** A maker under the name that the catalogue uses, how labels and registries write it, and its web domains. */
interface Vendor {
  name: string
  spellings: RegExp
  domains: string[]
}

const vendors: Vendor[] = [
  { name: 'Ubiquiti', spellings: /\bubiquiti\b|\bunifi\b/i, domains: ['ui.com', 'ubnt.com'] },
  {
    name: 'MikroTik',
    spellings: /\bmikrotik|\bmikrot[il1]kls\b|\brouterboard/i,
    domains: ['mikrotik.com', 'mt.lv'],
  },
  { name: 'TP-Link', spellings: /\btp-?link\b/i, domains: ['tp-link.com'] },
  { name: 'Netgear', spellings: /\bnetgear\b/i, domains: ['netgear.com'] },
  { name: 'Cisco', spellings: /\bcisco\b(?!-linksys)/i, domains: ['cisco.com'] },
  {
    name: 'HPE',
    spellings: /\bhewlett packard enterprise\b|\bHPE\b|\baruba networks?\b/i,
    domains: ['hpe.com', 'arubanetworks.com'],
  },
  { name: 'HP', spellings: /\bhp inc\b|\bhewlett[- ]packard\b(?! enterprise)/i, domains: ['hp.com'] },
  { name: 'Dell', spellings: /\bdell\b(?!king)/i, domains: ['dell.com'] },
  { name: 'Supermicro', spellings: /\bsuper ?micro\b/i, domains: ['supermicro.com'] },
  { name: 'Synology', spellings: /\bsynology\b/i, domains: ['synology.com'] },
  { name: 'QNAP', spellings: /\bqnap\b/i, domains: ['qnap.com'] },
  { name: 'Lenovo', spellings: /\blenovo\b/i, domains: ['lenovo.com'] },
  { name: 'Intel', spellings: /\bintel(?: corp(?:orate|oration)?)?\b/i, domains: ['intel.com'] },
  { name: 'Raspberry Pi', spellings: /\braspberry pi\b/i, domains: ['raspberrypi.com', 'raspberrypi.org'] },
  { name: 'APC', spellings: /\bamerican power conversion\b|\bAPC\b/i, domains: ['apc.com'] },
  { name: 'Eaton', spellings: /\beaton\b/i, domains: ['eaton.com'] },
  { name: 'CyberPower', spellings: /\bcyber ?power\b/i, domains: ['cyberpower.com'] },
  { name: 'ASUS', spellings: /\basus(?:tek)?\b/i, domains: ['asus.com'] },
  { name: 'ASRock', spellings: /\basrock\b/i, domains: ['asrock.com'] },
  { name: 'Apple', spellings: /\bapple,? inc\b/i, domains: ['apple.com'] },
  { name: 'D-Link', spellings: /\bd-link\b/i, domains: ['dlink.com'] },
  { name: 'Zyxel', spellings: /\bzyxel\b/i, domains: ['zyxel.com'] },
  { name: 'Fortinet', spellings: /\bfortinet\b/i, domains: ['fortinet.com'] },
  { name: 'Juniper', spellings: /\bjuniper networks?\b/i, domains: ['juniper.net'] },
  { name: 'Arista', spellings: /\barista(?: networks?)?\b/i, domains: ['arista.com'] },
  { name: 'Mellanox', spellings: /\bmellanox\b/i, domains: ['mellanox.com'] },
  { name: 'Nvidia', spellings: /\bnvidia\b/i, domains: ['nvidia.com'] },
  { name: 'Broadcom', spellings: /\bbroadcom\b/i, domains: ['broadcom.com'] },
  { name: 'Ruckus', spellings: /\bruckus\b/i, domains: ['ruckuswireless.com'] },
  { name: 'Samsung', spellings: /\bsamsung\b/i, domains: ['samsung.com'] },
  { name: 'Western Digital', spellings: /\bwestern digital\b/i, domains: ['westerndigital.com', 'wdc.com'] },
  { name: 'Seagate', spellings: /\bseagate\b/i, domains: ['seagate.com'] },
  { name: 'Toshiba', spellings: /\btoshiba\b/i, domains: ['toshiba.com'] },
  { name: 'Crucial', spellings: /\bcrucial\b/i, domains: ['crucial.com'] },
  { name: 'Kingston', spellings: /\bkingston\b/i, domains: ['kingston.com'] },
  { name: 'SK hynix', spellings: /\bsk ?hynix\b/i, domains: ['skhynix.com'] },
  { name: 'Brother', spellings: /\bbrother industries\b/i, domains: ['brother.com'] },
  { name: 'AVM', spellings: /\bavm\b(?= (?:gmbh|audio))|\bfritz!/i, domains: ['avm.de', 'fritz.com'] },
  { name: 'Reolink', spellings: /\breolink\b/i, domains: ['reolink.com'] },
  { name: 'Hikvision', spellings: /\bhikvision\b/i, domains: ['hikvision.com'] },
  { name: 'Protectli', spellings: /\bprotectli\b/i, domains: ['protectli.com'] },
  { name: 'PC Engines', spellings: /\bpc engines\b/i, domains: ['pcengines.ch'] },
  { name: 'Minisforum', spellings: /\bminisforum\b/i, domains: ['minisforum.com'] },
  { name: 'Beelink', spellings: /\bbeelink\b/i, domains: ['bee-link.com'] },
  { name: 'GL.iNet', spellings: /\bgl[.-]inet\b/i, domains: ['gl-inet.com'] },
  { name: 'Shelly', spellings: /\bshelly\b|\ballterco\b/i, domains: ['shelly.com', 'shelly.cloud'] },
]

/** The catalogue's name for an organisation; unknown ones lose their legal form. */
export function vendorName(organisation: string): string {
  const known = vendors.find(({ spellings }) => spellings.test(organisation))
  if (known) return known.name
  return organisation
    .replace(
      /[,.]?\s*\b(?:inc|corp(?:oration|orate)?|co|ltd|limited|llc|gmbh|ag|b\.?v|s\.?a|s\.?p\.?a|pte|plc|ab|oy|kk)\b\.?/gi,
      '',
    )
    .replace(/[\s,.]+$/, '')
    .trim()
}

/** Known makers named in a text. */
export function vendorsIn(text: string): { name: string; quote: string }[] {
  return vendors.flatMap(({ name, spellings }) => {
    const found = spellings.exec(text)
    return found ? [{ name, quote: found[0] }] : []
  })
}

/** The maker that a web address belongs to, or null. */
export function vendorOfHost(host: string): string | null {
  const owner = vendors.find(({ domains }) =>
    domains.some((domain) => host === domain || host.endsWith(`.${domain}`)),
  )
  return owner?.name ?? null
}
