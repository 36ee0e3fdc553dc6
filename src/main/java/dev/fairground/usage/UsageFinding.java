package dev.fairground.usage;

/**
 * What people should look at in a record; it is kept all the same, for hiding it would be worse.
 */
public enum UsageFinding {
  /** Some of its days are not within the term of the grant, or behind its end. */
  OUTSIDE_TERM,
  /** On all of its days the grant was suspended. */
  WHILE_SUSPENDED,
  /** It was used in another scenario than the grant's. */
  OUTSIDE_SCENARIO,
  /** It is counted in another unit than the grant's. */
  OTHER_UNIT,
  /** With it, more was used in all than was granted. */
  OVER_VOLUME,
  /** The resource is none of the product's. */
  OTHER_RESOURCE,
  /** What was billed is not the quantity times the price of a unit, to the cent. */
  BILLED_OTHERWISE
}
