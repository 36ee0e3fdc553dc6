package dev.fairground.sql;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;

/**
 * What a field reads with: the operation's handle on the database, who asks, and about when.
 *
 * @param wanted what is wanted of what is read
 * @param along what was brought along so far
 */
public record Reading(Reads reads, Viewer viewer, Moment moment, Wanted wanted, Along along) {
  public Reading(Reads reads, Viewer viewer, Moment moment) {
    this(reads, viewer, moment, Wanted.ALL, new Along());
  }

  public Reading at(Moment other) {
    return new Reading(reads, viewer, other, wanted, along);
  }

  public Reading wanting(Wanted other) {
    return new Reading(reads, viewer, moment, other, along);
  }
}
