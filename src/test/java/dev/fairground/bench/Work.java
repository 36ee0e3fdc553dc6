package dev.fairground.bench;

import java.io.IOException;

/** Processor time in seconds, of servers and of PostgreSQL. */
record Work(double server, double database) {
  static final Work NONE = new Work(0, 0);

  static Work now(ServerProcess server, long postmaster) throws IOException {
    return new Work(server.cpuSeconds(), ProcessorTime.withChildren(postmaster));
  }

  Work since(Work before) {
    return new Work(server - before.server, database - before.database);
  }

  Work plus(Work other) {
    return new Work(server + other.server, database + other.database);
  }

  /** All of it in milliseconds, for each of {@code many}. */
  double millis(int many) {
    return (server + database) * 1e3 / many;
  }

  double databaseMillis(int many) {
    return database * 1e3 / many;
  }
}
