package dev.fairground.sql;

/** Whether a commit outlives a power cut. */
public enum Durability {
  /** A commit is answered when it is on the disk. */
  DURABLE(
      """
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      shared_buffers = 256MB
      max_connections = 60
      """),

  /** For tests, whose data nobody wants tomorrow. */
  FAST(
      """
      fsync = off
      synchronous_commit = off
      full_page_writes = off
      wal_level = minimal
      max_wal_senders = 0
      shared_buffers = 256MB
      max_connections = 300
      """);

  private final String settings;

  Durability(String settings) {
    this.settings = settings;
  }

  /** Lines for {@code postgresql.conf}. */
  String settings() {
    return settings;
  }
}
