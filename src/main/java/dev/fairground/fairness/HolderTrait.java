package dev.fairground.fairness;

/** Whether holders are something, as far as it may be told. */
enum HolderTrait {
  YES,
  NO,
  UNKNOWN,
  WITHHELD
}
