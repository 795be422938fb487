/** A title as the name of a file: letters, digits and dashes. */
export function fileName(title: string): string {
  return title.normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').toLowerCase() || 'schedule';
}
