/** A compressed file that ends too early, or is damaged: what came before is good. */
export class Truncated extends Error {}
