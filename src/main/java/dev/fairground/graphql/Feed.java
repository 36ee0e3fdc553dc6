package dev.fairground.graphql;

import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber is told, thing after thing. It is pulled: nothing is read before it is asked
 * for, so a subscriber that takes its time costs nothing but its place. Asked by one at a time.
 */
public interface Feed {
  /**
   * One thing to tell.
   *
   * @param value the value of the subscription's root field
   * @param key the same for all subscribers who are told the same; part of what answers are shared
   *     by. Null to share with nobody
   * @param cursor the place behind it, for who wants to go on from there; null where there is none
   * @param at when it happened: what it leads to is read as of then or later
   */
  record Happening(Object value, @Nullable Object key, @Nullable String cursor, Instant at) {}

  /**
   * The next thing, when there is one; null when there will be no more. One that failed can be
   * asked for again.
   */
  Future<@Nullable Happening> next();

  /**
   * The place up to which everything was looked at, be it told or left out; null if it has none.
   */
  default @Nullable String reached() {
    return null;
  }

  /** Nobody asks any more. */
  void close();
}
