package dev.fairground.sql;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;

/** What a field reads with: the operation's handle on the database, who asks, and about when. */
public record Reading(Reads reads, Viewer viewer, Moment moment) {
  public Reading at(Moment other) {
    return new Reading(reads, viewer, other);
  }
}
