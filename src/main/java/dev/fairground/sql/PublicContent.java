package dev.fairground.sql;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Hears of changes of public content, made by whichever server or program, over LISTEN. While it
 * cannot hear, it says so, and what rests on it must not be shared.
 */
public final class PublicContent {
  private static final String CHANNEL = "fairground_public_content";
  private static final long UNKNOWN = -1;

  private final Notices notices;
  private final AtomicLong changes = new AtomicLong();

  PublicContent(Notices notices) {
    this.notices = notices;
    notices.hear(CHANNEL, this::changed);
  }

  /** A number that is another one after each change; negative while changes cannot be heard. */
  public long version() {
    return notices.areHeard() ? changes.get() : UNKNOWN;
  }

  /** A transaction of this server was committed: its caller may read it at once. */
  void changed() {
    changes.incrementAndGet();
  }
}
