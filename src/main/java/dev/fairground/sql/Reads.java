package dev.fairground.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of one operation: where they are noted, and whether more may be sent. */
public final class Reads {
  private final @Nullable List<String> statements;

  private Reads(@Nullable List<String> statements) {
    this.statements = statements;
  }

  public static Reads unlogged() {
    return new Reads(null);
  }

  public static Reads logged() {
    return new Reads(new ArrayList<>());
  }

  void note(String sql) {
    if (statements != null) {
      statements.add(sql);
    }
  }

  /** The statements sent so far; empty for an unlogged operation. */
  public List<String> statements() {
    return statements == null ? List.of() : List.copyOf(statements);
  }
}
