// Words compared across scripts: accents fall away; Cyrillic and Arabic letters become the Latin ones that sound like them.

const CYRILLIC: Record<string, string> = Object.fromEntries(
  "а:a б:b в:v г:g д:d ђ:dj е:e ж:z з:z и:i ј:j й:i к:k л:l љ:lj м:m н:n њ:nj о:o п:p р:r с:s т:t ћ:c у:u ф:f х:h ц:c ч:c џ:dz ш:s щ:s ы:i э:e ю:u я:a ъ: ь:"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

/** Arabic, Persian, Pashto and Urdu letters. */
const ARABIC: Record<string, string> = Object.fromEntries(
  "ا:a آ:a أ:a إ:i ء: ب:b پ:p ت:t ټ:t ٹ:t ث:s ج:j چ:c ح:h خ:h څ:c ځ:z د:d ډ:d ڈ:d ذ:z ر:r ړ:r ڑ:r ز:z ژ:z ږ:z س:s ش:s ښ:s ص:s ض:z ط:t ظ:z ع: غ:g ف:f ق:k ک:k ك:k گ:g ګ:g ل:l م:m ن:n ڼ:n ں:n و:u ه:h ة:h ہ:h ھ:h ۀ:h ی:i ي:i ې:e ى:i ے:e ئ:i ؤ:u"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

/** The article of Arabic, which is written together with its word. */
const ARTICLE = /(^|[^\p{L}])ال(?=\p{L}{3})/gu;

/** Lower case, one alphabet, no marks. */
export function latin(text: string): string {
  const bare = text.normalize("NFKD").toLowerCase().replace(/\p{M}|ـ/gu, "").replace(ARTICLE, "$1");
  const letters = [...bare].map((letter) => CYRILLIC[letter] ?? ARABIC[letter] ?? letter);
  return letters.join("").replace(/đ/g, "dj").replace(/ø/g, "o").replace(/ı/g, "i").replace(/ß/g, "ss");
}

/** What is left of a word when vowels are not written and hissing sounds are not told apart, as when it is written by ear. */
export const skeleton = (text: string): string =>
  latin(text)
    .replace(/dj|dz/g, "j")
    .replace(/[^a-z0-9]/g, "")
    .replace(/[wu]/g, "v")
    .replace(/q/g, "k")
    .replace(/[cz]/g, "s")
    .replace(/ts/g, "s")
    .replace(/[aeiouyvjh]/g, "")
    .replace(/(.)\1+/g, "$1");

const wordsOf = (text: string): string[] => latin(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Whether every word that was typed begins a word of the text. */
export function isFound(typed: string, text: string): boolean {
  const known = wordsOf(text);
  return wordsOf(typed).every((piece) => known.some((one) => one.startsWith(piece)));
}

/** Which of the texts fit best what somebody typed as they would say it: those in which most of its words are. */
export function fitting(typed: string, texts: readonly string[]): boolean[] {
  const pieces = wordsOf(typed);
  const fits = texts.map((text) => {
    const known = wordsOf(text);
    return pieces.filter((piece) => known.some((one) => one.startsWith(piece) || isEnding(piece, one))).length;
  });
  const most = Math.max(...fits);
  return fits.map((fit) => fit > 0 && fit === most);
}

const STEM = 4;

/** The same word with another ending. */
const isEnding = (typed: string, known: string): boolean => known.length >= STEM && typed.startsWith(known);

/** The same for names, which may have been written by ear or in a script without vowels. */
export function isFoundByEar(typed: string, name: string): boolean {
  if (isFound(typed, name)) return true;
  const heard = skeleton(typed);
  return heard.length >= 2 && name.split(/[\s/(),-]+/).some((piece) => skeleton(piece).startsWith(heard));
}
