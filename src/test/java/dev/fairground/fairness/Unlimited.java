package dev.fairground.fairness;

import dev.fairground.graphql.Limits;

/** Limits for who asks more at once than a caller may. */
final class Unlimited {
  private Unlimited() {}

  static Limits limits() {
    return Limits.read(
        (name, standard, least, most) -> name.contains("RATE_") ? most / 10 : standard);
  }
}
